"""The files of a release, as the catalogue describes them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a release: its path in it with forward slashes, size in bytes, SHA-256 (hexadecimal), media type."""

    path: str
    bytes: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class CataloguedTable:
    """A table that the catalogue lists: its dataset, a kind or WHOLE, and what people call it by language tag."""

    dataset: str
    names: Mapping[str, str]


WHOLE = "graph"
"""The dataset that is the whole public graph."""
