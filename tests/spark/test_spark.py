"""Spark gives what the data give when they are held at once: the same findings, places and order."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Report
from ssekg.checks.cluster import dump_on_cluster
from ssekg.checks.large import Limits
from ssekg.checks.loose import check_with_shapes
from ssekg.reports.text import text_report
from ssekg.reports.turtle import turtle_report
from ssekg.shacl.chunks.division import divided
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.ntriples import lines
from ssekg.shacl.references import References
from ssekg.shacl.routes import slow_shapes
from tests.shacl.random_shapes import Example, examples
from tests.shacl.shacl_cases import DATA, PREFIXES
from tests.shacl.test_chunks import AT_ONCE, FORMS, ORGANISATIONS, SHAPE, TEXTS, asking, told, written
from tests.shacl.test_parity import CASES, X, parsed

pytestmark = [pytest.mark.usefixtures("spark"), pytest.mark.filterwarnings("ignore")]
# Some three groups, so that most nodes are in another than those that lead to them.
IN_GROUPS: Final = Limits(part_size=700)


def compare(files: Iterable[Path], shapes: Path, limits: Limits = IN_GROUPS) -> Report:
    """The report of Spark, which is that on the data held at once."""
    files = [*files]
    at_once = check_with_shapes(files, [shapes], limits=AT_ONCE)
    report = check_with_shapes(files, [shapes], "spark", limits)
    assert told(report) == told(at_once)
    assert report.triples == at_once.triples
    assert turtle_report(report, report.findings, shacl_only=True) == turtle_report(
        at_once, at_once.findings, shacl_only=True
    )
    assert shown(report) == shown(at_once)
    return report


def shown(report: Report) -> str:
    """The findings as people read them; lines that end as long ago are not shown from what is held at once."""
    findings = [each for each in told(report) if each.place is None or "long ago" not in each.place.file]
    return text_report(replace(report, seconds=0.0), tuple(findings), "en")


def apart(shapes: Iterable[str]) -> str:
    """Several sets of shapes as one, each with names of its own."""
    return "\n".join(re.sub(r"\bx:([ISPT]\d*)\b", rf"x:\1of{n}", each) for n, each in enumerate(shapes))


def judged_in_groups(shapes: str) -> bool:
    """Whether nothing of some shapes is left to pyshacl, which judges at once in any case."""
    references = References(parsed(shapes))
    return not slow_shapes(references, b"") and not SparqlConstraints(references).refused


def test_every_component_gives_the_same(tmp_path: Path) -> None:
    cases = [case for case in CASES.values() if judged_in_groups(case.shapes)]
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + apart(case.shapes for case in cases))
    report = compare([written(tmp_path, "data.nt", lines(parsed(DATA)))], shapes)
    assert len(told(report)) == sum(case.results for case in cases)


def test_every_form_of_query_gives_the_same(tmp_path: Path) -> None:
    forms = apart(filter(judged_in_groups, map(asking, FORMS)))
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + forms)
    named: set[object] = set()
    limits = replace(IN_GROUPS, at_once=lambda shapes, _triples: named.update(shapes))
    compare([written(tmp_path, "data.nt", lines(parsed(DATA)))], shapes, limits)
    at_once = divided(parsed(forms)).whole
    assert named == References(at_once).roots
    assert 5 < len(named) < len(FORMS)


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(several=st.lists(examples(), min_size=6, max_size=6), chance=st.randoms(use_true_random=False))
def test_any_shapes_give_the_same(tmp_path: Path, several: list[Example], chance: Random) -> None:
    usable = [each.shapes for each in several if judged_in_groups(each.shapes)]
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + apart(usable or [SHAPE]))
    data = [line for each in several for line in lines(parsed(each.data)).splitlines(keepends=True)]
    chance.shuffle(data)
    cut = chance.randrange(len(data))
    files = [written(tmp_path, f"{n}.nt", b"".join(part)) for n, part in enumerate((data[:cut], data[cut:]))]
    compare(files, shapes)


def test_any_text_is_read_as_it_is_at_once(tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    files = [written(tmp_path, f"{number}, {name}.nt", text) for number, (name, text) in enumerate(TEXTS.items())]
    quads = ORGANISATIONS.replace(f"<{X}r> .", f"<{X}r> <{X}graph> .")
    report = compare([*files, written(tmp_path, "[ab]*é%20.nq", quads)], shapes)
    assert {"syntax-error", "syntax-empty", "text-bidi-control"} < {finding.code for finding in report.findings}


def found(report: Report) -> list[tuple[str, str, str]]:
    """What shapes find, wherever it is written."""
    return sorted((each.code, str(each.focus), str(each.value)) for each in told(report) if each.shape)


def test_what_spark_writes_it_reads(tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    data = ORGANISATIONS.replace(f"<{X}b>", "_:b")
    source = written(tmp_path, "data.nt", data + data)
    report = check_with_shapes([source], [shapes])
    for name in ("triples.parquet", "triples.nt"):
        wrong = dump_on_cluster([source], tmp_path / name, Limits(part_size=400))
        assert {finding.code for finding in wrong} == {"text-bidi-control"}
        again = check_with_shapes([tmp_path / name], [shapes], "spark", IN_GROUPS)
        assert len([*(tmp_path / name).glob("part-*")]) > 1
        if name.endswith(".nt"):
            parts = [{line.split()[0] for line in part.open()} for part in (tmp_path / name).glob("part-*")]
            assert sum(map(len, parts)) == len(set().union(*parts)), "a subject is in one part"
        assert again.triples == report.triples
        assert found(again) == found(report)
        lines_of = {finding.place.line for finding in again.findings if finding.place}
        assert lines_of <= {*range(1, report.triples + 1)}, "a line is the number of a row in all parts together"
    with pytest.raises(CannotRunError, match="exists already"):
        dump_on_cluster([source], tmp_path / "triples.nt", Limits())


def test_a_mistake_in_a_short_part_of_a_folder_is_told_at_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "data.nt"
    folder.mkdir()
    wrong = written(folder, "part-1.nt", f"<{X}a> <{X}b> <{X}c> .\n<{X}a> <{X}b> c .\n")
    written(folder, "part-2.nt", "".join(f"<{X}a{n}> <{X}b> <{X}c> .\n" for n in range(200)))
    report = check_with_shapes([folder], [written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)], "spark", IN_GROUPS)
    (found,) = [each for each in report.findings if each.code == "syntax-error"]
    assert (found.place and found.place.line) == len(wrong.read_text().splitlines())


def test_what_spark_can_not_read_is_named(tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    with pytest.raises(CannotRunError, match=r"data\.ttl in parts"):
        check_with_shapes([written(tmp_path, "data.ttl", DATA)], [shapes], "spark")
    with pytest.raises(CannotRunError, match="Spark ended with an error"):
        check_with_shapes([written(tmp_path, "data.parquet", "no table")], [shapes], "spark")
    pq.write_table(pa.table({"name": ["a"]}), tmp_path / "names.parquet")
    with pytest.raises(CannotRunError, match="found: name"):
        check_with_shapes([tmp_path / "names.parquet"], [shapes], "spark")
