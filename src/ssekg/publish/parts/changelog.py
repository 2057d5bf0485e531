"""What changed in the data from release to release: a changelog in three languages, as JSON, and as RDF Patch.

It is about the public graph. The older entries are copied from the previous release and written again, so that what
was withdrawn since, or is withheld by now, is named in none of them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.language import isolate, joined
from ssekg.base.markdown import right_to_left
from ssekg.base.messages import text
from ssekg.graph.changes.compare import Changes, kind_of, owner
from ssekg.graph.changes.json import from_json, to_json
from ssekg.graph.changes.patch import rdf_patch
from ssekg.graph.changes.words import as_markdown, count_of
from ssekg.graph.cubes import cubes
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.publish.tombstones import without_content, without_withheld

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


def changelog(context: Context) -> Iterator[tuple[str, bytes]]:
    """The files in changes/.

    Raises:
        CannotRunError: the previous release is not complete.
    """
    project, previous = context.project, context.previous
    earlier = _earlier(context)
    entry = Entry(
        project.version,
        project.date.isoformat(),
        previous.manifest.version if previous else None,
        _records(context),
        without_content(context.changes, context.withdrawn),
    )
    # The same release once more is not news.
    is_again = bool(earlier) and not context.changes and entry.version == entry.previous
    entries = earlier if is_again else [entry, *earlier]
    content = {"name": dict(project.name), "releases": [_as_json(each) for each in entries]}
    for language in sorted(project.worded_languages):
        yield f"changes/CHANGELOG.{language}.md", _markdown(project, context.public, entries, language).encode()
    yield CHANGES, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    yield PATCH, previous.content(PATCH) if previous and is_again else _patch(context)


def _patch(context: Context) -> bytes:
    if context.before is None:
        return b""
    public = context.public
    return rdf_patch(context.before.data, public.data, public.base, context.withdrawn).encode()


def _records(context: Context) -> dict[str, int]:
    base = context.public.base
    described = {t.subject for t in context.public.data} - cubes(context.public.data)
    subjects = {subject.value for subject in described if isinstance(subject, ox.NamedNode)}
    entities = {owner(iri, base) for iri in subjects if iri.startswith(base)} - context.withdrawn
    return dict(sorted(Counter(kind_of(entity, base) for entity in entities).items()))


def _earlier(context: Context) -> list[Entry]:
    """The entries of the previous release, the newest first; none if it has none."""
    previous = context.previous
    if previous is None or CHANGES not in previous.paths(CHANGES):
        return []
    try:
        return [_entry(release, context) for release in json.loads(previous.content(CHANGES))["releases"]]
    except (ValueError, KeyError, TypeError) as problem:
        raise previous.broken(CHANGES, problem) from None


def _entry(release: Mapping[str, Any], context: Context) -> Entry:
    """An earlier entry without what is withdrawn or withheld by now."""
    withheld = context.project.privacy.withheld
    return Entry(
        version=release["version"],
        date=release["date"],
        previous=release["previous"],
        records={kind: count for kind, count in release["records"].items() if kind not in withheld},
        changes=without_withheld(without_content(from_json(release), context.withdrawn), context.is_hidden),
    )


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
