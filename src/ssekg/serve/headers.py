"""The headers of every answer: what a browser may do with it, and who may read it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

Header = tuple[bytes, bytes]

_POLICY: Final = (
    "default-src 'none'; script-src 'self'{}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The query page has the browser compile its engine.
_QUERY_PAGE: Final = "/query.html"
_COMPILING: Final = " 'wasm-unsafe-eval'"
_TO_KEEP: Final = (".xlsx", ".zip")


def security_headers(media_type: str, path: str = "", *, shared: bool = True) -> tuple[Header, ...]:
    """What keeps a browser from more than is meant.

    Args:
        media_type: the media type of the answer. A page is for itself; data may be read by the pages of others.
        path: the path of a page.
        shared: whether data may be read by the pages of others at all.
    """
    is_page = media_type.startswith("text/html")
    return _security_headers(shared and not is_page, f"/{path}".endswith(_QUERY_PAGE))


@lru_cache(maxsize=4)
def _security_headers(is_shared: bool, is_compiling: bool) -> tuple[Header, ...]:
    found = {
        "content-security-policy": _POLICY.format(_COMPILING if is_compiling else ""),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "cross-origin" if is_shared else "same-origin",
        "permissions-policy": "geolocation=(), camera=(), microphone=()",
    }
    if is_shared:
        found["access-control-allow-origin"] = "*"
        found["access-control-expose-headers"] = "Content-Language, ETag, Link, Location, Retry-After"
    return encoded(found)


def encoded(headers: Mapping[str, str]) -> tuple[Header, ...]:
    """Headers as they are sent."""
    return tuple((name.lower().encode("ascii"), value.encode("ascii")) for name, value in headers.items())


def content_headers(path: str, media_type: str) -> dict[str, str]:
    """What says of a file what it is, and whether it is to be kept rather than shown."""
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    kept = {"content-disposition": "attachment"} if is_to_keep(path) else {}
    return {"content-type": media_type + charset} | kept


def is_to_keep(path: str) -> bool:
    """Whether what is at a path is to be kept as a file rather than shown."""
    return path.endswith(_TO_KEEP)
