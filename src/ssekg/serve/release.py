"""A release as it is served: what never changes as long as it lives, and who is still at it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ssekg.base.memory import give_back_memory
from ssekg.project.released_settings import read_released
from ssekg.project.settings import Project
from ssekg.serve.files import ReadyFile
from ssekg.serve.linked_data import things_of, withheld_things
from ssekg.serve.links import Links
from ssekg.serve.permanent_iris import PermanentIris
from ssekg.serve.release_files import ReleaseFiles, ServedFile, load_files

if TYPE_CHECKING:  # they are started over a release
    from ssekg.serve.engines import Engines


# So many files are kept with their headers and codings, which are made in a fraction of a millisecond.
_MOST_READY: Final = 4096


@dataclass(eq=False)
class Release:
    """What is served at a time. It is closed once it is not served any more and the last request to it has ended."""

    project: Project
    content: ReleaseFiles
    iris: PermanentIris
    links: Links
    whole: bool = False
    engines: "Engines | None" = None
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    requests: int = 0
    is_retired: bool = False
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _ready: dict[str, ReadyFile] = field(default_factory=dict)

    def ready(self, path: str) -> ReadyFile | None:
        """The file at a path, or the page of the folder there; None if the release has none."""
        found = self._ready.get(path)
        if found is None:
            file = self.content.files.get(f"{path}index.html" if path.endswith("/") else path)
            if file is not None:
                found = self._ready[path] = self.prepared(file)
                if len(self._ready) > _MOST_READY:  # a crawler asks for every page once
                    del self._ready[next(iter(self._ready))]
        return found

    def prepared(self, file: ServedFile) -> ReadyFile:
        """A file with the headers that go with what is at its path."""
        language = self.links.language_of(file.path)
        own = {"content-language": language} if language else {}
        return ReadyFile(file, {"link": self.links.of_file(file.path), **own}, shared=not self.whole)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """The time of a request, which has to do with one release only."""
        self.requests += 1
        try:
            yield
        finally:
            self.requests -= 1

    @property
    def is_idle(self) -> bool:
        """Whether nobody needs it any more."""
        return self.is_retired and not self.requests

    async def close(self) -> None:
        """Give back what it holds."""
        while self.closing:
            await self.closing.pop()()


def read_release(folder: Path, *, whole: bool = False, before: Release | None = None) -> Release:
    """The release in a folder.

    Args:
        folder: where it is.
        whole: whether what is withheld from the public is served as well.
        before: the one that is served now, whose unchanged files are taken as they are.

    Raises:
        CannotRunError: there is none, or it is damaged.
    """
    content = load_files(folder, whole=whole, before=before.content if before else None)
    project = read_released(content.folder)
    things = things_of(project, content) | (withheld_things(project, content) if whole else {})
    iris = PermanentIris(project, content.manifest, content.files, things)
    give_back_memory()
    return Release(project, content, iris, Links(project, iris), whole)
