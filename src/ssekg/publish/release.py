"""A release: written beside the target, verified, and put in place whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

from ssekg.base.errors import CannotRunError, RefusedError
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.site import assessed_catalogue, catalogue_files
from ssekg.checks.run import CheckedGraph
from ssekg.graph.persons import without_persons
from ssekg.graph.versions import MANIFEST, read_release
from ssekg.publish.folder import Folder
from ssekg.publish.manifest import BUILD, build_report, manifest, read_manifest
from ssekg.publish.parts.changelog import changelog_files, changes_since
from ssekg.publish.parts.documents import document_files
from ssekg.publish.parts.dumps import WHOLE, WITHOUT_PERSONS, ordered_triples, project_files, write_dumps
from ssekg.publish.parts.feed import feed_files
from ssekg.publish.parts.pages import page_files
from ssekg.publish.parts.places import PLACES, places
from ssekg.publish.parts.quality_pages import quality_page_files
from ssekg.publish.parts.removal_page import removal_page_files
from ssekg.publish.parts.sitemap import sitemap_files
from ssekg.publish.parts.statistics import STATISTICS, observations, write_statistics
from ssekg.publish.parts.table_descriptions import PACKAGE, data_package, table_descriptions
from ssekg.publish.parts.tables import write_tables
from ssekg.publish.parts.w3id import w3id_files
from ssekg.publish.release_store import ReleaseStore
from ssekg.publish.tombstones import tombstones
from ssekg.publish.verify import is_intact, verify
from ssekg.publish.version_bump import wanted_version

_LICENCE = "DATA-LICENSE"


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the files, and how it differs from the release before.

    `previous` is the version of that release, `wanted` the version that the changes ask for if they ask for more than
    was given, `withdrawn` whether that release has the content of what is withdrawn now.
    """

    files: list[PublishedFile]
    previous: str | None = None
    wanted: str | None = None
    withdrawn: bool = False


def write_release(checked: CheckedGraph, folder: Folder, previous: Path | None) -> None:
    """Write all files of a release to an empty folder; the same input gives the same bytes, but for `build.json`.

    Tables, places and statistics are made of the graph without persons, so that they can be handed on.

    Args:
        checked: the graph, which has no violations.
        folder: where to.
        previous: the folder of the release before, None if there is none.

    Raises:
        CannotRunError: the package pyarrow is not installed.
        OSError: the disk does not let us write.
    """
    project, graph = checked.project, checked.graph
    whole = ordered_triples(graph)
    public = without_persons(whole, graph.base)

    write_dumps(folder, WHOLE, whole, graph)
    write_dumps(folder, WITHOUT_PERSONS, public, graph)
    tables = write_tables(folder, public, graph.prefixes, project.languages)
    folder.add(table_descriptions(project, graph, tables))
    folder.write(PACKAGE, data_package(project, graph, tables, folder.files))
    points = places(graph, public, project.languages)
    if points is not None:
        folder.write(PLACES, points)
    observed = observations(graph, public)
    if observed:
        with folder.file(STATISTICS) as file:
            write_statistics(file, project, graph, observed)
    folder.add(project_files(project))
    if (project.root / _LICENCE).is_file():
        folder.write(_LICENCE, (project.root / _LICENCE).read_bytes())

    folder.add(document_files(checked, previous))
    folder.add(changelog_files(project, graph, previous).items())
    folder.add(feed_files(project, graph, previous).items())
    folder.add(removal_page_files(project, graph).items())
    folder.add(w3id_files(project).items())

    # What follows speaks of the files before it.
    catalogue, assessments = assessed_catalogue(project, graph, folder.files)
    folder.add(quality_page_files(project, catalogue, assessments).items())
    described = catalogue_files(project, graph, catalogue, assessments)
    folder.add(described.items())
    folder.add(page_files(project, [*folder.paths, MANIFEST], described["dataset.jsonld"].decode()).items())
    folder.add(sitemap_files(project, [*folder.paths, MANIFEST]).items())
    folder.write(MANIFEST, manifest(checked, whole, public, folder.files))
    folder.write(BUILD, build_report())


