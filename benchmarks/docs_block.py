"""The blocks of pages in docs/ that a benchmark writes: from `<!-- benchmarks/NAME.py -->` to `<!-- end -->`."""

import re
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[1] / "docs"


def write_block(page: str, benchmark: str, text: str) -> None:
    """Put a text in the place of what a benchmark has written into a page before.

    Raises:
        ValueError: the page has no such block.
    """
    path = DOCS / page
    block = re.compile(rf"(<!-- benchmarks/{re.escape(benchmark)} -->\n).*?(\n<!-- end -->\n)", re.DOTALL)
    written, count = block.subn(lambda found: f"{found[1]}\n{text}\n{found[2]}", path.read_text(encoding="utf-8"))
    if not count:
        raise ValueError(page)
    path.write_text(written, encoding="utf-8")
