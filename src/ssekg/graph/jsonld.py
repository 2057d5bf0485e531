"""Compact JSON-LD 1.1 with our own context embedded, so that nobody has to fetch one.

A generic compactor needs minutes for a whole graph; a graph without blank-node trees needs only this: one object a
subject, keys by the context, values as short as the context allows and explicit where they do not fit it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDFS, USUAL, XSD, Prefixes, namespace_of
from ssekg.base.triples import distinct_terms
from ssekg.graph.canonical import in_order
from ssekg.graph.store import TYPE
from ssekg.project.vocabulary import Vocabulary

_STRING: Final = XSD + "string"
_TEXTS: Final = ("skos:prefLabel", "skos:definition", "skos:altLabel", "dct:title")
_OBJECT_PROPERTY: Final = ox.NamedNode(OWL + "ObjectProperty")
# A name of the project's own, written bare; others are written with their prefix.
_BARE: Final = re.compile(r"[\w./-]+")
_KEYWORDS: Final = frozenset({"id", "type"})
# A reference that any reader resolves to `base` with it put after; any other is written in full.
_RELATIVE: Final = re.compile(r"[\w%-][\w.%-]*(/[\w%-][\w.%-]*)*(#[\w./%-]*)?")
_RANGE: Final = ox.NamedNode(RDFS + "range")


@dataclass(frozen=True)
class Names:
    """How a context names things: the names of the namespace `own` are bare, the others have their prefix."""

    own: str
    prefixes: Mapping[str, str]
    _compacted: dict[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Names":
        """The names of a context."""
        prefixes = {k: v for k, v in terms.items() if isinstance(v, str) and k[0] != "@" and v[0] != "@"}
        return cls(terms.get("@vocab", ""), prefixes)

    def compacted(self, term: ox.NamedNode) -> str:
        """The IRI with the prefix that the context has for it, in full if there is none; each is looked up once."""
        iri = term.value
        known = self._compacted.get(iri)
        if known is None:
            known = self._compacted[iri] = self._compact(iri)
        return known

    def _compact(self, iri: str) -> str:
        for prefix, namespace in self.prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri

    def key(self, term: ox.NamedNode) -> str:
        """The key of a property, or the name of a class: bare if it is our own, else prefixed, else the IRI."""
        local = term.value.removeprefix(self.own) if self.own else term.value
        is_bare = local != term.value and _BARE.fullmatch(local) and local not in _KEYWORDS | self.prefixes.keys()
        return local if is_bare else self.compacted(term)


def context(vocabulary: Iterable[ox.Triple], declared: Vocabulary) -> dict[str, Any]:
    """The context that goes with an ontology: its triples, and what they declare.

    Terms of the project's own are bare (`@vocab`), others have their prefix, instance IRIs are relative to the base.
    Object properties take IRIs, data properties with one XSD range that datatype, names a map by language.
    """
    triples = list(vocabulary)
    terms: dict[str, Any] = {}
    header: dict[str, Any] = {"@version": 1.1, "@base": declared.prefixes.base}
    header |= {"@vocab": declared.namespace} if declared.namespace else {}
    header |= {"id": "@id", "type": "@type"} | _used_prefixes(triples, declared.prefixes)
    names = Names.of(header)
    for triple in triples:
        if triple.predicate == TYPE and triple.object == _OBJECT_PROPERTY and isinstance(triple.subject, ox.NamedNode):
            terms[names.key(triple.subject)] = {"@id": names.compacted(triple.subject), "@type": "@id"}
    for triple in triples:
        subject, datatype = triple.subject, triple.object
        if triple.predicate != _RANGE or not (isinstance(subject, ox.NamedNode) and isinstance(datatype, ox.NamedNode)):
            continue
        if datatype.value.startswith(XSD) and datatype.value != _STRING:
            terms[names.key(subject)] = {"@id": names.compacted(subject), "@type": names.compacted(datatype)}
    for name in _TEXTS:
        terms[name] = {"@id": name, "@container": "@language"}
    return header | {key: terms[key] for key in sorted(terms)}


def _used_prefixes(triples: Iterable[ox.Triple], prefixes: Prefixes) -> dict[str, str]:
    """The usual prefixes but for SHACL's, which no data use, and of the project's those that its ontology uses."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    used = {namespace_of(iri) for iri in iris}
    is_wanted = (USUAL.keys() - {"sh"}).__contains__
    return {p: space for p, space in prefixes.namespaces.items() if is_wanted(p) or space in used}


def jsonld(triples: Iterable[ox.Triple], terms: Mapping[str, Any]) -> bytes:
    """The triples as one compact JSON-LD document with the context `terms` (from `context`) inside.

    Subjects, keys and values are in order, so the same triples give the same bytes. A prefix that is also the scheme of
    an IRI (`geo:33.5,-7.6`) is left out of the context.
    """
    return "".join(jsonld_lines(in_order(triples), terms)).encode()


