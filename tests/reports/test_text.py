"""The report for people: what stands under what, in lines of any direction and length, and few words for many."""

import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from ssekg.base.findings import Cause, Finding, Place, Report, Severity
from ssekg.base.language import LANGUAGES
from ssekg.base.order import reported
from ssekg.reports.excerpt import Lines
from ssekg.reports.text import WIDTH, text_report
from tests.reports.conftest import only

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"


def shown(line: str, start: int, end: int, **options: bool) -> list[str]:
    """The lines of the report on characters `start` to `end` (from 1, the end left out) of a one-line file."""
    finding = Finding(
        "table-required", Severity.VIOLATION, Place("a.csv", 1, start, 1, end), {"column": "c", "purpose": ""}
    )
    report = Report((finding,), texts={"a.csv": line + "\r\nlast"})
    return text_report(report, report.findings, "en", **options).splitlines()


def test_block_of_a_finding(project_report: Report) -> None:
    finding = only(project_report, "table-date")
    head, source, caret, message, advice, *_ = text_report(project_report, finding, "en").splitlines()
    assert head == "data/events.csv:35:211 (Q35): violation [table-date]"
    assert source.startswith("   35 | …")
    assert source[caret.index("^") : caret.rindex("^") + 1] == "2022-10-34"
    assert caret.strip(" |^") == ""
    assert message == "  “2022-10-34” is not a valid date (column “end”)."
    assert advice.startswith("  → Write 2023")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_finding_is_there(project_report: Report, report: Report, language: str) -> None:
    for each in (project_report, report):
        written = text_report(each, each.findings, language, infos=True)
        for code in {finding.code for finding in each.findings}:
            assert f"[{code}]" in written
        assert written.count("\n\n\n") == 0
    assert ("←" if language == "ar" else "→") in written


def test_caret_stands_under_the_term_where_characters_are_wide_or_take_no_room() -> None:
    for before in ("", "abc,", "日本,", "e\u0301te\u0301,", "\t,", "𝔸𝔹,", "\x1b[31m,"):
        _, source, caret, *_ = shown(f"{before}wrong,x", len(before) + 1, len(before) + 6)
        assert cell_len(source[: source.index("wrong")]) == cell_len(caret[: caret.index("^")])
        assert caret.count("^") == 5
        assert "\x1b" not in source


def test_place_between_two_characters_gets_one_caret() -> None:
    _, source, caret, *_ = shown("a,,c", 3, 3)
    assert source.index(",c") == caret.index("^")
    assert caret.count("^") == 1
    assert shown("a,", 3, 3)[2].index("^") == len("    1 | a,")
    assert shown("", 1, 1)[2].endswith("| ^")


def test_line_that_runs_both_ways_is_isolated_and_its_term_quoted() -> None:
    _, source, below, *_ = shown("فاس,oriantal,x", 5, 13)
    assert source == f"    1 | {LRI}فاس,oriantal,x{PDI}"
    assert below == f"      ^ {FSI}oriantal{PDI}"
    _, source, below, *_ = shown("x,مكناس,y", 3, 8)
    assert source.startswith(f"    1 | {LRI}")
    assert below == f"      ^ {FSI}مكناس{PDI}"
    _, source, below, *_ = shown("oriantal,فاس", 1, 9)
    assert below == "      | ^^^^^^^^", "nothing before the term runs the other way: the caret is right"
    assert source == f"    1 | {LRI}oriantal,فاس{PDI}"


def test_characters_that_hide_text_are_seen() -> None:
    _, source, *_ = shown("a\u202egnorw\u2069\ufeff\u200f,x", 2, 10)
    assert "a<U+202E>gnorw<U+2069><U+FEFF><U+200F>,x" in source
    assert "\u202e" not in source


def test_message_can_not_steer_the_terminal() -> None:
    finding = Finding(
        "table-required",
        Severity.VIOLATION,
        Place("\x1b]0;a\nb.csv", 1, 1),
        {"column": "\x1b[2J\u202e\nnext", "purpose": ""},
    )
    written = text_report(Report((finding,)), (finding,), "en")
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", written)
    assert written.splitlines()[0].endswith("b.csv:1:1: violation [table-required]")
    assert written.splitlines()[2].startswith("  next")


@example("日" * 100, "x", "日" * 100, 41)
@example("a" * 100, "日" * 100, "", 40)
@given(
    st.text("abc,\t é日فا\u0301\u202e", max_size=300),
    st.text("xyzم", max_size=150),
    st.text("abc,\t é日فا\u0301", max_size=300),
    st.integers(20, 120),
)
def test_long_line_is_cut_around_the_term(before: str, term: str, after: str, width: int) -> None:
    place = Place("a", 1, len(before) + 1, 1, len(before + term) + 1)
    excerpt = Lines({"a": before + term + after}).excerpt(place, width)
    assert excerpt
    assert cell_len(excerpt.before + excerpt.term + excerpt.after) <= width
    assert excerpt.term == term or (excerpt.term.endswith("…") and term.startswith(excerpt.term[:-1]))
    if cell_len(term) <= width * 2 // 3:
        assert excerpt.term == term
    whole = Lines({"a": before + term + after}).excerpt(place)
    assert whole
    assert whole.before.endswith(excerpt.before.removeprefix("…"))
    assert whole.after.startswith(excerpt.after.removesuffix("…"))


