"""The manifest of a release: what it holds, with sums; and beside it, with which tools it was made."""

import json
import platform
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Final

import pyoxigraph as ox

from ssekg import __version__
from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import DCT
from ssekg.catalogue.files import PublishedFile
from ssekg.checks.run import CheckedGraph
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.versions import manifest_content
from ssekg.project.setting_rules import is_version
from ssekg.publish.tombstones import tombstones

# The one file that may differ between two machines: it stands in no list of sums.
BUILD: Final = "build.json"
_TOOLS: Final = ("csvw", "pyarrow", "pyoxigraph", "pyshacl", "rdflib", "shacl")
_SOURCE: Final = ox.NamedNode(DCT + "source")


def manifest(
    checked: CheckedGraph, whole: Sequence[ox.Triple], without_persons: Sequence[ox.Triple], files: list[PublishedFile]
) -> bytes:
    """The manifest of a release of these graphs that holds these files."""
    project, graph = checked.project, checked.graph
    content: dict[str, Any] = {
        "name": dict(project.name),
        "version": project.version,
        "date": project.date.isoformat(),
        "base": project.base,
        "site": project.site,
        "licence": project.licence,
        "publisher": project.publisher,
        "counts": {
            "triples": len(whole),
            "triples_without_persons": len(without_persons),
            "ontology_triples": len(graph.vocabulary),
            "instances": _instances(whole, graph.base, {tombstone.iri for tombstone in tombstones(graph)}),
        },
        "sources": _sources(whole, graph.base),
        "canonical_hash": {
            "algorithm": "RDFC-1.0 SHA-256",
            "value": canonical_hash(whole),
            "without_persons": canonical_hash(without_persons),
        },
        "files": [asdict(file) for file in files],
    }
    return _json(content)


def build_report() -> bytes:
    """The versions of the tools that shape the bytes of a release: the content of BUILD."""
    tools = {"ssekg": __version__, "python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return _json({"tools": tools | {name: version(name) for name in _TOOLS}})


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the release in a folder.

    Raises:
        CannotRunError: there is none, or it is not one of ours, or it names a file outside the folder.
    """
    try:
        content = manifest_content(folder)
        files = published_files(content)
        counts, hashes = content["counts"], content["canonical_hash"]
        texts = (hashes["value"], hashes["without_persons"])
        numbers = (counts["triples"], counts["triples_without_persons"])
        well_formed = all(isinstance(t, str) for t in texts) and all(isinstance(n, int) for n in numbers)
        paths = [PurePosixPath(file.path) for file in files]
        inside = not any(path.is_absolute() or ".." in path.parts or not path.parts for path in paths)
    except (CannotRunError, KeyError, TypeError, AttributeError):
        raise CannotRunError("no-release", folder=str(folder)) from None
    if not (well_formed and inside and is_version(content["version"])):
        raise CannotRunError("no-release", folder=str(folder))
    return content


def published_files(content: dict[str, Any]) -> list[PublishedFile]:
    """The files that a manifest lists."""
    return [PublishedFile(**file) for file in content["files"]]


def _instances(triples: Iterable[ox.Triple], base: str, withdrawn: set[str]) -> dict[str, int]:
    subjects = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)} - withdrawn
    identifiers = (iri.removeprefix(base) for iri in subjects if iri.startswith(base) and "#" not in iri)
    return dict(sorted(Counter(identifier.partition("/")[0] for identifier in identifiers).items()))


def _sources(triples: Iterable[ox.Triple], base: str) -> dict[str, int]:
    """The sources that records name, and how many records and notes name each."""
    named = (t.object.value for t in triples if t.predicate == _SOURCE and isinstance(t.object, ox.NamedNode))
    return dict(sorted(Counter(iri.removeprefix(base) for iri in named).items()))


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
