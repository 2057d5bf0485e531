"""The words of a finding in one language, the same in every report."""

from ssekg.findings import Finding
from ssekg.language import pick
from ssekg.messages import catalogue, hint, text

UNKNOWN_COMPONENT = "shacl-other"


def message(finding: Finding, language: str) -> str:
    """What is wrong: what the shape itself says, then what the engine found, with names and the value."""
    precise = text(_entry(finding, language), language, _arguments(finding, language))
    own = pick(finding.texts, language)
    return f"{own} {precise}" if own else precise


def mending(finding: Finding, language: str) -> str | None:
    """How to mend it, None where the catalogue has no hint."""
    return hint(_entry(finding, language), language, _arguments(finding, language))


def _entry(finding: Finding, language: str) -> str:
    return finding.code if finding.code in catalogue(language) else UNKNOWN_COMPONENT


def _arguments(finding: Finding, language: str) -> dict[str, str]:
    """The arguments of the finding, those of another language left out: `focus.ar` serves as `focus`."""
    chosen = {}
    for name, value in finding.arguments.items():
        key, dot, tag = name.partition(".")
        if not dot or tag == language:
            chosen[key] = value
    return chosen
