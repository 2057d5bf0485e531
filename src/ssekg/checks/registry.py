"""The checks of a project, in the order in which they run. A new check is a module and a line here."""

from typing import Final

from ssekg.checks import (
    characters,
    columns,
    concepts,
    dates,
    disjointness,
    imports,
    ontology,
    portal,
    queries,
    replacements,
    reserved_kinds,
    shapes,
    shapes_of_shapes,
    sources,
    unread_files,
)
from ssekg.checks.subject import Check

CHECKS: Final[tuple[Check, ...]] = (
    unread_files.check,
    sources.check,
    shapes_of_shapes.check,
    shapes.check,
    characters.check,
    dates.check,
    disjointness.check,
    ontology.check,
    reserved_kinds.check,
    concepts.check,
    replacements.check,
    imports.check,
    columns.check,
    queries.check,
    portal.check,
)
