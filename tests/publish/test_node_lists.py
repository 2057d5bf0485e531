"""Documents that list nodes, read in parts."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.publish import node_lists
from ssekg.publish.node_lists import divided, listed

BASE = "https://a.example/"


def triples(document: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(document, ox.RdfFormat.JSON_LD, base_iri=BASE)}


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_the_parts_say_what_the_document_says(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node_lists, "_AT_A_TIME", 2)
    text = b' "@id": "n%d",\n "p": [\n  {\n  "@value": "},\\n{"\n  }\n ]'
    nodes = [text % each for each in range(count)]
    document = b'{\n "@context": {"@vocab": "https://v.example/"},\n' + b"".join(listed(nodes)) + b"\n}\n"
    parts = list(divided(document))
    assert len(parts) == (count + 1) // 2
    assert set().union(*map(triples, parts)) == triples(document)
    assert len(triples(document)) == count


def test_a_document_of_another_form_is_left_whole() -> None:
    for document in (b'{"@graph": []}', b'{\n "@id": "a"\n}', b' "@graph": [\n{\n'):
        assert list(divided(document)) == [document]


def test_documents_of_kinds_are_read_in_parts(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node_lists, "_AT_A_TIME", 50)
    document = (release / "id/place.jsonld").read_bytes()
    parts = list(divided(document))
    assert len(parts) > 10
    assert set().union(*map(triples, parts)) == triples(document)
