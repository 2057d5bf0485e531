"""What is named on a page, with the link to its page: things, and values as people write them."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import XSD
from ssekg.base.numbers import grouped, read_number
from ssekg.graph.description import Object
from ssekg.graph.naming import Name, plain_name
from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses

_NUMBERS: Final = frozenset(
    ox.NamedNode(XSD + name) for name in ("integer", "nonNegativeInteger", "positiveInteger", "decimal", "double")
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What something is called, and the link to its page, "" if it has none."""

    name: Name
    page: str = ""


@dataclass(frozen=True, slots=True)
class Things:
    """Names things on the pages of a language."""

    public: Public
    addresses: Addresses
    language: str
    country: str

    def __call__(self, term: Object) -> Thing:
        """A thing by its name, a text as it is, a number in groups of digits."""
        if isinstance(term, ox.NamedNode):
            return Thing(plain_name(self.public, term, self.language), self.addresses.links[term.value])
        number = read_number(term.value) if isinstance(term, ox.Literal) and term.datatype in _NUMBERS else None
        if number is not None:
            return Thing(Name(grouped(number, self.language, self.country)))
        tag = term.language if isinstance(term, ox.Literal) else None
        return Thing(Name(term.value, "" if tag in {None, self.language} else str(tag)))
