"""URI templates of CSVW (RFC 6570), expanded with the cells of a row and resolved against a base."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urljoin

import uritemplate
from csvw.metadata_utils import NAMESPACES
from pyoxigraph import NamedNode

_PLAIN: Final = re.compile(r"\w[\w-]*/[\w-]+(?:#[\w-]*)?")
PREFIXES: Final[Mapping[str, str]] = NAMESPACES


class Template:
    """One URI template of a table.

    A name such as `skos:prefLabel` is expanded with the prefixes of CSVW's context, as the metadata vocabulary says;
    what is relative after that is resolved against `base` (Model for Tabular Data, section 5.1.2 of the metadata).
    """

    def __init__(self, text: str, base: str) -> None:
        """Parse the template once; rows are many."""
        self.text = text
        self.base = base
        self.variables = tuple(uritemplate.variables(text))
        self._template = uritemplate.URITemplate(text)
        self._expand = lru_cache(maxsize=1 << 16)(self._expanded)

    def iri(self, row: Mapping[str, str]) -> NamedNode:
        """The IRI for a row of cell texts by column name; a cell that is missing expands to nothing.

        Raises:
            ValueError: the result is not an IRI.
        """
        return self._expand(tuple([row.get(name) for name in self.variables]))

    def _expanded(self, values: tuple[str | None, ...]) -> NamedNode:
        bound: dict[str, Any] = {
            name: value for name, value in zip(self.variables, values, strict=True) if value is not None
        }
        reference = self._template.expand(bound) if self.variables else self.text
        prefix, colon, local = reference.partition(":")
        if colon and prefix in PREFIXES and not local.startswith("//"):
            return NamedNode(PREFIXES[prefix] + local)
        return NamedNode(self._resolved(reference))

    def _resolved(self, reference: str) -> str:
        # Nearly all references are kind/slug, for which resolution (RFC 3986, 5.2) is concatenation.
        if self.base.endswith("/") and _PLAIN.fullmatch(reference):
            return self.base + reference
        return urljoin(self.base, reference)


@lru_cache(maxsize=1 << 12)
def template(text: str, base: str) -> Template:
    """The template of a text; columns that share one share what it was expanded to."""
    return Template(text, base)
