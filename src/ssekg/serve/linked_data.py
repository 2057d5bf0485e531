"""The things of a release: where their documents are, and those documents that the release has no file of.

A thing has a document in JSON-LD, in the release; the same triples in other forms are written when they are asked for.
Things that are described with another (publish/parts/documents.py) have documents of their own here.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote

import pyoxigraph as ox

from ssekg.base.formats import rdf_format_of
from ssekg.base.namespaces import USUAL, Prefixes
from ssekg.base.record_iris import RecordIri
from ssekg.graph.canonical import written
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.project.settings import Project
from ssekg.publish.parts.documents import document_of
from ssekg.serve.release_files import ReleaseFiles, ServedFile
from ssekg.site.addresses import page_path

RDF_FORMS: Final = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
}
"""The forms of documents in RDF, by the end of their addresses."""
_END: Final = ".jsonld"
Triples = Mapping[object, list[ox.Triple]]


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with documents.

    Attributes:
        iri: its permanent IRI.
        path: the path of its own documents, without their ends.
        source: the file that describes it.
        page: the path of the page that shows it, in the folder of each language.
    """

    iri: str
    path: str
    source: ServedFile
    page: str

    @property
    def has_file(self) -> bool:
        """Whether its document in JSON-LD is a file of the release."""
        return self.source.path == self.path + _END


def things_of(project: Project, release: ReleaseFiles) -> dict[str, Thing]:
    """All things with documents, by what their address is below `id/` once it is decoded."""
    if not project.base.endswith("/id/"):
        return {}
    found: dict[str, Thing] = {}
    for path, file in release.files.items():
        if path.startswith("id/") and path.endswith(_END):
            name = path.removeprefix("id/").removesuffix(_END)
            if "/" in name:
                iri = project.base + unquote(name)
                found[unquote(unquote(name))] = Thing(iri, f"id/{name}", file, _page(iri, project))
    kinds = {thing.path.split("/")[1] for thing in found.values()}
    for path, file in release.files.items():
        kind = path.removeprefix("id/").removesuffix(_END)
        if path == f"id/{kind}{_END}" and "/" not in kind and kind not in kinds:
            found |= {_key(thing.iri, project): thing for thing in _described_with_others(project, release, file)}
    return found


def _page(iri: str, project: Project) -> str:
    record = RecordIri.read(iri, project.base)
    return page_path(record) if record else ""


def _key(iri: str, project: Project) -> str:
    return unquote(iri.removeprefix(project.base))


def _described_with_others(project: Project, release: ReleaseFiles, kind: ServedFile) -> Iterator[Thing]:
    """The things of a kind that has one document, which says of each with what it is described."""
    nodes: Iterable[Mapping[str, Any]] = json.loads(_bytes(kind))["@graph"]
    for node in nodes:
        others = [value for key, value in node.items() if key != "id"]
        named = [value["id"] if isinstance(value, dict) and "id" in value else value for value in others]
        # What is described with another has the link to that and nothing else here.
        lead = document_of(str(named[0]), project.base) if len(named) == 1 else ""
        source = release.files.get(lead, kind)
        name = source.path.removeprefix("id/").removesuffix(_END)
        page = f"{name}/index.html" if source is kind else _page(project.base + unquote(name), project)
        path = document_of(str(node["id"]), project.base).removesuffix(_END)
        yield Thing(str(node["id"]), path, source, page)


def withheld_things(project: Project, release: ReleaseFiles) -> dict[str, Thing]:
    """What the whole graph has of withheld kinds, where the release was loaded as a whole; it has no pages."""
    dump = release.files.get(f"{project.id}.nt")
    starts = [f"<{project.base}{kind}/" for kind in project.privacy.withheld]
    if dump is None or not starts:
        return {}
    lines = [line for line in _bytes(dump).decode().splitlines(keepends=True) if line.startswith(tuple(starts))]
    source = ServedFile("withheld.nt", "application/n-triples", dump.digest, "".join(lines).encode())
    iris = sorted({line[1:].partition(">")[0].partition("#")[0] for line in lines})
    ends = {iri: document_of(iri, project.base).removesuffix(_END) for iri in iris}
    return {_key(iri, project): Thing(iri, path, source, "") for iri, path in ends.items()}


def document(thing: Thing, form: str, project: Project) -> bytes:
    """The document of a thing in a form of RDF: the same triples in each, as in its document in the release.

    Raises:
        CannotRunError: the form can't hold one of them.
    """
    content = _bytes(thing.source)
    by_subject = _by_subject(content, thing.source.path, project.base)
    found = [triple for each in by_subject.values() for triple in each]
    if not thing.has_file:
        found = list(_about(thing.iri, by_subject))
    known = Prefixes({**USUAL, **project.prefixes, **_prefixes_in(content, thing.source.path)}, project.base)
    return written(with_canonical_labels(found), RDF_FORMS[form], known)


def _bytes(file: ServedFile) -> bytes:
    content = file.content
    return content if isinstance(content, bytes) else b"".join(content.chunks())


# Many small things are described in one large document; one after the other they are asked for.
@lru_cache(maxsize=32)
def _by_subject(content: bytes, path: str, base: str) -> Triples:
    found: dict[object, list[ox.Triple]] = defaultdict(list)
    for quad in ox.parse(content, rdf_format_of(path), base_iri=base):
        found[quad.subject].append(quad.triple)
    return found


def _about(iri: str, by_subject: Triples) -> Iterator[ox.Triple]:
    """What is said of a thing and its parts, and of the blank nodes that these lead to."""
    start = f"{iri}#"
    waiting: list[object] = [
        node
        for node in by_subject
        if isinstance(node, ox.NamedNode) and (node.value == iri or node.value.startswith(start))
    ]
    seen: set[object] = set(waiting)
    while waiting:
        for triple in by_subject.get(waiting.pop(), ()):
            yield triple
            if isinstance(triple.object, ox.BlankNode) and triple.object not in seen:
                seen.add(triple.object)
                waiting.append(triple.object)


def _prefixes_in(content: bytes, path: str) -> dict[str, str]:
    """The prefixes that the context of a document has."""
    if not path.endswith(_END):
        return {}
    context = json.loads(content)["@context"]
    return {
        name: value
        for name, value in context.items()
        if isinstance(value, str) and not name.startswith("@") and value.startswith("http") and value[-1] in "#/"
    }
