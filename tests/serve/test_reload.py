"""A release that is published while others read is taken up: no request fails, and no answer is of two releases."""

import asyncio
import http.client
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

from ssekg.publish.release import publish
from ssekg.serve import reload
from ssekg.serve.release import Release
from tests.publish.small import small
from tests.serve.server import Served, serving

RELEASES: Final = 6
READERS: Final = 8
PATHS: Final = ("manifest.json", "id/place/fes.jsonld", "ssekg-without-persons.ttl", "id/place/fes.ttl")


class Reader(threading.Thread):
    """Asks for the same files again and again over one connection, and keeps what it got."""

    def __init__(self, server: Served, ended: threading.Event) -> None:
        """Ask a server until an event."""
        super().__init__(daemon=True)
        self.server, self.ended = server, ended
        self.got: dict[str, set[bytes]] = {path: set() for path in PATHS}
        self.asked, self.failed = 0, list[str]()

    def run(self) -> None:
        """Ask."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        while not self.ended.is_set():
            path = PATHS[self.asked % len(PATHS)]
            try:
                connection.request("GET", f"/{path}")
                response = connection.getresponse()
                content = response.read()
            except (OSError, http.client.HTTPException) as problem:
                self.failed.append(repr(problem))
                connection.close()
                continue
            self.asked += 1
            if response.status == 200:
                self.got[path].add(content)
            else:
                self.failed.append(f"{path}: {response.status}")
        connection.close()


def served_version(server: Served, version: str) -> bool:
    for _ in range(100):
        if f'"{version}"'.encode() in server.ask("ready").content:
            return True
        time.sleep(0.1)
    return False


def test_releases_follow_each_other_under_readers(tmp_path: Path) -> None:
    target = tmp_path / "public"
    published: dict[str, set[bytes]] = {path: set() for path in PATHS}

    def release(number: int) -> str:
        more = f'<place/fes> sse:area "{number}" ; sse:remark "release {number}" .'
        publish(small(tmp_path / "project", version=f"1.{number}.0", more=more), target)
        for path in PATHS:
            if (target / path).is_file():
                published[path].add((target / path).read_bytes())
        return f"1.{number}.0"

    release(0)
    with serving(target, tmp_path / "log", "--workers", "1") as server:
        published["id/place/fes.ttl"].add(server.ask("id/place/fes.ttl").content)
        ended = threading.Event()
        readers = [Reader(server, ended) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for number in range(1, RELEASES):
            assert served_version(server, release(number)), server.log.read_text(encoding="utf-8")
            published["id/place/fes.ttl"].add(server.ask("id/place/fes.ttl").content)
        ended.set()
        for reader in readers:
            reader.join(30)
    assert [each for reader in readers for each in reader.failed] == []
    assert min(reader.asked for reader in readers) > RELEASES
    for reader in readers:
        for path, contents in reader.got.items():
            assert contents <= published[path], path
    assert len(set.union(*(reader.got["manifest.json"] for reader in readers))) > RELEASES // 2


def test_who_reads_slowly_does_not_keep_the_workers_of_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reload, "_LONGEST_USE", 0.3)
    nothing: Any = None
    closed = list[bool]()

    async def close() -> None:
        closed.append(True)

    release = Release(nothing, nothing, nothing, nothing, closing=[close], requests=1, is_retired=True)
    follower = reload.Follower(tmp_path, nothing, nothing, nothing)
    follower._retired.append((release, time.monotonic()))

    async def follow(seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(follower.follow(), seconds)

    asyncio.run(follow(0.25))
    assert closed == []
    asyncio.run(follow(0.5))
    assert closed == [True]


def test_a_damaged_release_is_not_taken_up(tmp_path: Path) -> None:
    target = tmp_path / "public"
    publish(small(tmp_path / "project"), target)
    with serving(target, tmp_path / "log") as server:
        before = server.ask("void.ttl").content
        publish(small(tmp_path / "project", version="1.1.0", more="<place/fes> sse:remark 1 ."), tmp_path / "other")
        damaged = (tmp_path / "other").resolve()
        (damaged / "id" / "place" / "fes.jsonld").write_text("{}", encoding="utf-8")
        link = tmp_path / "link"
        link.symlink_to(damaged)
        link.replace(target)
        for _ in range(100):
            log = server.log.read_text(encoding="utf-8")
            if "the earlier one stays" in log:
                break
            time.sleep(0.1)
        assert "id/place/fes.jsonld" in log
        assert server.ask("void.ttl").content == before
        assert b'"1.0.0"' in server.ask("ready").content
