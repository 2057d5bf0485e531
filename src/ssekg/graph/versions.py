"""A graph as it is or was: read from an RDF file, a release folder, a project folder, or a git revision."""

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.files import reason
from ssekg.base.formats import rdf_format_of
from ssekg.base.said import Said
from ssekg.base.triples import unique
from ssekg.graph.released import CONTEXT
from ssekg.graph.store import Graph, build_graph
from ssekg.project.released_settings import IMPORTED
from ssekg.project.settings import PROJECT_FILE, Project, derived_graph, read_project
from ssekg.sources.git import extract
from ssekg.sources.load import Sources
from ssekg.sources.modules import without_modules
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.vocabulary import parted

MANIFEST: Final = "manifest.json"
_DUMP: Final = re.compile(r"[^/]+\.nt")


def read_version(name: str, project: Project) -> Graph:
    """The graph with a name; what does not parse is in its `sources.findings`.

    Args:
        name: the path of an RDF file, of a release or a project folder, or else a git revision of `project`.
        project: gives the base of relative IRIs in a file, and the repository.

    Raises:
        AskedWronglyError: it is not one of these.
        CannotRunError: a file can't be opened, a folder is not a complete release or project, git can't be run.
    """
    path = Path(name)
    if path.is_dir():
        if (path / PROJECT_FILE).is_file():
            return build_graph(read_project(path))
        if (path / MANIFEST).is_file():
            return read_release(path)
        raise AskedWronglyError("no-such-side", side=name)
    if path.exists() or rdf_format_of(path):
        return _of_files(project.base, [path], [])
    return _of_revision(name, project)


def read_release(folder: Path) -> Graph:
    """The graph of a release, with the ontology if there is one next to it.

    Raises:
        CannotRunError: the manifest or a dump is missing or broken.
    """
    manifest = manifest_content(folder)
    dumps = (folder / f"{manifest['id']}{suffix}" for suffix in (".trig", ".nt"))
    data = next((path for path in dumps if path.is_file()), folder / f"{manifest['id']}.nt")
    beside = (path for path in (folder / "ontology").rglob("*") if rdf_format_of(path) and path.name != CONTEXT)
    return _of_files(str(manifest["base"]), [data], sorted(beside))


def manifest_content(folder: Path) -> dict[str, Any]:
    """What the manifest of a release says; its id and base are sure to be there.

    Raises:
        CannotRunError: it is missing or broken.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as problem:
        raise CannotRunError("broken-release", folder=str(folder), problem=reason(problem)) from None
    except ValueError as problem:
        raise CannotRunError("broken-release", folder=str(folder), problem=str(problem)) from None
    except RecursionError:
        raise CannotRunError("broken-release", folder=str(folder), problem=Said("syntax-says-deep")) from None
    if isinstance(manifest, dict) and "id" not in manifest:
        manifest = _renewed(manifest)
    for key in ("id", "base"):
        if not isinstance(manifest, dict) or not isinstance(manifest.get(key), str):
            raise CannotRunError("broken-release", folder=str(folder), problem=Said("manifest-without", {"key": key}))
    return dict(manifest)


def _renewed(manifest: dict[str, Any]) -> dict[str, Any]:
    """A manifest of the first form, which did not say what its dumps are called, as it is written today."""
    try:
        dumps = sorted((path for file in manifest["files"] if _DUMP.fullmatch(path := file["path"])), key=len)
        names = {"id": dumps[0].removesuffix(".nt"), "public_id": dumps[-1].removesuffix(".nt")}
        counts, hashes = dict(manifest["counts"]), dict(manifest["canonical_hash"])
        counts["public_triples"] = next(value for key, value in counts.items() if key.startswith("triples_"))
        hashes["public"] = next(value for key, value in hashes.items() if key.startswith("without_"))
    except (KeyError, TypeError, IndexError, StopIteration):
        return manifest
    return {**manifest, **names, "counts": counts, "canonical_hash": hashes}


def _of_files(base: str, data: list[Path], ontology: list[Path]) -> Graph:
    """The graph of data, and of the vocabulary in the files of an ontology, whose records are data.

    It is what is stated: of files with named graphs, that of what is derived is left out.
    """
    sources = Sources()
    derived = derived_graph(base)
    for path in data:
        sources.add_data(RdfFile(path, base, str(path), without=derived))
    files: list[list[ox.Triple]] = [[] for _ in ontology]
    for path, triples in zip(ontology, files, strict=True):
        triples += sources.read_rdf(RdfFile(path, base, str(path)))
    sources.vocabulary, _ = parted(list(without_modules(files)), base)
    imported = [
        triples
        for path, triples in zip(ontology, files, strict=True)
        if path.as_posix().endswith(f"{IMPORTED}/{path.name}")
    ]
    beside = frozenset(triple for triples in imported for triple in triples)
    return Graph(base, unique(sources.data), unique(sources.vocabulary), sources, beside=beside)


def _of_revision(name: str, project: Project) -> Graph:
    """The graph of the sources at a revision, taken out of the repository into a folder that is then removed."""
    with tempfile.TemporaryDirectory(prefix="ssekg-") as folder:
        try:
            extract(project.root, name, Path(folder))
        except AskedWronglyError:
            raise AskedWronglyError("no-such-side", side=name) from None
        # The settings are those of today: they do not keep an older ssekg.toml that lacks one from being compared.
        graph = build_graph(replace(project, root=Path(folder)))
        # Places in the removed folder help nobody.
        return replace(graph, read_from=Sources(findings=graph.sources.findings))
