"""A page for each record: all that is known of it, with the evidence beside each fact."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import isolate, joined
from ssekg.base.record_iris import RecordIri, file_name
from ssekg.charts.chart import embedded
from ssekg.graph.description import Description, describe
from ssekg.graph.naming import kind_names
from ssekg.graph.points import points_of
from ssekg.graph.portrait import CitedSource, Fact, Note, PartLine, Parts, Portrait, Value
from ssekg.graph.portraits import Detail, portrait
from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses, anchor_of, page_path
from ssekg.site.layout import Site
from ssekg.site.pictures import Places, neighbourhood
from ssekg.site.record_schema_org import schema_node

_ADDRESS: Final = re.compile(r"[a-z]+:\S")
# How long the title of a source may be beside a fact.
_SHORT: Final = 48
# Every part is shown, since links lead to each.
_DETAIL: Final = Detail(parts=1 << 30, mentions=24)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records: the link to its page, and what it is called by language."""

    page: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a record without what it begins with, and what it rests on."""

    anchor: str
    facts: Sequence[Fact]
    sources: Sequence[int]
    notes: Sequence[Note]


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Parts that begin with the same: what disagrees is together."""

    head: Sequence[Value]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class PartTable:
    """The parts of a class; `more` is how many are not shown."""

    anchor: str
    label: str
    count: int
    more: int
    groups: Sequence[LineGroup]


@dataclass(frozen=True, slots=True)
class FactRows:
    """A property of a record, with its values by their evidence."""

    label: str
    rows: Sequence["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """Values that have the same evidence."""

    values: Sequence[Value]
    sources: Sequence[int]
    notes: Sequence[Note]
    is_known: bool
    is_derived: bool


History = Callable[[str, str], Sequence[str]]
"""What changed in a record since the previous release, by its IRI and the language of the words."""


def _no_history(_iri: str, _language: str) -> Sequence[str]:
    return ()


class RecordPages:
    """Makes the pages of the records of a public graph, each when it is asked for."""

    def __init__(self, site: Site, public: Public, addresses: Addresses, history: History = _no_history) -> None:
        """Pages of a site, with links to the pages that a site has; `history` says what changed in a record."""
        self._site, self._public, self._addresses, self._history = site, public, addresses, history
        self._places = Places(points_of(public))

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """The pages of all records in all languages, by path.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        for iri in self._addresses.with_page:
            described = describe(self._public, ox.NamedNode(iri))
            for language in self._site.project.languages:
                yield self._page(described, language)

    def page(self, iri: str, language: str) -> tuple[str, bytes]:
        """The page of a record in a language, and its path in the site.

        Raises:
            CannotRunError: a template of the project can't be used.
            KeyError: it has none.
        """
        return self._page(describe(self._public, ox.NamedNode(iri)), language)

    def _page(self, described: Description, language: str) -> tuple[str, bytes]:
        record = self._addresses.record(described.term.value)
        if record is None:
            raise KeyError(described.term.value)
        path, values = page_path(record), self._values(record, described, language)
        return f"{language}/{path}", self._site.page(path, "record.html", language, values)

    def _values(self, record: RecordIri, described: Description, language: str) -> Mapping[str, object]:
        project, public, iri = self._site.project, self._public, record.record
        led = self._addresses.rows_of(iri)
        shown = portrait(
            public,
            described,
            language,
            project.country,
            detail=_DETAIL,
            led=led,
            words=self._site.words(language),
        )
        return {
            "iri": iri,
            "own": public.base,
            "kind": Kind(self._addresses.kind_page(record.kind), kind_names(public, record.kind)),
            "portrait": shown,
            "facts": [FactRows(fact.label, list(_rows(fact))) for fact in shown.facts],
            "has_evidence": any(
                value.sources or value.notes or value.is_derived for fact in shown.facts for value in fact.values
            ),
            "parts": [_part(number, part, iri) for number, part in enumerate(shown.parts, 1)],
            "cited": {each.number: _short(each, language) for each in shown.sources},
            "pages": self._addresses.links,
            "map": self._places.map_of(ox.NamedNode(iri)),
            "around": neighbourhood(shown, self._addresses.links, language),
            "lettered": partial(embedded, language=language),
            "changes": self._history(iri, language),
            "document": f"id/{file_name(record.kind)}/{file_name(record.name)}.jsonld",
            "description": _description(shown, language),
            "linked_data": json.dumps(schema_node(public, project, iri, shown, language), ensure_ascii=False),
            "citation": self._site.citation(language, shown.title.name.text, iri),
            "comma": joined(["", ""], language),
            "colon": self._site.say("record-colon", language),
        }


def _rows(fact: Fact) -> Iterator[Row]:
    for evidence, values in groupby(fact.values, key=lambda v: (v.sources, v.notes, v.is_known, v.is_derived)):
        yield Row(list(values), *evidence)


def _part(number: int, part: Parts, iri: str) -> PartTable:
    groups = groupby(sorted(part.lines, key=_head), key=_head)
    tables = [_group(list(lines), iri) for _, lines in groups]
    return PartTable(f"part-{number}", part.label, part.count, part.count - len(part.lines), tables)


def _head(line: PartLine) -> str:
    return " ".join(value.name.text for fact in line.facts[:1] for value in fact.values)


def _group(lines: Sequence[PartLine], iri: str) -> LineGroup:
    head = [value for fact in lines[0].facts[:1] for value in fact.values]
    rest = [Line(anchor_of(each.address, iri), each.facts[1:], each.sources, each.notes) for each in lines]
    return LineGroup(head, rest)


def _short(source: CitedSource, language: str) -> str:
    """A source in few words: who published it and when; where nobody knows, the beginning of its title."""
    details = [isolate(each, language) for each in source.details if not _ADDRESS.match(each)]
    title = source.title.text
    return joined(details, language) or (title if len(title) <= _SHORT else title[: _SHORT - 1].rstrip() + "…")


def _description(shown: Portrait, language: str) -> str:
    """What search engines show of a page."""
    return joined([shown.title.name.text, *shown.classes, *_first_texts(shown.facts)], language)


def _first_texts(facts: Iterable[Fact]) -> list[str]:
    return [f"{fact.label} {fact.values[0].name.text}" for fact in facts if fact.values[0].is_known][:3]
