"""The texts that people read, one TOML catalogue a language, one entry a code.

An entry has `message` and, where there is something to do, `hint`. Placeholders are `{name}`; what fills them is
isolated, so that a Latin name inside an Arabic sentence does not reorder it; `{name:bare}` is filled as it is, inside
words that are meant to be copied. The entry of a finding has also `title`, a few words for the problem, and `why` it
matters, both without placeholders.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ssekg.base.language import isolate


@cache
def catalogue(language: str) -> dict[str, dict[str, str]]:
    """All entries of one language, by code."""
    return tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def text(code: str, language: str, arguments: Mapping[str, str] | None = None) -> str:
    """The message of `code` in `language` with its placeholders filled. Raises KeyError for an unknown code."""
    return _filled(catalogue(language)[code]["message"], language, arguments or {})


def hint(code: str, language: str, arguments: Mapping[str, str] | None = None) -> str | None:
    """How to mend what `code` is about, in `language`; None where the entry has no hint."""
    template = catalogue(language)[code].get("hint")
    return None if template is None else _filled(template, language, arguments or {})


@cache
def codes() -> tuple[str, ...]:
    """The codes of findings, in the order of the catalogue."""
    return tuple(code for code, entry in catalogue("en").items() if "why" in entry)


def title(code: str, language: str) -> str:
    """A short name of what the finding `code` is about. Raises KeyError for what is no finding."""
    return catalogue(language)[code]["title"]


def why(code: str, language: str) -> str:
    """Why it matters, in one to three sentences. Raises KeyError for what is no finding."""
    return catalogue(language)[code]["why"]


def in_language(arguments: Mapping[str, str], language: str) -> dict[str, str]:
    """The arguments for one language: `focus.ar` serves as `focus`, those of other languages are left out."""
    chosen = {}
    for name, value in arguments.items():
        key, dot, tag = name.partition(".")
        if not dot or tag == language:
            chosen[key] = value
    return chosen


def counted(code: str, language: str, count: int) -> str:
    """The message of `code` in the form that goes with a number: "1 programme", "3 programmes".

    The entry has its forms one after the other, between ` | `: two in English and French, and five in Arabic, for 1,
    2, 3 to 10, 11 to 99, and the hundreds (the plural rules of CLDR, without the one for nothing).
    """
    forms = catalogue(language)[code]["message"].split(" | ")
    return _filled(forms[_form(language, count)], language, {"count": str(count)})


def _form(language: str, count: int) -> int:
    if language == "ar":
        last = count % 100
        if count in {1, 2}:
            return count - 1
        return 2 if 3 <= last <= 10 else 3 if last >= 11 else 4
    return int(count > 1 if language == "fr" else count != 1)


class _Argument(str):
    """What fills a placeholder: isolated, but as it is for `{name:bare}`, in words that are meant to be copied."""

    isolated: str

    def __new__(cls, value: str, language: str) -> "_Argument":
        argument = super().__new__(cls, value)
        argument.isolated = isolate(value, language)
        return argument

    def __format__(self, form: str) -> str:
        return str(self) if form == "bare" else self.isolated


def _filled(template: str, language: str, arguments: Mapping[str, str]) -> str:
    return template.format_map({name: _Argument(value, language) for name, value in arguments.items()})
