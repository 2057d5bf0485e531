"""The places of a JSON-LD text: the node, the key and the value that a triple comes from."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.sources.places import UnplacedError
from ssekg.sources.rdf.jsonld_places import jsonld_spans
from tests.graphs import cut
from tests.sources.rdf.test_file import file, selected

CONTEXT = {
    "@vocab": "http://v/",
    "id": "@id",
    "s": "http://s/",
    "link": {"@type": "@id"},
    "list": {"@container": "@list"},
    "text": {"@container": "@language"},
    "by": {"@container": "@index"},
    "of": {"@container": "@id"},
    "parent": {"@reverse": "s:child"},
    "raw": {"@type": "@json"},
    "nested": "@nest",
    "T": {"@id": "s:T", "@context": {"scoped": "s:scoped"}},
}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (
            '{"a": "فاس", "id": "x", "@type": ["T", "s:U"], "s:b": [1, 2.5, true, null]}',
            [
                ('"x"', '"@type"', '"T"'),
                ('"x"', '"@type"', '"s:U"'),
                ('"x"', '"a"', '"فاس"'),
                ('"x"', '"s:b"', "1"),
                ('"x"', '"s:b"', "2.5"),
                ('"x"', '"s:b"', "true"),
            ],
        ),
        ('{"id": "x", "link": ["y", "s:z"]}', [('"x"', '"link"', '"y"'), ('"x"', '"link"', '"s:z"')]),
        (
            '{"id": "x", "a": [{"@value": "v", "@language": "fr"}, {"id": "y", "b": 1}, {"c": 2}]}',
            [
                ('"x"', '"a"', '{"@value": "v", "@language": "fr"}'),
                ('"x"', '"a"', '"y"'),
                ('"x"', '"a"', '{"c": 2}'),
                ('"y"', '"b"', "1"),
                ('{"c": 2}', '"c"', "2"),
            ],
        ),
        ('{"a": {"@set": ["p", "q"]}}', [("{…}", '"a"', '"p"'), ("{…}", '"a"', '"q"')]),
        (
            '{"id": "x", "list": ["p", {"b": 1}], "a": {"@list": []}}',
            [
                ('"p"', '"p"', '"p"'),
                ('"p"', '"p"', '{"b": 1}'),
                ('"x"', '"a"', "[]"),
                ('"x"', '"list"', '["p", {"b": 1}]'),
                ('{"b": 1}', '"b"', "1"),
                ('{"b": 1}', '{"b": 1}', '["p", {"b": 1}]'),
                ('{"b": 1}', '{"b": 1}', '{"b": 1}'),
            ],
        ),
        (
            '{"id": "x", "text": {"ar": "ف", "fr": ["F", "f"]}, "by": {"1": {"id": "i"}}, "of": {"s:k": {"b": 1}}}',
            [
                ('"s:k"', '"b"', "1"),
                ('"x"', '"by"', '"i"'),
                ('"x"', '"of"', '"s:k"'),
                ('"x"', '"text"', '"F"'),
                ('"x"', '"text"', '"f"'),
                ('"x"', '"text"', '"ف"'),
            ],
        ),
        (
            '{"id": "x", "parent": [{"id": "y"}, {"b": 1}], "@reverse": {"s:q": {"id": "z", "b": 2}}}',
            [
                ('"y"', '"parent"', '"x"'),
                ('"z"', '"b"', "2"),
                ('"z"', '"s:q"', '"x"'),
                ('{"b": 1}', '"b"', "1"),
                ('{"b": 1}', '"parent"', '"x"'),
            ],
        ),
        (
            '{"id": "x", "raw": {"no": [1]}, "nested": {"b": 1}, "@included": {"id": "y", "b": 2}}',
            [('"x"', '"b"', "1"), ('"x"', '"raw"', '{"no": [1]}'), ('"y"', '"b"', "2")],
        ),
        ('{"@type": "T", "scoped": 1}', [("{…}", '"@type"', '"T"'), ("{…}", '"scoped"', "1")]),
        (
            '{"id": "g", "a": 1, "@graph": [{"b": {"c": 2}}, {"id": "_:n", "b": {"c": 2}}]}',
            [
                ('"_:n"', '"b"', '{"c": 2}'),
                ('"g"', '"a"', "1"),
                ('{"b": {"c": 2}}', '"b"', '{"c": 2}'),
                ('{"c": 2}', '"c"', "2"),
                ('{"c": 2}', '"c"', "2"),
            ],
        ),
    ],
)
def test_the_term_stands_where_the_place_says(tmp_path: Path, node: str, expected: list[tuple[str, str, str]]) -> None:
    content = f'{{"@context": {json.dumps(CONTEXT)},\n {node[1:]}'
    source = file(tmp_path, content, "x.jsonld")
    placed = list(source.placed())
    assert [each.triple for each in placed] == source.triples()
    found = [selected(content, each) for each in placed]
    assert sorted(tuple("{…}" if "@context" in text else text for text in each) for each in found) == sorted(expected)


def test_each_of_two_nodes_alike_has_its_own_place(tmp_path: Path) -> None:
    content = '[{"http://p": {"http://q": "x"}},\n {"http://p": {"http://q": "y"}},\n {"http://p": {"http://q": "x"}}]'
    source = file(tmp_path, content, "x.jsonld")
    texts = [(each.object.line, getattr(each.triple.object, "value", "")) for each in source.placed()]
    assert [text for text in texts if text[1] in {"x", "y"}] == [(1, "x"), (2, "y"), (3, "x")]
    assert [line for line, text in texts if text not in {"x", "y"}] == [1, 2, 3]


@pytest.mark.parametrize("away", ["http://192.0.2.1/", ["http://192.0.2.1/"], {"@import": "http://192.0.2.1/"}])
def test_a_context_from_elsewhere_is_not_loaded(tmp_path: Path, away: object) -> None:
    text = json.dumps({"@context": {"p": {"@id": "http://p", "@context": away}}, "@id": "http://x", "http://q": 1})
    with pytest.raises(SyntaxError):
        file(tmp_path, text, "x.jsonld").triples()
    with pytest.raises(UnplacedError):
        jsonld_spans(text, [], "http://b/", "")


NODES = st.recursive(
    st.sampled_from(["x", "فاس", "y"]) | st.integers(0, 3),
    lambda inner: st.dictionaries(
        st.sampled_from(["http://p", "http://q", "http://r"]), st.lists(inner, max_size=3) | inner, max_size=3
    ),
    max_leaves=8,
)


@given(nodes=st.lists(NODES.filter(lambda node: isinstance(node, dict)), max_size=3), indent=st.sampled_from([None, 1]))
def test_no_place_is_a_wrong_one(
    tmp_path_factory: pytest.TempPathFactory, nodes: list[object], indent: int | None
) -> None:
    content = json.dumps(nodes, ensure_ascii=False, indent=indent)
    source = file(tmp_path_factory.getbasetemp(), content, "generated.jsonld")
    for each in source.placed():
        key, value = cut(content, each.predicate), json.loads(cut(content, each.object))
        assert json.loads(key) == each.triple.predicate.value
        assert isinstance(value, dict) or str(value) == getattr(each.triple.object, "value", None)
        assert json.loads(key) in json.loads(cut(content, each.subject))
    assert len(list(source.placed())) == len(source.triples())
