"""The blocks of pages in docs/ that a benchmark writes: from `<!-- benchmarks/NAME.py -->` to `<!-- end -->`."""

import re
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[1] / "docs"


def block_of(page: str, benchmark: str) -> str:
    """What a benchmark has written into a page.

    Raises:
        ValueError: the page has no such block.
    """
    return _parts(page, benchmark)[1]


def write_block(page: str, benchmark: str, text: str) -> None:
    """Put a text in the place of what a benchmark has written into a page before.

    Raises:
        ValueError: the page has no such block.
    """
    before, _, after = _parts(page, benchmark)
    (DOCS / page).write_text(f"{before}\n{text}\n{after}", encoding="utf-8")


def _parts(page: str, benchmark: str) -> tuple[str, str, str]:
    """What comes before the text in the block, the text, and what comes after it."""
    mark = re.compile(rf"(.*<!-- benchmarks/{re.escape(benchmark)} -->\n)\n(.*?)\n(\n<!-- end -->\n.*)", re.DOTALL)
    found = mark.fullmatch((DOCS / page).read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(page)
    return found[1], found[2], found[3]
