"""Triples grouped by subject, for data that say things about one subject in several places.

Subjects are dealt out to groups by their digests. Each worker writes the lines of some parts to a file, those of one
group together; a group is then the ranges that all these files have for it, so each subject keeps the order of its
triples.
"""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from ssekg.shacl.chunks.parts import Part, digest


def group(parts: Sequence[Part], count: int, path: Path) -> Mapping[int, Part]:
    """Write the lines of some parts to a file by groups; gives where each group is in it."""
    number_of: dict[bytes, int] = {}
    lines: dict[int, list[bytes]] = defaultdict(list)
    for part in parts:
        for line in io.BytesIO(part.content()):
            subject = line.partition(b" ")[0]
            number = number_of.get(subject)
            if number is None:
                number = number_of[subject] = digest(subject) % count
            lines[number].append(line)
    ranges: dict[int, Part] = {}
    with path.open("wb") as file:
        for number, found in lines.items():
            start = file.tell()
            file.writelines(found)
            ranges[number] = Part(path, start, file.tell())
    return ranges
