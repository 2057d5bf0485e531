"""Statements in the order in which they are made, which is the order in which harvesters read them.

CKAN takes the first title, type or label that it meets where it finds none in its own language, so the order is part
of the content: languages with Latin letters come first, since CKAN makes an address from a title.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, OWL, RDF, RDFS, SKOS, XSD

PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": DCT,
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "owl": OWL,
    "pv": "https://piveau.eu/ns/voc#",
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}

Value = ox.NamedNode | ox.Literal
Texts = Mapping[str, str]


@cache
def term(name: str) -> ox.NamedNode:
    """The term of a prefixed name, such as `dcat:Dataset`."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def typed(value: str, datatype: str) -> ox.Literal:
    """A literal of the XML Schema datatype that is called so."""
    return ox.Literal(value, datatype=term(f"xsd:{datatype}"))


class Statements:
    """Triples in order, each once, with the values of a property at hand. There are no blank nodes among them."""

    def __init__(self, triples: Iterable[ox.Triple] = (), languages: Sequence[str] = ()) -> None:
        """Begin with some triples; texts come in the order of these languages, then of others' tags."""
        self.languages = tuple(languages)
        self._by_subject: dict[ox.NamedNode, dict[ox.NamedNode, dict[Value, None]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                self._by_subject[triple.subject][triple.predicate][triple.object] = None

    def __iter__(self) -> Iterator[ox.Triple]:
        """The triples, those about one subject together."""
        for subject, properties in self._by_subject.items():
            for predicate, values in properties.items():
                for value in values:
                    yield ox.Triple(subject, predicate, value)

    def add(self, subject: ox.NamedNode, **properties: Value | str | Texts | Iterable[Value]) -> None:
        """Say something of a subject: `add(node, dct_title=texts, dcat_theme=[one, other], a=dcat_Dataset)`.

        A key is a prefixed name with _ for the colon, `a` is rdf:type; a text is a literal without a language, a
        mapping holds texts by language tag.
        """
        for name, given in properties.items():
            predicate = term("rdf:type" if name == "a" else name.replace("_", ":", 1))
            values = self._by_subject[subject][predicate]
            values.update(dict.fromkeys(self._values(given)))

    def values(self, subject: ox.NamedNode, name: str) -> list[Value]:
        """The values of a property, in order."""
        return list(self._by_subject.get(subject, {}).get(term(name), ()))

    def value(self, subject: ox.NamedNode, name: str) -> Value | None:
        """The first value of a property."""
        return next(iter(self._by_subject.get(subject, {}).get(term(name), ())), None)

    def nodes(self, subject: ox.NamedNode, name: str) -> list[ox.NamedNode]:
        """The values of a property that are not literals."""
        return [value for value in self.values(subject, name) if isinstance(value, ox.NamedNode)]

    def of_class(self, name: str) -> list[ox.NamedNode]:
        """The subjects of a class, in order."""
        wanted, kind = term(name), term("rdf:type")
        return [subject for subject, properties in self._by_subject.items() if wanted in properties.get(kind, ())]

    def _values(self, given: Value | str | Texts | Iterable[Value]) -> Iterable[Value]:
        if isinstance(given, ox.NamedNode | ox.Literal):
            return [given]
        if isinstance(given, str):
            return [ox.Literal(given)]
        if isinstance(given, Mapping):
            tags = [*(tag for tag in self.languages if tag in given), *sorted(set(given) - set(self.languages))]
            return [ox.Literal(given[tag], language=tag or None) for tag in tags]
        return given
