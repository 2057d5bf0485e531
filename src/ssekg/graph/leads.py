"""Records that are described with another: those of a kind whose class says which property leads there.

Thousands of small records, such as observations, need no document each: what they are about has them all.
"""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from ssekg.base.record_iris import RecordIri
from ssekg.project.vocabulary import Vocabulary


def leads_of(triples: Iterable[ox.Triple], terms: Vocabulary, base: str) -> dict[str, str]:
    """The IRI of each record that is described with another, and the IRI of that one.

    Of several that a record leads to, it is the first by IRI; a record that leads to nothing the triples describe, or
    only to records that lead on, is not among them.
    """
    leading = {kind: terms.below(property_) for kind, property_ in terms.leads.items()}
    if not leading:
        return {}
    records: set[str] = set()
    found: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in triples:
        record = RecordIri.read(subject.value, base) if isinstance(subject, ox.NamedNode) else None
        if record is None:
            continue
        records.add(record.record)
        target = RecordIri.read(value.value, base) if isinstance(value, ox.NamedNode) else None
        if (
            target
            and not record.part
            and not target.part
            and predicate in leading.get(record.kind, ())
            and target.kind not in leading
        ):
            found[record.record].add(target.record)
    described = {record: targets & records for record, targets in found.items()}
    return {record: min(targets) for record, targets in described.items() if targets}
