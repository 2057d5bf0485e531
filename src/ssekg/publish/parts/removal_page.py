"""The page that says how to have something corrected or removed (law 09-08), with what was withdrawn so far.

One HTML page a language, without scripts and without anything from elsewhere; of what was withdrawn it lists the
identifier, the date and the reason, and nothing that the record held.
"""

from html import escape
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import LANGUAGES, direction, pick
from ssekg.base.messages import text
from ssekg.base.namespaces import shortened
from ssekg.base.page import other_languages, page
from ssekg.graph.naming import name_of
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.parts.pages import site_style
from ssekg.publish.tombstones import Tombstone, tombstones

_SECTIONS: Final = ("who", "what", "law")


def removal_page_files(project: Project, graph: Graph) -> dict[str, bytes]:
    """`removal.{language}.html` for each language, by name."""
    return {f"removal.{language}.html": _page(project, graph, language).encode() for language in LANGUAGES}


def _page(project: Project, graph: Graph, language: str) -> str:
    title = text("removal-title", language)
    name = pick(project.name, language) or ""
    sections = "".join(_section(part, project, language) for part in _SECTIONS)
    body = f"""<header>
<h1>{escape(title)}</h1>
<p><bdi>{escape(name)}</bdi></p>
{other_languages("removal", language)}
</header>
<main>
{sections}<section>
<h2 id="withdrawn">{escape(text("removal-list", language))}</h2>
{_table(tombstones(graph), graph, language)}</section>
</main>"""
    return page(language, title, body, style=site_style())


def _section(part: str, project: Project, language: str) -> str:
    heading, words = text(f"removal-{part}", language), text(f"removal-{part}-text", language)
    contact = _contact(project) if part == "who" else ""
    return f"<section>\n<h2>{escape(heading)}</h2>\n<p>{escape(words)}</p>\n{contact}</section>\n"


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
