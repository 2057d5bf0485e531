"""The page that says how to have something corrected or removed (law 09-08), with what was withdrawn so far.

One HTML page a language, without scripts and without anything from elsewhere; of what was withdrawn it lists the
identifier, the date and the reason, and nothing that the record held.
"""

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from ssekg.graph.naming import name_of
from ssekg.graph.store import Graph
from ssekg.language import LANGUAGES, direction, is_right_to_left, pick
from ssekg.messages import text
from ssekg.namespaces import shortened
from ssekg.project import Project
from ssekg.publish.tombstones import Tombstone, tombstones

_SECTIONS: Final = ("who", "what", "law")
_STYLE: Final = """
h2 { display: block; margin-block: 1.2rem 0.3rem; }
table { border-collapse: collapse; }
th, td { padding: 0.3rem 0.7rem; border: 1px solid var(--line); text-align: start; overflow-wrap: anywhere; }
"""


def removal_files(project: Project, graph: Graph) -> dict[str, bytes]:
    """`removal.{language}.html` for each language, by name."""
    return {f"removal.{language}.html": _page(project, graph, language).encode() for language in LANGUAGES}


def _page(project: Project, graph: Graph, language: str) -> str:
    style = files("ssekg.reports").joinpath("page.css").read_text(encoding="utf-8") + _STYLE
    title = escape(text("removal-title", language))
    name = pick(project.name, language) or ""
    others = " · ".join(_link(other) for other in LANGUAGES if other != language)
    sections = "".join(_section(part, project, language) for part in _SECTIONS)
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="{"rtl" if is_right_to_left(language) else "ltr"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{_hash(style)}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p><bdi>{escape(name)}</bdi></p>
<nav aria-label="{escape(text("page-languages", language))}"><p>{others}</p></nav>
</header>
<main>
{sections}<section>
<h2 id="withdrawn">{escape(text("removal-list", language))}</h2>
{_table(tombstones(graph), graph, language)}</section>
</main>
</body>
</html>
"""


def _link(language: str) -> str:
    name = escape(text("page-language", language))
    return f'<a href="removal.{language}.html" hreflang="{language}" lang="{language}">{name}</a>'


def _section(part: str, project: Project, language: str) -> str:
    heading, words = text(f"removal-{part}", language), text(f"removal-{part}-text", language)
    contact = _contact(project) if part == "who" else ""
    return f"<section>\n<h2>{escape(heading)}</h2>\n<p>{escape(words)}</p>\n{contact}</section>\n"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _contact(project: Project) -> str:
    contact = project.contact
    address = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    return f'<p><a href="{escape(address)}" dir="ltr">{escape(contact.removeprefix("mailto:"))}</a></p>\n'


def _table(withdrawn: list[Tombstone], graph: Graph, language: str) -> str:
    if not withdrawn:
        return f"<p>{escape(text('removal-none', language))}</p>\n"
    heads = "".join(
        f'<th scope="col">{escape(text(f"removal-{column}", language))}</th>'
        for column in ("identifier", "date", "reason")
    )
    rows = "".join(
        f'<tr><td><bdi dir="ltr">{escape(shortened(tombstone.iri, graph.base))}</bdi></td>'
        f'<td><bdi dir="ltr">{escape(tombstone.date)}</bdi></td>{_reason(tombstone.reason, graph, language)}</tr>\n'
        for tombstone in withdrawn
    )
    return f'<table aria-labelledby="withdrawn">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n'


def _reason(reason: ox.NamedNode, graph: Graph, language: str) -> str:
    name = name_of(graph, reason, language)
    return f'<td dir="{direction(name) or "auto"}">{escape(name)}</td>'
