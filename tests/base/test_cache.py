"""What is kept is found again whole, or not at all; whatever is wrong with the folder only costs time."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from ssekg.base.cache import Cache, cache_folder

A, B, C = (letter * 64 for letter in "abc")
IS_ROOT: Final = hasattr(os, "geteuid") and os.geteuid() == 0


class Told:
    """Collects the codes of what a cache says."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self.codes: list[str] = []

    def __call__(self, code: str, _arguments: Mapping[str, object]) -> None:
        """Keep the code."""
        self.codes.append(code)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def cache(tmp_path: Path, told: Told) -> Cache:
    return Cache(tmp_path / "here" / "cache", told)


def test_what_was_written_is_read_and_others_may_not(cache: Cache, told: Told) -> None:
    assert cache.read(A) is None
    cache.write(A, b"graph")
    assert cache.read(A) == b"graph"
    assert cache.read(B) is None
    assert cache.folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in cache.folder.iterdir()] == [0o600]
    assert told.codes == []


@pytest.mark.parametrize(
    "damage", [lambda old: old[:-1], lambda old: old[:40], lambda old: old[:0], lambda old: old + b"x"]
)
def test_half_an_entry_is_none(cache: Cache, told: Told, damage: object) -> None:
    cache.write(A, b"graph" * 100)
    (file,) = cache.folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert cache.read(A) is None
    assert told.codes == ["cache-damaged"]
    cache.write(A, b"graph")
    assert cache.read(A) == b"graph"


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_to_is_not_trusted(cache: Cache, told: Told, mode: int) -> None:
    cache.write(A, b"graph")
    cache.folder.chmod(mode)
    assert cache.read(A) is None
    cache.write(B, b"graph")
    assert len(list(cache.folder.iterdir())) == 1
    assert told.codes == ["cache-ignored", "cache-ignored"]


def test_a_file_that_others_may_write_to_is_not_trusted(cache: Cache, told: Told) -> None:
    cache.write(A, b"graph")
    next(cache.folder.iterdir()).chmod(0o666)
    assert cache.read(A) is None
    assert told.codes == ["cache-ignored"]


@pytest.mark.skipif(not IS_ROOT, reason="only root can give files away")
@pytest.mark.parametrize("of_folder", [True, False])
def test_what_belongs_to_others_is_not_trusted(cache: Cache, told: Told, of_folder: bool) -> None:
    cache.write(A, b"graph")
    os.chown(cache.folder if of_folder else next(cache.folder.iterdir()), 12_345, 12_345)
    assert cache.read(A) is None
    assert told.codes == ["cache-ignored"]


def test_a_link_is_not_followed(cache: Cache, told: Told, tmp_path: Path) -> None:
    cache.write(A, b"graph")
    (file,) = cache.folder.iterdir()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert cache.read(A) is None
    assert told.codes == ["cache-ignored"]


def test_a_folder_that_is_no_folder(tmp_path: Path, told: Told) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    cache = Cache(tmp_path / "file", told)
    cache.write(A, b"graph")
    assert cache.read(A) is None
    assert (tmp_path / "file").read_text("utf-8") == "mine"
    assert set(told.codes) == {"cache-ignored"}


def test_the_oldest_entries_make_room_and_other_files_are_left_alone(tmp_path: Path, told: Told) -> None:
    cache = Cache(tmp_path / "cache", told, most=250)
    cache.folder.mkdir(mode=0o700)
    (cache.folder / "letter.txt").write_text("x" * 1_000, "utf-8")
    for number, key in enumerate((A, B)):
        cache.write(key, key.encode())  # 96 bytes each
        os.utime(cache.folder / f"{key}.kept", (number, number))
    assert cache.read(A) is not None  # now B is the one that was used longest ago
    cache.write(C, C.encode())
    assert [cache.read(key) is not None for key in (A, B, C)] == [True, False, True]
    assert (cache.folder / "letter.txt").exists()


def test_what_is_too_large_is_not_kept(tmp_path: Path, told: Told) -> None:
    cache = Cache(tmp_path / "cache", told, most=100)
    cache.write(A, b"x" * 101)
    assert not cache.folder.exists()


def test_nothing_is_left_of_what_could_not_be_written(
    cache: Cache, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.write(A, b"graph")
    assert list(cache.folder.iterdir()) == []
    assert told.codes == ["cache-ignored"]


def test_the_folder_is_that_of_the_environment_or_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache_folder({"SSEKG_CACHE": "off"}) is None
    assert cache_folder({"SSEKG_CACHE": "/mine"}) == Path("/mine")
    assert cache_folder({}) == cache_folder({"SSEKG_CACHE": ""})
    assert "ssekg" in str(cache_folder({}))
