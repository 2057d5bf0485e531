"""A release put in place whole or not at all.

The files are written to a folder of their own beside the target; the target is a symbolic link that is renamed over
in one step, so a reader sees the old release or the new one, never a mixture, and a failure leaves the old one.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.checks.run import CheckedGraph
from ssekg.errors import CannotRunError
from ssekg.files import said
from ssekg.graph.compare import canonical_hash
from ssekg.graph.jsonld import context
from ssekg.graph.persons import without_persons
from ssekg.publish.dumps import graph_files, project_files
from ssekg.publish.tables import kind_tables

MANIFEST: Final = "manifest.json"
_MEDIA_TYPES: Final = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".rq": "application/sparql-query",
    ".json": "application/json",
}


def release_files(checked: CheckedGraph) -> dict[str, bytes]:
    """All files of the release by name, the manifest last; the same checked graph gives the same bytes."""
    graph = checked.graph
    terms = json.dumps({"@context": context(graph.vocabulary, graph.base)}, ensure_ascii=False, indent=1)
    files = graph_files(checked) | project_files(checked.project) | kind_tables(graph)
    files["ontology/context.jsonld"] = (terms + "\n").encode()
    licence = checked.project.root / "DATA-LICENSE"
    if licence.is_file():
        files["DATA-LICENSE"] = licence.read_bytes()
    files = dict(sorted(files.items()))
    return files | {MANIFEST: _manifest(checked, files)}


def _manifest(checked: CheckedGraph, files: dict[str, bytes]) -> bytes:
    project, graph = checked.project, checked.graph
    content: dict[str, Any] = {
        "name": dict(project.name),
        "version": project.version,
        "date": project.date.isoformat(),
        "base": project.base,
        "licence": project.licence,
        "publisher": project.publisher,
        "counts": {
            "triples": len(graph.data),
            "triples_without_persons": len(without_persons(graph.data, graph.base)),
            "ontology_triples": len(graph.vocabulary),
            "instances": _instances(graph.data, graph.base),
        },
        "canonical_hash": {"algorithm": "RDFC-1.0 SHA-256", "value": canonical_hash(graph.data)},
        "files": [
            {
                "path": name,
                "bytes": len(file),
                "sha256": hashlib.sha256(file).hexdigest(),
                "media_type": _MEDIA_TYPES.get(Path(name).suffix, "text/plain"),
            }
            for name, file in files.items()
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _instances(triples: list[ox.Triple], base: str) -> dict[str, int]:
    subjects = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
    identifiers = (iri.removeprefix(base) for iri in subjects if iri.startswith(base) and "#" not in iri)
    return dict(sorted(Counter(identifier.partition("/")[0] for identifier in identifiers).items()))


def publish(checked: CheckedGraph, target: Path) -> Path:
    """Write the release and swap it into place at `target`.

    Args:
        checked: the graph, which has no violations.
        target: the path that readers use; it becomes a symbolic link. A folder of somebody else's is not touched.

    Returns:
        The folder that holds the files.

    Raises:
        CannotRunError: `target` is something else than an earlier release, or the disk does not let us write.
    """
    if target.exists() and not target.is_symlink() and not _is_empty_folder(target):
        raise CannotRunError("target-in-the-way", target=str(target))
    store = target.parent / f".{target.name}-releases"
    files = release_files(checked)
    digest = hashlib.sha256(files[MANIFEST]).hexdigest()[:12]
    folder = store / f"{checked.project.version}-{digest}"
    try:
        store.mkdir(parents=True, exist_ok=True)
        if not _is_whole(folder, files):
            _write_whole(folder, files)
        _swap(target, folder)
        _keep_two(store, folder)
    except OSError as problem:
        raise CannotRunError("cannot-write", target=str(target), **said(problem)) from None
    return folder


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _is_whole(folder: Path, files: dict[str, bytes]) -> bool:
    return all((folder / name).is_file() and (folder / name).read_bytes() == file for name, file in files.items())


def _write_whole(folder: Path, files: dict[str, bytes]) -> None:
    staging = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder.parent))
    try:
        staging.chmod(0o755)
        for name, content in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        if folder.exists():
            shutil.rmtree(folder)
        staging.rename(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _swap(target: Path, folder: Path) -> None:
    if _is_empty_folder(target) and not target.is_symlink():
        target.rmdir()
    link = folder.parent / f".link-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(folder.parent.name) / folder.name, target_is_directory=True)
    # rename() of a link over a link is one step for every reader.
    link.replace(target)


def _keep_two(store: Path, current: Path) -> None:
    """Drop all releases but the current one and the newest before it, and what a crash left behind."""
    folders = [path for path in store.iterdir() if path.is_dir() and path != current]
    earlier = sorted((path for path in folders if not path.name.startswith(".")), key=lambda path: path.stat().st_mtime)
    for path in [*(path for path in folders if path.name.startswith(".writing-")), *earlier[:-1]]:
        shutil.rmtree(path, ignore_errors=True)