def publish(checked: CheckedGraph, target: Path, previous: Path | None = None, *, dry_run: bool = False) -> Published:
    """Write a release, verify it, and swap it into place at `target`.

    Args:
        checked: the graph, which has no violations.
        target: the path that readers use; it becomes a symbolic link. A folder of somebody else's is not touched.
        previous: the folder of the release before; by default the one in place or, if it is damaged, the last one
            that is not.
        dry_run: do all of it but the last step.

    Raises:
        CannotRunError: `target` is something else than an earlier release, somebody else is publishing there, or the
            disk does not let us write.
        RefusedError: the version is lower than that of the release in place.
    """
    if previous is not None:
        read_manifest(previous)
    store = ReleaseStore(target)
    with store.locked(), store.unfinished() as unfinished:
        folder, current = Folder(unfinished), _readable(store.current)
        before = previous or _intact(store)
        write_release(checked, folder, before)
        if current is not None:
            _refuse_lower_version(unfinished, current)
        folder.sync()
        findings = verify(unfinished).findings
        if findings:
            file = findings[0].place.file if findings[0].place else ""
            raise CannotRunError("release-not-whole", file=file, target=str(target))
        # Before the swap, which may drop the release that is compared with.
        published = _told(checked, folder.files, before)
        if not dry_run and not _is_same(unfinished, current):
            store.put_in_place(unfinished, checked.project.version)
        return published


def roll_back(target: Path) -> str:
    """Put the release before the one in place back at `target`; returns its version.

    Raises:
        CannotRunError: there is none, or it is damaged, or somebody else is publishing there.
    """
    store = ReleaseStore(target)
    if store.current is None:
        raise CannotRunError("nothing-to-roll-back", target=str(target))
    with store.locked():
        earlier = store.earlier()
        if not earlier:
            raise CannotRunError("nothing-to-roll-back", target=str(target))
        if not is_intact(earlier[0]):
            raise CannotRunError("release-damaged", folder=str(earlier[0]))
        store.go_back_to(earlier[0])
        return str(read_manifest(earlier[0])["version"])


def _readable(release: Path | None) -> Path | None:
    """The release, None if its manifest was damaged, so that a new one can take its place."""
    if release is None:
        return None
    try:
        read_manifest(release)
    except CannotRunError:
        return None
    return release


def _intact(store: ReleaseStore) -> Path | None:
    """The last release that is as it was published, None if there is none."""
    releases = [store.current, *store.earlier()] if store.current else []
    return next((release for release in releases if _readable(release) and is_intact(release)), None)


def _told(checked: CheckedGraph, files: list[PublishedFile], before: Path | None) -> Published:
    if before is None:
        return Published(files)
    version, then = str(read_manifest(before)["version"]), read_release(before)
    wanted = wanted_version(changes_since(then, checked.graph), version, checked.project.version)
    now, earlier = ({tombstone.iri for tombstone in tombstones(graph)} for graph in (checked.graph, then))
    return Published(files, version, wanted, withdrawn=not now <= earlier)


def _refuse_lower_version(new: Path, current: Path) -> None:
    """Refuse to replace a release by one of a lower version, in the order of Semantic Versioning 2.0.

    Raises:
        RefusedError: the version is lower, and the graph is another.
    """
    from semver import Version

    after, before = read_manifest(new), read_manifest(current)
    is_lower = Version.parse(after["version"]) < Version.parse(before["version"])
    if is_lower and after["canonical_hash"] != before["canonical_hash"]:
        raise RefusedError("version-goes-back", version=after["version"], published=before["version"])


def _is_same(new: Path, current: Path | None) -> bool:
    """Whether the release in place has the same bytes, so that nothing need be done."""
    if current is None or (current / MANIFEST).read_bytes() != (new / MANIFEST).read_bytes():
        return False
    return is_intact(current)
