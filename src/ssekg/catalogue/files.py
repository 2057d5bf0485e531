"""The files of a release, as the catalogue describes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a release: its path in it with forward slashes, size in bytes, SHA-256 (hexadecimal), media type."""

    path: str
    bytes: int
    sha256: str
    media_type: str
