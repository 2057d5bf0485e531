"""The IRIs of records, and of what belongs to them: `{base}{kind}/{name}` and `{base}{kind}/{name}#{part}`."""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class RecordIri:
    """The parts of an IRI under the base: the `kind` and the `name` of a record, and the `part` of it or ""."""

    base: str
    kind: str
    name: str
    part: str

    # An IRI is read again for each of its triples.
    @classmethod
    @lru_cache(maxsize=1 << 16)
    def read(cls, iri: str, base: str) -> "RecordIri | None":
        """The parts of an IRI; None for one that is not under the base, or has no kind and name there."""
        if not base or not iri.startswith(base):
            return None
        path, _, part = iri[len(base) :].partition("#")
        kind, _, name = path.partition("/")
        return cls(base, kind, name, part) if kind and name else None

    @property
    def record(self) -> str:
        """The IRI of the record itself."""
        return f"{self.base}{self.kind}/{self.name}"


def slug(iri: str) -> str:
    """The last part of an identifier."""
    return iri.replace("#", "/").rpartition("/")[2]
