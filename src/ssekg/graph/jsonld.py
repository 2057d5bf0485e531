"""Compact JSON-LD 1.1 with our own context embedded, so that nobody has to fetch one.

A generic compactor needs minutes for a whole graph; a graph without blank-node trees needs only this: one object a
subject, keys by the context, values as short as the context allows and explicit where they do not fit it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import pyoxigraph as ox

from ssekg.graph.canonical import in_order
from ssekg.graph.store import TYPE
from ssekg.namespaces import OWL, PREFIXES, RDFS, SSE, XSD

_STRING: Final = XSD + "string"
_TEXTS: Final = ("skos:prefLabel", "skos:definition", "skos:altLabel", "dct:title")
_OBJECT_PROPERTY: Final = ox.NamedNode(OWL + "ObjectProperty")
# A name of sse that stands bare: what is not is written with its prefix, so that it can't be taken for a keyword.
_BARE: Final = re.compile(rf"(?!(?:id|type|{'|'.join(PREFIXES)})$)[\w./-]+")
# A reference that any reader resolves to `base` with it put after; what is not is written whole.
_RELATIVE: Final = re.compile(r"[\w%-][\w.%-]*(/[\w%-][\w.%-]*)*(#[\w./%-]*)?")
_RANGE: Final = ox.NamedNode(RDFS + "range")


def context(vocabulary: Iterable[ox.Triple], base: str) -> dict[str, Any]:
    """The context that goes with an ontology.

    Terms of sse are bare (`@vocab`), others have their prefix, instance IRIs are relative to `base`. Object
    properties take IRIs, data properties with one XSD range that datatype, names a map by language.
    """
    triples = list(vocabulary)
    terms: dict[str, Any] = {}
    for triple in triples:
        if triple.predicate == TYPE and triple.object == _OBJECT_PROPERTY and isinstance(triple.subject, ox.NamedNode):
            terms[_key(triple.subject)] = {"@id": _compact(triple.subject), "@type": "@id"}
    for triple in triples:
        subject, datatype = triple.subject, triple.object
        if triple.predicate != _RANGE or not (isinstance(subject, ox.NamedNode) and isinstance(datatype, ox.NamedNode)):
            continue
        if datatype.value.startswith(XSD) and datatype.value != _STRING:
            terms[_key(subject)] = {"@id": _compact(subject), "@type": _compact(datatype)}
    for name in _TEXTS:
        terms[name] = {"@id": name, "@container": "@language"}
    prefixes = {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix not in {"sh", "shapes"}}
    header = {"@version": 1.1, "@base": base, "@vocab": SSE, "id": "@id", "type": "@type"}
    return header | prefixes | {key: terms[key] for key in sorted(terms)}


def jsonld(triples: Iterable[ox.Triple], terms: Mapping[str, Any]) -> bytes:
    """The triples as one compact JSON-LD document with the context `terms` (from `context`) inside.

    Subjects, keys and values are in order, so the same triples give the same bytes.
    """
    return "".join(jsonld_lines(in_order(triples), terms)).encode()


def jsonld_lines(ordered: Iterable[ox.Triple], terms: Mapping[str, Any]) -> Iterator[str]:
    """The lines of that document, a subject each after those of the context, of triples that are in order."""
    context_lines = json.dumps({"@context": dict(terms)}, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{context_lines},\n "@graph": ['
    writer = _Writer(terms)
    separator = "\n"
    for subject, about in groupby(ordered, key=attrgetter("subject")):
        yield separator + json.dumps(writer.node(subject, about), ensure_ascii=False)
        separator = ",\n"
    yield "\n ]\n}\n"


class _Writer:
    """Makes the objects of one document; what it knows of a predicate it looks up once."""

    def __init__(self, terms: Mapping[str, Any]) -> None:
        self.terms = terms
        self.base = terms["@base"]
        self.predicates: dict[ox.NamedNode, tuple[str, Mapping[str, Any]]] = {}

    def node(self, subject: ox.NamedNode | ox.BlankNode, about: Iterable[ox.Triple]) -> dict[str, Any]:
        """The object of a subject."""
        values: dict[str, list[Any]] = {}
        for triple in about:
            predicate, term = triple.predicate, triple.object
            if predicate == TYPE and isinstance(term, ox.NamedNode):
                values.setdefault("type", []).append(_key(term))
                continue
            known = self.predicates.get(predicate)
            if known is None:
                key = _key(predicate)
                known = self.predicates[predicate] = (key, _coercion(self.terms, key))
            key, coercion = known
            if _is_by_language(coercion) and not _is_text(term):
                key, coercion = predicate.value, {}  # no map by language can hold it
            values.setdefault(key, []).append(_value(term, coercion, self.base))
        folded = {key: _folded(found, _coercion(self.terms, key)) for key, found in values.items()}
        return {"id": _reference(subject, self.base)} | folded


def _compact(term: ox.NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and prefix not in {"sh", "shapes"} and not local.startswith("//"):
            return f"{prefix}:{local}"
    return term.value


def _key(term: ox.NamedNode) -> str:
    """The key of a property, or the name of a class: bare for sse, else prefixed, else the IRI."""
    local = term.value.removeprefix(SSE)
    return local if local != term.value and _BARE.fullmatch(local) else _compact(term)


def _coercion(terms: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """What the context says of a key's values; nothing for a key without an entry, and for `type`."""
    entry = terms.get(key)
    return entry if isinstance(entry, dict) else {}


def _reference(term: Any, base: str) -> str:
    if isinstance(term, ox.BlankNode):
        return str(term)
    local = str(term.value).removeprefix(base)
    return local if base.endswith("/") and _RELATIVE.fullmatch(local) else str(term.value)


def _is_by_language(coercion: Mapping[str, Any]) -> bool:
    return coercion.get("@container") == "@language"


def _is_text(term: Any) -> bool:
    return isinstance(term, ox.Literal) and (term.language is not None or term.datatype.value == _STRING)


def _value(term: Any, coercion: Mapping[str, Any], base: str) -> Any:
    if isinstance(term, ox.Literal):
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == _STRING:
            return term.value if "@type" not in coercion else {"@value": term.value}
        datatype = _compact(term.datatype)
        return term.value if coercion.get("@type") == datatype else {"@value": term.value, "@type": datatype}
    reference = _reference(term, base)
    return reference if coercion.get("@type") == "@id" else {"id": reference}


def _folded(values: list[Any], coercion: Mapping[str, Any]) -> Any:
    if not _is_by_language(coercion):
        return values[0] if len(values) == 1 else values
    by_language: dict[str, list[str]] = defaultdict(list)
    for value in values:
        if isinstance(value, str):
            by_language["@none"].append(value)
        else:
            by_language[value["@language"]].append(value["@value"])
    return {tag: texts[0] if len(texts) == 1 else texts for tag, texts in by_language.items()}
