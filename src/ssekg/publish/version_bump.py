"""Versions by meaning: how far the version of the data steps for what changed (Semantic Versioning for data)."""

from enum import IntEnum

from semver import Version

from ssekg.graph.changes.compare import Changes, Sort


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
    """The step from one version to another, whatever comes after their three numbers; `NONE` for one that goes back."""
    before, after = Version.parse(old).to_tuple()[:3], Version.parse(new).to_tuple()[:3]
    for step, then, now in zip((Step.MAJOR, Step.MINOR, Step.PATCH), before, after, strict=True):
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
    return next_version(old, wanted) if step_between(old, new) < wanted else None


def next_version(version: str, step: Step) -> str:
    """The version one step after another."""
    parsed = Version.parse(version).finalize_version()
    return str({Step.MAJOR: parsed.bump_major, Step.MINOR: parsed.bump_minor, Step.PATCH: parsed.bump_patch}[step]())
