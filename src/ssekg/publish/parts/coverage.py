"""What the data have and lack, as a table: how many members of each class have each property."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.graph.coverage import Coverage
from ssekg.publish.context import Context

COVERAGE: Final = "coverage.csv"
_COLUMNS: Final = ("class", "property", "by", "value", "members", "having")


def coverage(context: Context) -> Iterator[tuple[str, bytes]]:
    """`coverage.csv`: the share of all members, then by place, by year and by kind of source.

    UTF-8 with a byte-order mark, since Excel asks for it.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(Coverage(context.public), context.public.shortened))
    yield COVERAGE, output.getvalue().encode("utf-8-sig")


def _rows(found: Coverage, shortened: Callable[[str], str]) -> Iterable[tuple[str, ...]]:
    for term, uses in found.uses.items():
        for use in uses:
            members = str(len(found.members[term]))
            yield shortened(term.value), shortened(use.property.value), "", "", members, str(use.having)
    for share in found.shares():
        is_thing = isinstance(share.value, ox.NamedNode)
        value = shortened(share.value.value) if is_thing else share.value.value
        terms = (shortened(share.term.value), shortened(share.property.value))
        yield (*terms, share.by, value, str(share.members), str(share.having))
