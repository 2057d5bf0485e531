"""Versions by meaning: how far the version of the data steps for what changed (Semantic Versioning for data)."""

import re
from enum import IntEnum
from typing import Final

from ssekg.graph.changes import Changes, Sort

_VERSION: Final = re.compile(r"(\d+)\.(\d+)\.(\d+)")


class Step(IntEnum):
    """How far a version steps; a greater step is enough where a smaller one is wanted."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


def wanted_step(changes: Changes) -> Step:
    """The least step that the changes ask for.

    Removed records, concepts and terms, which leave no tombstone behind, break what others built on: major. What was
    added or withdrawn is minor, a corrected value a patch.
    """
    if changes.of_sort(Sort.REMOVED):
        return Step.MAJOR
    if changes.of_sort(Sort.ADDED) or changes.of_sort(Sort.WITHDRAWN):
        return Step.MINOR
    return Step.PATCH if changes else Step.NONE


def step_between(old: str, new: str) -> Step:
    """The step from one version `1.2.3` to another; `NONE` for one that goes back, or that has another form."""
    before, after = _VERSION.match(old), _VERSION.match(new)
    if before is None or after is None:
        return Step.NONE
    numbers = [(int(then), int(now)) for then, now in zip(before.groups(), after.groups(), strict=True)]
    for step, (then, now) in zip((Step.MAJOR, Step.MINOR, Step.PATCH), numbers, strict=True):
        if then != now:
            return step if now > then else Step.NONE
    return Step.NONE


def wanted_version(changes: Changes, old: str, new: str) -> str | None:
    """The least version that the changes ask for after `old`; None if `new` reaches it.

    Before 1.0.0 a minor step is enough for everything (Semantic Versioning, item 4).
    """
    wanted = wanted_step(changes)
    if old.startswith("0."):
        wanted = min(wanted, Step.MINOR)
    return _next(old, wanted) if step_between(old, new) < wanted else None


def _next(version: str, step: Step) -> str:
    found = _VERSION.match(version)
    major, minor, patch = map(int, found.groups()) if found else (0, 0, 0)
    return {
        Step.MAJOR: f"{major + 1}.0.0",
        Step.MINOR: f"{major}.{minor + 1}.0",
        Step.PATCH: f"{major}.{minor}.{patch + 1}",
    }.get(step, version)
