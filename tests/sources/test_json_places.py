"""The places of values in JSON: reading the text at a place gives the value back."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.sources.json_places import json_places, refuse_deep
from tests.conftest import ROOT
from tests.graphs import cut

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def assert_placed(text: str) -> None:
    value = json.loads(text)
    places = json_places(text, "x.json")
    assert places
    for path, place in places.items():
        expected: Any = value
        for key in path:
            expected = expected[key]
        assert json.loads(cut(text, place)) == expected


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_the_text_at_a_place_is_the_value(value: Any, indent: int | None, ascii_only: bool) -> None:
    assert_placed(json.dumps(value, indent=indent, ensure_ascii=ascii_only))


@pytest.mark.parametrize(
    "text", ['{"a" :[ ] , "b":{ } ,"c":[1 ,-2.5e3, null ]}', " \t3 \n", '{"a":"}]","b":["\\"",{"س":"ع"}]}']
)
def test_spaces_and_signs_in_texts_are_nothing_special(text: str) -> None:
    assert_placed(text)


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("p*.csv-metadata.json")), ids=lambda path: path.name)
def test_the_descriptions_of_the_project_are_placed(path: Any) -> None:
    assert_placed(path.read_text(encoding="utf-8"))


def test_json_that_is_too_deep_is_refused_where_it_is() -> None:
    refuse_deep(('["\\"]]", {"[": 1}],\n' * 1000).encode())
    refuse_deep(b"[" * 500 + b"]" * 500)
    with pytest.raises(SyntaxError) as caught:
        refuse_deep(('\n"ع", ' + "[" * 501).encode())
    assert (caught.value.lineno, caught.value.offset) == (2, 506)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        json_places('{"a": }', "x.json")
