"""A document that takes long to write keeps nobody waiting for more than one of its kind."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from ssekg.publish.release import publish
from ssekg.serve import routes
from ssekg.serve.app import Application
from ssekg.serve.engines import Engines
from ssekg.serve.kept_answers import KeptAnswers
from ssekg.serve.limits import Limits
from ssekg.serve.linked_data import document
from ssekg.serve.release import read_release
from ssekg.serve.workers.pool import Pool
from tests.publish.small import small

PATHS = ("/id/place/fes.ttl", "/id/place/fes.ttl/", "/id/place/fes.ttl")


async def asked(application: Application, path: str) -> tuple[int, bytes]:
    """The status and the content of the answer to a request."""
    found: list[Any] = []

    async def send(message: Any) -> None:
        found.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    await application(scope, receive, send)
    return found[0]["status"], b"".join(each.get("body", b"") for each in found[1:])


def test_it_is_written_once_however_many_ask_and_however_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small(tmp_path / "project"), tmp_path / "public")
    release = read_release(tmp_path / "public")
    release.engines = Engines(Pool(tmp_path / "public", {}), {}, KeptAnswers(1 << 20))
    application = Application(release, Limits(), routes.ROUTES)
    written = list[object]()

    def counted(*arguments: Any) -> bytes:
        written.append(arguments)
        return document(*arguments)

    async def all_asked() -> list[tuple[int, bytes]]:
        return await asyncio.gather(*(asked(application, path) for path in PATHS))

    small_one = asyncio.run(asked(application, PATHS[0]))
    monkeypatch.setattr(routes, "_QUICK", 0)
    monkeypatch.setattr(routes, "document", counted)
    assert asyncio.run(all_asked()) == [small_one] * len(PATHS)
    assert len(written) == 1
    assert (small_one[0], b"fes" in small_one[1]) == (200, True)
