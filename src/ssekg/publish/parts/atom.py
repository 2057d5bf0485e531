"""The change feed for feed readers: Atom (RFC 4287) with the tombstones of RFC 6721.

One feed for all readers: one entry per record, as it is now, named in three languages; the newest first.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final
from xml.etree import ElementTree as ET

import pyoxigraph as ox

from ssekg.base.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, pick, writing_direction
from ssekg.base.messages import text
from ssekg.graph.changes.compare import kind_of
from ssekg.graph.naming import name_of
from ssekg.graph.public import Public
from ssekg.project.settings import Project
from ssekg.publish.parts.members import DELETE, Member

# A feed reader reads the whole file each time: the event stream has all.
MOST_ENTRIES: Final = 500
_ATOM: Final = "http://www.w3.org/2005/Atom"
_TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 can't hold (production 2, Char), and our isolates, for which the elements have dir.
_NO_CHARACTER: Final = re.compile(
    f"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[{FIRST_STRONG_ISOLATE}{POP_DIRECTIONAL_ISOLATE}]"
)


def atom_feed(
    project: Project,
    graph: Public,
    members: Iterable[Member],
    stream: str,
    replacements: Mapping[str, ox.NamedNode],
) -> bytes:
    """The Atom document: the newest 500 records, and a deleted-entry for each that is removed or withdrawn.

    `stream` is the address of the event stream, which has all; `replacements` say by IRI what takes the place of what
    is withdrawn.
    """
    last: dict[str, tuple[int, Member]] = {member.entity: (at, member) for at, member in enumerate(members)}
    newest = sorted(last.values(), key=lambda pair: -pair[0])
    feed = ET.Element(f"{{{_ATOM}}}feed", {_LANG: project.default_language})
    title = pick(project.name, project.default_language) or ""
    for name, value in (
        ("id", project.site + "feed.atom"),
        ("title", title),
        ("updated", f"{project.date.isoformat()}T00:00:00Z"),
        ("rights", project.licence),
    ):
        _add(feed, name, value)
    _add(feed, "link", rel="self", type="application/atom+xml", href=project.site + "feed.atom")
    _add(feed, "link", rel="alternate", type="text/turtle", href=stream)
    _add(_add(feed, "author"), "name", project.publisher)
    living = (member for _, member in newest if member.action != DELETE)
    for member in islice(living, MOST_ENTRIES):
        _entry(feed, graph, member, project.worded_languages)
    for _, member in newest:
        if member.action == DELETE:
            deleted = ET.SubElement(
                feed, f"{{{_TOMBSTONES}}}deleted-entry", {"ref": member.entity, "when": member.time}
            )
            if member.entity in replacements:
                _replacement(deleted, graph, replacements[member.entity], project.worded_languages)
    for prefix, namespace in (("", _ATOM), ("at", _TOMBSTONES), ("xhtml", _XHTML)):
        ET.register_namespace(prefix, namespace)
    ET.indent(feed, " ")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: ET.Element, graph: Public, member: Member, languages: Iterable[str]) -> None:
    entry = _add(feed, "entry")
    term = ox.NamedNode(member.entity)
    names = _names(graph, term, languages)
    _add(entry, "id", member.entity)
    _add(entry, "title", " · ".join(dict.fromkeys(names.values())))
    _add(entry, "updated", member.time)
    _add(entry, "link", rel="alternate", href=member.entity)
    _add(entry, "category", term=kind_of(member.entity, graph.base))
    content = _add(entry, "content", type="xhtml")
    code = f"feed-{member.action.lower()}"
    _paragraphs(content, {tag: text(code, tag, {"name": names[tag], "version": member.version}) for tag in names})


def _replacement(deleted: ET.Element, graph: Public, replacement: ox.NamedNode, languages: Iterable[str]) -> None:
    """What takes the place of what is withdrawn, for people and for programs (RFC 5829)."""
    names = _names(graph, replacement, languages)
    comment = ET.SubElement(deleted, f"{{{_TOMBSTONES}}}comment", {"type": "xhtml"})
    _paragraphs(comment, {tag: text("replaced-by", tag, {"thing": name}) for tag, name in names.items()})
    _add(deleted, "link", rel="successor-version", href=replacement.value)


def _names(graph: Public, term: ox.NamedNode, languages: Iterable[str]) -> dict[str, str]:
    return {language: _NO_CHARACTER.sub("", name_of(graph, term, language)) for language in languages}


def _paragraphs(parent: ET.Element, texts: Mapping[str, str]) -> None:
    division = ET.SubElement(parent, f"{{{_XHTML}}}div")
    for language, words in texts.items():
        paragraph = ET.SubElement(division, f"{{{_XHTML}}}p", {_LANG: language, "dir": writing_direction(language)})
        paragraph.text = _NO_CHARACTER.sub("", words)


def _add(parent: ET.Element, element: str, content: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{element}", attributes)
    child.text = None if content is None else _NO_CHARACTER.sub("", content)
    return child
