"""Writes the blocks of the pages in docs/ that are the output of a command.

A block begins with `<!-- $ ssekg … -->`, which is the command, and ends with `<!-- end -->`. `python -m docs.blocks`
writes them all anew; `python -m docs.blocks --check` writes nothing, and ends with 1 if one is out of date.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SSEKG: Final = Path(sys.executable).parent / "ssekg"
_BLOCK: Final = re.compile(r"(<!-- \$ ssekg (.*?) -->\n).*?(\n<!-- end -->\n)", re.DOTALL)


def output(command: str) -> str:
    """What a command of ssekg, without its first word, writes to standard output.

    Raises:
        subprocess.CalledProcessError: the command fails.
    """
    words = [str(SSEKG), "--project", str(ROOT), *shlex.split(command)]
    return subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout.decode().strip("\n")


def renewed(page: str) -> str:
    """The text of a page with its blocks as they are today."""
    return _BLOCK.sub(lambda found: f"{found[1]}\n{output(found[2])}\n{found[3]}", page)


def main(arguments: list[str]) -> int:
    """Renew the pages in docs/, or only compare them; the exit code."""
    stale = []
    for path in sorted((ROOT / "docs").glob("*.md")):
        page = path.read_text(encoding="utf-8")
        new = renewed(page)
        if new != page:
            stale.append(path.relative_to(ROOT).as_posix())
            if "--check" not in arguments:
                path.write_text(new, encoding="utf-8")
    if stale and "--check" in arguments:
        print(f"Out of date: {', '.join(stale)}. Run `make docs`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
