"""Where what a graph describes has its page in a site, and its document in a release."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from ssekg.base.recent import Recent
from ssekg.base.record_iris import RecordIri, file_name
from ssekg.graph.changes.compare import WITHDRAWN_ON
from ssekg.graph.evidence_notes import RECORD
from ssekg.graph.leads import leads_of
from ssekg.graph.public import Public
from ssekg.graph.store import TYPE

# What a page of the table of a kind is called.
_INDEX: Final = re.compile(r"index(-\d+)?")


class Addresses:
    """The pages of the records of a public graph.

    Each record has one, `KIND/NAME.html` in the folder of a language, but for those that were withdrawn and
    those that have a row on the page of another: what is described with it (`tool:leadsTo`) or listed with it
    (`tool:listedWith`).
    """

    def __init__(self, public: Public) -> None:
        """Find the records of a graph."""
        self._public = public
        subjects = (t.subject.value for t in public.data if isinstance(t.subject, ox.NamedNode))
        found = (record for iri in subjects if (record := self._read(iri)) and not record.part)
        withdrawn = {t.subject.value for t in public.of_predicate(WITHDRAWN_ON) if isinstance(t.subject, ox.NamedNode)}
        self._records = frozenset(record.record for record in found) - withdrawn
        listed = self._listed()
        leads = leads_of(public.data, public.terms, public.base)
        self.listed: Sequence[str] = sorted(listed)
        """The IRIs of the records that are listed with another, in order."""
        self._rows = listed | {iri: listed.get(target, target) for iri, target in leads.items()}
        rows: dict[str, list[ox.NamedNode]] = defaultdict(list)
        for iri, target in sorted(self._rows.items()):
            rows[target].append(ox.NamedNode(iri))
        for iri, target in sorted(leads.items()):
            if target in listed:
                rows[target].append(ox.NamedNode(iri))
        self._rows_of = dict(rows)
        by_kind: dict[str, list[str]] = defaultdict(list)
        for record in filter(None, map(self._read, sorted(self._records))):
            # What holds such records together is none.
            if record.kind not in public.terms.leads or record.record in self._rows:
                by_kind[record.kind].append(record.record)
        self.kinds: Mapping[str, Sequence[str]] = {kind: by_kind[kind] for kind in sorted(by_kind)}
        """The IRIs of the records of each kind that can be read somewhere, in order."""
        # Notes are in the rows of what they are about, which have no address.
        self._notes = {getattr(each.subject, "value", "") for each in public.of_predicate(RECORD)}
        self.links = Links(self)
        """What leads to the page of each thing that has one, by its IRI."""

    @property
    def with_page(self) -> list[str]:
        """The IRIs of the records that have a page of their own in a release, in order."""
        leading = self._public.terms.leads
        return [
            record.record
            for record in filter(None, map(self._read, sorted(self._records - self._rows.keys())))
            if record.kind not in leading
        ]

    def rows_of(self, iri: str) -> Sequence[ox.NamedNode]:
        """The records that have a row on the page of another, in order."""
        return self._rows_of.get(iri, ())

    def record(self, iri: str) -> RecordIri | None:
        """The record with an IRI; None for what has no page, not even one that is made on demand."""
        record = self._read(iri) if iri in self._records else None
        return None if record is None or record.kind in self._public.terms.leads else record

    def _read(self, iri: str) -> RecordIri | None:
        return RecordIri.read(iri, self._public.base)

    def page_of(self, iri: str) -> str:
        """The page of a record or of a part of it, below the folder of a language, as a link; "" if it has none."""
        whole, _, part = iri.partition("#")
        record = self.record(self._rows.get(whole, whole))
        if record is None:
            return ""
        has_anchor = iri not in self._notes if part else whole in self._rows
        anchor = anchor_of(iri, record.record) if has_anchor else ""
        return quote(page_path(record)) + (f"#{quote(anchor)}" if anchor else "")

    def kind_page(self, kind: str) -> str:
        """The page of a kind, below the folder of a language, as a link."""
        return quote(f"{file_name(kind)}/index.html")

    def _listed(self) -> dict[str, str]:
        """The records that are listed with another, each with that one: the first by its IRI that has a page."""
        public, found = self._public, dict[str, str]()
        above = public.terms.above
        for member in public.of_predicate(TYPE) if public.terms.listed else ():
            classes = above.get(member.object, {member.object}) if isinstance(member.object, ox.NamedNode) else ()
            properties = {public.terms.listed[each] for each in classes if each in public.terms.listed}
            iri = getattr(member.subject, "value", "")
            targets = sorted(
                triple.object.value
                for triple in (public.by_record.get(ox.NamedNode(iri), ()) if properties else ())
                if isinstance(triple.object, ox.NamedNode)
                and triple.object.value in self._records
                and above.get(triple.predicate, frozenset({triple.predicate})) & properties
            )
            if targets and iri in self._records:
                found[iri] = targets[0]
        return {iri: target for iri, target in found.items() if target not in found}


class Links(Recent[str, str]):
    """The links to the pages of things: pages lead to the same ones again and again."""

    def __init__(self, addresses: Addresses) -> None:
        """Begin with none."""
        self._addresses = addresses

    def __missing__(self, iri: str) -> str:
        """The link to the page of a thing, "" if it has none."""
        self[iri] = link = self._addresses.page_of(iri)
        return link

    def __contains__(self, iri: object) -> bool:
        """Whether a thing has a page."""
        return bool(self[str(iri)])


def page_path(record: RecordIri) -> str:
    """The path of the page of a record, below the folder of a language."""
    name = file_name(record.name)
    return f"{file_name(record.kind)}/{name}{'~' if _INDEX.fullmatch(name) else ''}.html"


def anchor_of(iri: str, record: str) -> str:
    """What a part of a record, or a record that is described with it, is called on the page of the record."""
    return iri.removeprefix(f"{record}#") if iri.startswith(f"{record}#") else iri.rpartition("/")[2]
