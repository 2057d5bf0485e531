"""What a full run leaves for later ones: its findings, copies of the data files, and what these mention.

It is an entry of the cache, named by all that a change of a row does not touch. What is read of it is the user's own
and as it was written, which the cache makes sure of; so it may be unpickled.
"""

import pickle
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from ssekg.base.cache import Cache
from ssekg.base.digests import own_content
from ssekg.base.findings import Finding
from ssekg.checks.incremental.changes import Indexes, Use
from ssekg.checks.incremental.forms import Forms
from ssekg.checks.incremental.merging import SplitReport
from ssekg.checks.incremental.row_changes import Records
from ssekg.checks.incremental.row_index import RowIndex
from ssekg.checks.incremental.tables import Known
from ssekg.checks.known_terms import JudgedTerms

CONTENT: Final = "run"
INDEXES: Final = ("about", "leading", "owning", "linking")


@dataclass(frozen=True)
class Run:
    """What a full run has found.

    `findings` each say whether a check of what is nearby has found it; `copies` are the digests of the data files, in
    order, by the names that people read; `uses` counts what the data use. `tables` are the files of the tables,
    each with where its rows are, and `lists` the numbers of those that say something of lists of codes. `forms` tells
    which values the data write in another way than a store does, `terms` what was found out about terms.
    """

    findings: Sequence[tuple[bool, Finding]]
    files: int
    triples: int
    shacl: SplitReport
    copies: Mapping[str, str]
    uses: "Counter[Use]"
    tables: Sequence[tuple[str, Records]]
    lists: frozenset[int]
    forms: Forms
    terms: JudgedTerms


@dataclass(frozen=True)
class Baseline:
    """A full run that was kept in a folder."""

    folder: Path
    run: Run

    @cached_property
    def indexes(self) -> Indexes:
        """The rows by what they mention."""
        return Indexes(*(RowIndex.read(self.folder / name) for name in INDEXES))

    def tables(self, changed: Collection[str]) -> list[Known]:
        """What is known of the tables, of which some files have changed."""
        copies = {shown: self.copy(shown) for shown in changed}
        return [Known(records, copies.get(shown)) for shown, records in self.run.tables]

    def copy(self, shown: str) -> Path:
        """The file as it was; its name ends as that of the file does."""
        return copy_in(self.folder, [*self.run.copies].index(shown), shown)


def find_baseline(cache: Cache, key: str) -> Baseline | None:
    """What an earlier full run has left, None if there is none."""
    folder = cache.find(key)
    if folder is None:
        return None
    try:
        return Baseline(folder, pickle.loads(own_content(folder / CONTENT)))  # noqa: S301 - see above
    except Exception:  # whatever is wrong with it, or if another run has removed it meanwhile, it is made again
        return None


def copy_in(folder: Path, number: int, shown: str) -> Path:
    """Where the copy of the n-th data file is."""
    return folder / f"{number}{Path(shown).suffix}"
