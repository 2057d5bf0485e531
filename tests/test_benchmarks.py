"""The tables of docs/benchmarks.md: each command runs and finds what it has to, and the page has all of them."""

from pathlib import Path

import pytest
from benchmarks import growth
from benchmarks.measuring import Measured, measure

from tests.conftest import ROOT


def test_each_command_of_ssekg_runs_on_little_data_and_finds_what_it_has_to(tmp_path: Path) -> None:
    found = {}
    for work in growth.works(3_000, tmp_path):
        program, command = next(iter(work.commands.items()))
        one = measure(command, 60)
        assert not one.is_stopped
        assert work.findings in {None, one.findings}, work.title
        assert one.megabytes > 1
        found[work.title] = {program: {3_000: one}}
    text = growth.tables(found, 60)
    assert all(f"### {title}\n" in text for title in found)


def test_a_program_that_takes_too_long_is_ended_with_what_it_started() -> None:
    one = measure(("sh", "-c", "sleep 100 & sleep 100"), 0.2)
    assert one.is_stopped
    text = growth.tables({"Sleep": {"sh": {10_000: one, 100_000: None}}}, 0.2)
    assert "| 10 000 | sh | more than 0 s |" in text
    assert "| 100 000 | sh | more than 0 s, not started |" in text


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="my words"):
        measure(("sh", "-c", "echo my words >&2; exit 2"), 10)


def test_growth_is_against_the_size_before() -> None:
    of_program = {10_000: Measured(2, 50, 0), 100_000: Measured(9, 75, 0)}
    assert "| 100 000 | x | 9.0 s | × 4.5 | 75 MB | × 1.5 |" in growth.tables({"Work": {"x": of_program}}, 60)


def test_the_page_has_every_size_and_column() -> None:
    page = (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")
    block = page.partition("<!-- benchmarks/growth.py -->")[2].partition("<!-- end -->")[0]
    parts = block.split("\n### ")[1:]
    assert len(parts) == 8
    for part in parts:
        assert f"| {' | '.join(growth.COLUMNS)} |" in part
        for triples in growth.sizes(growth.LARGEST):
            assert f"| {triples:,} | ssekg".replace(",", " ") in part
