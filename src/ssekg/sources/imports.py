"""The releases that a project stands on: their vocabulary, and those of their records that the project links to.

A cell that names no record of ours means the record of an import with the same kind and identifier. What is known of it
comes from the public graph of the release: what is stated of it, and of all that this leads to. Nothing is fetched.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.formats import rdf_format_of
from ssekg.base.namespaces import EVIDENCE, RDF, SKOS
from ssekg.base.record_iris import RecordIri
from ssekg.project.settings import Import, Project, derived_graph
from ssekg.sources.modules import declared_ontologies, without_modules
from ssekg.sources.release_content import ReleaseContent
from ssekg.sources.vocabulary import parted

_SETTINGS: Final = "settings.json"
_TYPE: Final = ox.NamedNode(RDF + "type")
_CODES: Final = frozenset({ox.NamedNode(SKOS + "Concept"), ox.NamedNode(SKOS + "ConceptScheme")})
WITHDRAWN_ON: Final = ox.NamedNode(EVIDENCE + "withdrawnOn")


@dataclass(frozen=True)
class Imported:
    """A release that the project stands on.

    `about` are the statements of its public graph by their subject, of what is derived only those that are no links;
    `vocabulary` is its ontology, `withheld` the kinds that it does not publish.
    """

    setting: Import
    about: Mapping[Any, Sequence[ox.Triple]]
    vocabulary: Sequence[ox.Triple]
    withheld: tuple[str, ...]

    @cached_property
    def by_kind(self) -> Mapping[str, frozenset[str]]:
        """The identifiers of its records, also of those that it withdrew, by their kind."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject in self.about:
            record = RecordIri.read(subject.value, self.setting.base) if isinstance(subject, ox.NamedNode) else None
            if record is not None and not record.part:
                found[record.kind].add(record.name)
        return {kind: frozenset(names) for kind, names in found.items()}

    def has(self, record: RecordIri) -> bool:
        """Whether it has a record of this kind and name."""
        return record.name in self.by_kind.get(record.kind, ())

    @cached_property
    def codes(self) -> Sequence[ox.Triple]:
        """What it says of concepts and their lists."""
        coded = (
            each for each, said in self.about.items() if any(t.predicate == _TYPE and t.object in _CODES for t in said)
        )
        return [triple for each in coded for triple in self.about[each]]

    def reached(self, starts: Iterable[object]) -> Iterator[ox.Triple]:
        """What it says of some nodes, and of all that this leads to."""
        met = set(starts)
        waiting = list(met)
        while waiting:
            for triple in self.about.get(waiting.pop(), ()):
                yield triple
                if triple.object not in met and not isinstance(triple.object, ox.Literal | ox.Triple):
                    met.add(triple.object)
                    waiting.append(triple.object)


def read_imports(project: Project) -> tuple[Imported, ...]:
    """The releases that a project imports.

    Raises:
        CannotRunError: one can't be opened, or is not the one that ssekg.toml names, or is damaged.
    """
    return tuple(map(_read, project.imports))


def import_of(content: ReleaseContent, release: str) -> Import:
    """The import of a release under its own name; `release` is where it will be looked for.

    Raises:
        CannotRunError: its settings are missing or damaged.
    """
    settings = _settings(content)["project"]
    return Import(str(settings["id"]), release, content.digest, str(settings["base"]))


def ontologies_of(content: ReleaseContent) -> set[object]:
    """The ontologies, and modules of one, that a release has.

    Raises:
        CannotRunError: it is damaged.
    """
    return declared_ontologies(
        triple for file in _ontology_files(content, str(_settings(content)["project"]["base"])) for triple in file
    )


def _read(setting: Import) -> Imported:
    path = Path(setting.release)
    if not path.exists():
        raise CannotRunError("import-not-there", name=setting.name, release=setting.release)
    content = ReleaseContent(path)
    if content.digest != setting.sha256:
        raise CannotRunError(
            "import-changed", name=setting.name, release=setting.release, sha256=setting.sha256, found=content.digest
        )
    settings = _settings(content)
    base = settings["project"]["base"]
    if base != setting.base:
        raise CannotRunError("import-other-base", name=setting.name, base=setting.base, found=base)
    privacy = settings.get("privacy", {})
    withheld = tuple(privacy.get("withheld", ()))
    name = f"{settings['project']['id']}-{privacy['public_name']}" if withheld else settings["project"]["id"]
    quads = _parsed(content, f"{name}.nq", content.unpacked(f"{name}.nq"), base)
    return Imported(setting, _about(quads, base), _vocabulary(content, base), withheld)


def _about(quads: Iterable[ox.Quad], base: str) -> Mapping[Any, Sequence[ox.Triple]]:
    derived = derived_graph(base)
    about: dict[Any, dict[ox.Triple, None]] = defaultdict(dict)
    for quad in quads:
        is_literal = isinstance(quad.object, ox.Literal)
        if quad.graph_name != derived or is_literal or quad.predicate == _TYPE:
            about[quad.subject][quad.triple] = None
    return {subject: list(triples) for subject, triples in about.items()}


def _vocabulary(content: ReleaseContent, base: str) -> list[ox.Triple]:
    vocabulary, _ = parted(list(dict.fromkeys(without_modules(_ontology_files(content, base)))), base)
    return vocabulary


def _ontology_files(content: ReleaseContent, base: str) -> list[list[ox.Triple]]:
    names = [each for each in content.names if each.startswith("ontology/") and rdf_format_of(each) is not None]
    return [
        [quad.triple for quad in _parsed(content, name, content.read(name), base)]
        for name in names
        if not name.endswith(".jsonld")  # the context of its documents
    ]


def _settings(content: ReleaseContent) -> Any:
    try:
        settings = json.loads(content.read(_SETTINGS))
        return settings if settings["project"]["base"] and settings["project"]["id"] else None
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise CannotRunError("broken-release", folder=str(content.path), problem=f"{_SETTINGS}: {problem}") from None


def _parsed(content: ReleaseContent, name: str, text: bytes, base: str) -> list[ox.Quad]:
    try:
        return list(ox.parse(text, rdf_format_of(name), base_iri=base, rename_blank_nodes=True))
    except (SyntaxError, MemoryError) as problem:  # the latter for a text that is too long
        raise CannotRunError("broken-release", folder=str(content.path), problem=f"{name}: {problem}") from None


@dataclass
class Resolver:
    """Finds which record of an import a kind and identifier mean that are none of ours; the first import goes first."""

    base: str
    imports: tuple[Imported, ...]
    own: Mapping[str, set[str]]
    _found: dict[ox.NamedNode, ox.NamedNode] = field(default_factory=dict)

    def resolved(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """Triples whose values are the records that they mean."""
        return [self.triple(each) for each in triples]

    def triple(self, triple: ox.Triple) -> ox.Triple:
        """A triple whose value is the record that it means."""
        value = triple.object
        if not isinstance(value, ox.NamedNode) or not value.value.startswith(self.base):
            return triple
        if value not in self._found:
            self._found[value] = self._meant(value)
        meant = self._found[value]
        return triple if meant == value else ox.Triple(triple.subject, triple.predicate, meant)

    def _meant(self, value: ox.NamedNode) -> ox.NamedNode:
        record = RecordIri.read(value.value, self.base)
        if record is None or record.name in self.own.get(record.kind, ()):
            return value
        imported = next((each for each in self.imports if each.has(record)), None)
        if imported is None:
            return value
        return ox.NamedNode(imported.setting.base + value.value.removeprefix(self.base))
