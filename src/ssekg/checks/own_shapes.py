"""The shapes of a project: those of its files that can be read, and what is wrong with the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from ssekg.base.errors import BrokenShapesError, CannotRunError
from ssekg.base.findings import Finding
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile


@dataclass(frozen=True)
class OwnShapes:
    """Shapes, the files that they are in, and findings for the files that do not parse."""

    shapes: Shapes
    files: tuple[RdfFile, ...]
    findings: tuple[Finding, ...] = ()


def read_own_shapes(files: Iterable[RdfFile]) -> OwnShapes:
    """The shapes of some files.

    Raises:
        CannotRunError: a file can't be opened, or no shape is left.
    """
    files = tuple(files)
    try:
        return OwnShapes(Shapes(files), files)
    except BrokenShapesError as problem:
        broken = problem
    wrong = {finding.place.file for finding in broken.findings if finding.place is not None}
    right = tuple(file for file in files if file.shown not in wrong)
    try:
        return OwnShapes(Shapes(right), right, broken.findings)
    except CannotRunError:
        raise broken from None
