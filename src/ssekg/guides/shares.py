"""How many members of each class have a term, or which properties the members of a class have, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import isolate, pick
from ssekg.base.messages import text
from ssekg.graph.coverage import Coverage, Share
from ssekg.graph.naming import name_of, plural_names
from ssekg.graph.store import TYPE, Graph

_MOST: Final = 20
Section = tuple[str, list[str]]


def shares(
    graph: Graph, term: ox.NamedNode, language: str, coverage: Coverage, *, in_full: bool = False
) -> Iterator[Section]:
    """Sections for a term of the ontology, each a heading and lines; none where nothing is of it.

    With `in_full` they also say it by place, by year and by kind of source, of places those with most members.
    """
    of_classes = coverage.of_property(term)
    found = [(each, each, use.having) for each, use in of_classes.items()]
    found += [(use.property, term, use.having) for use in coverage.uses.get(term, [])]
    lines = []
    for named, of, having in found:
        count = len(coverage.members[of])
        lines.append(_line(isolate(_plural(graph, named, language), language), having, count, language))
    if lines:
        yield text("coverage-of" if of_classes else "model-properties", language), lines
    if in_full:
        for each in of_classes:
            yield from _divided(graph, coverage.shares_of(each, [term]), language)
        members = len(coverage.members.get(term, []))
        of_all = (replace(each, members=members) for each in coverage.shares_of(term, [TYPE]))
        yield from _divided(graph, of_all, language)


def _divided(graph: Graph, found: Iterable[Share], language: str) -> Iterator[Section]:
    """A section for each thing that members have in common: place, year, kind of source."""
    for by, group in groupby(found, key=attrgetter("by")):
        listed = list(group)
        most = sorted(listed, key=lambda share: (-share.members, -share.having))[:_MOST]
        name = isolate(_plural(graph, listed[0].term, language), language)
        heading = text("coverage-divided", language, {"name": name, "by": text(f"coverage-by-{by}", language)})
        shown = filter(most.__contains__, listed)
        yield heading, [_line(_name(graph, each, language), each.having, each.members, language) for each in shown]


def _name(graph: Graph, share: Share, language: str) -> str:
    return name_of(graph, share.value, language) if isinstance(share.value, ox.NamedNode) else str(share.value.value)  # type: ignore[union-attr]


def _plural(graph: Graph, term: ox.NamedNode, language: str) -> str:
    return pick(plural_names(graph, term), language) or graph.shortened(term.value)


def _line(name: str, having: int, count: int, language: str) -> str:
    share = text("model-share", language, {"having": str(having), "count": str(count)})
    return text("model-line", language, {"name": name, "value": share})