def test_lines_fit_the_width(project_report: Report) -> None:
    for width in (60, WIDTH, 200):
        written = text_report(project_report, project_report.findings, "en", width=width)
        sources = [line for line in written.splitlines() if re.match(r" *\d+ \| ", line)]
        assert sources
        assert max(cell_len(line) for line in sources) <= width


def test_term_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    finding = Finding("table-required", Severity.WARNING, Place("a", 1, 3, 2, 2), {"column": "c", "purpose": ""})
    written = text_report(Report((finding,), texts={"a": 'x "one\ntwo" y'}), (finding,), "en").splitlines()
    assert written[1:3] == ['    1 | x "one', "      |   ^^^^"]


def test_place_without_its_text_is_only_named() -> None:
    for place in (Place("a.csv", 9, 1), Place("b.csv", 1, 1), Place("a.csv", cell="places!B7"), Place("a.csv"), None):
        finding = Finding("table-required", Severity.WARNING, place, {"column": "c", "purpose": ""})
        written = text_report(Report((finding,), texts={"a.csv": "x"}), (finding,), "en").splitlines()
        assert written[0].endswith("warning [table-required]")
        assert written[1].startswith("  The column")
        if place and place.cell:
            assert written[0].startswith("a.csv:places!B7: ")


def many(count: int) -> Report:
    place = Place("a.csv", 1, 1, 1, 2)
    kinds = [("table-required", Severity.VIOLATION), ("table-datatype", Severity.WARNING)]
    arguments = {"column": "c", "value": "v", "expected": "p"}
    return Report(
        tuple(
            Finding(*kinds[number % 2], place, arguments, focus=ox.NamedNode(f"x:{number}")) for number in range(count)
        ),
        texts={"a.csv": "x,y"},
    )


def test_many_findings_are_folded_and_counted() -> None:
    report = many(2000)
    written = text_report(report, report.findings, "en")
    assert written.count("violation [table-required]\n   ") == 50
    assert "… and 950 more like these" in written
    assert "… and 980 more like these" in written
    assert "  1000 × violation [table-required]\n  1000 × warning [table-datatype]\n" in written
    assert len(text_report(report, report.findings, "en", unfolded=True).splitlines()) > 10_000
    few = text_report(report, report.findings[:3], "en")
    assert "1997 more" in few
    assert "  1000 × violation" in few


def test_infos_are_a_count_unless_they_are_asked_for() -> None:
    grave = Finding("table-required", Severity.VIOLATION, Place("a.csv", 1, 1), {"column": "c"})
    infos = tuple(Finding("shape-unused", Severity.INFO, None, {"shape": str(at), "terms": "x"}) for at in range(7))
    report = Report((grave, *infos))
    for language, count in {"ar": "عددها 7", "fr": "détaillées\xa0: 7", "en": "not listed: 7"}.items():
        written = text_report(report, report.findings, language)
        assert count in written
        assert "[shape-unused]" not in written
        assert "[table-required]" in written
    assert text_report(report, report.findings, "en", infos=True).count("info [shape-unused]\n  ") == 3
    assert text_report(report, report.findings, "en", unfolded=True).count("info [shape-unused]\n  ") == 7
    quiet = text_report(Report(infos), infos, "en")
    assert "ssekg explain" not in quiet, "there is no code of which more is to be learnt"


def test_what_follows_from_one_thing_is_folded_and_names_it() -> None:
    cause = Cause(Place("b.csv", 4, 1, cell="A4"), "table-datatype")
    arguments = {"value": "v", "column": "c", "table": "b.csv"}
    found = [Finding("table-dangling-link", Severity.VIOLATION, Place("a.csv", 9, 1), arguments)]
    found += [replace(found[0], place=Place("a.csv", line, 1), cause=cause) for line in range(1, 9)]
    report = Report(reported(found))
    written = text_report(report, report.findings, "en")
    assert written.startswith("a.csv:9:1: violation"), "what follows from something else comes last"
    assert written.count("Probably a consequence of b.csv:4:1 (A4) [table-datatype]: fix that first.") == 3
    assert "… and 5 more" in written


def test_colour_only_when_asked_for() -> None:
    plain = shown("a,wrong", 3, 8)
    coloured = shown("a,wrong", 3, 8, colour=True)
    assert not any("\x1b" in line for line in plain)
    assert "\x1b[1;31mviolation\x1b[0m" in coloured[0]
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == plain
