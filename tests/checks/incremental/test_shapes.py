"""Shapes whose results depend on more than what a focus node states: --since finds what a full run finds."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.edited_register import make

from tests.checks.incremental.test_recheck import KINDS, Trial

ROWS = 18
MOST = "sh:property [ sh:path sse:women ; sh:maxInclusive 2 ] ."
TO_WOMEN = (
    ":T a sh:NodeShape ; sh:targetClass sse:Organisation ; sh:property [ sh:path ( sse:partner sse:women ) ; {} ] ."
)
ASKED = """:T a sh:NodeShape ; sh:targetClass sse:Organisation ; sh:sparql [ sh:prefixes <https://example.org/shapes> ;
    sh:select '{}' ] ."""
BACK = "[ sh:inversePath sse:within ]"
FAR = "/".join(["sse:partner"] * 5)
Table = list[dict[str, str]]
Edit = Callable[[Table], object]


def cell(row: int, name: str, value: str) -> Edit:
    return lambda rows: rows[row].update({name: value})


def copied(row: int) -> Edit:
    return lambda rows: rows.append(rows[row])


def edited(root: Path, *edits: Edit, table: str = "organisations") -> None:
    path = root / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    header = [*rows[0]]
    for edit in edits:
        edit(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    """A register in which each organisation leads to the next one."""
    root = tmp_path / "chain"
    make(ROWS * 15, root, mistakes=False)
    each = [edit for i in range(ROWS) for edit in (cell(i, "partners", str(i + 1)), cell(i, "women", str(i % 4)))]
    edited(root, *each)
    return root


def with_shapes(root: Path, shapes: str) -> Path:
    path = root / "shapes" / "shapes.ttl"
    path.write_text(f"{path.read_text('utf-8')}\n{shapes}\n", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("shapes", "edit", "alone"),
    [
        pytest.param(
            f":T a sh:NodeShape ; sh:targetObjectsOf sse:partner ; {MOST}", cell(4, "women", "9"), 1, id="object"
        ),
        pytest.param(
            f":T a sh:NodeShape ; sh:targetObjectsOf sse:partner ; {MOST}",
            cell(3, "members", "7"),
            1,
            id="object stays",
        ),
        pytest.param(
            ":T a sh:NodeShape ; sh:targetObjectsOf sse:women ; sh:maxInclusive 3 .",
            cell(4, "women", "7"),
            0,
            id="literal",
        ),
        pytest.param(
            ASKED.format(
                f"SELECT $this ?value WHERE {{ ?b sse:partner $this . ?b {FAR} ?value . ?value sse:women 2 }}"
            ),
            cell(10, "women", "0"),
            1,
            id="long path",
        ),
        pytest.param(
            ASKED.format(
                "SELECT $this (EXISTS { ?z sse:partner $this . ?z sse:women 2 } AS ?value) WHERE { $this a ?w }"
            ),
            cell(3, "women", "2"),
            0,
            id="EXISTS that is projected",
        ),
        pytest.param(TO_WOMEN.format("sh:maxInclusive 2"), copied(3), 1, id="place at the end of a path"),
        pytest.param(TO_WOMEN.format("sh:minCount 2"), copied(3), 1, id="places on a path"),
        pytest.param(
            f":T a sh:NodeShape ; sh:targetClass sse:Region ; sh:property [ sh:path {BACK} ; {MOST[:-1]} ] .",
            cell(3, "region", "4"),
            0,
            id="property of a property",
        ),
    ],
)
def test_shapes(chain: Path, tmp_path: Path, shapes: str, edit: Edit, alone: int) -> None:
    trial = Trial(with_shapes(chain, shapes), tmp_path / "trial")
    edited(trial.root, edit)
    trial.check()
    assert trial.alone == alone


def test_turtle_that_repeats_a_row_is_one_more_place(chain: Path, tmp_path: Path) -> None:
    more = chain / "data" / "more.ttl"
    more.write_text("<organisation/9> <https://w3id.org/ssekg/ontology#status> 'closed' .\n", encoding="utf-8")
    trial = Trial(with_shapes(chain, TO_WOMEN.format("sh:maxInclusive 0")), tmp_path / "trial")
    more = trial.root / "data" / "more.ttl"
    again = "<organisation/9> <https://w3id.org/ssekg/ontology#women> 1 .\n"
    more.write_text(more.read_text("utf-8") + again, encoding="utf-8")
    found = trial.check().findings
    assert trial.alone == 1
    assert any(place.file == "data/more.ttl" for each in found for place in each.others)


def test_a_column_of_which_shacl_reports_every_other_cell(chain: Path, tmp_path: Path) -> None:
    terms = chain / "ontology" / "terms.ttl"
    declared = "#status> a <http://www.w3.org/2002/07/owl#{}Property>"
    text = terms.read_text("utf-8")
    assert declared.format("Datatype") in text
    terms.write_text(text.replace(declared.format("Datatype"), declared.format("Object")), encoding="utf-8")
    edited(chain, *(cell(i, "status", "open") for i in range(ROWS) if i != 10))
    trial = Trial(chain, tmp_path / "trial")
    assert "ontology-literal-for-link" in {each.code for each in trial.check().findings}
    edited(trial.root, cell(10, "status", "open"))
    assert "ontology-literal-for-link" not in {each.code for each in trial.check().findings}


def test_circles_of_codes_that_move(chain: Path, tmp_path: Path) -> None:
    (chain / "data" / "kinds.csv").write_text("id,name,broader\n1,a,3\n2,b,1\n3,c,2\n4,d,\n", encoding="utf-8")
    (chain / "data" / "kinds.csv-metadata.json").write_text(KINDS, encoding="utf-8")
    trial = Trial(chain, tmp_path / "trial")
    edited(trial.root, lambda rows: rows.insert(0, rows.pop()), table="kinds")
    assert [each.place and each.place.line for each in trial.check().findings if each.code == "concept-cycle"] == [
        3,
        4,
        5,
    ]


def test_what_links_to_nowhere_follow_from(chain: Path, tmp_path: Path) -> None:
    edited(chain, cell(3, "id", "99"), table="regions")
    trial = Trial(chain, tmp_path / "trial")
    edited(trial.root, cell(1, "id", "1 "), table="regions")
    assert any(each.cause is not None for each in trial.check().findings)
