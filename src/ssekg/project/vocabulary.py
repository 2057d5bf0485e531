"""What the ontology of a project says about its own terms, as far as the tool has to know it.

Standards say most: VANN and SHACL the prefixes, RDFS and SKOS names and definitions, GeoSPARQL what a place is, RDF
Data Cube what an observation is. The rest are annotations of the tool's own, https://w3id.org/ssekg/tool#
(docs/project.md).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, OWL, RDF, RDFS, SH, SKOS, TOOL, USUAL, VANN, Prefixes, namespace_of

_TYPE: Final = ox.NamedNode(RDF + "type")
_SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_SUB_PROPERTY: Final = ox.NamedNode(RDFS + "subPropertyOf")
_INVERSE: Final = ox.NamedNode(OWL + "inverseOf")
_ONTOLOGY: Final = ox.NamedNode(OWL + "Ontology")
_DECLARING: Final = frozenset(
    ox.NamedNode(iri)
    for iri in (
        *(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
        *(RDFS + "Class", RDFS + "Datatype", RDF + "Property"),
    )
)
_HAS_PART: Final = ox.NamedNode(DCT + "hasPart")
_NAMESPACE_URI: Final = ox.NamedNode(VANN + "preferredNamespaceUri")
_NAMESPACE_PREFIX: Final = ox.NamedNode(VANN + "preferredNamespacePrefix")
_SH_NAMESPACE: Final = ox.NamedNode(SH + "namespace")
_SH_PREFIX: Final = ox.NamedNode(SH + "prefix")

_SCOPE_NOTE: Final = ox.NamedNode(SKOS + "scopeNote")
_DESCRIBING: Final = tuple(ox.NamedNode(iri) for iri in (DCT + "description", SKOS + "definition", RDFS + "comment"))

KIND: Final = ox.NamedNode(TOOL + "kind")
PLURAL_LABEL: Final = ox.NamedNode(TOOL + "pluralLabel")
PART: Final = ox.NamedNode(TOOL + "part")
LEADS_TO: Final = ox.NamedNode(TOOL + "leadsTo")
LISTED_WITH: Final = ox.NamedNode(TOOL + "listedWith")
TIED_WITH: Final = ox.NamedNode(TOOL + "tiedWith")
CODES_OF: Final = ox.NamedNode(TOOL + "codesOf")
NAME_PART: Final = ox.NamedNode(TOOL + "namePart")
ROLE: Final = ox.NamedNode(TOOL + "role")
ORDER: Final = ox.NamedNode(TOOL + "order")
DERIVED: Final = ox.NamedNode(TOOL + "derived")

CODE: Final = ox.NamedNode(TOOL + "Code")
AMOUNT: Final = ox.NamedNode(TOOL + "Amount")
QUANTITY: Final = ox.NamedNode(TOOL + "Quantity")
UNIT: Final = ox.NamedNode(TOOL + "Unit")
CITATION: Final = ox.NamedNode(TOOL + "Citation")
DISTINCT: Final = ox.NamedNode(TOOL + "Distinct")
PLACE: Final = ox.NamedNode(TOOL + "Place")
YEAR: Final = ox.NamedNode(TOOL + "Year")
MAPPED: Final = ox.NamedNode(TOOL + "Mapped")
START: Final = ox.NamedNode(TOOL + "Start")
END: Final = ox.NamedNode(TOOL + "End")
NOT_BEFORE: Final = ox.NamedNode(TOOL + "NotBefore")
NOT_AFTER: Final = ox.NamedNode(TOOL + "NotAfter")
TIE: Final = ox.NamedNode(TOOL + "Tie")

_PREFIXES: Final = (_NAMESPACE_URI, _NAMESPACE_PREFIX, _SH_NAMESPACE, _SH_PREFIX)
# All that is looked at; of most ontologies it is a third.
_READ: Final = frozenset(
    {
        *(_TYPE, _SUB_CLASS, _SUB_PROPERTY, _INVERSE, _HAS_PART, _SCOPE_NOTE),
        *_PREFIXES,
        *_DESCRIBING,
        *(KIND, PLURAL_LABEL, PART, LEADS_TO, LISTED_WITH, TIED_WITH, CODES_OF, NAME_PART, ROLE, ORDER, DERIVED),
    }
)


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a project's ontology.

    `namespace` is that of its own terms and `ontology` the IRI of what declares them, "" and None where it declares
    none; `modules` are the ontologies that it consists of, if it imports some. `prefixes` are all that its graph may
    use. `kinds` maps a kind of record to its class, `parts` the property that leads from a part to its record to the
    key by which the record calls its parts, `roles` a role (CODE and so on) to the terms that have it, and `name_parts`
    are the properties that name what has no label, each in order. `leads` maps a kind whose records are described with
    another to the property that leads there, `listed` a class whose members are rows on the page of another thing to
    the property that leads there. `tied` maps a property to the one whose value the same thing ties to its own in the
    network, and `codes_of` one whose values are codes to the concept that they are the codes of, or of those below it.
    `above` maps a class or a property to all that are above it, itself included, `inverses` a property to those that
    are its inverse; `derived` are the properties that rules alone give to things, and `order` says where a property is
    shown among those of a thing. `plural_labels`, `descriptions` and `notes`, which say how a term is to be used, are
    texts by language tag.
    """

    namespace: str = ""
    ontology: ox.NamedNode | None = None
    modules: tuple[ox.NamedNode, ...] = ()
    prefixes: Prefixes = field(default_factory=Prefixes)
    kinds: Mapping[str, ox.NamedNode] = field(default_factory=dict)
    parts: Mapping[ox.NamedNode, str] = field(default_factory=dict)
    roles: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]] = field(default_factory=dict)
    name_parts: tuple[ox.NamedNode, ...] = ()
    leads: Mapping[str, ox.NamedNode] = field(default_factory=dict)
    listed: Mapping[ox.NamedNode, ox.NamedNode] = field(default_factory=dict)
    tied: Mapping[ox.NamedNode, ox.NamedNode] = field(default_factory=dict)
    codes_of: Mapping[ox.NamedNode, ox.NamedNode] = field(default_factory=dict)
    above: Mapping[ox.NamedNode, frozenset[ox.NamedNode]] = field(default_factory=dict)
    inverses: Mapping[ox.NamedNode, frozenset[ox.NamedNode]] = field(default_factory=dict)
    derived: frozenset[ox.NamedNode] = frozenset()
    order: Mapping[ox.NamedNode, int] = field(default_factory=dict)
    plural_labels: Mapping[ox.NamedNode, Mapping[str, str]] = field(default_factory=dict)
    descriptions: Mapping[ox.NamedNode, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[ox.NamedNode, Mapping[str, str]] = field(default_factory=dict)

    def with_role(self, role: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
        """The terms that have a role, in the order in which the ontology says so."""
        return self.roles.get(role, ())

    def below(self, term: ox.NamedNode) -> frozenset[ox.NamedNode]:
        """A class or property and all that are below it."""
        return frozenset({term, *(each for each, above in self.above.items() if term in above)})

    def classes_of_kind(self, kind: str) -> frozenset[ox.NamedNode]:
        """The class of a kind and its subclasses; none where no class says that it is of the kind."""
        return self.below(self.kinds[kind]) if kind in self.kinds else frozenset()

    def is_own(self, term: ox.NamedNode) -> bool:
        """Whether a term is of the project's own namespace."""
        return bool(self.namespace) and term.value.startswith(self.namespace)


def read_vocabulary(triples: Collection[ox.Triple], prefixes: Mapping[str, str], base: str) -> Vocabulary:
    """The vocabulary that the triples of an ontology declare.

    Args:
        triples: the ontology.
        prefixes: those of ssekg.toml.
        base: the instance base.
    """
    found: dict[ox.NamedNode, list[ox.Triple]] = {predicate: [] for predicate in _READ}
    for triple in concerning_terms(triples):
        found[triple.predicate].append(triple)
    namespace, ontology = _own_namespace(found[_TYPE], found[_NAMESPACE_URI])
    declared = declared_prefixes([triple for predicate in _PREFIXES for triple in found[predicate]])
    own = {prefix: space for prefix, space in declared.items() if space == namespace}
    kinds = {text: term for term, text in _texts(found[KIND])}
    above = _above([*found[_SUB_CLASS], *found[_SUB_PROPERTY]])
    others = dict(sorted({**USUAL, **{p: s for p, s in declared.items() if p not in own}, **prefixes}.items()))
    return Vocabulary(
        namespace=namespace,
        ontology=ontology,
        modules=_modules(found[_HAS_PART], ontology),
        prefixes=Prefixes(own | {prefix: space for prefix, space in others.items() if prefix not in own}, base),
        kinds=kinds,
        parts=dict(_texts(found[PART])),
        roles=_roles(found[ROLE]),
        name_parts=tuple(term for _, term in sorted((int(n), t) for t, n in _texts(found[NAME_PART]) if n.isdigit())),
        leads=_leads(found[LEADS_TO], kinds, above),
        listed=dict(_links(found[LISTED_WITH])),
        tied=dict(_links(found[TIED_WITH])),
        codes_of=dict(_links(found[CODES_OF])),
        above=above,
        inverses=_inverses(found[_INVERSE]),
        derived=frozenset(term for term, text in _texts(found[DERIVED]) if text in {"true", "1"}),
        order={term: int(text) for term, text in _texts(found[ORDER]) if text.isdigit()},
        plural_labels=_by_language(found[PLURAL_LABEL]),
        # What describes a term best goes before the rest.
        descriptions={k: v for each in reversed(_DESCRIBING) for k, v in _by_language(found[each]).items()},
        notes=_by_language(found[_SCOPE_NOTE]),
    )


def concerning_terms(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Those triples of an ontology that `read_vocabulary` looks at."""
    return [triple for triple in triples if triple.predicate in _READ]


def _own_namespace(typing: Iterable[ox.Triple], claiming: Iterable[ox.Triple]) -> tuple[str, ox.NamedNode | None]:
    """The namespace that most declared terms are in, of those that an ontology calls its own if one does."""
    typed = [(t.subject, t.object) for t in typing]
    declared = {subject for subject, each in typed if each in _DECLARING}
    terms = Counter(namespace_of(term.value) for term in declared if isinstance(term, ox.NamedNode))
    ontologies = sorted((subject for subject, each in typed if each == _ONTOLOGY), key=str)
    claims = [
        (t.object.value, t.subject)
        for t in claiming
        if isinstance(t.object, ox.Literal | ox.NamedNode) and isinstance(t.subject, ox.NamedNode)
    ]
    # A module may claim a namespace too, and is no ontology of its own (sources/modules.py): what imports it may have
    # another, which has fewer terms if it only adds to the module.
    claimed = dict([claim for claim in claims if claim[1] in ontologies] or claims)
    spaces = list(claimed) or [space for space in terms if space not in USUAL.values()]
    if not spaces:
        return "", None
    namespace = min(spaces, key=lambda space: (-terms[space], space))
    # Compared as texts: what is claimed may be no IRI at all.
    by_name = next((each for each in ontologies if _iri(each) == namespace.rstrip("#/")), None)
    ontology = claimed.get(namespace) or by_name or next(iter(ontologies), None)
    return namespace, ontology if isinstance(ontology, ox.NamedNode) else None


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


def _modules(triples: Iterable[ox.Triple], ontology: ox.NamedNode | None) -> tuple[ox.NamedNode, ...]:
    parts = (t.object for t in triples if t.subject == ontology)
    return tuple(sorted((part for part in parts if isinstance(part, ox.NamedNode)), key=str))


def declared_prefixes(triples: Collection[ox.Triple]) -> dict[str, str]:
    """The prefixes that an ontology declares by VANN and by sh:declare (SHACL, 5.2.1)."""
    by_subject: dict[object, dict[ox.NamedNode, str]] = defaultdict(dict)
    for triple in triples:
        if triple.predicate in _PREFIXES and not isinstance(triple.object, ox.BlankNode | ox.Triple):
            by_subject[triple.subject][triple.predicate] = triple.object.value
    pairs = ((_NAMESPACE_PREFIX, _NAMESPACE_URI), (_SH_PREFIX, _SH_NAMESPACE))
    return {each[p]: each[n] for each in by_subject.values() for p, n in pairs if p in each and n in each}


def _texts(triples: Iterable[ox.Triple]) -> list[tuple[ox.NamedNode, str]]:
    return [(s, o.value) for s, _, o in triples if isinstance(s, ox.NamedNode) and isinstance(o, ox.Literal)]


def _links(triples: Iterable[ox.Triple]) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    return [(s, o) for s, _, o in triples if isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode)]


def _by_language(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, dict[str, str]]:
    found: dict[ox.NamedNode, dict[str, str]] = {}
    for subject, _, value in triples:
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            found.setdefault(subject, {})[value.language or ""] = value.value
    return found


def _roles(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, tuple[ox.NamedNode, ...]]:
    roles: dict[ox.NamedNode, tuple[ox.NamedNode, ...]] = {}
    for subject, role in _links(triples):
        roles[role] = (*roles.get(role, ()), subject)
    return roles


def _leads(
    triples: Iterable[ox.Triple],
    kinds: Mapping[str, ox.NamedNode],
    above: Mapping[ox.NamedNode, frozenset[ox.NamedNode]],
) -> dict[str, ox.NamedNode]:
    """The property that leads from the records of a kind to what describes them, by its class or one above."""
    leading = dict(_links(triples))
    found: dict[str, ox.NamedNode] = {}
    for kind, term in kinds.items():
        classes = above.get(term, frozenset({term})) & leading.keys()
        if classes:
            found[kind] = leading[min(classes, key=lambda each: (each != term, each.value))]
    return found


def _above(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, frozenset[ox.NamedNode]]:
    """What is above each class and property, by rdfs:subClassOf and rdfs:subPropertyOf; cycles do no harm."""
    direct: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for subject, value in _links(triples):
        direct[subject].add(value)
    above = {}
    for term in direct:
        reached, latest = {term}, {term}
        while latest:
            latest = {upper for each in latest for upper in direct.get(each, ())} - reached
            reached |= latest
        above[term] = frozenset(reached)
    return above


def _inverses(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, frozenset[ox.NamedNode]]:
    """The properties that are the inverse of each, by owl:inverseOf read both ways."""
    found: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for subject, value in _links(triples):
        found[subject].add(value)
        found[value].add(subject)
    return {term: frozenset(others) for term, others in found.items()}
