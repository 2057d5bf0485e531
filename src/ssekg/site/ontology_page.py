"""The page of an ontology: what it is, its files, diagrams, all its terms by module, and what changed in them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox
from markupsafe import Markup

from ssekg.base.formats import format_of
from ssekg.base.namespaces import BIBO, DCT, OWL, RDFS, VANN, VOAF
from ssekg.graph.changes.compare import TERM_KIND
from ssekg.graph.changes.words import Section, sections
from ssekg.graph.public import Public
from ssekg.graph.replacements import replacements_of
from ssekg.guides.diagram import DrawnClass, diagram
from ssekg.site.changes_page import PastRelease
from ssekg.site.layout import Site
from ssekg.site.ontology_diagrams import OntologyDiagrams
from ssekg.site.own_terms import INDEX, OwnTerm, Sort

_TITLES: Final = tuple(ox.NamedNode(iri) for iri in (DCT + "title", RDFS + "label"))
_DESCRIPTIONS: Final = tuple(ox.NamedNode(iri) for iri in (DCT + "description", DCT + "abstract", RDFS + "comment"))
_FACTS: Final[Mapping[str, str]] = {
    "site-version": OWL + "versionInfo",
    "terms-version-iri": OWL + "versionIRI",
    "terms-prior": OWL + "priorVersion",
    "terms-compatible": OWL + "backwardCompatibleWith",
    "terms-incompatible": OWL + "incompatibleWith",
    "terms-status": BIBO + "status",
    "terms-created": DCT + "created",
    "terms-issued": DCT + "issued",
    "terms-modified": DCT + "modified",
    "terms-creator": DCT + "creator",
    "terms-contributor": DCT + "contributor",
    "site-publisher": DCT + "publisher",
    "site-licence": DCT + "license",
    "terms-imports": OWL + "imports",
    "terms-extends": VOAF + "extends",
    "terms-prefix": VANN + "preferredNamespacePrefix",
    "terms-namespace": VANN + "preferredNamespaceUri",
    "record-cite": DCT + "bibliographicCitation",
}
"""What is said of an ontology beside its title and description, by the code of its name."""
_HERE: Final = "../"


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A term in the list of a module: how it is written, its labels by language, and whether it is no longer used."""

    own: OwnTerm
    short: str
    labels: Mapping[str, str]
    is_deprecated: bool


@dataclass(frozen=True, slots=True)
class ModuleSection:
    """A module with its texts by language and its terms: classes, then the others; `name` is its anchor."""

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    classes: Sequence[ListedTerm]
    others: Sequence[ListedTerm]
    drawn: Sequence[DrawnClass]


def ontology_pages(
    site: Site,
    public: Public,
    terms: Mapping[ox.NamedNode, OwnTerm],
    releases: Sequence[PastRelease],
    files: Mapping[str, Sequence[Sequence[str]]],
) -> dict[str, bytes]:
    """The page of the ontology in each language, by path.

    Args:
        site: the site of the release.
        public: the graph, with its ontology.
        terms: those that have a page.
        releases: this release and those before it, the newest first, with what changed.
        files: the paths of the files of the ontology and of what goes with it, by the code of what they are: those of
            each ontology or module together.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    said = _said(public)
    diagrams = OntologyDiagrams(public, terms, _HERE)
    overview, modules = diagrams.overview(), list(_modules(public, terms, said, diagrams))
    pages = {each.term.value: each.page for each in terms.values()}

    def values(language: str) -> Mapping[str, object]:
        words = site.words(language)
        return {
            "titles": _first(said, public.terms.ontology, _TITLES) or site.project.name,
            "descriptions": _first(said, public.terms.ontology, _DESCRIPTIONS),
            "iri": public.terms.ontology.value if public.terms.ontology else public.terms.namespace,
            "facts": list(_facts(said, public.terms.ontology)),
            "files": files,
            "formats": {path: format_of(path) for groups in files.values() for group in groups for path in group},
            "count": len(terms),
            "overview": _picture(overview, language, words, "overview"),
            "modules": [
                (each, _picture(each.drawn, language, words, f"drawn-{number}")) for number, each in enumerate(modules)
            ],
            "changes": [(each, found) for each in releases if (found := _changes(each, public, words))],
            "pages": pages,
        }

    return site.pages(INDEX, "ontology.html", values)


_Said = Mapping[object, Mapping[ox.NamedNode, Sequence[ox.NamedNode | ox.Literal]]]


def _said(public: Public) -> _Said:
    """What is said of the ontology and its modules."""
    about = {public.terms.ontology, *public.terms.modules}
    found: dict[object, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in public.own_vocabulary:
        if subject in about and isinstance(value, ox.NamedNode | ox.Literal):
            found[subject][predicate].append(value)
    return found


def _first(said: _Said, subject: object, predicates: Sequence[ox.NamedNode]) -> Mapping[str, str]:
    """The texts of the first property that a subject has, by language."""
    about = said.get(subject, {})
    for predicate in predicates:
        texts = {v.language or "": v.value for v in about.get(predicate, ()) if isinstance(v, ox.Literal)}
        if texts:
            return texts
    return {}


def _facts(said: _Said, ontology: object) -> Iterator[tuple[str, Sequence[str]]]:
    about = said.get(ontology, {})
    for code, predicate in _FACTS.items():
        values = about.get(ox.NamedNode(predicate), ())
        if values:
            yield code, sorted(each.value for each in values)


def _modules(
    public: Public, terms: Mapping[ox.NamedNode, OwnTerm], said: _Said, diagrams: OntologyDiagrams
) -> Iterator[ModuleSection]:
    gone = replacements_of(public.own_vocabulary)
    listed: dict[ox.NamedNode | None, list[ListedTerm]] = defaultdict(list)
    for term, own in terms.items():
        each = ListedTerm(own, public.shortened(term.value), public.labels.get(term, {}), term in gone)
        listed[own.module].append(each)
    for module, found in sorted(listed.items(), key=lambda pair: _place(public, pair[0])):
        yield ModuleSection(
            f"module-{module.value.rstrip('#/').rpartition('/')[2]}" if module else "terms",
            _first(said, module, _TITLES),
            _first(said, module, _DESCRIPTIONS) if module != public.terms.ontology else {},
            [each for each in found if each.own.sort is Sort.CLASS],
            [each for each in found if each.own.sort is not Sort.CLASS],
            diagrams.module(module) if module and len(listed) > 1 else (),
        )


def _place(public: Public, module: ox.NamedNode | None) -> tuple[int, str]:
    """What the ontology itself defines comes first, then its modules, then what says nothing of where it is defined."""
    if module is None:
        return 2, ""
    return (0 if module == public.terms.ontology else 1), module.value


def _picture(drawn: Sequence[DrawnClass], language: str, words: str, name: str) -> Markup | None:
    """The diagram of some classes; None where nothing leads from one to another."""
    if not any(each.rows for each in drawn):
        return None
    texts = ("model-diagram", "terms-diagram-text")
    return Markup(diagram(drawn, language, words, name=name, texts=texts))  # noqa: S704 - its texts are escaped


def _changes(release: PastRelease, public: Public, words: str) -> Sequence[Section]:
    """What happened to terms."""
    of_terms = tuple(each for each in release.changes.changes if each.kind == TERM_KIND)
    return sections(replace(release.changes, changes=of_terms), public, words)
