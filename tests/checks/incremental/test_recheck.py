"""What is found by checking only what has changed is what checking everything finds, to the letter."""

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.edited_register import make
from hypothesis import given, settings
from hypothesis import strategies as st

from ssekg.base.cache import Cache
from ssekg.base.findings import Report
from ssekg.base.said import Argument
from ssekg.checks import run
from ssekg.checks.incremental import recheck
from ssekg.checks.incremental.recheck import check_changes
from ssekg.project.settings import read_project
from ssekg.reports.formats import RenderOptions, rendered
from tests.conftest import SECOND

# What the register's shapes do not have: paths back, of several steps and of any length, and a class that is closed.
MORE = """
:Region a sh:NodeShape ; sh:targetClass sse:Region ; sh:property :members-of , :starts .
:members-of a sh:PropertyShape ; sh:path [ sh:inversePath sse:within ] ; sh:minCount 4 ; sh:maxCount 6 .
:starts a sh:PropertyShape ; sh:path ( [ sh:inversePath sse:within ] sse:start ) ; sh:maxCount 5 .
:Partner a sh:NodeShape ; sh:targetObjectsOf sse:partner ; sh:property :women-of , :any .
:women-of a sh:PropertyShape ; sh:path ( sse:partner sse:women ) ; sh:lessThanOrEquals sse:members ; sh:maxInclusive 3 .
:any a sh:PropertyShape ; sh:path [ sh:zeroOrMorePath sse:partner ] ; sh:maxCount 9 .
"""
# What reads anywhere: nothing but a filter ties one organisation to the other.
ANYWHERE = (
    """
:Anywhere a sh:NodeShape ; sh:targetClass sse:Organisation ; sh:sparql [ sh:prefixes <https://example.org/shapes> ;
    sh:select """
    '"""SELECT $this ?value WHERE { $this sse:women ?value . ?other sse:budget ?b FILTER (?b < ?value) }""" ] .\n'
)
KINDS = json.dumps(
    {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "kinds.csv",
        "tableSchema": {
            "aboutUrl": "kind/{id}",
            "primaryKey": "id",
            "columns": [
                {"name": "id", "titles": "id", "required": True, "suppressOutput": True},
                {"name": "name", "titles": "name", "propertyUrl": "skos:prefLabel", "lang": "en"},
                {"name": "broader", "titles": "broader", "propertyUrl": "skos:broader", "valueUrl": "kind/{broader}"},
                {"virtual": True, "propertyUrl": "rdf:type", "valueUrl": "skos:Concept"},
                {"virtual": True, "propertyUrl": "skos:inScheme", "valueUrl": "kinds"},
            ],
        },
    }
)
SAME_BUDGET = """
:Same a sh:NodeShape ; sh:targetClass sse:Organisation ; sh:sparql [ sh:prefixes <https://example.org/shapes> ;
    sh:select "SELECT $this ?value WHERE { $this sse:budget ?b . ?value sse:budget ?b FILTER (?value != $this) }" ] .
"""
CELLS = ["", "0", "7", "99", "C3", "active", "open", "2023-13", "1970-01-01", "3|4", "نص", "2.50", "1\n2"]
OPERATIONS = ["cell", "cell", "cell", "cell", "cell", "cut", "copy", "swap", "add"]
EDITS = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(CELLS)),
    min_size=1,
    max_size=3,
)


