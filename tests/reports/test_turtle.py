"""The SHACL report in Turtle: what the engines found, the same bytes from both, and what the standard asks for."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Report, Severity, is_shacl
from ssekg.base.language import LANGUAGES
from ssekg.base.namespaces import SH
from ssekg.base.terms import PathExpression
from ssekg.checks.loose import check_with_shapes
from ssekg.reports.turtle import turtle_report
from tests.graphs import canonical
from tests.reports.conftest import only


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]


def objects(turtle: str, name: str) -> list[str]:
    return sorted(str(triple.object) for triple in triples(turtle) if triple.predicate.value == SH + name)


def without_messages(found: Iterable[ox.Triple]) -> list[str]:
    return canonical(triple for triple in found if triple.predicate.value != SH + "resultMessage")


def test_it_says_what_the_engine_said(report: Report) -> None:
    turtle = turtle_report(report, report.findings, shacl_only=True)
    said = [quad.triple for quad in ox.parse(report.shacl, ox.RdfFormat.N_TRIPLES)]
    assert canonical(triples(turtle)) == canonical(said)
    assert turtle.startswith("@prefix sh: <http://www.w3.org/ns/shacl#> .\n")
    assert "sh:resultPath ( <http://example.org/part> [ sh:inversePath <http://example.org/owner> ] )" in turtle
    assert '"الاسم من حرف إلى ستة أحرف."@ar' in turtle


def test_both_engines_give_one_report(report: Report, files: tuple[Path, Path]) -> None:
    reference = check_with_shapes(files[:1], files[1:], "pyshacl")
    fast, slow = (turtle_report(each, each.findings, shacl_only=True) for each in (report, reference))
    assert without_messages(triples(fast)) == without_messages(triples(slow))
    again = check_with_shapes(files[:1], files[1:], "pyshacl")
    assert turtle_report(again, again.findings, shacl_only=True) == slow


def test_labels_of_blank_nodes_make_no_difference() -> None:
    def written(first: str, second: str) -> str:
        results = "".join(
            f"_:r <{SH}result> _:{node}r .\n_:{node}r <{SH}focusNode> _:{node} .\n_:{node}r <{SH}value> {value} .\n"
            for node, value in ((first, '"1"'), (second, '"2"'))
        )
        shacl = f'_:r <{SH}conforms> "false" .\n{results}'.encode()
        return turtle_report(Report((), shacl=shacl), (), shacl_only=True)

    assert written("a", "b") == written("z", "y")
    assert '_:b1 ;\n    sh:value "1"' in written("z", "y")


def test_conforms_is_the_standards(report: Report) -> None:
    """Any result at all, even an info that is not shown, is no conformance (SHACL 3.6.1)."""
    infos = only(report, "shacl-min-count")
    assert {finding.severity for finding in infos} >= {Severity.INFO}
    assert objects(turtle_report(report, (), shacl_only=True), "conforms") == [
        '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    ]
    fine = turtle_report(Report(()), (), shacl_only=True)
    assert len(triples(fine)) == 2
    assert "sh:conforms true" in fine


def test_only_the_findings_that_are_to_be_shown(report: Report) -> None:
    one = only(report, "shacl-datatype")
    turtle = turtle_report(report, one, shacl_only=True)
    assert objects(turtle, "sourceConstraintComponent") == [f"<{SH}DatatypeConstraintComponent>"]
    assert objects(turtle, "value") == ['"many"']


def test_tag_that_an_engine_lost_is_found_again(report: Report) -> None:
    untagged = re.sub(rb'("@)(ar|fr|en) \.', b'" .', report.shacl)
    assert untagged != report.shacl
    turtle = turtle_report(replace(report, shacl=untagged), report.findings, shacl_only=True)
    assert turtle == turtle_report(report, report.findings, shacl_only=True)


def test_what_is_beyond_shacl_is_told_in_three_languages_or_left_out(project_report: Report) -> None:
    date = only(project_report, "table-date")
    turtle = turtle_report(project_report, date)
    assert objects(turtle, "focusNode") == ['"data/events.csv:35:211 (Q35)"']
    assert objects(turtle, "resultSeverity") == [f"<{SH}Violation>"]
    assert objects(turtle, "sourceConstraintComponent") == ["<https://w3id.org/ssekg/findings#table-date>"]
    messages = objects(turtle, "resultMessage")
    assert sorted(message.rsplit("@", 1)[1] for message in messages) == sorted(LANGUAGES)
    assert all("2022-10-34" in message for message in messages)
    assert "table-date" not in turtle_report(project_report, date, shacl_only=True)


def test_finding_beyond_shacl_keeps_its_terms() -> None:
    arguments, predicate = {"column": "c"}, ox.NamedNode("x:p")
    literal = ox.Literal("1", datatype=ox.NamedNode("x:d"))
    finding = Finding("table-required", Severity.INFO, None, arguments, {}, ox.NamedNode("x:a"), predicate, literal)
    path, place = PathExpression("/", (predicate, ox.NamedNode("x:q"))), Place("a.ttl", 2, 3)
    odd = Finding("table-required", Severity.INFO, place, arguments, {}, ox.BlankNode("b"), path, ox.BlankNode("c"))
    turtle = turtle_report(Report((finding, odd)), (finding, odd))
    assert objects(turtle, "focusNode") == ['"a.ttl:2:3"', "<x:a>"]
    assert objects(turtle, "resultPath") == ["<x:p>"]
    assert objects(turtle, "value") == ['"1"^^<x:d>']


def test_every_result_of_the_project_is_there(project_report: Report) -> None:
    turtle = turtle_report(project_report, project_report.findings)
    shacl = {(f.code, f.focus, f.path, f.value, f.shape) for f in project_report.findings if is_shacl(f)}
    others = [finding for finding in project_report.findings if not is_shacl(finding)]
    assert others
    assert len(objects(turtle, "result")) == len(shacl) + len(others)


def test_a_path_that_two_ways_of_judging_bring_is_written_once() -> None:
    path = f"_:p <{SH}oneOrMorePath> <http://example.org/part> .\n"
    result = f"_:r <{SH}result> _:a .\n_:a <{SH}resultPath> _:p .\n{path}{path}"
    report = Report((), shacl=f'_:r <{SH}conforms> "false" .\n{result}'.encode())
    assert turtle_report(report, (), shacl_only=True).count("oneOrMorePath") == 1
