"""URI templates of CSVW (RFC 6570), expanded with the cells of a row and resolved against a base."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final
from urllib.parse import urljoin

import uritemplate
from pyoxigraph import NamedNode

_PLAIN: Final = re.compile(r"\w[\w-]*/[\w-]+(?:#[\w-]*)?")
# A template of one variable, and a text that goes into it as it is (RFC 6570, section 3.2.2).
_SIMPLE: Final = re.compile(r"([^{}]*)\{\w+\}([^{}]*)")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]+")
Pairs = tuple[tuple[str, str], ...]


# Schemes of addresses that have no // after the colon.
_SCHEMES: Final = frozenset({"ark", "did", "doi", "geo", "info", "isbn", "mailto", "tag", "tel", "urn"})


class Template:
    """One URI template of a table.

    A name such as `skos:prefLabel` is expanded with the prefixes of CSVW's context, as the metadata vocabulary says,
    and with those of the project; what is relative after that is resolved against `base` (Metadata Vocabulary for
    Tabular Data, section 5.1.2).
    """

    def __init__(self, text: str, base: str, prefixes: Mapping[str, str] | None = None) -> None:
        """Parse the template once; rows are many."""
        self.text = text
        self.base = base
        self.prefixes = usual_prefixes() if prefixes is None else prefixes
        self.variables = tuple(uritemplate.variables(text))
        self._template = uritemplate.URITemplate(text)
        self._simple = _SIMPLE.fullmatch(text)
        # Nearly all references are kind/slug, for which resolution (RFC 3986, 5.2) is concatenation.
        known = urljoin(base, "kind/slug")
        self._start = known.removesuffix("kind/slug") if known.endswith("kind/slug") else None
        self._expand = lru_cache(maxsize=1 << 16)(self._expanded)

    def __reduce__(self) -> tuple[object, ...]:
        """What another process makes it of."""
        return Template, (self.text, self.base, self.prefixes)

    @property
    def whole(self) -> str | None:
        """The variable that the template consists of, as `{+name}` does: its values are addresses or names of terms."""
        return self.variables[0] if self.variables and self.text == f"{{+{self.variables[0]}}}" else None

    def knows(self, reference: str) -> bool:
        """Whether a text is an address, if only that of a record, or a name with a known prefix."""
        prefix, colon, local = reference.partition(":")
        if not colon:
            return _PLAIN.fullmatch(reference) is not None
        return prefix in self.prefixes or local.startswith("//") or prefix.lower() in _SCHEMES

    def iri(self, row: Mapping[str, str]) -> NamedNode:
        """The IRI for a row of cell texts by column name; a cell that is missing expands to nothing.

        Raises:
            ValueError: the result is not an IRI.
        """
        return self._expand(tuple([row.get(name) for name in self.variables]) if self.variables else ())

    def _expanded(self, values: tuple[str | None, ...]) -> NamedNode:
        text = values[0] if self._simple is not None else None
        if self._simple is not None and text is not None and _UNRESERVED.fullmatch(text):
            return self._made(f"{self._simple[1]}{text}{self._simple[2]}")
        bound: dict[str, Any] = {
            name: value for name, value in zip(self.variables, values, strict=True) if value is not None
        }
        return self._made(self._template.expand(bound) if self.variables else self.text)

    def _made(self, reference: str) -> NamedNode:
        prefix, colon, local = reference.partition(":")
        if colon and prefix in self.prefixes and not local.startswith("//"):
            return NamedNode(self.prefixes[prefix] + local)
        return NamedNode(self._resolved(reference))

    def _resolved(self, reference: str) -> str:
        if self._start is not None and _PLAIN.fullmatch(reference):
            return self._start + reference
        return urljoin(self.base, reference)


@lru_cache(maxsize=1 << 12)
def shared_template(text: str, base: str, prefixes: Pairs = ()) -> Template:
    """The template of a text, with prefixes beside those of CSVW; columns that share one share what it makes."""
    return Template(text, base, {**dict(prefixes), **usual_prefixes()})


@cache
def usual_prefixes() -> Mapping[str, str]:
    """The prefixes of CSVW's context."""
    from csvw.metadata_utils import NAMESPACES

    return dict(NAMESPACES)
