"""The members of the change feed: the versions of all records, release by release, and how they are read back.

A record that is removed or withdrawn ends with a member that says so. Of what is withdrawn the content is taken out of
all earlier members, since law 09-08 goes before the promise that members stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import DCT, PROV, SCHEMA
from ssekg.graph.canonical import in_order
from ssekg.graph.changes.compare import Side, Sort, compare
from ssekg.graph.store import TYPE, Graph
from ssekg.graph.versions import read_release
from ssekg.project.settings import Project
from ssekg.publish.tombstones import open_graph, tombstones

ACTIVITY: Final = "https://www.w3.org/ns/activitystreams#"
CREATE, UPDATE, DELETE = "Create", "Update", "Delete"
VERSION_OF: Final = ox.NamedNode(DCT + "isVersionOf")
GENERATED: Final = ox.NamedNode(PROV + "generatedAtTime")
POSITION: Final = ox.NamedNode(SCHEMA + "position")
VERSION: Final = ox.NamedNode(SCHEMA + "version")
_ACTIONS: Final = {Sort.ADDED: CREATE, Sort.CHANGED: UPDATE, Sort.REMOVED: DELETE, Sort.WITHDRAWN: DELETE}


@dataclass(frozen=True, slots=True)
class Member:
    """A version of a record: its IRI, what happened to it in which release at what time, and its triples then."""

    entity: str
    action: str
    version: str
    time: str
    content: tuple[ox.Triple, ...] = ()


def members_of(project: Project, graph: Graph, previous: Path | None) -> list[Member]:
    """All members of the stream in their order: those of the release before, and a new one for each change since.

    Raises:
        CannotRunError: the release before is not whole.
    """
    withdrawn = {tombstone.iri for tombstone in tombstones(graph)}
    earlier = _read_members(previous) if previous else []
    kept = [replace(m, content=()) if m.entity in withdrawn and m.action != DELETE else m for m in earlier]
    # A release published once more replaces what it said before.
    by_version = {(member.entity, member.version): member for member in kept}
    before = read_release(previous) if previous and earlier else None
    for member in _new_members(project, graph, before):
        by_version[member.entity, member.version] = member
    return list(by_version.values())


def _new_members(project: Project, graph: Graph, before: Graph | None) -> Iterator[Member]:
    now = open_graph(graph, persons_tombstones=True)
    now = replace(now, vocabulary=[])
    side = Side(now.data, now.base)
    then = open_graph(before, persons_tombstones=True) if before else replace(now, data=[])
    content: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in side.triples:
        for entity in side.entities(triple.subject):
            content[entity].append(_labelled(triple, project.version))
    time = f"{project.date.isoformat()}T00:00:00Z"
    for change in compare(replace(then, vocabulary=[]), now).changes:
        if change.entity:
            triples = tuple(in_order(content[change.entity]))
            yield Member(change.entity, _ACTIONS[change.sort], project.version, time, triples)


def _labelled(triple: ox.Triple, version: str) -> ox.Triple:
    """The triple with blank nodes named after the version too: those of another version are others."""

    def named(term: object) -> object:
        if isinstance(term, ox.BlankNode):
            return ox.BlankNode("v" + "".join(c if c.isalnum() else "-" for c in version) + term.value)
        return term

    return ox.Triple(named(triple.subject), triple.predicate, named(triple.object))  # type: ignore[arg-type]


def _read_members(previous: Path) -> list[Member]:
    """The members in the pages of a release, in their order; none where it has no feed."""
    members: dict[ox.NamedNode, dict[ox.NamedNode, str]] = defaultdict(dict)
    content: dict[object, list[ox.Triple]] = defaultdict(list)
    for path in sorted((previous / "feed").glob("page-*.trig")):
        try:
            for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG):
                if quad.graph_name != ox.DefaultGraph():
                    content[quad.graph_name].append(quad.triple)
                elif isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                    members[quad.subject][quad.predicate] = quad.object.value
        except (OSError, SyntaxError) as problem:
            raise CannotRunError("broken-release", folder=str(previous), problem=f"{path.name}: {problem}") from None
    found = {node: facts for node, facts in members.items() if VERSION_OF in facts}
    return [
        Member(
            entity=facts[VERSION_OF],
            action=facts[TYPE].removeprefix(ACTIVITY),
            version=facts[VERSION],
            time=facts[GENERATED],
            content=tuple(in_order(content[node])),
        )
        for node, facts in sorted(found.items(), key=lambda pair: int(pair[1][POSITION]))
    ]
