"""A release: written next to the target, verified, and put in place completely or not at all."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError, RefusedError
from ssekg.base.memory import apart, at_once, give_back_memory
from ssekg.catalogue.files import PublishedFile
from ssekg.checks.run import CheckedGraph
from ssekg.graph.canonical import in_order
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.context import Context, Part
from ssekg.publish.folder import Folder
from ssekg.publish.manifest import BUILD, Manifest, build_report
from ssekg.publish.parts.application_profile import application_profile
from ssekg.publish.parts.catalogue import catalogue
from ssekg.publish.parts.changelog import changelog
from ssekg.publish.parts.changes_page import changes_page
from ssekg.publish.parts.comparison import comparison
from ssekg.publish.parts.database import database
from ssekg.publish.parts.documents import documents
from ssekg.publish.parts.dumps import authored_files, public_dumps, whole_dumps
from ssekg.publish.parts.feed import feed
from ssekg.publish.parts.imported import imported
from ssekg.publish.parts.manifest import manifest
from ssekg.publish.parts.model_pages import model_pages
from ssekg.publish.parts.old_addresses import old_addresses
from ssekg.publish.parts.ontology_pages import ontology_pages
from ssekg.publish.parts.pages import pages
from ssekg.publish.parts.places import places
from ssekg.publish.parts.query_page import query_page
from ssekg.publish.parts.question_pages import QUESTION_PAGES, question_index
from ssekg.publish.parts.removal_page import removal_page
from ssekg.publish.parts.search_index import search_index
from ssekg.publish.parts.settings import settings
from ssekg.publish.parts.site import record_pages, site
from ssekg.publish.parts.sitemap import sitemap
from ssekg.publish.parts.statistics import statistics
from ssekg.publish.parts.table_descriptions import table_descriptions
from ssekg.publish.parts.table_pages import table_pages
from ssekg.publish.parts.tables import tables
from ssekg.publish.parts.text_pages import text_pages
from ssekg.publish.parts.vocabulary_forms import vocabulary_forms
from ssekg.publish.parts.w3id import w3id
from ssekg.publish.previous import Previous
from ssekg.publish.proof import refuse_withheld, traces_of
from ssekg.publish.release_store import ReleaseStore
from ssekg.publish.replacement import other_data, refuse_lower_version
from ssekg.publish.traces import Traces
from ssekg.publish.verify import verify
from ssekg.shacl.derivation import with_derived
from ssekg.site.query_engine import QueryEngine

STAGES: Final[Sequence[Sequence[Sequence[Part]]]] = (
    [[whole_dumps]],
    [[public_dumps, places, statistics, authored_files, vocabulary_forms, application_profile, imported, settings]],
    # The first page finds out what the header of all pages leads to.
    [[documents, feed, w3id, changelog, comparison], [removal_page]],
    [[tables, table_descriptions, database, table_pages], [model_pages]],
    # These describe the files before them.
    [[catalogue], [site, changes_page, query_page, text_pages, old_addresses]],
    [[pages, record_pages], *([share] for share in QUESTION_PAGES)],
    [[question_index, ontology_pages, search_index, sitemap, manifest]],
)
"""The parts of a release: stages follow each other; of one, each list of parts is made at the same time.

A list is made apart, so that what it computes is no longer in memory when it is done.
"""
# The parts that ask the public graph, which is made ready for all of them before the first.
_ASKING: Final = frozenset({tables, catalogue, site, record_pages, *QUESTION_PAGES})
# What those after the parts that find it out need, and what that is found out from.
_PASSED_ON: Final = {"comparison": "comparison", "listed": "tables", "navigation": "navigation"}


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the files, how many triples, and how it differs from the previous release.

    `previous` is the version of that release, `wanted` the version that the changes ask for if they ask for more than
    was given, `withdrawn` whether that release has the content of what is withdrawn now. `warning` is why it would be
    refused, were it no dry run.
    """

    files: list[PublishedFile]
    triples: int
    previous: str | None = None
    wanted: str | None = None
    withdrawn: bool = False
    warning: RefusedError | None = None


def write_release(context: Context) -> None:
    """Write all files of a release to its folder; the same input gives the same bytes, but for `build.json`.

    Raises:
        CannotRunError: the package pyarrow is not installed, or the previous release is not complete.
        OSError: the disk does not let us write.
    """
    for graph in (context.whole, context.public):
        vars(graph)["digest"] = apart(partial(getattr, graph, "digest"))  # what is found on the way takes much memory
    for stage in STAGES:
        if not _ASKING.isdisjoint(chain.from_iterable(stage)):
            _ = context.public.store
        for files, found in at_once([partial(_made, context, parts) for parts in stage]):
            context.folder.take(files)
            vars(context).update(found)
    context.folder.write(BUILD, build_report())


def _made(context: Context, parts: Iterable[Part]) -> tuple[list[PublishedFile], dict[str, object]]:
    """The files that parts have written, and what they found out that those after them need."""
    before = frozenset(context.folder.paths)
    for part in parts:
        give_back_memory()
        context.folder.add(part(context))
    found = {name: getattr(context, name) for name, origin in _PASSED_ON.items() if origin in vars(context)}
    return [file for file in context.folder.files if file.path not in before], found


