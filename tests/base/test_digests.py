"""The digest of a file is that of its content, whatever was known of it; a file that is as it was is not read."""

import hashlib
import os
from pathlib import Path

import pytest

from ssekg.base.digests import Digests


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that was written long ago."""
    path = tmp_path / "table.csv"
    path.write_bytes(b"id,name")
    return path


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of a test are new; take them for old ones."""
    monkeypatch.setattr("ssekg.base.digests._UNSETTLED", -(10**18))


def digest(file: Path) -> str:
    """The digest of a file, remembered for the next time."""
    digests = Digests(file.with_name("known.digests"))
    found = digests.of(file)
    digests.remember()
    return found


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_that_is_as_it_was_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert digest(file) == sha256(b"id,name")
    monkeypatch.delattr("ssekg.base.digests.read_file")
    assert digest(file) == sha256(b"id,name")


def test_another_content_of_the_same_size_and_time_is_noticed(file: Path) -> None:
    digest(file)
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    other = file.with_name("other")
    other.write_bytes(b"id,NAME")
    os.utime(other, ns=times)
    other.replace(file)
    assert digest(file) == sha256(b"id,NAME")


def test_a_file_that_was_just_written_is_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be written once more at the same time, as the clock of the disk has it."""
    monkeypatch.undo()
    digest(file)
    status = file.stat()
    file.write_bytes(b"id,NAME")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert digest(file) == sha256(b"id,NAME")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"table.csv": 1}', b'{"x": [[1], null]}', b"\xff", None])
def test_what_was_remembered_can_be_damaged_or_no_file(file: Path, damage: bytes | None) -> None:
    digest(file)
    known = file.with_name("known.digests")
    known.unlink()
    if damage is None:
        known.mkdir()
    else:
        known.write_bytes(damage)
    assert digest(file) == sha256(b"id,name")


def test_what_others_may_write_to_is_not_believed(file: Path) -> None:
    digest(file)
    known = file.with_name("known.digests")
    known.write_text(known.read_text("utf-8").replace(sha256(b"id,name"), "0" * 64), "utf-8")
    assert digest(file) == "0" * 64
    known.chmod(0o666)
    assert digest(file) == sha256(b"id,name")


def test_a_folder_that_others_may_write_to_keeps_nothing(file: Path) -> None:
    file.parent.chmod(0o777)
    digest(file)
    assert not file.with_name("known.digests").exists()
