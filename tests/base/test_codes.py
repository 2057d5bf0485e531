"""The table of finding codes agrees with the words of the catalogues, and with what the checks say of each code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import ssekg
from ssekg.base.codes import CODES, known_code
from ssekg.base.findings import Finding, Severity
from ssekg.base.messages import catalogue
from ssekg.base.order import reported

SOURCE: Final = Path(ssekg.__file__).parent


def findings_made() -> Iterator[tuple[str, str | None, str]]:
    """Each finding in the source whose code is written out: the code, the severity if that is too, and the place."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in {"Finding", "Fault"}:
                continue
            code, others = next(iter(node.args), None), node.args[1:]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                severity = others[0].attr if others and isinstance(others[0], ast.Attribute) else None
                yield code.value, severity, f"{path.relative_to(SOURCE)}:{node.lineno}"


def test_the_table_has_the_findings_of_the_catalogues_in_their_order() -> None:
    assert [code for code, entry in catalogue("en").items() if "why" in entry] == list(CODES)


def test_a_check_finds_what_is_in_the_table_and_as_grave_as_it_says() -> None:
    made = list(findings_made())
    assert len({code for code, _, _ in made}) > 30, "the search finds no codes any more"
    assert [place for code, _, place in made if code not in CODES] == []
    for code, severity, place in made:
        expected = CODES[code].severity
        assert expected is None or severity in {expected.name, None}, f"{place}: {code} is a {expected}"


def test_a_component_of_its_own_author_is_known_as_another() -> None:
    assert known_code("shacl-in").name == "shacl-in"
    assert known_code("shacl-http://example.org/every-one").name == "shacl-other"


def test_what_keeps_a_file_from_being_read_comes_before_what_may_follow_from_it() -> None:
    for code in (code for code in CODES.values() if code.stops_reading):
        assert code.severity is Severity.VIOLATION
        first, second = Finding("excel-date", Severity.VIOLATION), Finding(code.name, Severity.VIOLATION)
        assert reported([first, second]) == (second, first)
