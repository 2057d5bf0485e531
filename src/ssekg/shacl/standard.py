"""What SHACL says of itself: its terms, and the shapes by which it judges shapes, as pyshacl brings them."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox

from ssekg.base.namespaces import SH
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile


@cache
def shacl_of_shacl() -> Shapes:
    """The shapes by which the standard judges shapes (SHACL, appendix C).

    Raises:
        CannotRunError: pyshacl brings them no longer.
    """
    return Shapes([_brought("shacl-shacl.ttl")])


@cache
def shacl_terms() -> frozenset[str]:
    """The IRIs of SHACL's vocabulary, of its extensions too.

    Raises:
        CannotRunError: pyshacl brings it no longer.
    """
    subjects = {t.subject for t in _brought("shacl.ttl").triples()}
    return frozenset(s.value for s in subjects if isinstance(s, ox.NamedNode) and s.value.startswith(SH))


def _brought(name: str) -> RdfFile:
    package = find_spec("pyshacl")  # its import would cost more than the whole check
    folder = Path(next(iter(package.submodule_search_locations or ()), "")) if package is not None else Path()
    return RdfFile(folder / "assets" / name, SH, name)
