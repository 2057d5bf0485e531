"""Pitfalls of names, labels and comments."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold
from ssekg.base.namespaces import DCT, RDFS, SKOS, local_name
from ssekg.checks.ontology_quality.found import Found
from ssekg.checks.ontology_quality.ontology import Ontology
from ssekg.checks.ontology_quality.statements import EQUIVALENT_CLASS

_LABEL: Final = ox.NamedNode(RDFS + "label")
_COMMENT: Final = ox.NamedNode(RDFS + "comment")
LABELS: Final = (_LABEL, ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode("http://purl.obolibrary.org/obo/IAO_0000118"))
COMMENTS: Final = (
    _COMMENT,
    ox.NamedNode(SKOS + "definition"),
    ox.NamedNode("http://purl.obolibrary.org/obo/IAO_0000115"),
)
_DESCRIPTIONS: Final = (
    *COMMENTS,
    ox.NamedNode(DCT + "description"),
    ox.NamedNode("http://purl.org/dc/elements/1.1/description"),
)
_OTHERS: Final = frozenset(
    {
        *("other", "others", "misc", "miscellanea", "miscellaneous", "miscellany"),
        *("autre", "autres", "divers", "otro", "otros"),
    }
)
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_HUMP: Final = re.compile(r"[a-z0-9][A-Z]")


def undescribed(ontology: Ontology) -> Iterator[Found]:
    """P08: terms without a label or without a comment."""
    for term in dict.fromkeys([*ontology.classes, *ontology.properties]):
        missing = []
        if not any(ontology.values(term, predicate) for predicate in LABELS):
            missing.append("rdfs:label")
        if not any(ontology.values(term, predicate) for predicate in _DESCRIPTIONS):
            missing.append("rdfs:comment")
        if missing:
            yield Found("OOPS-P08", term, values={"missing": ", ".join(missing)})


def misused(ontology: Ontology) -> Iterator[Found]:
    """P20: labels and comments that are empty, the same, or seem to have been swapped."""
    for term in dict.fromkeys([*ontology.classes, *ontology.properties]):
        labels, comments = _texts(ontology, term, _LABEL), _texts(ontology, term, _COMMENT)
        pairs = [(label, comment) for label in labels for comment in comments if label.language == comment.language]
        wrong = next((each for each in (*labels, *comments) if not each.value.strip()), None)
        wrong = wrong or next((label for label, comment in pairs if _are_swapped(label.value, comment.value)), None)
        if wrong is not None:
            predicate = _LABEL if wrong in labels else _COMMENT
            yield Found("OOPS-P20", term, ox.Triple(term, predicate, wrong))


def _texts(ontology: Ontology, term: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.Literal]:
    return [value for value in ontology.values(term, predicate) if isinstance(value, ox.Literal)]


def _are_swapped(label: str, comment: str) -> bool:
    return len(label.split()) > len(comment.split()) or fold(label) == fold(comment)


def leftovers(ontology: Ontology) -> Iterator[Found]:
    """P21: classes for whatever belongs to no other."""
    for term in ontology.classes:
        if any(word.lower() in _OTHERS for word in _WORDS.findall(local_name(term.value))):
            yield Found("OOPS-P21", term)


def mixed_conventions(ontology: Ontology) -> Iterator[Found]:
    """P22: names that begin in another way than most of their kind, or put words together in another way than most."""
    kinds = [
        ([True, False], ontology.classes),
        ([False, True], ontology.object_properties),
        ([False, True], ontology.datatype_properties),
    ]
    for usual, terms in kinds:
        cased = {term: local_name(term.value)[0].isupper() for term in terms if local_name(term.value)[:1].isalpha()}
        yield from _exceptions(cased, usual)
    joined = {term: style for _, terms in kinds for term in terms if (style := _style(local_name(term.value)))}
    yield from _exceptions(joined, ["camelCase", "_", "-"])


def _exceptions(ways: Mapping[ox.NamedNode, object], usual: Sequence[object]) -> Iterator[Found]:
    """The terms that are not as most; of two ways that are as frequent, the first in `usual` is taken for the rule."""
    counts = Counter(ways.values())
    if len(counts) < 2:
        return
    rule = max(counts, key=lambda way: (counts[way], -usual.index(way)))
    model = next(term for term, way in ways.items() if way == rule)
    for term, way in ways.items():
        if way != rule:
            yield Found("OOPS-P22", term, others=(model,))


def _style(name: str) -> object:
    """How the words of a name are put together; None for one of a single word."""
    inside = name.strip("_-")
    return next((mark for mark in "_-" if mark in inside), "camelCase" if _HUMP.search(inside) else None)


def same_labels(ontology: Ontology) -> Iterator[Found]:
    """P32: several classes with one label in one language, without being said to be equivalent."""
    by_label: dict[tuple[str | None, str], list[ox.NamedNode]] = defaultdict(list)
    for term in ontology.classes:
        for label in _texts(ontology, term, _LABEL):
            key = label.language, re.sub(r"\W+", "", fold(label.value))
            if key[1] and term not in by_label[key]:
                by_label[key].append(term)
    reported = set()
    for terms in by_label.values():
        first, *others = terms
        alike = {*ontology.values(first, EQUIVALENT_CLASS), *ontology.subjects(EQUIVALENT_CLASS, first)}
        different = tuple(other for other in others if other not in alike)
        if different and (first, different) not in reported:
            reported.add((first, different))
            yield Found("OOPS-P32", first, others=different)
