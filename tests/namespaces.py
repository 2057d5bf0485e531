"""The namespaces that tests write with: those of this project's ontology."""

from typing import Final

from ssekg.base.namespaces import EVIDENCE, USUAL, Prefixes

SSE: Final = EVIDENCE
PREFIXES: Final = {
    "sse": SSE,
    **USUAL,
    "eli": "http://data.europa.eu/eli/ontology#",
    "frapo": "http://purl.org/cerif/frapo/",
    "m8g": "http://data.europa.eu/m8g/",
    "shapes": "https://w3id.org/ssekg/shapes#",
}
EXAMPLES: Final = {"ex": "https://example.org/terms#", **USUAL, "rules": "https://example.org/rules#"}
"""Those of the examples that `ssekg explain` shows."""


def prefixes_of(base: str) -> Prefixes:
    """The prefixes of a graph whose instances begin with `base`."""
    return Prefixes(PREFIXES, base)
