"""Answers are kept as long as there is room, those that are asked for longest."""

from starlette.datastructures import Headers
from starlette.types import Scope

from ssekg.serve.files import ReadyFile
from ssekg.serve.kept_answers import KeptAnswers
from ssekg.serve.release_files import ServedFile


def answer(content: bytes) -> ReadyFile:
    return ReadyFile(ServedFile.of("x.csv", "text/csv", content), {}, shared=True)


def asked(path: str, **headers: str) -> tuple[Scope, Headers]:
    return {"path": path, "query_string": b""}, Headers({k.replace("_", "-"): v for k, v in headers.items()})


def test_the_answer_that_nobody_asked_for_makes_room() -> None:
    kept = KeptAnswers(10_000)
    for name in "abc":
        kept.keep(name, answer(name.encode() * 1_000))
    assert kept.get("a") is not None
    kept.keep("d", answer(b"d" * 1_000))
    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"]
    assert kept.size <= 10_000
    kept.keep("large", answer(b"x" * 6_000))
    assert kept.get("large") is None
    assert kept.get("a") is not None


def test_the_same_request_gets_what_was_kept() -> None:
    kept = KeptAnswers(10_000)
    kept.keep("a", answer(b"a"))
    kept.remember(*asked("/a", accept="text/csv"), "a")
    assert kept.to(*asked("/a", accept="text/csv")) is kept.get("a")
    assert kept.to(*asked("/a", accept="text/html")) is None
    assert kept.to(*asked("/a", accept="text/csv", accept_language="fr")) is None
    kept.remember(*asked("/" + "a" * 2_000), "a")
    assert kept.to(*asked("/" + "a" * 2_000)) is None


def test_the_same_answer_has_the_same_tag() -> None:
    assert answer(b"a").etag("br") == answer(b"a").etag("br") != answer(b"b").etag("br")
