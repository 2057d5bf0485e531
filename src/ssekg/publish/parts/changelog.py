"""What changed in the data from release to release: a changelog in three languages, as JSON, and as RDF Patch.

It speaks of the graph without persons. The older entries are taken over from the release before, and told anew, so
that what was withdrawn since is named in none of them.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.language import isolate, joined
from ssekg.base.messages import text
from ssekg.graph.changes.compare import Changes, compare, kind_of, owner
from ssekg.graph.changes.json import from_json, to_json
from ssekg.graph.changes.patch import rdf_patch
from ssekg.graph.changes.words import as_markdown, count_of, right_to_left
from ssekg.graph.store import Graph
from ssekg.graph.versions import manifest_content, read_release
from ssekg.project.settings import Project
from ssekg.publish.tombstones import open_graph, tombstones, without_content

CHANGES: Final = "changes/changes.json"
PATCH: Final = "changes/changes.rdfp"


@dataclass(frozen=True, slots=True)
class Entry:
    """One release: its version and date, the version before it or None, how many records it had, what changed."""

    version: str
    date: str
    previous: str | None
    records: Mapping[str, int]
    changes: Changes


def changelog_files(project: Project, graph: Graph, previous: Path | None) -> dict[str, bytes]:
    """The files in changes/ by name.

    Args:
        project: gives version and date.
        graph: the graph that is published.
        previous: the folder of the release before; None if this is the first.

    Raises:
        CannotRunError: the release before is not whole.
    """
    before = read_release(previous) if previous else None
    withdrawn = {tombstone.iri for tombstone in tombstones(graph)}
    earlier = _earlier(previous, withdrawn) if previous else []
    changes = changes_since(before, graph)
    version = manifest_content(previous)["version"] if previous else None
    entry = Entry(
        project.version,
        project.date.isoformat(),
        str(version) if version else None,
        _records(graph, withdrawn),
        without_content(changes, withdrawn),
    )
    # The same release once more is no news.
    is_again = bool(earlier) and not changes and entry.version == version
    entries = earlier if is_again else [entry, *earlier]
    content = {"name": dict(project.name), "releases": [_as_json(each) for each in entries]}
    files = {CHANGES: (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()}
    for language in project.worded_languages:
        files[f"changes/CHANGELOG.{language}.md"] = _markdown(project, graph, entries, language).encode()
    files[PATCH] = (previous / PATCH).read_bytes() if previous and is_again else _patch(before, graph, withdrawn)
    return dict(sorted(files.items()))


def changes_since(before: Graph | None, graph: Graph) -> Changes:
    """What changed in the graph without persons since an earlier release; nothing where there is none."""
    return Changes((), base=graph.base) if before is None else compare(open_graph(before), open_graph(graph))


def _patch(before: Graph | None, graph: Graph, withdrawn: Collection[str]) -> bytes:
    if before is None:
        return b""
    return rdf_patch(open_graph(before).data, open_graph(graph).data, graph.base, withdrawn).encode()


def _records(graph: Graph, withdrawn: Collection[str]) -> dict[str, int]:
    subjects = {t.subject.value for t in open_graph(graph).data if isinstance(t.subject, ox.NamedNode)}
    entities = {owner(iri, graph.base) for iri in subjects if iri.startswith(graph.base)} - set(withdrawn)
    return dict(sorted(Counter(kind_of(entity, graph.base) for entity in entities).items()))


def _earlier(previous: Path, withdrawn: Collection[str]) -> list[Entry]:
    """The entries of the release before, the newest first, without what is withdrawn by now; none if it has none."""
    path = previous / CHANGES
    if not path.is_file():
        return []
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [
            Entry(
                version=release["version"],
                date=release["date"],
                previous=release["previous"],
                records=release["records"],
                changes=without_content(from_json(release), withdrawn),
            )
            for release in content["releases"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CannotRunError("broken-release", folder=str(previous), problem=f"{CHANGES}: {problem}") from None


def _as_json(entry: Entry) -> dict[str, Any]:
    head = {"version": entry.version, "date": entry.date, "previous": entry.previous}
    return head | {"records": dict(entry.records)} | to_json(entry.changes)


def _markdown(project: Project, graph: Graph, entries: list[Entry], language: str) -> str:
    name = isolate(project.name.get(language, next(iter(project.name.values()))), language)
    parts = [f"# {text('changelog-title', language, {'name': name})}\n"]
    for entry in entries:
        heading = text("changelog-release", language, {"version": entry.version, "date": entry.date})
        parts.append(f"## {heading}\n")
        if entry.previous is None:
            counts = joined((count_of(graph, kind, n, language) for kind, n in entry.records.items()), language)
            parts.append(text("changelog-first", language, {"counts": counts}) + "\n")
        else:
            parts.append(as_markdown(entry.changes, graph, language, 3) or text("no-differences", language) + "\n")
    return right_to_left("\n".join(parts), language)
