"""Keys and links of tables: repeated keys, and links to rows that do not exist.

Each value of a list cell is a link of its own; so is each reference to a record of any kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from ssekg.base.findings import Cause, Finding, Place, Severity
from ssekg.base.said import Arguments, Said
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.sources.links import Key, Link, foreign_keys, key_of, place_in, record_links
from ssekg.sources.records import Records
from ssekg.sources.references import loose_references
from ssekg.sources.tables.placeholders import means_nothing
from ssekg.sources.tables.table import Row, Table

# Looking for what was meant takes time; with more dangling links the problem is not spelling.
_MOST_GUESSED: Final = 100


def check_keys(tables: Iterable[Table], records: Records | None = None) -> list[Finding]:
    """Findings for repeated keys in a table, and for links to rows that are not in the other table.

    `records` are those that a reference may lead to; without them references are not checked.
    """
    checked = [table for table in tables if table.schema is not None]
    records = records or Records((), "")
    by_name = {table.name: table for table in checked}
    findings = [finding for table in checked for finding in _repeated_keys(table)]
    links: dict[tuple[str, tuple[str, ...]], list[Link]] = defaultdict(list)
    for link in (link for table in checked for link in (*foreign_keys(table, records), *record_links(table, records))):
        if link.target in by_name:
            links[link.target, link.target_columns].append(link)
        else:
            place = Place(link.table.description_shown, 1, 1)
            arguments = {"column": ", ".join(link.columns), "table": link.target}
            findings.append(Finding("table-unknown-table", Severity.VIOLATION, place, arguments))
    for (target, columns), of_target in links.items():
        # What is wrong with an incomplete table has its findings; a link may be to what could not be taken.
        if not by_name[target].is_incomplete:
            findings += _Target(by_name[target], columns, of_target).findings()
    return [*findings, *loose_references(checked, records)]


class _Target:
    """A table that others link to by some columns, and their links."""

    def __init__(self, table: Table, columns: tuple[str, ...], links: list[Link]) -> None:
        self.table = table
        self.columns = columns
        self.links = links
        self.rows = {key: row for row in table.rows if (key := key_of(row, columns)) is not None}
        self.nowhere: dict[Key, list[tuple[Link, Row]]] = defaultdict(list)
        self._guessed = 0

    def findings(self) -> Iterator[Finding]:
        """A finding for each link that leads nowhere; what it probably follows from is its cause."""
        for link in self.links:
            for row, key in link.rows():
                if key not in self.rows and key not in link.elsewhere:
                    self.nowhere[key].append((link, row))
        for key, found in self.nowhere.items():
            if means_nothing(key[-1]):
                for link, row in found:
                    about = {"value": link.shown(key), "column": link.title}
                    yield Finding("text-placeholder", Severity.VIOLATION, link.place(row), about)
            else:
                yield from self._of_key(key, found)

    def _of_key(self, key: Key, found: list[tuple[Link, Row]]) -> Iterator[Finding]:
        """The findings on the links to one record that is nowhere."""
        meant, cause = self._meant(key)
        places = [link.place(row) for link, row in found]
        for (link, _), place in zip(found, places, strict=True):
            right = link.shown(meant) if meant else None
            if cause is None and place != places[0]:
                # Whatever is wrong with the first is wrong with the others.
                cause = Cause(places[0], "table-dangling-link")
            # Of some kinds, few records are in the table, and the others in RDF.
            mostly_elsewhere = len(link.elsewhere) > len(self.rows)
            where = Said("whole-project") if mostly_elsewhere else self.table.name
            arguments: Arguments = {
                "value": link.shown(key),
                "column": link.title,
                "table": where,
                **suggestion(right),
            }
            yield Finding("table-dangling-link", Severity.VIOLATION, place, arguments, cause=cause)

    def _meant(self, key: Key) -> tuple[Key | None, Cause | None]:
        """The key that was probably meant, and what is to be fixed first.

        A record that several links do not find was probably renamed: it is looked for among those that no link finds,
        and none of them is the new name of two records.
        """
        is_shared = len(self.nowhere[key]) > 1
        renamed = self._nearest(key, self.unlinked) if is_shared else None
        if renamed is not None and self._nearest(renamed, self.nowhere) == key:
            return renamed, self._cause(renamed)
        if is_shared and len(self.wrong_keys) == 1:
            place, code = next(iter(self.wrong_keys.items()))
            return None, Cause(place, code)
        nearest = self._nearest(key, self.rows)
        if nearest is None:
            return self._nearest(key, set().union(*(link.elsewhere for link in self.links))), None
        cause = self._cause(nearest)
        return nearest, cause if cause.code else None

    def _nearest(self, key: Key, among: Iterable[Key]) -> Key | None:
        self._guessed += 1
        if self._guessed > _MOST_GUESSED:
            return None
        names = {", ".join(other): other for other in among}
        nearest = nearest_name(", ".join(key), names)
        return names[nearest] if nearest is not None else None

    def _cause(self, key: Key) -> Cause:
        place = place_in(self.table, self.rows[key], self.columns[-1])
        return Cause(place, self.wrong_keys.get(place))

    @cached_property
    def unlinked(self) -> list[Key]:
        """The keys of the records that nothing links to."""
        linked = {key for link in self.links for _, key in link.rows()}
        return [key for key in self.rows if key not in linked]

    @cached_property
    def wrong_keys(self) -> Mapping[Place, str]:
        """The cells with a key that has a violation, with its code."""
        cells = {place_in(self.table, row, name) for row in self.rows.values() for name in self.columns}
        grave = (each for each in self.table.findings if each.severity is Severity.VIOLATION)
        return {each.place: each.code for each in grave if each.place is not None and each.place in cells}


def _repeated_keys(table: Table) -> Iterator[Finding]:
    names = table.schema.primaryKey or []
    seen: dict[Key, int] = {}
    for row in table.rows if names else ():
        key = key_of(row, names)
        if key in seen:
            arguments = {"key": ", ".join(key), "columns": ", ".join(names), "line": str(seen[key])}
            yield Finding("table-repeated-key", Severity.VIOLATION, place_in(table, row, names[0]), arguments)
        elif key is not None:
            seen[key] = row.line