def silent(_code: str, _arguments: Mapping[str, Argument]) -> None:
    """Nobody wants to hear of the cache."""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small register with a mistake of each kind, a list of codes, Turtle, and shapes that look back and far."""
    folder = tmp_path_factory.mktemp("register") / "project"
    make(15 * 48, folder)
    shapes = folder / "shapes" / "shapes.ttl"
    shapes.write_text(shapes.read_text("utf-8") + MORE, encoding="utf-8")
    (folder / "data" / "more.ttl").write_text(
        "<organisation/3> <http://purl.org/dc/terms/source> <https://example.org/source/9> .\n"
        "<region/40> a <https://w3id.org/ssekg/ontology#Region> .\n",
        encoding="utf-8",
    )
    (folder / "data" / "kinds.csv").write_text("id,name,broader\n1,all,\n2,some,1\n3,few,2\n", encoding="utf-8")
    (folder / "data" / "kinds.csv-metadata.json").write_text(KINDS, encoding="utf-8")
    return folder


def apply(table: Path, edits: list[tuple[str, int, int, str]]) -> None:
    """Change a table: cells take other values of their column, or any; rows are cut, copied, swapped, added."""
    with table.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for operation, one, other, cell in edits:
        if len(rows) < 2:
            break
        row, at = rows[one % len(rows)], other % len(header)
        if operation == "cell":
            row[at] = cell if one % 3 else rows[other % len(rows)][at]
        elif operation == "cut":
            rows.remove(row)
        elif operation == "copy":
            rows.append([*row])
        elif operation == "swap":
            rows[one % len(rows)], rows[other % len(rows)] = rows[other % len(rows)], row
        else:
            rows.insert(other % len(rows), [f"{row[0]}-{other}", *row[1:]])
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


original: Any = vars(run)["_run"]


class Trial:
    """A copy of a project, and a cache; `alone` counts the changes that were checked by themselves."""

    def __init__(self, source: Path, folder: Path) -> None:
        """Copy the project, and check it once."""
        self.source = source
        self.root = Path(shutil.copytree(source, folder / "project"))
        self.cache = Cache(folder / "cache", silent)
        self.alone = 0
        self.check()

    def restore(self) -> None:
        """Have the project as it was."""
        shutil.rmtree(self.root)
        shutil.copytree(self.source, self.root)

    def check(self) -> Report:
        """Check what has changed; it must be what checking everything gives."""
        project = read_project(self.root)
        runs: list[object] = []

        def noted(*arguments: Any) -> Any:
            runs.append(arguments)
            return original(*arguments)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(run, "_run", noted)
            found = check_changes(project, self.cache)
        self.alone += not runs
        whole = run.run_checks(project).report if not runs else found
        assert found.findings == whole.findings
        assert (found.files, found.triples, found.texts) == (whole.files, whole.triples, whole.texts)
        options = RenderOptions("en")
        for form in ("turtle", "json"):
            texts = [rendered(form, replace(each, seconds=0.0), each.findings, options) for each in (found, whole)]
            assert texts[0] == texts[1]
        return found


@pytest.fixture(scope="module")
def trial(register: Path, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The register, checked once."""
    return Trial(register, tmp_path_factory.mktemp("trial"))


@settings(max_examples=25)
@given(edits=EDITS, name=st.sampled_from(["organisations"] * 5 + ["regions", "kinds"]))
def test_edits_of_a_register(trial: Trial, edits: list[tuple[str, int, int, str]], name: str) -> None:
    apply(trial.root / "data" / f"{name}.csv", edits)
    trial.check()
    trial.restore()


def test_most_edits_were_checked_by_themselves(trial: Trial) -> None:
    assert trial.alone > 5


@settings(max_examples=12)
@given(edits=EDITS, number=st.integers(0, 10**6))
def test_edits_of_another_project(littoral_trial: Trial, edits: list[tuple[str, int, int, str]], number: int) -> None:
    tables = sorted((littoral_trial.root / "data").glob("*.csv"))
    apply(tables[number % len(tables)], edits)
    littoral_trial.check()
    littoral_trial.restore()


