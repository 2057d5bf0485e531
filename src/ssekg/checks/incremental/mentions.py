"""What findings mention: places and names, which may change although nothing is judged otherwise."""

from collections.abc import Iterator
from typing import Any

from ssekg.base.findings import Finding, Place
from ssekg.base.said import Argument, Named, Said, Several


def places_of(finding: Finding) -> Iterator[Place]:
    """All places: its own, that of its cause, and those that its words name."""
    yield from finding.places
    if finding.cause is not None:
        yield finding.cause.place
    for argument in finding.arguments.values():
        yield from _places_in(argument)
    line = finding.arguments.get("line")
    if isinstance(line, str) and line.isdigit() and finding.place is not None:
        yield Place(finding.place.file, int(line))


def _places_in(argument: Argument) -> Iterator[Place]:
    if isinstance(argument, Said):
        row = argument.arguments.get("row")
        if isinstance(row, str):
            file, _, line = row.rpartition(":")
            yield Place(file, int(line)) if line.isdigit() else Place(row)
        for inner in argument.arguments.values():
            yield from _places_in(inner)


def shown_names(finding: Finding) -> set[str]:
    """How the things are written that its words name with their labels."""
    return {name for argument in finding.arguments.values() for name in _names_in(argument)}


def _names_in(argument: Any) -> Iterator[str]:
    match argument:
        case Named(short):
            yield short
        case Said(_, arguments):
            for inner in arguments.values():
                yield from _names_in(inner)
        case Several(parts):
            for part in parts:
                yield from _names_in(part)
