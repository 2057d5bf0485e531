"""The catalogues are whole in three languages, and every code that the tool speaks has its words."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

import ssekg
from ssekg.base.codes import CODES as KNOWN
from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.findings import Severity
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import catalogue, hint, text, title
from ssekg.base.messages import words as in_words
from ssekg.base.messages.entries import Entries
from ssekg.base.said import Argument, Named, Said, Several, Texts
from ssekg.project.settings import Project

SOURCE: Final = Path(ssekg.__file__).parent
CODES: Final = sorted(catalogue("en"))
FINDINGS: Final = {"Finding": 0, "_found": 0}
MESSAGES: Final = {"AskedWronglyError": 0, "CannotRunError": 0, "say": 0, "text": 0, "hint": 0}
ARABIC: Final = re.compile("[ء-ي]")
# Where French asks for a no-break space (U+00A0) and there is something else: another space, or none. A sign that is
# named itself ("sans ? ni #") is no punctuation, and a colon without a space before it is code (dct:, nom: valeur).
UNFRENCH: Final = re.compile(r"(?<!sans)[ \u202f][:;!?»](?!\w)|\w[;!?](?!\w)|[^\xa0]»|«[^\xa0]|[\d}][ \u202f]?%|\w'\w")
# Words that French and English share.
SHARED: Final = {
    *("severity-violation", "help-usage", "help-options", "help-options-here"),
    *(
        "site-licence",
        "site-contact",
        "quality-total",
        "quality-points",
        "quality-source",
        "quality-sources",
        "search-question",
        "nav-questions",
    ),
    "term-status-stable",
    *("answer-sources", "cited-version", "record-sources", "sheet-question", "source-date"),
    *("kind-concept", "kind-institution", "kind-programme", "kind-source"),
    *(f"count-{kind}" for kind in ("article", "concept", "institution", "programme", "source")),
}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def required(template: str) -> set[str]:
    """The placeholders that have to be filled: a sentence of its own may be left out."""
    return {name for _, name, form, _ in Formatter().parse(template) if name is not None and form != "sentence"}


def words(template: str) -> str:
    """What is there to translate: without placeholders, and without lines that are commands."""
    lines = (line for line in template.splitlines() if not line.startswith("ssekg "))
    return " ".join(literal for literal, *_ in Formatter().parse("\n".join(lines)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_have_the_same_entries(language: str) -> None:
    assert {code: sorted(entry) for code, entry in catalogue(language).items()} == {
        code: sorted(entry) for code, entry in catalogue("en").items()
    }


def test_entries_are_whole_in_every_language() -> None:
    for code in CODES:
        entries = {language: catalogue(language)[code] for language in LANGUAGES}
        assert set(entries["en"]) <= {"message", "hint", "title", "why"}, code
        for part, english in entries["en"].items():
            texts = {language: entry[part] for language, entry in entries.items()}
            for language, template in texts.items():
                assert template.strip(), f"{code}: {language} {part} is empty"
                assert placeholders(template) == placeholders(english), f"{code}: {language} {part}"
            if re.search(r"\w", words(english)):
                assert ARABIC.search(words(texts["ar"])), f"{code}: no Arabic in the Arabic {part}"
                assert not ARABIC.search(texts["fr"] + english), code
                assert texts["fr"] != english or code in SHARED, f"{code}: {part} is not translated"


def test_french_punctuation_never_begins_a_line() -> None:
    for code in CODES:
        for part, template in catalogue("fr")[code].items():
            for line in re.sub(r"&\w+;", "", template).splitlines():
                found = UNFRENCH.findall(line)
                assert line.startswith("ssekg ") or not found, f"{code}, {part}: {found}"


def test_french_punctuation_of_the_shapes_never_begins_a_line_either(project: Project) -> None:
    messages = [m for path in project.shapes_files for m in re.findall(r'"([^"\n]*)"@fr', path.read_text("utf-8"))]
    assert len(messages) > 300
    assert [message for message in messages if UNFRENCH.search(message)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_has_a_name_a_reason_and_a_way_to_mend_it(language: str) -> None:
    for code in KNOWN:
        entry = catalogue(language)[code]
        assert set(entry) == {"message", "hint", "title", "why"}, code
        assert not placeholders(entry["title"] + entry["why"]), code
        assert len(entry["title"]) <= 60, code
        assert not entry["title"].endswith((".", "…")), code
        assert entry["why"].endswith((".", ".»", ".”", "».")), code
        assert len(entry["why"]) < 320, code
        others = {title(other, language) for other in KNOWN if other != code}
        assert entry["title"] not in others, f"{code}: two findings of one name can't be told apart"


def calls() -> Iterator[tuple[str, ast.Call, str, str]]:
    """Each call in the source that speaks a code: the function's name, the call, the code, the place."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            code = node.args[0]
            if name in FINDINGS | MESSAGES and isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield name, node, code.value, f"{path.relative_to(SOURCE)}:{node.lineno}"


