"""What the README and docs/release.md show is what the commands print."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Cli

README = (ROOT / "README.md").read_text(encoding="utf-8")
RELEASE = (ROOT / "docs" / "release.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^```\n\$ ([^\n]+)\n(.*?)^```$", README + RELEASE, re.MULTILINE | re.DOTALL))
SECONDS = re.compile(r"in \d+\.\d s")


def run_example(module: str) -> dict[str, Any]:
    """Run the example in Python that imports a module, and return its names."""
    blocks = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    shown: dict[str, Any] = {}
    exec(next(block for block in blocks if block.startswith(f"import {module}\n")), shown)  # noqa: S102 - our own
    return shown


def words(command: str) -> list[str]:
    return command.split()[1:]


def test_mistakes_of_the_example_are_found(cli: Cli, copy: Path) -> None:
    events = copy / "data" / "events.csv"
    text = events.read_text(encoding="utf-8").replace("2022-10-24", "2022-10-34")
    lines = [
        line.replace(",oriental,", ",oriantal,") if line.startswith("sness-8,") else line for line in text.split("\n")
    ]
    events.write_text("\n".join(lines), encoding="utf-8")
    command = "ssekg --lang en validate data/events.csv"
    done = cli(*words(command), cwd=copy)
    assert done.returncode == 1
    shown, _, rest = EXAMPLES[command].partition("\n…\n")
    assert done.stdout.startswith(shown)
    assert SECONDS.sub("", done.stdout).endswith(SECONDS.sub("", rest))


def test_answer_of_the_example(cli: Cli) -> None:
    command = "ssekg --lang en query run provinces-of-a-region -p region=fes-meknes --limit 3 --sources"
    assert cli(*words(command)).stdout.splitlines() == EXAMPLES[command].splitlines()


def test_files_of_the_release(release: Path) -> None:
    assert sorted(path.name for path in release.iterdir() if not path.name.startswith(".")) == sorted(
        EXAMPLES["ls public"].split()
    )


def test_the_published_graph_is_read_as_shown(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release.parent)
    shown = run_example("rdflib")
    events = {str(row[0]) for row in shown["rows"]}
    assert "https://w3id.org/ssekg/id/event/opening-session-sse-conference-2023" in events


def test_the_graph_is_asked_in_python_as_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    answer = run_example("ssekg")["answer"]
    shown = capsys.readouterr().out
    assert len(answer) > 0
    assert "place/fes-meknes" in shown
    assert "@misc{ssekg-budgets-by-region" in shown


@pytest.mark.parametrize("name", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_links_lead_somewhere(name: str) -> None:
    assert (ROOT / name).exists()