def jsonld_lines(ordered: Sequence[ox.Triple], terms: Mapping[str, Any]) -> Iterator[str]:
    """The lines of that document, a subject each after those of the context, of triples that are in order."""
    terms = _unlike_schemes(terms, _schemes(ordered))
    context_lines = json.dumps({"@context": dict(terms)}, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{context_lines},\n "@graph": ['
    writer = _Writer(terms)
    separator = "\n"
    for subject, group in groupby(ordered, key=attrgetter("subject")):
        yield separator + json.dumps(writer.node(subject, group), ensure_ascii=False)
        separator = ",\n"
    yield "\n ]\n}\n"


class _Writer:
    """Makes the objects of one document; what it knows of a predicate it looks up once."""

    def __init__(self, terms: Mapping[str, Any]) -> None:
        self.terms = terms
        self.base = terms["@base"]
        self.names = Names.of(terms)
        self.predicates: dict[ox.NamedNode, tuple[str, Mapping[str, Any]]] = {}

    def node(self, subject: ox.NamedNode | ox.BlankNode, triples: Iterable[ox.Triple]) -> dict[str, Any]:
        """The object of a subject."""
        values: dict[str, list[Any]] = {}
        for triple in triples:
            predicate, term = triple.predicate, triple.object
            if predicate == TYPE and isinstance(term, ox.NamedNode):
                values.setdefault("type", []).append(self.names.key(term))
                continue
            known = self.predicates.get(predicate)
            if known is None:
                key = self.names.key(predicate)
                known = self.predicates[predicate] = (key, coercion_of(self.terms, key))
            key, coercion = known
            if is_by_language(coercion) and not is_text(term):
                key, coercion = predicate.value, {}  # no map by language can hold it
            values.setdefault(key, []).append(value_of(term, coercion, self.base, self.names))
        node = {key: folded(found, coercion_of(self.terms, key)) for key, found in values.items()}
        return {"id": _reference(subject, self.base)} | node


def _schemes(triples: Iterable[ox.Triple]) -> set[str]:
    """The schemes of all IRIs that a reader of JSON-LD could take for prefixed names."""
    terms = (term.datatype if isinstance(term, ox.Literal) else term for term in distinct_terms(triples))
    split = (term.value.partition(":") for term in terms if isinstance(term, ox.NamedNode))
    return {scheme for scheme, _, rest in split if not rest.startswith("//")}


def _unlike_schemes(terms: Mapping[str, Any], schemes: set[str]) -> Mapping[str, Any]:
    """The context without the prefixes that are schemes too; what they stood in is written in full."""
    prefixes = Prefixes(Names.of(terms).prefixes)
    hidden = schemes & prefixes.namespaces.keys()
    if not hidden:
        return terms

    def full(name: str) -> str:
        return (prefixes.expanded(name) or name) if name.partition(":")[0] in hidden else name

    return {
        full(key): {name: full(value) for name, value in entry.items()} if isinstance(entry, dict) else entry
        for key, entry in terms.items()
        if key not in hidden
    }


def coercion_of(terms: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """What the context says of a key's values; nothing for a key without an entry, and for `type`."""
    entry = terms.get(key)
    return entry if isinstance(entry, dict) else {}


def _reference(term: Any, base: str) -> str:
    if isinstance(term, ox.BlankNode):
        return str(term)
    local = str(term.value).removeprefix(base)
    return local if base.endswith("/") and _RELATIVE.fullmatch(local) else str(term.value)


def is_by_language(coercion: Mapping[str, Any]) -> bool:
    """Whether the values of a key are in a map by language."""
    return coercion.get("@container") == "@language"


def is_text(term: Any) -> bool:
    """Whether a map by language can hold the term: a text with a language or a plain one."""
    return isinstance(term, ox.Literal) and (term.language is not None or term.datatype.value == _STRING)


def value_of(term: Any, coercion: Mapping[str, Any], base: str, names: Names) -> Any:
    """A value as JSON: short where its key's coercion allows, else explicit; IRIs relative to `base`."""
    if isinstance(term, ox.Literal):
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == _STRING:
            return term.value if "@type" not in coercion else {"@value": term.value}
        datatype = names.compacted(term.datatype)
        return term.value if coercion.get("@type") == datatype else {"@value": term.value, "@type": datatype}
    reference = _reference(term, base)
    return reference if coercion.get("@type") == "@id" else {"id": reference}


def folded(values: list[Any], coercion: Mapping[str, Any]) -> Any:
    """The values of a key: one alone, several as a list, texts as a map by language if the key says so."""
    if not is_by_language(coercion):
        return values[0] if len(values) == 1 else values
    by_language: dict[str, list[str]] = defaultdict(list)
    for value in values:
        if isinstance(value, str):
            by_language["@none"].append(value)
        else:
            by_language[value["@language"]].append(value["@value"])
    return {tag: texts[0] if len(texts) == 1 else texts for tag, texts in sorted(by_language.items())}
