"""The members of the change feed: the versions of all records, release by release, and how they are read back.

A record that is described with another has no members: what becomes of it is a change of that one, whose members have
the statements of both. A record that is removed or withdrawn ends with a member that says so. Of what is withdrawn the
content is taken out of all earlier members: the right to be taken out overrides the promise that members stay as they
are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, PROV, SCHEMA
from ssekg.base.terms import Term
from ssekg.graph.canonical import in_order
from ssekg.graph.canonical_labels import blanks_of
from ssekg.graph.changes.compare import Change, Side, Sort, first_changes, kind_of, owner
from ssekg.graph.store import TYPE
from ssekg.publish.context import Context
from ssekg.publish.previous import Previous
from ssekg.publish.tombstones import with_tombstones

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
    content: Sequence[ox.Triple] = ()


def members_of(context: Context) -> list[Member]:
    """All members of the stream in order: those of the previous release, and a new one for each change since.

    Raises:
        CannotRunError: the previous release is not complete.
    """
    earlier = _read_members(context.previous, context.public.data) if context.previous else []
    kept = [_public(member, context) for member in earlier if not context.is_hidden(member.entity)]
    # A release published once more replaces what it said before.
    by_version = {(member.entity, member.version): member for member in kept}
    for member in _new_members(context, is_first=not earlier):
        by_version[member.entity, member.version] = member
    return list(by_version.values())


def _public(member: Member, context: Context) -> Member:
    """An earlier member without what is withdrawn or withheld by now."""
    if member.entity in context.withdrawn and member.action != DELETE:
        return replace(member, content=())
    hidden = {term for t in member.content for term in (t.subject, t.object) if _is_hidden(term, context)}
    if not hidden:
        return member
    return replace(member, content=tuple(t for t in member.content if not hidden & {t.subject, t.object}))


def _is_hidden(term: object, context: Context) -> bool:
    return isinstance(term, ox.NamedNode) and context.is_hidden(term.value)


def _new_members(context: Context, *, is_first: bool) -> Iterator[Member]:
    project, now = context.project, with_tombstones(context.public, context.whole)
    side = Side(now.data, now.base)
    subjects: dict[str, list[Term]] = defaultdict(list)
    for subject in side.by_subject:
        for entity in {context.leads.get(each, each) for each in side.entities(subject)}:
            subjects[entity].append(subject)
    time = f"{project.date.isoformat()}T00:00:00Z"
    for change in _changes(context, side, is_first=is_first):
        stated = (triple for subject in subjects[change.entity] for triple in side.by_subject[subject])
        content = in_order((_labelled(triple, project.version) for triple in stated), context.public.data)
        yield Member(change.entity, _ACTIONS[change.sort], project.version, time, content)


def _changes(context: Context, now: Side, *, is_first: bool) -> Iterable[Change]:
    """What became of the records and concepts; the stream says nothing of the vocabulary."""
    then = context.before.data if context.before else []
    subjects = {triple.subject for triple in then}
    of_data = {owner(subject.value, now.base) for subject in subjects if isinstance(subject, ox.NamedNode)}
    of_data |= now.nodes.keys()
    led = [context.leads, context.leads_before]
    found: dict[str, Change] = {}
    through: dict[str, Change] = {}
    for change in first_changes(now) if is_first else context.news.changes:
        if change.entity in of_data:
            targets = [leads[change.entity] for leads in led if change.entity in leads]
            through |= {each: Change(each, kind_of(each, now.base), Sort.CHANGED) for each in targets}
            if not targets or change.sort is Sort.WITHDRAWN:
                found.setdefault(change.entity, change)
    return (through | found).values()


def _labelled(triple: ox.Triple, version: str) -> ox.Triple:
    """The triple with blank nodes named after the version too: those of another version are others."""
    if not blanks_of(triple):
        return triple

    def named(term: object) -> object:
        if isinstance(term, ox.BlankNode):
            return ox.BlankNode("v" + "".join(c if c.isalnum() else "-" for c in version) + term.value)
        return term

    return ox.Triple(named(triple.subject), triple.predicate, named(triple.object))  # type: ignore[arg-type]


def _read_members(previous: Previous, near: Sequence[ox.Triple]) -> list[Member]:
    """The members in the pages of a release, in their order; none where it has no feed.

    Their triples are packed as those that they are `near` to (base/triples.py).
    """
    found = (each for path in previous.paths("feed/page-") for each in _read_page(previous, path, near))
    return [member for _, member in sorted(found, key=itemgetter(0))]


def _read_page(previous: Previous, path: str, near: Sequence[ox.Triple]) -> Iterator[tuple[int, Member]]:
    """The members in a page, each with its position in the stream."""
    members: dict[ox.NamedNode, dict[ox.NamedNode, str]] = defaultdict(dict)
    content: dict[object, list[ox.Triple]] = defaultdict(list)
    for quad in previous.quads(path, ox.RdfFormat.TRIG):
        if quad.graph_name != ox.DefaultGraph():
            content[quad.graph_name].append(quad.triple)
        elif isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            members[quad.subject][quad.predicate] = quad.object.value
    for node, facts in members.items():
        if VERSION_OF in facts:
            yield (
                int(facts[POSITION]),
                Member(
                    entity=facts[VERSION_OF],
                    action=facts[TYPE].removeprefix(ACTIVITY),
                    version=facts[VERSION],
                    time=facts[GENERATED],
                    content=in_order(content[node], near),
                ),
            )