def publish(
    checked: CheckedGraph,
    target: Path,
    previous: Path | None = None,
    *,
    dry_run: bool = False,
    engine: QueryEngine | None = None,
) -> Published:
    """Write a release, verify it, and swap it into place at `target`.

    Args:
        checked: the graph, which has no violations.
        target: the path that readers use; it becomes a symbolic link. Somebody else's folder is not touched.
        previous: the folder of the previous release; by default the one in place or, if it is damaged, the last one
            that is not.
        dry_run: do all of it but the last step.
        engine: the engine of the query page, None for a release without one.

    Raises:
        CannotRunError: `target` is something else than an earlier release, somebody else is publishing there, or the
            disk does not let us write.
        RefusedError: the version is lower than that of the release in place, or its data are others under the same
            version, or terms of the previous release are not declared any more or mean something else, or a public file
            would show what is withheld.
    """
    given = _named(previous)
    store = ReleaseStore(target)
    with store.locked(), store.unfinished() as unfinished:
        current = _readable(store.current)
        before = given or _latest_intact(store, current)
        outcome = _searched(
            unfinished, checked.project, *_written(checked, unfinished, current, before, engine, dry_run=dry_run)
        )
        _refuse_damage(unfinished, target)
        if not dry_run and not _is_in_place(unfinished, current):
            store.put_in_place(unfinished, checked.project.version)
        return outcome


def roll_back(target: Path) -> str:
    """Restore the release before the one in place at `target`; returns its version.

    Raises:
        CannotRunError: there is none, or it is damaged, or somebody else is publishing there.
    """
    store = ReleaseStore(target)
    if store.current is None:
        raise CannotRunError("nothing-to-roll-back", target=str(target))
    with store.locked():
        earlier = next(map(Previous, store.earlier()), None)
        if earlier is None:
            raise CannotRunError("nothing-to-roll-back", target=str(target))
        if not earlier.is_intact:
            raise CannotRunError("release-damaged", folder=str(earlier.folder))
        store.go_back_to(earlier.folder)
        return earlier.manifest.version


def _named(folder: Path | None) -> Previous | None:
    """The release in a folder that somebody named.

    Raises:
        CannotRunError: there is none.
    """
    if folder is None:
        return None
    named = Previous(folder)
    _ = named.manifest
    return named


def _readable(folder: Path | None) -> Previous | None:
    """The release in a folder, None if its manifest was damaged, so that a new one can take its place."""
    with suppress(CannotRunError):
        return _named(folder)
    return None


def _latest_intact(store: ReleaseStore, current: Previous | None) -> Previous | None:
    """The latest intact release, None if there is none."""
    earlier = map(_readable, store.earlier()) if store.current else ()
    return next((release for release in chain([current], earlier) if release and release.is_intact), None)


def _written(
    checked: CheckedGraph,
    folder: Path,
    current: Previous | None,
    before: Previous | None,
    engine: QueryEngine | None,
    *,
    dry_run: bool,
) -> tuple[Published, Traces]:
    """What was written to a folder, and what would give away there what is withheld.

    What was derived and made for that is no longer in memory.
    """
    whole, public = with_derived(checked.project, _always_alike(checked.graph))
    context = Context(checked.project, whole, public, before, Folder(folder), engine, checked.report)
    write_release(context)
    outcome = _outcome(context)
    refusal = _refused_version(context, outcome, [each for each in (current, before) if each])
    refusal = refusal or context.comparison.terms
    if refusal and not dry_run:
        raise refusal
    context.folder.sync()
    return replace(outcome, warning=refusal), traces_of(context)


def _always_alike(graph: Graph) -> Graph:
    """A graph with the same labels and order whenever it is read: answers show blank nodes, and leave rows in order."""
    return replace(graph, data=in_order(with_canonical_labels(graph.data)))


def _searched(folder: Path, project: Project, outcome: Published, traces: Traces) -> Published:
    """What was written, which shows nothing that is withheld."""
    refuse_withheld(folder, outcome.files, project, traces)
    return outcome


def _outcome(context: Context) -> Published:
    files, triples, before = context.folder.files, Manifest.read(context.folder.root).whole.triples, context.previous
    if before is None:
        return Published(files, triples)
    found = context.comparison
    return Published(files, triples, before.manifest.version, found.wanted, withdrawn=found.withdraws)


def _refused_version(context: Context, outcome: Published, published: Iterable[Previous]) -> RefusedError | None:
    """Why the version can't be published after others: the data of this version are others.

    Raises:
        RefusedError: the version is lower and the graph is another.
    """
    new = Manifest.read(context.folder.root)
    for release in published:
        refuse_lower_version(new, release.manifest)
        refusal = other_data(new, release.manifest, context.project, outcome.wanted)
        if refusal:
            return refusal
    return None


def _refuse_damage(folder: Path, target: Path) -> None:
    """Read every file again, and the graph in one of its dumps.

    Raises:
        CannotRunError: a file differs from what was written.
    """
    findings = apart(lambda: verify(folder, every_dump=False)).findings
    if findings:
        file = findings[0].place.file if findings[0].place else ""
        raise CannotRunError("release-not-whole", file=file, target=str(target))


def _is_in_place(new: Path, current: Previous | None) -> bool:
    """Whether the release in place has the same bytes, so that nothing need be done."""
    return current is not None and current.manifest == Manifest.read(new) and current.is_intact
