"""The change feed: a Linked Data Event Stream of all versions of all records, in static pages (TREE), and Atom.

A member of the stream is a version of a record: when it was made, of what it is a version, and, in the named graph that
is called as the member, what the record said. Pages are full at 500 members and then stay as they are, but for the
content of what is withdrawn.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, XSD, Prefixes
from ssekg.graph.canonical import turtle
from ssekg.graph.store import TYPE
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.publish.parts.atom import atom_feed
from ssekg.publish.parts.members import (
    ACTIVITY,
    CREATE,
    DELETE,
    GENERATED,
    POSITION,
    UPDATE,
    VERSION,
    VERSION_OF,
    Member,
    members_of,
)

PAGE_SIZE: Final = 500
INDEX: Final = "feed/index.ttl"
LDES: Final = "https://w3id.org/ldes#"
TREE: Final = "https://w3id.org/tree#"
_MEMBER: Final = ox.NamedNode(TREE + "member")


def feed(context: Context) -> Iterator[tuple[str, bytes]]:
    """The pages in feed/, and feed.atom; they continue the feed of the previous release.

    Raises:
        CannotRunError: the previous release is not complete.
    """
    members = members_of(context)
    pages = [members[start : start + PAGE_SIZE] for start in range(0, len(members), PAGE_SIZE)]
    stream = _Stream(context.project, context.public.prefixes)
    replacements = {each.iri: each.replacement for each in context.tombstones if each.replacement}
    entries = [member for member in members if member.entity not in context.leads]
    atom = atom_feed(context.project, context.public, entries, context.project.site + INDEX, replacements)
    yield "feed.atom", atom
    yield INDEX, stream.index(pages)
    for number, page in enumerate(pages, 1):
        yield f"feed/page-{number}.trig", stream.page(number, page)


class _Stream:
    """Writes the pages of the stream for one site."""

    def __init__(self, project: Project, prefixes: Prefixes) -> None:
        self.project = project
        self.prefixes = prefixes
        self.index_iri = ox.NamedNode(project.site + INDEX)
        self.stream = ox.NamedNode(f"{self.index_iri.value}#stream")

    def page_iri(self, number: int) -> ox.NamedNode:
        return ox.NamedNode(f"{self.project.site}feed/page-{number}.trig")

    def member_iri(self, member: Member) -> ox.NamedNode:
        name = quote(f"{self.prefixes.shortened(member.entity)}/{member.version}", safe="/:")
        return ox.NamedNode(f"{self.index_iri.value}#{name}")

    def page(self, number: int, members: Iterable[Member]) -> bytes:
        """A page: its members, and in a named graph each what the record said."""
        first = (number - 1) * PAGE_SIZE + 1
        quads = [ox.Quad(self.page_iri(number), TYPE, ox.NamedNode(TREE + "Node"))]
        content: dict[ox.NamedNode, Iterable[ox.Triple]] = {}
        for position, member in enumerate(members, first):
            node = self.member_iri(member)
            quads += [
                ox.Quad(self.stream, _MEMBER, node),
                ox.Quad(node, TYPE, ox.NamedNode(ACTIVITY + member.action)),
                ox.Quad(node, VERSION_OF, ox.NamedNode(member.entity)),
                ox.Quad(node, VERSION, ox.Literal(member.version)),
                ox.Quad(node, GENERATED, _time(member.time)),
                ox.Quad(node, POSITION, ox.Literal(str(position), datatype=ox.NamedNode(XSD + "integer"))),
            ]
            content[node] = member.content
        quads += [
            ox.Quad(t.subject, t.predicate, t.object, node) for node in sorted(content, key=str) for t in content[node]
        ]
        return bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG) or b"")

    def index(self, pages: list[list[Member]]) -> bytes:
        """The page to start from: what the stream is, and where its pages are and of what time."""
        stream, index = self.stream, self.index_iri
        triples = [
            ox.Triple(stream, TYPE, ox.NamedNode(LDES + "EventStream")),
            ox.Triple(stream, ox.NamedNode(LDES + "timestampPath"), GENERATED),
            ox.Triple(stream, ox.NamedNode(LDES + "sequencePath"), POSITION),
            ox.Triple(stream, ox.NamedNode(LDES + "versionOfPath"), VERSION_OF),
            ox.Triple(stream, ox.NamedNode(TREE + "view"), index),
            ox.Triple(stream, ox.NamedNode(DCT + "license"), ox.NamedNode(self.project.licence)),
            ox.Triple(index, TYPE, ox.NamedNode(TREE + "Node")),
        ]
        for action in (CREATE, UPDATE, DELETE):
            what = ox.NamedNode(ACTIVITY + action)
            triples.append(ox.Triple(stream, ox.NamedNode(f"{LDES}version{action}Path"), TYPE))
            triples.append(ox.Triple(stream, ox.NamedNode(f"{LDES}version{action}Object"), what))
        titles = (ox.Literal(name, language=tag) for tag, name in self.project.name.items())
        triples += [ox.Triple(stream, ox.NamedNode(DCT + "title"), title) for title in titles]
        for number, page in enumerate(pages, 1):
            triples += self._relation(number, "from", "GreaterThanOrEqualTo", page[0].time)
            if len(page) == PAGE_SIZE:
                triples += self._relation(number, "to", "LessThanOrEqualTo", page[-1].time)
        return turtle(triples, self.prefixes)

    def _relation(self, number: int, name: str, kind: str, time: str) -> list[ox.Triple]:
        relation = ox.NamedNode(f"{self.index_iri.value}#page-{number}-{name}")
        return [
            ox.Triple(self.index_iri, ox.NamedNode(TREE + "relation"), relation),
            ox.Triple(relation, TYPE, ox.NamedNode(f"{TREE}{kind}Relation")),
            ox.Triple(relation, ox.NamedNode(TREE + "node"), self.page_iri(number)),
            ox.Triple(relation, ox.NamedNode(TREE + "path"), GENERATED),
            ox.Triple(relation, ox.NamedNode(TREE + "value"), _time(time)),
        ]


def _time(time: str) -> ox.Literal:
    return ox.Literal(time, datatype=ox.NamedNode(XSD + "dateTime"))
