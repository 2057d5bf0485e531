"""Queries of shapes that join what is far apart: what is found by checking what has changed is what all checks find."""

from pathlib import Path

import pytest
from benchmarks.edited_register import make
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.incremental.test_recheck import CELLS, Trial, apply

LINKS = ("sse:partner", "^sse:partner", "sse:within", "^sse:within", "sse:partner/sse:within", "sse:partner?")
VALUES = ("sse:women", "sse:members", "sse:women|sse:budget", "sse:code", "sse:start", "^sse:within/sse:women")
SHAPE = """
:Asked a sh:NodeShape ; sh:targetClass sse:Organisation ; sh:sparql [ sh:prefixes <https://example.org/shapes> ;
    sh:select {query} ] .
"""
NODES = st.sampled_from(["$this", "$this", "?a", "?b"])
PATTERNS = st.one_of(
    st.tuples(NODES, st.sampled_from(LINKS), NODES),
    st.tuples(NODES, st.sampled_from(VALUES), st.sampled_from(["?v", "?w"])),
).map(lambda parts: "{} {} {} .".format(*parts))
SOME = st.lists(PATTERNS, min_size=1, max_size=2).map(" ".join)
FILTERS = st.sampled_from(
    ["FILTER (?a != $this)", "FILTER (?v = ?w)", "FILTER (!BOUND(?w))", "FILTER (STR(?v) > STR(?w))"]
)
GROUPS = st.one_of(
    SOME.map("OPTIONAL {{ {} }}".format),
    SOME.map("FILTER NOT EXISTS {{ {} }}".format),
    SOME.map("FILTER EXISTS {{ {} }}".format),
    SOME.map("{{ {} }}".format),
    st.tuples(SOME, SOME).map(lambda parts: "{{ {} }} UNION {{ {} }}".format(*parts)),
    st.tuples(SOME, SOME).map(lambda parts: "{{ {} OPTIONAL {{ {} }} }}".format(*parts)),
    st.tuples(SOME, SOME).map(lambda parts: "OPTIONAL {{ {} FILTER NOT EXISTS {{ {} }} }}".format(*parts)),
    FILTERS,
    PATTERNS,
)
QUERIES = st.tuples(PATTERNS, st.lists(GROUPS, max_size=3), st.sampled_from(["?a", "?b", "?v"])).map(
    lambda parts: (
        f"SELECT $this ({parts[2]} AS ?value) WHERE {{ $this sse:women ?v . {parts[0]} {' '.join(parts[1])} }}"
    )
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["cell", "cell", "cell", "cut", "copy", "add"]),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        st.sampled_from(CELLS),
    ),
    min_size=1,
    max_size=2,
)
JOINED = '''"""SELECT $this ?value WHERE {
    $this sse:start ?day .
    { ?value sse:partner $this . FILTER NOT EXISTS { ?value sse:code "C3" } }
    UNION
    { ?value sse:partner ?other . ?other sse:partner $this }
    OPTIONAL { ?value sse:end ?end }
    FILTER (BOUND(?end) && STR(?end) < STR(?day) && ?value != $this) }"""'''
APART = '''"""SELECT $this ?value WHERE {
    $this sse:partner ?a . { $this sse:women ?value OPTIONAL { ?a sse:code "C3" } } }"""'''


def asked(folder: Path, query: str) -> Path:
    """A small register with a shape that asks a query."""
    make(16 * 15, folder, mistakes=False)
    shapes = folder / "shapes" / "shapes.ttl"
    shapes.write_text(shapes.read_text("utf-8") + SHAPE.format(query=query), encoding="utf-8")
    return folder


@settings(max_examples=50)
@given(query=QUERIES, edits=EDITS)
def test_random_queries(
    tmp_path_factory: pytest.TempPathFactory, query: str, edits: list[tuple[str, int, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("asked")
    trial = Trial(asked(folder / "register", f'"""{query}"""'), folder)
    apply(trial.root / "data" / "organisations.csv", edits)
    trial.check()


def replaced(table: Path, old: str, new: str) -> None:
    text = table.read_text("utf-8")
    assert old in text
    table.write_text(text.replace(old, new), encoding="utf-8")


def test_a_union_ties_what_each_of_its_branches_does(tmp_path: Path) -> None:
    register = asked(tmp_path / "register", JOINED)
    replaced(register / "data" / "organisations.csv", "1960-05-01,1961", "1960-05-01,1999")
    trial = Trial(register, tmp_path)
    table = trial.root / "data" / "organisations.csv"
    before = trial.check()
    # 0 leads to 1, and that to 8, which began when 0 had ended.
    replaced(table, "1960-05-01,1999", "1960-05-01,1961")
    after = trial.check()
    replaced(table, "1960-05-01,1961", "1960-05-01,1999")
    replaced(table, "1968-05-09,1977", "2001-05-09,1977")
    again = trial.check()
    assert trial.alone == 3
    assert len(before.findings) < len(after.findings)
    assert len(before.findings) < len(again.findings)


def test_an_optional_in_a_group_knows_only_what_is_in_the_group(tmp_path: Path) -> None:
    trial = Trial(asked(tmp_path / "register", APART), tmp_path)
    replaced(trial.root / "data" / "organisations.csv", ",C3,", ",C300,")
    trial.check()
    assert trial.alone == 0
