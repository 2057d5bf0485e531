"""The file checks of FOOPS!: how findable, accessible, interoperable and reusable an ontology is (its benchmark PRE).

Each gives a score, and a finding where it is not full. FOOPS! has one more check of files, OM4.2, for which it fetches
the licence; nothing is fetched here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from ssekg.base.findings import Score
from ssekg.base.namespaces import OWL, RDF, RDFS, XSD, namespace_of
from ssekg.checks.ontology_quality.found import Found
from ssekg.checks.ontology_quality.metadata import VOCABULARIES, has_licence, said
from ssekg.checks.ontology_quality.naming import COMMENTS, LABELS
from ssekg.checks.ontology_quality.ontology import Ontology, text
from ssekg.checks.ontology_quality.statements import IMPORTS
from ssekg.checks.ontology_quality.usage import classes_in_use, properties_in_use

LIVE: Final = ("URI1", "URI2", "VER2", "OM4.2", "FIND2", "FIND3", "CN1", "DOC1")
"""The checks of FOOPS! that need live addresses."""

_PERSISTENT: Final = re.compile(
    r"(?:.+\.)?(?:w3id\.org|doi\.org|purl\..*org|linked\.data\.gov\.au|dbpedia\.org|perma\.cc|data\.europa\.eu)"
    r"|www\.w3\.org"
)
_METADATA: Final[Mapping[str, Sequence[str]]] = {
    "FOOPS-OM1": (
        *("dct:title", "dct:description", "dct:license", "owl:versionIRI", "dct:creator"),
        "vann:preferredNamespaceUri",
    ),
    "FOOPS-FIND1": ("vann:preferredNamespacePrefix",),
    "FOOPS-OM2": ("vann:preferredNamespacePrefix", "owl:versionInfo", "dct:created", "dct:bibliographicCitation"),
    "FOOPS-OM3": ("bibo:doi", "dct:publisher", "foaf:logo", "bibo:status", "dct:source", "dct:issued"),
    "FOOPS-OM5-1": ("dct:creator", "dct:created"),
    "FOOPS-OM5-2": ("dct:publisher", "dct:issued"),
}
_LANGUAGES: Final = (OWL, RDF, RDFS, XSD)


@dataclass(frozen=True)
class Assessment:
    """What a check says: its score and, where that is not full, what is missing."""

    score: Score
    found: Found | None = None


def assess(ontology: Ontology) -> Iterator[Assessment]:
    """All checks of a file that could be read, in the order in which FOOPS! has them."""
    header = ontology.header
    is_persistent = _PERSISTENT.fullmatch(urlsplit(ontology.iri).hostname or "") is not None
    yield _all("FOOPS-PURL1", [is_persistent], Found("FOOPS-PURL1", header, values={"iri": ontology.iri or "–"}))
    yield _all("FOOPS-RDF1", [True])
    for code in ("FOOPS-OM1", "FOOPS-OM2", "FOOPS-OM3"):
        yield _metadata(ontology, code)
    yield _all("FOOPS-OM4-1", [has_licence(ontology)], Found("FOOPS-OM4-1", header))
    for code in ("FOOPS-OM5-1", "FOOPS-OM5-2", "FOOPS-FIND1"):
        yield _metadata(ontology, code)
    yield _all("FOOPS-VOC1", [_is_annotated(ontology)], Found("FOOPS-VOC1", header))
    yield _all("FOOPS-VOC2", [_reuses(ontology)], Found("FOOPS-VOC2", header))
    yield _terms(ontology, "FOOPS-VOC3", LABELS)
    yield _terms(ontology, "FOOPS-VOC4", COMMENTS)
    version = [text(value) for value in said(ontology, "owl:versionIRI")]
    yield _all(
        "FOOPS-VER1", [bool(version), bool(version) and ontology.iri not in version], Found("FOOPS-VER1", header)
    )


def _all(code: str, passed: Sequence[bool], found: Found | None = None) -> Assessment:
    score = Score(code, sum(passed), len(passed))
    return Assessment(score, None if score.is_full else found)


def _metadata(ontology: Ontology, code: str) -> Assessment:
    missing = [name for name in _METADATA[code] if not said(ontology, name)]
    found = Found(code, ontology.header, values={"missing": ", ".join(missing)})
    return _all(code, [name not in missing for name in _METADATA[code]], found)


def _terms(ontology: Ontology, code: str, predicates: Iterable[ox.NamedNode]) -> Assessment:
    """How many terms have a text for one of some predicates; a module without terms of its own has nothing to show."""
    predicates = list(predicates)

    def has_text(term: ox.NamedNode) -> bool:
        return any(isinstance(v, ox.Literal) for predicate in predicates for v in ontology.values(term, predicate))

    lacking = [term for term in ontology.terms if not has_text(term)]
    count = len(ontology.terms)
    values = {"count": str(len(lacking)), "terms": str(count)}
    found = Found(code, lacking[0], others=tuple(lacking[1:]), values=values) if lacking else None
    return Assessment(Score(code, count - len(lacking), count), found)


def _is_annotated(ontology: Ontology) -> bool:
    """Whether it says something about itself by a vocabulary that FOOPS! knows; its type, of RDF, is none of these."""
    wanted = tuple(VOCABULARIES)
    return any(t.predicate.value.startswith(wanted) for t in ontology.triples if t.subject == ontology.header)


def _reuses(ontology: Ontology) -> bool:
    """Whether it imports an ontology, or uses classes or properties of others."""
    if ontology.with_predicate(IMPORTS):
        return True
    used = {**classes_in_use(ontology), **properties_in_use(ontology)}
    return any(namespace_of(term.value) not in {*ontology.namespaces, *_LANGUAGES} for term in used)
