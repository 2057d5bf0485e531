"""Answers are kept as long as there is room, those that are asked for longest."""

from ssekg.serve.kept_answers import KeptAnswer, KeptAnswers


def answer(content: bytes) -> KeptAnswer:
    return KeptAnswer.of(content, "text/csv", "en")


def test_the_answer_that_nobody_asked_for_makes_room() -> None:
    kept = KeptAnswers(5_000)
    for name in "abc":
        kept.keep(name, answer(name.encode() * 1_000))
    assert kept.get("a") is not None
    kept.keep("d", answer(b"d" * 1_000))
    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"]
    assert kept.size <= 5_000
    kept.keep("large", answer(b"x" * 6_000))
    assert kept.get("large") is None
    assert kept.get("a") is not None


def test_the_same_answer_has_the_same_tag() -> None:
    assert answer(b"a").etag == answer(b"a").etag != answer(b"b").etag
