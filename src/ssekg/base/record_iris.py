"""The IRIs of records, and of what belongs to them: `{base}{kind}/{name}` and `{base}{kind}/{name}#{part}`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

TERMS_FOLDER: Final = "ontology"
"""The folder of the site that has the pages of the terms of the ontology."""
PAGES_FOLDER: Final = "pages"
"""The folder of the pages of a project's own, in the project and in its site."""
RESERVED_KINDS: Final = frozenset({"graph", "questions", TERMS_FOLDER, PAGES_FOLDER})
"""No kind may be called so: the catalogue has a data set of the whole graph, the site these folders."""
_UNSAFE: Final = re.compile(r"^\.|[^\w.~!$&'()+,;=@-]")


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


def file_name(part: str) -> str:
    """A part of an identifier as the name of a file that lies in its folder, whatever characters the part has.

    Letters and digits of any script and what both paths and file systems take are kept, so that a web server
    finds the file under the identifier's own path; others, and a dot at the start, are percent-encoded (UTF-8).
    """
    return _UNSAFE.sub(lambda match: "%2E" if match[0] == "." else quote(match[0], safe=""), part)


def slug(iri: str) -> str:
    """The last part of an identifier."""
    return iri.replace("#", "/").rpartition("/")[2]
