"""What JSON-LD leaves out is named where it is written, and nothing else is."""

import json
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssekg.base.language import LANGUAGES
from ssekg.base.messages import text as worded
from ssekg.base.said import Said
from ssekg.sources.load import Sources
from ssekg.sources.rdf.jsonld_losses import jsonld_losses
from tests.graphs import BASE
from tests.marked import unmarked
from tests.sources.rdf.test_file import file

CONTEXT: Final = {
    "e": "http://e/",
    "id": "@id",
    "link": {"@id": "e:link", "@type": "@id"},
    "kind": {"@id": "e:kind", "@type": "@vocab"},
    "list": {"@id": "e:list", "@container": "@list"},
    "text": {"@id": "e:text", "@container": "@language"},
    "by": {"@id": "e:by", "@container": "@index"},
    "of": {"@id": "e:of", "@container": "@id"},
    "as": {"@id": "e:as", "@container": "@type"},
    "inside": {"@id": "e:inside", "@container": "@graph"},
    "parent": {"@reverse": "e:child", "@type": "@id"},
    "raw": {"@id": "e:raw", "@type": "@json"},
    "day": {"@id": "e:day", "@type": "e:Day"},
    "badly": {"@id": "e:badly", "@language": "fr_FR"},
    "nested": "@nest",
    "relative": "nowhere",
    "ignored": None,
    "T": {"@id": "e:T", "@context": {"scoped": "e:scoped"}},
    "within": {"@id": "e:within", "@context": {"inner": "e:inner"}},
}


@pytest.mark.parametrize(
    ("node", "codes"),
    [
        # Names
        ('{"@id": ⟦"the second"⟧, "e:p": 1, "unknown": 2}', ["iri"]),
        ('{"id": ⟦"http://h/100%"⟧, "e:p": {"unknown": 1}}', ["iri"]),
        ('{"@id": "e:a", "e:p": [{"@id": ⟦"e:b c"⟧}, {"@id": "e:d"}]}', ["iri"]),
        ('{"@id": "e:a", "e:p": {"@id": ⟦"@here"⟧, ⟦"q"⟧: 1}}', ["iri", "key"]),
        ('{"@id": "e:a", "link": ["e:b", ⟦"b c"⟧, "d#e"], "kind": ["T", ⟦"{x}"⟧]}', ["iri", "iri"]),
        ('{"@id": "e:a", "of": {⟦"b c"⟧: {"e:p": 1}, "e:d": {"e:p": 1}}}', ["iri"]),
        ('{"@id": "e:a", "parent": [⟦"b c"⟧, "e:d"]}', ["iri"]),
        # Keys
        ('{"@id": "e:a", ⟦"unknown"⟧: [1, {"more": 1}]}', ["key"]),
        ('{"@id": "e:a", ⟦"relative"⟧: 1, ⟦"e:b c"⟧: 1, ⟦"_:p"⟧: 1, ⟦""⟧: 1}', ["key"] * 4),
        ('{"@id": "e:a", ⟦"@typ"⟧: "T", ⟦"@comment"⟧: "x"}', ["keyword", "keyword"]),
        ('{"@id": "e:a", "e:p": [{"e:q": {"@set": [{⟦"deep"⟧: 1}]}}]}', ["key"]),
        ('{"@graph": [{"@id": "e:a", "@graph": {"@id": "e:b", ⟦"c"⟧: 1}}, [{⟦"d"⟧: 1}]]}', ["key", "key"]),
        ('{"@id": "e:a", "@reverse": {"e:p": {⟦"b"⟧: 1}, ⟦"c"⟧: {"@id": "e:b"}}}', ["key", "key"]),
        ('{"@id": "e:a", "@included": [{"@id": "e:b", ⟦"c"⟧: 1}], "nested": {⟦"d"⟧: 1}}', ["key", "key"]),
        ('{"@id": "e:a", "by": {"x": {⟦"b"⟧: 1}}, "of": {"e:c": [{⟦"d"⟧: 1}]}}', ["key", "key"]),
        ('{"@id": "e:a", "inside": {"@id": "e:b", ⟦"c"⟧: 1}, "list": [{⟦"d"⟧: 1}]}', ["key", "key"]),
        ('{"@id": "e:a", ⟦"scoped"⟧: 1, "e:p": {"@type": "T", "scoped": 1, "e:q": {⟦"scoped"⟧: 1}}}', ["key", "key"]),
        ('{"@id": "e:a", ⟦"inner"⟧: 1, "within": {"inner": 1}}', ["key"]),
        # Types
        ('{"@id": "e:a", "@type": ["T", ⟦"U"⟧, "e:V", "_:w"]}', ["type"]),
        ('{"@id": "e:a", "@type": ⟦"two words"⟧}', ["iri"]),
        ('{"@id": "e:a", "e:p": {"@value": "x", "@type": ⟦"date"⟧}}', ["type"]),
        ('{"@id": "e:a", "as": {⟦"U"⟧: {"e:p": 1}, "e:T": {"e:p": 1}}}', ["type"]),
        # Languages
        (
            '{"@id": "e:a", "e:p": [{"@value": "x", "@language": ⟦"ar_MA"⟧}, {"@value": "y", "@language": "ar-MA"}]}',
            ["language"],
        ),
        ('{"@id": "e:a", "text": {⟦"français"⟧: "x", "fr": ["y"], "@none": "z", "ar": null}}', ["language"]),
        ('{"@id": "e:a", "badly": [⟦"x"⟧, "y"], "e:p": {"badly": "z"}}', ["language"]),
        (
            '{"@context": {"@language": "f"}, "@id": "e:a", "e:p": [⟦"x"⟧, 1, "y"], "day": "z", "link": "e:b"}',
            ["language"],
        ),
        ('{"@id": "e:a", "list": ["x", {"@value": "y", "@language": ⟦"1"⟧}]}', ["language"]),
        # What belongs to nothing
        ('{"@graph": [{"@id": "e:a", "e:p": 1}, ⟦"words"⟧, ⟦7⟧, null, ⟦{"@value": "x"}⟧]}', ["text"] * 3),
        # What is left out on purpose, or is not left out
        ('{"@id": "e:a", "ignored": 1, "e:p": null, "e:q": [null, {"@value": null}], "e:r": []}', []),
        (
            '{"@id": "e:a", "raw": {"unknown": [1, {"@id": "b c"}]}, "day": "two words", "list": [[1], {"@list": []}]}',
            [],
        ),
        ('{"@id": "e:a", "e:p": [true, 1.5, "", {"@value": "x", "@type": "e:Day"}, {"@id": "_:b"}, {"@id": ""}]}', []),
        ('{"@index": "x", "@id": "#a", "e:p": {"@set": ["x"], "@index": "y"}, "by": {"two words": "x"}}', []),
        ('{"@context": {"@vocab": "http://v/"}, "@id": "e:a", "@type": "U", "unknown": {"deeper": 1}}', []),
        ('{"@context": {"@base": null}, "@id": ⟦"a"⟧, "e:p": 1}', ["iri"]),
    ],
)
def test_what_is_lost_is_named(tmp_path: Path, node: str, codes: list[str]) -> None:
    content, _ = unmarked(node)
    whole = json.dumps({"@context": CONTEXT})[:-1] + ',"@graph":[\n'
    path = file(tmp_path, f"{whole}{content}]}}", "x.jsonld")
    list(path.triples())
    sources = Sources()
    sources.add_data(path)
    found = [finding for finding in sources.findings if finding.code == "syntax-lost"]
    reasons = [finding.arguments["reason"] for finding in found]
    assert [reason.code for reason in reasons if isinstance(reason, Said)] == [f"lost-{code}" for code in codes]
    assert all(
        worded(reason.code, tag, reason.arguments)
        for reason in reasons
        if isinstance(reason, Said)
        for tag in LANGUAGES
    )
    if codes:
        spans = [
            (place.line, place.column, place.end_line, place.end_column)
            for place in (finding.place for finding in found)
            if place is not None
        ]
        assert spans == [(line + 1, start, end_line + 1, end) for line, start, end_line, end in unmarked(node)[1]]  # type: ignore[operator]


