"""A folder of the user's that keeps what takes long to make; whatever is wrong with it costs time and nothing else.

Each entry is a folder, named by the hash of what it was made of. It is filled under another name and then renamed, and
has the states and digests of its files, so that half of one is none. Beside the entries are the digests of the files of
each project, by which these are named.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ssekg import __version__
from ssekg.base.digests import Digests, ForeignError, own_content, refuse_foreign, state_of
from ssekg.base.files import reason
from ssekg.base.said import Argument, Said

VARIABLE: Final = "SSEKG_CACHE"
_OFF: Final = "off"
MOST_BYTES: Final = 500_000_000
_OURS: Final = re.compile(r"[0-9a-f]{64}\.(kept|digests|[A-Za-z0-9_]+\.part)")
_SUMS: Final = "sums.json"
_PARSED: Final = "parsed.json"

Teller = Callable[[str, Mapping[str, Argument]], None]
"""Takes the code and the arguments of a message that only who asks for details wants to read."""


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Where to keep things: in the folder that SSEKG_CACHE names, else in the user's usual one; None if it is `off`."""
    named = environment.get(VARIABLE, "")
    if named == _OFF:
        return None
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("ssekg", appauthor=False)


class Cache:
    """The entries of a folder."""

    def __init__(self, folder: Path, tell: Teller, most: int = MOST_BYTES) -> None:
        """Take a folder, which need not exist; `most` is how many bytes may be in it."""
        self.folder = folder
        self._tell = tell
        self._most = most

    def find(self, key: str) -> Path | None:
        """The folder of the entry of a key; None if there is none that is whole and our own."""
        entry = self._path(key)
        try:
            refuse_foreign(self.folder.stat())
            found = set(_files(entry))
            is_whole = _is_whole(entry, found)
        except FileNotFoundError:
            return None
        except OSError as problem:
            self._tell("cache-ignored", {"folder": str(self.folder), "problem": _why(problem)})
            return None
        if not is_whole:
            self._tell("cache-damaged", {"file": str(entry)})
            _remove(entry)
            return None
        with suppress(OSError):  # what was used last is kept longest
            os.utime(entry)
        return entry

    def add(self, key: str, fill: Callable[[Path], None]) -> None:
        """Keep an entry for a key, if that can be done, and remove the oldest entries if they are too many.

        `fill` writes its files into the folder that it is given.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            refuse_foreign(self.folder.stat())
            beside = Path(tempfile.mkdtemp(".part", f"{key}.", self.folder))  # nobody else may read it
            try:
                fill(beside)
                sums = {name: _sum_of(beside / name) for name in _files(beside)}
                _write(beside / _SUMS, json.dumps(sums))
                if _size(beside) <= self._most and not self._path(key).exists():
                    beside.rename(self._path(key))
            finally:
                _remove(beside)
            self._remove_oldest()
        except OSError as problem:
            self._tell("cache-ignored", {"folder": str(self.folder), "problem": _why(problem)})

    def remove(self, key: str) -> None:
        """Keep the entry of a key no longer, so that another can take its place; who reads it reads on."""
        _remove(self._path(key))

    def parsed(self, content: str, parse: Callable[[str], Any]) -> Any:
        """What a function makes of a text: as it was kept, else anew. It is kept if JSON can hold it.

        Raises:
            Exception: what the function raises.
        """
        made_of = repr((__version__, parse.__module__, parse.__name__, content))
        key = hashlib.sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest()
        entry = self.find(key)
        if entry is not None:
            return json.loads(own_content(entry / _PARSED))
        found = parse(content)
        with suppress(TypeError, ValueError):
            written = json.dumps(found)
            if json.loads(written) == found:
                self.add(key, lambda folder: _write(folder / _PARSED, written))
        return found

    def digests_in(self, folder: Path) -> Digests:
        """The digests of the files in a folder, as far as they are known from a previous time."""
        name = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()
        return Digests(self.folder / f"{name}.digests")

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.kept"

    def _remove_oldest(self) -> None:
        """Keep within the limit; what is not called as our own entries are is left alone."""
        own = [path for path in self.folder.iterdir() if _OURS.fullmatch(path.name)]
        newest_first = sorted(((path.lstat(), path) for path in own), key=lambda each: -each[0].st_mtime_ns)
        total = 0
        for status, path in newest_first:
            total += _size(path) if stat.S_ISDIR(status.st_mode) else status.st_size
            if total > self._most:
                _remove(path)


def _files(entry: Path) -> Iterator[str]:
    """The names of the files of an entry, without that of their sums.

    Raises:
        OSError: it is no folder, or belongs to others.
    """
    status = entry.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise ForeignError
    refuse_foreign(status)
    for folder, _, names in os.walk(entry):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), entry)  # noqa: PTH118 - much quicker than paths
            if path != _SUMS:
                yield path


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def _sum_of(path: Path) -> tuple[tuple[int, ...], str]:
    """The state and the digest of a file of an entry, which nobody else may read any longer."""
    path.chmod(0o600)
    digest = hashlib.sha256(own_content(path)).hexdigest()
    return state_of(path.stat()), digest


def _is_whole(entry: Path, found: set[str]) -> bool:
    """Whether the files of an entry are those that were written; what is in another state than then is read.

    Raises:
        OSError: a file belongs to others, or is none.
    """
    try:
        sums: dict[str, Any] = json.loads(own_content(entry / _SUMS))
        return sums.keys() == found and all(_is_as_it_was(entry / name, *sums[name]) for name in found)
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return False


def _is_as_it_was(path: Path, state: list[int], digest: str) -> bool:
    status = path.lstat()
    refuse_foreign(status)
    if stat.S_ISREG(status.st_mode) and list(state_of(status)) == state:
        return True
    return hashlib.sha256(own_content(path)).hexdigest() == digest


def _size(entry: Path) -> int:
    return sum(path.lstat().st_size for path in entry.rglob("*") if not path.is_dir())


def _remove(entry: Path) -> None:
    """Remove an entry or what is called like one, as far as that can be done."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        with suppress(OSError):
            entry.unlink()


def _why(problem: OSError) -> Argument:
    return Said("cache-foreign") if isinstance(problem, ForeignError) else reason(problem)