def given_names(call: ast.Call) -> set[str] | None:
    """The arguments that a call gives to a message; None where the source does not spell them out."""
    names = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    for argument in call.args[1:]:
        if isinstance(argument, ast.Dict):
            names |= {str(key.value) for key in argument.keys if isinstance(key, ast.Constant)}
    return names


def test_every_code_in_the_source_has_its_words() -> None:
    spoken = {code: place for _, _, code, place in calls()}
    assert len(spoken) > 40, "the search finds no codes any more"
    assert {code: place for code, place in spoken.items() if code not in CODES} == {}


@pytest.mark.parametrize("name", ["AskedWronglyError", "CannotRunError", "say", "_found"])
def test_every_placeholder_is_filled_where_the_code_is_spoken(name: str) -> None:
    checked = 0
    for function, call, code, place in calls():
        given = given_names(call)
        if function == name and given is not None:
            wanted = required(catalogue("en")[code]["message"] + catalogue("en")[code].get("hint", ""))
            assert wanted <= given, f"{place}: {code} lacks {wanted - given}"
            checked += 1
    assert checked


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_severity_has_a_name(language: str) -> None:
    assert len({text(f"severity-{severity.value}", language) for severity in Severity}) == 3


def test_values_are_filled_in_and_isolated_from_a_sentence_of_the_other_direction() -> None:
    assert text("no-such-query", "en", {"name": "laws"}) == "There is no query called “laws”."
    assert "«\u2068laws\u2069»" in text("no-such-query", "ar", {"name": "laws"})
    assert "قوانين" in text("no-such-query", "ar", {"name": "قوانين"})
    assert "\u2068" not in text("no-such-query", "ar", {"name": "قوانين"})
    assert "\u2068قوانين\u2069" in text("no-such-query", "fr", {"name": "قوانين"})


def test_braces_in_a_value_are_nothing_special() -> None:
    assert "{name}" in text("no-such-query", "en", {"name": "{name}"})


@pytest.mark.parametrize(
    ("argument", "english", "arabic"),
    [
        ("x", "x", "x"),
        (Said("did-you-mean", {"term": "fair"}), "Did you mean fair?", "هل تقصد \u2068fair\u2069؟"),
        (Named("sse:Event", {"ar": "تظاهرة", "en": "Event"}), "sse:Event (Event)", "\u2068sse:Event\u2069 (تظاهرة)"),
        (
            Named("place/fes", {"fr": "Fès"}, label_first=True),
            "Fès (place/fes)",
            "\u2068Fès\u2069 (\u2068place/fes\u2069)",
        ),
        (Named("place/fes"), "place/fes", "place/fes"),
        (Texts({"ar": "تاريخ", "en": "A date"}), "A date", "تاريخ"),
        (Several(("a", Named("b", {"ar": "ب"}))), "a, b (\u2068ب\u2069)", "\u2068a\u2069، \u2068b\u2069 (ب)"),
        (Several(("^", Named("sse:part")), is_list=False), "^sse:part", "^\u2068sse:part\u2069"),
    ],
)
def test_what_a_finding_says_is_put_into_words_for_its_reader(argument: Argument, english: str, arabic: str) -> None:
    assert (in_words(argument, "en"), in_words(argument, "ar")) == (english, arabic)


def test_a_sentence_of_its_own_may_be_left_out_and_nothing_else() -> None:
    arguments = {"column": "start"}
    assert hint("table-required", "en", arguments) == hint("table-required", "en", {**arguments, "purpose": ""})
    purposeful = hint("table-required", "en", {**arguments, "purpose": "What it is for."}) or ""
    assert purposeful.endswith("yet. What it is for.")
    with pytest.raises(KeyError, match="column"):
        text("table-required", "en")


def test_hint_is_optional() -> None:
    assert hint("no-such-file", "en") is None
    assert (
        hint("missing-parameter", "en", {"name": "region", "type": "place"})
        == "Give it as region=…; on the command line as -p region=…"
    )


def test_unknown_code_is_a_bug_that_shows() -> None:
    with pytest.raises(KeyError):
        text("no-such-code", "en")


def test_errors_speak_every_language_and_know_their_exit_code() -> None:
    problem = AskedWronglyError("ambiguous-term", term="fes", candidates="place/fes, place/fes-meknes")
    for language in LANGUAGES:
        assert "place/fes, place/fes-meknes" in problem.message(language)
        assert problem.hint(language)
    assert ARABIC.search(problem.message("ar"))
    assert str(problem) == problem.message("en")
    assert problem.exit_code == 2
    assert CannotRunError("endpoint-select-only").exit_code == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_that_are_read_one_by_one_are_those_of_the_file(language: str) -> None:
    content = (SOURCE / "base" / "messages" / f"{language}.toml").read_text("utf-8")
    assert dict(Entries(content)) == tomllib.loads(content)
