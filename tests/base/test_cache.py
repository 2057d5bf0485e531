"""What is kept is found again whole, or not at all; whatever is wrong with the folder only costs time."""

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from ssekg.base.cache import Cache, cache_folder
from ssekg.base.files import reason

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


def filled(content: bytes = b"graph") -> Callable[[Path], None]:
    """What fills an entry with a file, and a file in a folder."""

    def fill(folder: Path) -> None:
        (folder / "graph").write_bytes(content)
        (folder / "store").mkdir()
        (folder / "store" / "table").write_bytes(content)

    return fill


def entry_of(cache: Cache, key: str) -> Path:
    """The entry of a key, which is there."""
    found = cache.find(key)
    assert found is not None
    return found


def test_what_was_added_is_found_and_others_may_not(cache: Cache, told: Told) -> None:
    assert cache.find(A) is None
    cache.add(A, filled())
    entry = entry_of(cache, A)
    assert [(entry / name).read_bytes() for name in ("graph", "store/table")] == [b"graph", b"graph"]
    assert cache.find(B) is None
    assert cache.folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in cache.folder.iterdir()] == [0o700]
    assert told.codes == []


def test_files_that_a_library_lets_others_write_to_are_closed_to_them(cache: Cache) -> None:
    def fill(folder: Path) -> None:
        filled()(folder)
        (folder / "graph").chmod(0o666)

    cache.add(A, fill)
    assert entry_of(cache, A).joinpath("graph").stat().st_mode & 0o777 == 0o600


def test_two_that_add_the_same_entry_do_no_harm(cache: Cache, told: Told) -> None:
    def fill(folder: Path) -> None:
        cache.add(A, filled(b"theirs"))
        filled(b"ours")(folder)

    cache.add(A, fill)
    assert entry_of(cache, A).joinpath("graph").read_bytes() == b"theirs"
    assert len(list(cache.folder.iterdir())) == 1
    assert told.codes == []


@pytest.mark.parametrize("name", ["graph", "store/table", "sums.json"])
@pytest.mark.parametrize("damage", [lambda old: old[:-1], lambda old: old[:0], lambda old: old + b"x", None])
def test_half_an_entry_is_none(cache: Cache, told: Told, name: str, damage: Callable[[bytes], bytes] | None) -> None:
    cache.add(A, filled(b"graph" * 100))
    file = entry_of(cache, A) / name
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage(file.read_bytes()))
    assert cache.find(A) is None
    assert told.codes == ["cache-damaged"]
    cache.add(A, filled())
    assert entry_of(cache, A).joinpath("graph").read_bytes() == b"graph"


def test_an_entry_with_a_file_more_is_none(cache: Cache, told: Told) -> None:
    cache.add(A, filled())
    (entry_of(cache, A) / "store" / "more").write_bytes(b"")
    assert cache.find(A) is None
    assert told.codes == ["cache-damaged"]


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_to_is_not_trusted(cache: Cache, told: Told, mode: int) -> None:
    cache.add(A, filled())
    cache.folder.chmod(mode)
    assert cache.find(A) is None
    cache.add(B, filled())
    assert len(list(cache.folder.iterdir())) == 1
    assert told.codes == ["cache-ignored", "cache-ignored"]


@pytest.mark.parametrize("name", ["", "graph", "store/table"])
def test_an_entry_that_others_may_write_to_is_not_trusted(cache: Cache, told: Told, name: str) -> None:
    cache.add(A, filled())
    (entry_of(cache, A) / name).chmod(0o777)
    assert cache.find(A) is None
    assert told.codes == ["cache-ignored"]


@pytest.mark.skipif(not IS_ROOT, reason="only root can give files away")
@pytest.mark.parametrize("name", ["..", "", "graph", "store/table"])
def test_what_belongs_to_others_is_not_trusted(cache: Cache, told: Told, name: str) -> None:
    cache.add(A, filled())
    os.chown(entry_of(cache, A) / name, 12_345, 12_345)
    assert cache.find(A) is None
    assert told.codes == ["cache-ignored"]


