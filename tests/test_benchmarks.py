"""The tables of docs/benchmarks.md: each command runs and finds what it has to, and the page has all of them."""

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from benchmarks import growth, revisions
from benchmarks.docs_block import block_of
from benchmarks.dumps import SUFFIXES
from benchmarks.measuring import Measured, measure
from benchmarks.pushing import GRAPH, commands, make_release
from benchmarks.revisions import Case
from benchmarks.works import PARTS, Part, Work

from ssekg.push.pushing import Release
from ssekg.push.store import Store
from tests.queries.virtuoso import require_virtuoso, running_virtuoso

BLOCK: Final = block_of("benchmarks.md", "growth.py")


@pytest.mark.parametrize("part", PARTS)
def test_each_command_of_ssekg_runs_on_little_data_and_finds_what_it_has_to(tmp_path: Path, part: str) -> None:
    if part == "push":
        require_virtuoso()
    for work in PARTS[part].works(3_000, tmp_path):
        program, command = next(iter(work.commands.items()))
        one = measure(command, 60)
        assert program.startswith("ssekg")
        assert not one.is_stopped
        assert work.findings in {None, one.findings}, work.title
        assert one.megabytes > 1
        assert work.title in growth.sections_of(BLOCK)[1]


def test_what_is_pushed_is_what_others_load(tmp_path: Path) -> None:
    with running_virtuoso(tmp_path) as server:
        release = make_release(1_000, tmp_path / "release")
        for command in commands(server, release).values():
            measure(command, 60)
        store = Store(server.address, server.address)
        sizes = {name: store.count(f"{GRAPH}/{name}") for name in ("ssekg", "loader", "curl")}
    triples = len({quad.triple for quad in ox.parse(path=release)})
    # A push brings the vocabulary as well.
    assert sizes == {"ssekg": Release.read(release.parent, GRAPH).count, "loader": triples, "curl": triples}
    assert 900 < triples < sizes["ssekg"] < triples + 50


def test_rdflib_writes_what_is_published(tmp_path: Path) -> None:
    (work,) = PARTS["publish"].works(1_000, tmp_path)
    measure(work.commands["rdflib, dumps only"], 60)
    written = tmp_path / "rdflib"
    expected = {quad.triple for quad in ox.parse(path=tmp_path / "data-1000.nt")}
    for suffix, form in SUFFIXES.items():
        plain = (written / f"dump{suffix}").read_bytes()
        assert {quad.triple for quad in ox.parse(plain, format=form)} == expected
        assert gzip.decompress((written / f"dump{suffix}.gz").read_bytes()) == plain


def test_the_same_changes_are_told_of(tmp_path: Path) -> None:
    (work,) = PARTS["diff"].works(5_000, tmp_path)
    told = {
        program: subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        for program, command in work.commands.items()
    }
    assert [each.count("organisation/300") for each in told.values()] == [1, 2, 2]
    assert told["sort, comm"].count('"active"') == told["rdflib"].count('"active"') == 3


def test_a_program_that_takes_too_long_is_ended_with_what_it_started() -> None:
    one = measure(("sh", "-c", "sleep 100 & sleep 100"), 0.2)
    assert one.is_stopped
    text = growth.tables({"Sleep": {"sh": {10_000: one, 100_000: None}}}, 0.2)["Sleep"]
    assert "| 10 000 | sh | more than 0 s |" in text
    assert "| 100 000 | sh | more than 0 s, not started |" in text


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="my words"):
        measure(("sh", "-c", "echo my words >&2; exit 2"), 10)


def test_revisions_are_compared_each_with_its_own_code(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for each in (old, new):
        revisions.take_out("HEAD", each)
    cells = revisions.row("help", Case(("--help",), 1), old, new).strip("| ").split(" | ")
    assert len(cells) == len(revisions.COLUMNS)
    assert float(cells[3]) > 0
    (new / "src/ssekg/__init__.py").write_text("raise SystemExit('my words')\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="my words"):
        revisions.row("help", Case(("--help",), 1), old, new)


def test_growth_is_against_the_size_before() -> None:
    of_program: growth.Sizes = {10_000: Measured(2, 50, 0), 100_000: Measured(9, 75, 0)}
    assert "| 100 000 | x | 9.0 s | × 4.5 | 75 MB | × 1.5 |" in growth.tables({"Work": {"x": of_program}}, 60)["Work"]


def test_what_no_program_can_do_in_time_is_not_made_ready() -> None:
    made = []

    def works(triples: int, _: Path) -> Iterator[Work]:
        made.append(triples)
        yield Work("Sleep", {"sh": ("sh", "-c", "sleep 100")})

    found = growth.measured(Part(works), 1_000_000, 0.2, lambda _: None)
    assert made == [10_000]
    assert [*found["Sleep"]["sh"]] == [10_000, 100_000, 1_000_000]
    assert found["Sleep"]["sh"][1_000_000] is None


def test_parts_measured_apart_take_the_place_of_their_tables_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def works(command: str) -> Part:
        return Part(lambda *_: iter([Work(f"Work by {command}", {"sh": ("sh", "-c", command)})]))

    page = tmp_path / "benchmarks.md"
    text = f"Before\n\n<!-- benchmarks/growth.py -->\n\n{BLOCK}\n\n<!-- end -->\n\nAfter\n"
    page.write_text(text, encoding="utf-8")
    monkeypatch.setattr("benchmarks.docs_block.DOCS", tmp_path)
    monkeypatch.setattr(growth, "PARTS", {"good": works("true"), "bad": works("echo my words >&2; exit 2")})
    assert growth.main(["10000", "bad"]) == 1
    assert "my words" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == text
    # Where a part failed, the tables that are there are not those of one run.
    assert growth.main(["10000"]) == 1
    head, sections = growth.sections_of(block_of("benchmarks.md", "growth.py"))
    added = sections.pop("Work by true")
    assert added.startswith(growth.APART)
    assert "| 10 000 | sh | 0." in added
    assert (head, sections) == growth.sections_of(BLOCK)
    assert growth.main(["good"]) == 0


def test_the_page_has_every_size_and_column() -> None:
    sections = growth.sections_of(BLOCK)[1]
    assert len(sections) == 12
    for section in sections.values():
        assert f"| {' | '.join(growth.COLUMNS)} |" in section
        # What was measured apart may have been measured with less.
        for triples in growth.sizes(100_000 if section.startswith(growth.APART) else growth.LARGEST):
            assert f"| {triples:,} | ssekg".replace(",", " ") in section