@pytest.fixture(scope="module")
def littoral_trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The second project, checked once."""
    return Trial(SECOND, tmp_path_factory.mktemp("littoral"))


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def own(register: Path, tmp_path: Path) -> Trial:
    """The register for one test."""
    return Trial(register, tmp_path)


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_one_row_is_checked_by_itself(own: Trial) -> None:
    table = own.root / "data" / "organisations.csv"
    changed(table, "Cooperative 5,1965-05-06,1971-01-15,10,", "Cooperative 5,1965-05-06,1971-01-15,0,")
    found = own.check()
    assert own.alone == 1
    here = [each for each in found.findings if each.place is not None and each.place.line == 7]
    assert {each.code for each in here} == {"shacl-min-inclusive"}
    # A region is judged anew when an organisation leaves it, by its path back.
    changed(table, ",C6,6,active", ",C6,7,active")
    own.check()
    assert own.alone == 2


def test_shapes_that_read_anywhere(own: Trial) -> None:
    shapes = own.root / "shapes" / "shapes.ttl"
    shapes.write_text(shapes.read_text("utf-8") + ANYWHERE, encoding="utf-8")
    own.check()
    table = own.root / "data" / "organisations.csv"
    changed(table, ",C7,7,active", ",C7,7,open")  # of a thing of which that shape finds something
    own.check()
    assert own.alone == 0
    changed(table, ",C10,10,active", ",C10,10,open")  # of one of which it does not
    own.check()
    assert own.alone == 1
    changed(table, "15,0,10.00,C10", "15,3,10.00,C10")
    assert "shacl-sparql" in codes(own.check())
    assert own.alone == 1


def test_a_row_that_repeats_another_is_one_more_place(own: Trial, tmp_path: Path) -> None:
    table = own.root / "data" / "organisations.csv"
    changed(table, "Cooperative 5,1965-05-06,1971-01-15,10,", "Cooperative 5,1965-05-06,1971-01-15,0,")
    trial = Trial(own.root, tmp_path / "again")
    table = trial.root / "data" / "organisations.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join([*lines, lines[6]]), encoding="utf-8")
    (found,) = (each for each in trial.check().findings if each.code == "shacl-min-inclusive")
    assert trial.alone == 1
    assert [place.line for place in found.others] == [len(lines) + 1]


def test_lists_of_codes_are_looked_at_as_a_whole(own: Trial) -> None:
    table = own.root / "data" / "organisations.csv"
    changed(table, ",C7,7,active", ",C7,7,open")
    own.check()
    assert own.alone == 1
    changed(own.root / "data" / "kinds.csv", "3,few,", "3,hardly any,")
    own.check()
    assert own.alone == 2
    changed(own.root / "data" / "kinds.csv", "1,all,", "1,all,3")
    assert "concept-cycle" in codes(own.check())
    assert own.alone == 2


def test_values_that_a_store_writes_in_another_way(own: Trial) -> None:
    """`6.50` is `6.5` to a store: a query may find the one by the other."""
    shapes = own.root / "shapes" / "shapes.ttl"
    shapes.write_text(shapes.read_text("utf-8") + SAME_BUDGET, encoding="utf-8")
    table = own.root / "data" / "organisations.csv"
    changed(table, ",6.60,C6,", ",6.5,C6,")
    changed(table, ",7.70,C7,", ",7.5,C7,")
    same = len(own.check().findings)
    changed(table, ",7.5,C7,", ",6.5,C7,")
    assert len(own.check().findings) == same + 2
    assert own.alone == 1
    changed(table, ",6.5,C7,", ",6.50,C7,")
    own.check()
    assert own.alone == 1


def test_turtle_is_compared_too(own: Trial) -> None:
    turtle = own.root / "data" / "more.ttl"
    changed(turtle, "source/9", "source/8")
    own.check()
    turtle.write_text("\n\n" + turtle.read_text("utf-8"), encoding="utf-8")
    own.check()
    assert own.alone == 2
    changed(turtle, " .\n", " ;\n")
    assert "syntax-error" in codes(own.check())
    assert own.alone == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("shapes/shapes.ttl", "sh:minInclusive 1", "sh:minInclusive 7"),
        ("ontology/terms.ttl", "#members>", "#membres>"),
        ("data/organisations.csv-metadata.json", '"integer"', '"decimal"'),
        ("ssekg.toml", '"fr", "en"]', '"en"]'),
    ],
)
def test_what_concerns_everything(own: Trial, file: str, old: str, new: str) -> None:
    changed(own.root / file, old, new)
    own.check()
    assert own.alone == 0


def test_files_that_come_go_and_have_other_names(own: Trial) -> None:
    more = own.root / "data" / "more.ttl"
    more.rename(more.with_name("renamed.ttl"))
    own.check()
    (own.root / "data" / "notes.txt").write_text("?", encoding="utf-8")
    assert "file-unread" in codes(own.check())
    more.with_name("renamed.ttl").unlink()
    own.check()


@pytest.mark.parametrize("damage", ["cut", "pickle", "gone", "open", "index"])
def test_a_spoiled_cache_is_made_anew(own: Trial, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(own.root / "data" / "organisations.csv", ",C7,7,active", ",C7,7,open")
    (entry,) = own.cache.folder.glob("*.kept")
    kept = entry / "run"
    if damage == "cut":
        kept.write_bytes(kept.read_bytes()[:100])
    elif damage == "gone":
        kept.unlink()
    elif damage == "open":
        entry.chmod(0o777)
    elif damage == "index":
        (entry / "about").write_bytes(b"")
    else:  # whole, and of another version
        monkeypatch.setattr("ssekg.checks.incremental.baseline.own_content", lambda _: b"no pickle")
    assert "shacl-in" in codes(own.check())
    assert own.alone == 0


def test_nobody_writes_while_it_is_read(own: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is saved during a check makes it begin again."""
    table = own.root / "data" / "organisations.csv"
    changed(table, ",C7,7,active", ",C7,7,open")
    reading: Any = vars(recheck)["read_sources"]

    def saved_meanwhile(*arguments: Any, **options: Any) -> Any:
        sources = reading(*arguments, **options)
        monkeypatch.setattr(recheck, "read_sources", reading)
        changed(table, ",C8,8,active", ",C8,8,open")
        return sources

    monkeypatch.setattr(recheck, "read_sources", saved_meanwhile)
    found = own.check()
    assert len([each for each in found.findings if each.code == "shacl-in"]) == 2
