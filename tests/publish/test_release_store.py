"""Releases replace each other in one step, the last ones are kept, and what is not ours is left alone."""

from pathlib import Path

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.graph.versions import MANIFEST
from ssekg.publish.manifest import Manifest
from ssekg.publish.release import publish, roll_back
from ssekg.publish.verify import verify
from tests.conftest import Cli
from tests.publish.small import small


def test_a_release_replaces_the_one_before_and_the_last_three_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "public"
    for number in range(5):
        publish(small(tmp_path / "project", version=f"1.0.{number}"), target)
        assert target.is_symlink()
        assert Manifest.read(target).version == f"1.0.{number}"
    assert sorted(p.name for p in (tmp_path / ".public-releases").glob("0*")) == [
        "0003-1.0.2",
        "0004-1.0.3",
        "0005-1.0.4",
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"public", ".public-releases", "project"}


def when_written(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_the_same_release_again_changes_nothing_unless_it_was_damaged(tmp_path: Path) -> None:
    target = tmp_path / "public"
    publish(small(tmp_path / "project"), target)
    before = target.resolve()
    written = when_written(before)
    publish(small(tmp_path / "project"), target)
    assert target.resolve() == before
    assert when_written(before) == written
    (before / "ssekg.ttl").write_bytes(b"")
    publish(small(tmp_path / "project"), target)
    assert target.resolve() != before
    assert not verify(target).findings


def test_rolling_back_step_by_step(tmp_path: Path) -> None:
    target = tmp_path / "public"
    for number in range(3):
        publish(small(tmp_path / "project", version=f"1.0.{number}"), target)
    assert roll_back(target) == "1.0.1"
    assert Manifest.read(target).version == "1.0.1"
    assert roll_back(target) == "1.0.0"
    with pytest.raises(CannotRunError) as caught:
        roll_back(target)
    assert caught.value.code == "nothing-to-roll-back"
    assert Manifest.read(target).version == "1.0.0"
    publish(small(tmp_path / "project", version="1.0.3"), target)
    assert roll_back(target) == "1.0.0", "not to a release that was rolled back from"


@pytest.mark.parametrize("damaged", [b"", None])
def test_a_release_without_a_manifest_is_replaced_and_the_others_are_kept(
    tmp_path: Path, damaged: bytes | None
) -> None:
    target = tmp_path / "public"
    for number in range(2):
        publish(small(tmp_path / "project", version=f"1.0.{number}"), target)
    (target / MANIFEST).unlink()
    if damaged is not None:
        (target / MANIFEST).write_bytes(damaged)
    publish(small(tmp_path / "project", version="1.0.2"), target)
    assert not verify(target).findings
    assert len(list((tmp_path / ".public-releases").glob("0*"))) == 3


def test_the_last_whole_release_may_be_the_one_that_is_dropped(tmp_path: Path) -> None:
    target = tmp_path / "public"
    for number in range(3):
        publish(small(tmp_path / "project", version=f"1.0.{number}"), target)
        if number:
            (target.resolve() / "ssekg.ttl").write_bytes(b"")
    published = publish(small(tmp_path / "project", version="1.0.3"), target)
    assert published.previous == "1.0.0", "what changed is told against the last that is whole"
    assert not verify(target).findings


def test_a_damaged_release_is_not_put_back(tmp_path: Path) -> None:
    target = tmp_path / "public"
    publish(small(tmp_path / "project"), target)
    (target.resolve() / "ssekg.ttl").write_bytes(b"")
    publish(small(tmp_path / "project", version="1.0.1"), target)
    with pytest.raises(CannotRunError) as caught:
        roll_back(target)
    assert caught.value.code == "release-damaged"
    assert Manifest.read(target).version == "1.0.1"


@pytest.mark.parametrize("in_the_way", ["folder", "file", "link", "link to nowhere"])
def test_what_is_somebody_elses_is_not_touched(tmp_path: Path, in_the_way: str) -> None:
    target, mine = tmp_path / "public", tmp_path / "mine" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    if in_the_way == "folder":
        mine.parent.rename(target)
    elif in_the_way == "file":
        target.write_text("mine", encoding="utf-8")
    else:
        target.symlink_to("mine" if in_the_way == "link" else "nowhere")
    before = sorted(tmp_path.rglob("*"))
    for attempt in (lambda: publish(small(tmp_path / "project"), target), lambda: roll_back(target)):
        with pytest.raises(CannotRunError, match="not a release") as caught:
            attempt()
        assert caught.value.exit_code == 3
    assert sorted(p for p in tmp_path.rglob("*") if "project" not in p.parts) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    publish(small(tmp_path / "project"), tmp_path / "public")
    assert (tmp_path / "public").is_symlink()


def test_rolling_back_where_nothing_is_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="no release before"):
        roll_back(tmp_path / "public")
    assert not list(tmp_path.iterdir())


def test_rolling_back_publishes_nothing(cli: Cli) -> None:
    done = cli("--lang", "en", "publish", "--rollback", "--dry-run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--rollback" in done.stderr
