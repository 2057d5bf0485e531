"""What a release says of itself, read without the tool: its files, and what its project withholds."""

import gzip
import json
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.formats import rdf_format_of

TOOL_KIND: Final = ox.NamedNode("https://w3id.org/ssekg/tool#kind")
TOOL_LEADS_TO: Final = ox.NamedNode("https://w3id.org/ssekg/tool#leadsTo")
TOOL_DERIVED: Final = ox.NamedNode("https://w3id.org/ssekg/tool#derived")
INVERSE: Final = ox.NamedNode("http://www.w3.org/2002/07/owl#inverseOf")
RDF_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUB_CLASS: Final = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
FORMATS: Final = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld")


@dataclass(frozen=True)
class AnyRelease:
    """A release of one of the two projects: the folder of the project, and that of the release."""

    root: Path
    folder: Path

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The settings of the project."""
        return tomllib.loads((self.root / "ssekg.toml").read_text(encoding="utf-8"))

    @property
    def id(self) -> str:
        """What the files of the whole graph are called."""
        return str(self.settings["project"]["id"])

    @property
    def public_id(self) -> str:
        """What the files of the public graph are called."""
        return f"{self.id}-{self.settings['privacy']['public_name']}"

    @property
    def base(self) -> str:
        """The instance base."""
        return str(self.settings["project"]["base"])

    @property
    def site(self) -> str:
        """Where the release is served."""
        return str(self.settings["publication"]["site"])

    @property
    def languages(self) -> list[str]:
        """The languages of the project."""
        return list(self.settings["project"]["languages"])

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the release."""
        return dict(json.loads(self.text("manifest.json")))

    @cached_property
    def paths(self) -> list[str]:
        """The files of the release."""
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())

    def text(self, name: str) -> str:
        """A file of the release as text."""
        return (self.folder / name).read_text(encoding="utf-8")

    def triples(self, name: str) -> set[ox.Triple]:
        """The triples of an RDF file of the release; N-Quads may only be there packed."""
        return {quad.triple for quad in ox.parse(self.unpacked(name), rdf_format_of(Path(name)))}

    def unpacked(self, name: str) -> bytes:
        """A file of the release, or what is in the packed one."""
        path = self.folder / name
        return path.read_bytes() if path.exists() else gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes())

    @cached_property
    def whole(self) -> set[ox.Triple]:
        """The whole graph."""
        return self.triples(f"{self.id}.nt")

    @cached_property
    def public(self) -> set[ox.Triple]:
        """The public graph."""
        return self.triples(f"{self.public_id}.nt")

    @cached_property
    def shown(self) -> set[ox.Triple]:
        """The public graph as documents show it: what is stated, and the properties that rules alone give."""
        derived = {t.subject for t in self.ontology if t.predicate == TOOL_DERIVED}
        inverse = {term for t in self.ontology if t.predicate == INVERSE for term in (t.subject, t.object)}
        quads = ox.parse(self.unpacked(f"{self.public_id}.nq"), ox.RdfFormat.N_QUADS)
        return {
            q.triple for q in quads if "/graph/derived" not in str(q.graph_name) or q.predicate in derived - inverse
        }

    @cached_property
    def ontology(self) -> set[ox.Triple]:
        """What the published ontology declares."""
        return {
            triple for name in self.paths if re.fullmatch(r"ontology/.+\.ttl", name) for triple in self.triples(name)
        }

    @cached_property
    def withheld_classes(self) -> set[Any]:
        """The classes of the withheld kinds, and those below them."""
        kinds = {ox.Literal(kind) for kind in self.settings["privacy"]["withheld"]}
        found: set[Any] = {t.subject for t in self.ontology if t.predicate == TOOL_KIND and t.object in kinds}
        while more := {t.subject for t in self.ontology if t.predicate == SUB_CLASS and t.object in found} - found:
            found |= more
        return found

    @cached_property
    def withheld(self) -> set[str]:
        """The IRIs of the things that are withheld: typed as such, or of a withheld kind."""
        starts = tuple(f"{self.base}{kind}/" for kind in self.settings["privacy"]["withheld"])
        nodes = {t.subject for t in self.whole if t.predicate == RDF_TYPE and t.object in self.withheld_classes}
        nodes |= {t.subject for t in self.whole if str(t.subject)[1:].startswith(starts)}
        return {node.value.partition("#")[0] for node in nodes if isinstance(node, ox.NamedNode)}

    def is_withheld(self, term: object) -> bool:
        """Whether a term is withheld, or a part of what is."""
        return isinstance(term, ox.NamedNode) and term.value.partition("#")[0] in self.withheld
