"""docs/project.md: its files make a project that is published, and what it says of terms is what the tool knows."""

import re
import shlex
from pathlib import Path
from typing import Final

from ssekg.project.setting_rules import IMPORT_KEYS, IMPORTS, PREFIXES, SECTIONS
from ssekg.project.settings import read_project
from tests.conftest import ROOT, Cli
from tests.evidence import EVIDENCE

PAGE: Final = (ROOT / "docs" / "project.md").read_text(encoding="utf-8")
COMMANDS: Final = re.findall(r"^ssekg .+$", PAGE, re.MULTILINE)


def test_its_files_make_a_project_without_findings(cli: Cli, wells: Path) -> None:
    assert len([path for path in wells.rglob("*") if path.is_file()]) == 6
    done = cli("--lang", "en", "validate", cwd=wells)
    assert done.returncode == 0, done.stdout
    assert "Violations: 0" not in done.stdout or "warnings: 0" in done.stdout.lower(), done.stdout


def test_its_commands_run(cli: Cli, wells: Path) -> None:
    assert len(COMMANDS) == 4
    answers = [cli("--lang", "en", *shlex.split(line)[1:], cwd=wells) for line in COMMANDS]
    assert [done.returncode for done in answers] == [0, 0, 0, 0], [done.stderr for done in answers]
    assert "Market well" in answers[1].stdout
    assert "School well" not in answers[1].stdout
    assert "depth in metres" in answers[2].stdout
    assert (wells / "public" / "tables" / "wells.csv").is_file()


def test_a_rule_is_told_in_its_own_words(cli: Cli, wells: Path) -> None:
    table = wells / "data" / "wells.csv"
    table.write_text(table.read_text("utf-8").replace("12.5", "-1"), encoding="utf-8")
    done = cli("--lang", "en", "validate", cwd=wells)
    assert done.returncode == 1
    assert "data/wells.csv:2" in done.stdout
    assert "A well has a depth above zero." in done.stdout


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_evidence_terms_are_listed() -> None:
    rows = [line.split("|")[1] for line in section("Evidence").splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == EVIDENCE


def test_the_annotations_are_those_that_the_tool_reads() -> None:
    source = (ROOT / "src/ssekg/project/vocabulary.py").read_text(encoding="utf-8")
    read = set(re.findall(r'TOOL \+ "(\w+)"', source))
    rows = [
        line.split("|")[1]
        for line in section("What the ontology says of its terms").splitlines()
        if line.startswith("| `")
    ]
    assert {name for row in rows for name in re.findall(r"tool:(\w+)", row)} == read


def test_every_setting_is_listed() -> None:
    listed = {word for code in re.findall(r"`([^`]+)`", section("Settings")) for word in re.findall(r"\w+", code)}
    keys = {key for name, settings in SECTIONS.items() for key in settings}
    assert keys | {*SECTIONS, PREFIXES, IMPORTS, *IMPORT_KEYS} <= listed


def test_the_optional_sections_are_accepted(wells: Path) -> None:
    block = re.search(r"^```toml\n(.*?)^```$", section("Settings"), re.MULTILINE | re.DOTALL)
    assert block
    settings = wells / "ssekg.toml"
    settings.write_text(settings.read_text("utf-8") + "\n" + block.group(1), encoding="utf-8")
    assert read_project(wells).privacy.public_name == "without-officers"
