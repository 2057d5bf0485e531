"""Where what a graph describes has its page in a site, and its document in a release."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from ssekg.base.record_iris import RecordIri, file_name
from ssekg.graph.changes.compare import WITHDRAWN_ON
from ssekg.graph.leads import leads_of
from ssekg.graph.public import Public

# What a page of the table of a kind is called.
_INDEX: Final = re.compile(r"index(-\d+)?")


class Addresses:
    """The pages of the records of a public graph.

    Each record has one, `programme/moazara.html` in the folder of a language, but for those that were withdrawn and
    those that are described with another (`tool:leadsTo`), which have a row on the page of that one.
    """

    def __init__(self, public: Public) -> None:
        """Find the records of a graph."""
        self._public = public
        self._leads = leads_of(public.data, public.terms, public.base)
        subjects = dict.fromkeys(t.subject.value for t in public.data if isinstance(t.subject, ox.NamedNode))
        found = [record for iri in subjects if (record := RecordIri.read(iri, public.base)) and not record.part]
        withdrawn = {t.subject.value for t in public.of_predicate(WITHDRAWN_ON) if isinstance(t.subject, ox.NamedNode)}
        self._records = {each.record: each for each in found if each.record not in withdrawn}
        by_kind: dict[str, list[str]] = defaultdict(list)
        for iri, record in sorted(self._records.items()):
            by_kind[record.kind].append(iri)
        self.kinds: Mapping[str, Sequence[str]] = {kind: by_kind[kind] for kind in sorted(by_kind)}
        """The IRIs of the records of each kind, in order."""
        led: dict[str, list[ox.NamedNode]] = defaultdict(list)
        for one, target in sorted(self._leads.items()):
            led[target].append(ox.NamedNode(one))
        self._led = dict(led)
        self.links = Links(self)
        """What leads to the page of each thing that has one, by its IRI."""

    @property
    def with_page(self) -> list[str]:
        """The IRIs of the records that have a page, in order."""
        leading = self._public.terms.leads
        return [iri for iri in sorted(self._records) if self._records[iri].kind not in leading]

    def led_to(self, iri: str) -> Sequence[ox.NamedNode]:
        """The records that are described with another."""
        return self._led.get(iri, ())

    def page_of(self, iri: str) -> str:
        """The page of a record or of a part of it, below the folder of a language, as a link; "" if it has none."""
        whole, _, part = iri.partition("#")
        record = self._records.get(self._leads.get(whole, whole))
        if record is None or record.kind in self._public.terms.leads:
            return ""
        anchor = anchor_of(iri, record.record) if part or whole in self._leads else ""
        return quote(page_path(record)) + (f"#{quote(anchor)}" if anchor else "")

    def kind_page(self, kind: str) -> str:
        """The page of a kind, below the folder of a language, as a link."""
        return quote(f"{file_name(kind)}/index.html")


class Links(dict[str, str]):
    """Finds each link once: pages lead to the same things again and again."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses

    def __missing__(self, iri: str) -> str:
        self[iri] = link = self._addresses.page_of(iri)
        return link

    def __contains__(self, iri: object) -> bool:
        return bool(self[str(iri)])


def page_path(record: RecordIri) -> str:
    """The path of the page of a record, below the folder of a language."""
    name = file_name(record.name)
    return f"{file_name(record.kind)}/{name}{'~' if _INDEX.fullmatch(name) else ''}.html"


def anchor_of(iri: str, record: str) -> str:
    """What a part of a record, or a record that is described with it, is called on the page of the record."""
    return iri.removeprefix(f"{record}#") if iri.startswith(f"{record}#") else iri.rpartition("/")[2]