@pytest.mark.parametrize("name", ["", "graph", "store/table"])
def test_a_link_is_not_followed(cache: Cache, told: Told, tmp_path: Path, name: str) -> None:
    cache.add(A, filled())
    path = entry_of(cache, A) / name
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert cache.find(A) is None
    assert told.codes == ["cache-ignored"]


def test_a_folder_that_is_no_folder(tmp_path: Path, told: Told) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    cache = Cache(tmp_path / "file", told)
    cache.add(A, filled())
    assert cache.find(A) is None
    assert (tmp_path / "file").read_text("utf-8") == "mine"
    assert set(told.codes) == {"cache-ignored"}


def test_the_oldest_entries_make_room_and_other_files_are_left_alone(tmp_path: Path, told: Told) -> None:
    cache = Cache(tmp_path / "cache", told, most=15_000)
    cache.folder.mkdir(mode=0o700)
    (cache.folder / "letter.txt").write_text("x" * 100_000, "utf-8")
    for number, key in enumerate((A, B)):
        cache.add(key, filled(b"x" * 3_000))  # twice that, and their sums
        os.utime(cache.folder / f"{key}.kept", (number, number))
    assert cache.find(A) is not None  # now B is the one that was used longest ago
    cache.add(C, filled(b"x" * 3_000))
    assert [cache.find(key) is not None for key in (A, B, C)] == [True, False, True]
    assert (cache.folder / "letter.txt").exists()


def test_what_is_too_large_is_not_kept(tmp_path: Path, told: Told) -> None:
    cache = Cache(tmp_path / "cache", told, most=10_000)
    cache.add(A, filled(b"x" * 5_001))
    assert list(cache.folder.iterdir()) == []


@pytest.mark.parametrize("broken", ["rename", "write_text"])
def test_nothing_is_left_of_what_could_not_be_written(
    cache: Cache, told: Told, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, broken, full)
    cache.add(A, filled())
    assert list(cache.folder.iterdir()) == []
    assert told.codes == ["cache-ignored"]


def test_the_folder_is_that_of_the_environment_or_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache_folder({"SSEKG_CACHE": "off"}) is None
    assert cache_folder({"SSEKG_CACHE": "/mine"}) == Path("/mine")
    assert cache_folder({}) == cache_folder({"SSEKG_CACHE": ""})
    assert "ssekg" in str(cache_folder({}))


def length(text: str) -> dict[str, int]:
    """Something to make of a text."""
    return {"length": len(text)}


def test_what_was_made_of_a_text_is_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.parsed("graph", length) == cache.parsed("graph", length) == {"length": 5}
    assert cache.parsed("graphs", length) == {"length": 6}
    entry = min(cache.folder.glob("*.kept"), key=lambda path: (path / "parsed.json").read_text("utf-8"))
    assert len(list(cache.folder.glob("*.kept"))) == 2
    (entry / "parsed.json").write_text('{"length": 7}', "utf-8")
    assert cache.parsed("graph", length) == {"length": 5}
    monkeypatch.setattr("ssekg.base.cache.__version__", "9.9.9")
    cache.parsed("graph", length)
    assert len(list(cache.folder.glob("*.kept"))) == 3


def test_what_json_can_not_hold_is_made_anew(cache: Cache) -> None:
    for made in ({1: "a key that is no text"}, {"date": Path()}):

        def make(_text: str, made: object = made) -> object:
            return made

        assert cache.parsed("graph", make) is made
        assert cache.parsed("graph", make) is made
    assert not list(cache.folder.glob("*.kept"))


def test_why_the_store_of_the_engine_can_not_be_written_is_said_in_our_words(tmp_path: Path) -> None:
    said: list[object] = []

    def full(_folder: Path) -> None:
        raise OSError("IO error: No space left on device: While appending to file: /a/store/1.sst")

    Cache(tmp_path / "cache", lambda _code, arguments: said.append(arguments["problem"])).add(A, full)
    assert said == [reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))]
