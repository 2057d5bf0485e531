"""Whatever happens to a publisher, readers see the old release or the new one, whole; and the next run goes through."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from ssekg.base.errors import CannotRunError, SsekgError
from ssekg.graph.versions import MANIFEST
from ssekg.publish import release as releases
from ssekg.publish.context import Context
from ssekg.publish.folder import Folder
from ssekg.publish.manifest import BUILD, Manifest
from ssekg.publish.release import publish, roll_back
from ssekg.publish.release_store import KEPT, ReleaseStore
from ssekg.publish.verify import verify
from tests.conftest import ROOT, Cli
from tests.publish.small import small

MOUNT: Final = shutil.which("mount")
UNMOUNT: Final = shutil.which("umount")


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory where there is one, since these tests sync to the disk many thousand times."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or MOUNT is None or UNMOUNT is None:
        pytest.skip("only root can mount a small disk")
    if subprocess.run([MOUNT, "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run([UNMOUNT, "--lazy", folder], check=True)


def seen_by_a_reader(target: Path) -> str | None:
    """The hash of the graph that a reader finds, who checks every file; None if the release went away meanwhile.

    Raises:
        FileNotFoundError: the target is not there, or a file of a release that is there is not.
        AssertionError: the release is mixed.
    """
    folder = target.parent / target.readlink()
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        for file in manifest["files"]:
            content = (folder / file["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"], f"a mixed release: {file['path']}"
        present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert present == {file["path"] for file in manifest["files"]} | {MANIFEST, BUILD}
    except (FileNotFoundError, AssertionError):
        if folder.exists():
            raise
        return None
    return str(manifest["canonical_hash"]["value"])


def left_behind(target: Path) -> list[str]:
    store = target.parent / f".{target.name}-releases"
    return sorted(path.name for path in store.iterdir() if path.name.startswith((".writing", ".dropped", ".link")))


def test_killed_at_every_kind_of_step_and_at_any_moment(memory: Path) -> None:
    target = memory / "public"
    command = [sys.executable, "-m", "tests.publish.killed", str(target), "10"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    seen: list[str | None] = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as publisher:
        while publisher.poll() is None:
            if seen or target.is_symlink():
                seen.append(seen_by_a_reader(target))
            time.sleep(0.03)
        output = publisher.stdout.read() if publisher.stdout else ""
    assert publisher.returncode == 0
    steps, moments = json.loads(output)
    assert steps.keys() == {"open", "os.mkdir", "os.symlink", "os.rename", "os.remove", "os.rmdir"}
    assert steps["os.rename"] == 3
    assert sum(steps.values()) > 15
    assert moments > 15
    assert len(set(seen) - {None}) == 2, "the reader has seen both releases, and nothing else"
    assert len(seen) > 20
    assert left_behind(target) == []
    assert len(list((memory / ".public-releases").glob("0*"))) == KEPT


def test_a_full_disk(disk: Path, tmp_path: Path) -> None:
    target = disk / "public"
    publish(small(tmp_path / "old"), target)
    before = target.resolve()
    new = small(tmp_path / "new", version="1.0.1", more="<place/fes> sse:communeCount 1 .")
    status = os.statvfs(disk)
    free, needed = status.f_bavail * status.f_frsize, sum(p.stat().st_size for p in before.rglob("*") if p.is_file())
    for part in (0, 0.1, 0.3, 0.6, 0.9):
        filler = disk / "filler"
        filler.write_bytes(bytes(free - int(part * needed)))
        with pytest.raises(CannotRunError, match="no space left") as caught:
            publish(new, target)
        assert caught.value.exit_code == 3
        assert target.resolve() == before
        assert not verify(target).findings
        assert left_behind(target) == []
        filler.unlink()
    publish(new, target)
    assert Manifest.read(target).version == "1.0.1"


def test_a_disk_that_became_read_only(disk: Path, tmp_path: Path) -> None:
    target = disk / "public"
    publish(small(tmp_path / "old"), target)
    subprocess.run([str(MOUNT), "-o", "remount,ro", disk], check=True)
    new = small(tmp_path / "new", version="1.0.1", more="<place/fes> sse:communeCount 1 .")
    for attempt in (lambda: publish(new, target), lambda: roll_back(target)):
        with pytest.raises(CannotRunError, match="the disk is read-only"):
            attempt()
    assert not verify(target).findings
    subprocess.run([str(MOUNT), "-o", "remount,rw", disk], check=True)
    publish(new, target)
    assert Manifest.read(target).version == "1.0.1"


def test_a_target_that_vanishes(memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = memory / "served"
    checked = small(tmp_path / "project")
    sync = Folder.sync

    def vanish(folder: Folder) -> None:
        sync(folder)
        shutil.rmtree(place)

    monkeypatch.setattr(Folder, "sync", vanish)
    with pytest.raises(CannotRunError) as caught:
        publish(checked, place / "public")
    assert caught.value.exit_code == 3
    monkeypatch.undo()
    publish(checked, place / "public")
    assert not verify(place / "public").findings


def test_what_is_written_wrong_is_not_put_in_place(
    memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = memory / "public"
    publish(small(tmp_path / "old"), target)
    before = target.resolve()
    sync = Folder.sync

    def lose_a_bit(folder: Folder) -> None:
        path = folder.root / "ssekg.nt"
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        sync(folder)

    monkeypatch.setattr(Folder, "sync", lose_a_bit)
    with pytest.raises(CannotRunError, match=r"ssekg\.nt") as caught:
        publish(small(tmp_path / "new", version="1.0.1", more="<place/fes> sse:communeCount 1 ."), target)
    assert caught.value.code == "release-not-whole"
    assert target.resolve() == before
    assert left_behind(target) == []


def test_two_at_once(memory: Path, tmp_path: Path) -> None:
    target = memory / "public"
    graphs = [
        small(tmp_path / str(n), version=f"1.0.{n}", more=f"<place/fes> sse:communeCount {n} .") for n in range(4)
    ]
    publish(graphs[0], target)
    refusals: list[SsekgError] = []

    def attempt(number: int) -> None:
        try:
            publish(graphs[number], target)
        except SsekgError as refusal:
            refusals.append(refusal)

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(1, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not verify(target).findings
    assert {refusal.code for refusal in refusals} <= {"already-publishing", "version-goes-back"}
    with ReleaseStore(target).locked():
        for attempt_again in (lambda: publish(graphs[1], target), lambda: roll_back(target)):
            with pytest.raises(CannotRunError, match="Somebody else") as caught:
                attempt_again()
            assert caught.value.exit_code == 3


def test_two_at_once_are_two_processes(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "public"
    publish(small(tmp_path / "project"), target)
    with ReleaseStore(target).locked():
        done = cli("--lang", "en", "publish", "--rollback", "-o", target, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "Somebody else is publishing" in done.stderr


def test_the_release_is_written_where_it_will_stay(
    memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rename over the boundary of a file system would copy, which is not one step."""
    written: list[Path] = []
    write = releases.write_release

    def watch(context: Context) -> None:
        written.append(context.folder.root)
        write(context)

    monkeypatch.setattr(releases, "write_release", watch)
    publish(small(tmp_path / "project"), memory / "public")
    assert written[0].parent == memory / ".public-releases"