def test_this_is_so_at_the_top_of_a_document_too() -> None:
    assert [why.code for why, _ in jsonld_losses('{"unknown": 1}', BASE)] == ["lost-key"]
    assert [why.code for why, _ in jsonld_losses('[{"@id": "a b"}, "x"]', BASE)] == ["lost-iri", "lost-text"]
    assert list(jsonld_losses("{}", BASE)) == []


def test_nothing_is_fetched_and_any_number_is_read() -> None:
    assert list(jsonld_losses('{"unknown": {"@context": "http://h.invalid/", "@id": "a b"}}', BASE)) == []
    assert [why.code for why, _ in jsonld_losses('{"a": %s}' % ("7" * 9_000), BASE)] == ["lost-key"]


# Documents in which each text is another one: either all of them reach the graph, or something is reported.

NAMES: Final = st.sampled_from([None, "e:a", "a", "_:b", "b c", "http://h/%", "#x"])
KEYS: Final = st.sampled_from(["e:p", "http://q/", "unknown", "e:b c", "@nonsense", "nested", "list", "by", "day"])
TAGS: Final = st.sampled_from(["fr", "ar-MA", "ar_MA", "x"])


def values(nodes: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    texts = st.just("TEXT") | st.builds(lambda tag: {"@value": "TEXT", "@language": tag}, TAGS)
    return texts | nodes | st.lists(texts | nodes, max_size=3)


def node(name: str | None, members: dict[str, Any]) -> dict[str, Any]:
    whole = {key: {"x": each} if key == "by" else each for key, each in members.items()}
    if ("nested" in whole and not isinstance(whole["nested"], dict)) or "nested" in whole:
        whole["nested"] = {"e:n": whole["nested"]}
    return whole if name is None else {"@id": name, **whole}


NODES: Final = st.recursive(
    st.builds(node, NAMES, st.dictionaries(KEYS, values(st.nothing()), max_size=2)),
    lambda inner: st.builds(node, NAMES, st.dictionaries(KEYS, values(inner), max_size=3)),
    max_leaves=6,
)


@settings(max_examples=300)
@given(nodes=st.lists(NODES, min_size=1, max_size=2))
def test_all_texts_reach_the_graph_or_a_loss_is_reported(nodes: list[Any]) -> None:
    written = json.dumps({"@context": CONTEXT, "@graph": nodes})
    parts = written.split('"TEXT"')
    text = "".join(f'{part}"text {number}"' for number, part in enumerate(parts[:-1])) + parts[-1]
    triples = [quad.triple for quad in ox.parse(text, ox.RdfFormat.JSON_LD, base_iri=BASE)]
    reached = {triple.object.value for triple in triples if isinstance(triple.object, ox.Literal)}
    losses = list(jsonld_losses(text, BASE))
    if not losses:
        assert reached >= {f"text {number}" for number in range(len(parts) - 1)}
    for _, (start, end) in losses:
        assert 0 < start < end
    if not reached and len(parts) > 1:
        assert losses
