"""The texts that people read, one TOML catalogue per language, one entry per code.

An entry has `message` and, where there is something to do, `hint`. Placeholders are `{name}`; what fills them is
isolated, so that a Latin name inside an Arabic sentence does not reorder it. `{name:bare}` is filled as it is, inside
words that are meant to be copied; `{name:sentence}` is a sentence of its own after others, left out where there is
nothing to say. The entry of a finding also has `title`, a few words for the problem, and `why` it matters, both without
placeholders.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

from ssekg.base.language import isolate, joined, pick, plural_form
from ssekg.base.messages.entries import Entries
from ssekg.base.said import Argument, Arguments, Named, Said, Several, Texts

# The entries that the project of this process adds, by language tag.
_ADDED: dict[str, dict[str, dict[str, str]]] = {}
# The key of the language of an entry that is not in the language of its catalogue.
_LENT: Final = "language"


@cache
def catalogue(language: str) -> Mapping[str, dict[str, str]]:
    """All entries of one language, by code: the tool's own, and those that the project adds or words otherwise."""
    added = _ADDED.get(language)
    return {**_own(language), **added} if added else _own(language)


def add_catalogue(language: str, entries: Mapping[str, Mapping[str, str]], default: str) -> None:
    """Take the words of a project in a language; what they lack is taken from the language `default`, one of ours."""
    own = _own(language)
    lent = {} if own else {code: {**entry, _LENT: default} for code, entry in _own(default).items()}
    whole = own or _own(default)
    _ADDED[language] = lent | {code: {**whole.get(code, {}), **entry} for code, entry in entries.items()}
    catalogue.cache_clear()


_PARTS: Final = frozenset({"title", "why", "message", "hint"})


def can_be_used(code: str, entry: object) -> bool:
    """Whether an entry of a project has texts, with no other placeholders than the tool's own entry has there."""
    if not isinstance(entry, dict) or not all(isinstance(words, str) for words in entry.values()):
        return False
    if not entry.keys() <= _PARTS:
        return False
    own = _own("en").get(code)
    try:
        found = {part: _placeholders(words) for part, words in entry.items()}
    except ValueError:
        return False
    if own is None:  # it is for the project's own templates
        return all(map(str.isidentifier, set().union(*found.values())))
    return all(names <= _placeholders(own.get(part, "")) for part, names in found.items())


def worded_in(code: str, language: str) -> str:
    """The language that an entry is in: `language`, or the one whose words a project's catalogue borrows."""
    return catalogue(language)[code].get(_LENT, language)


@cache
def _own(language: str) -> Mapping[str, dict[str, str]]:
    own = Path(__file__).with_name(f"{language}.toml")
    return Entries(own.read_text(encoding="utf-8")) if own.is_file() else {}


def _placeholders(words: str) -> set[str]:
    """The names of the placeholders of a text. Raises ValueError for a brace that is not closed or opened."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def has_words(language: str) -> bool:
    """Whether there is a catalogue of a language: one of the tool's, or the project's."""
    return bool(catalogue(language))


def text(code: str, language: str, arguments: Arguments | None = None) -> str:
    """The message of `code` in `language` with its placeholders filled. Raises KeyError for an unknown code."""
    return _filled(catalogue(language)[code]["message"], language, arguments or {})


def hint(code: str, language: str, arguments: Arguments | None = None) -> str | None:
    """How to fix what `code` is about, in `language`; None if the entry has no hint."""
    template = catalogue(language)[code].get("hint")
    return None if template is None else _filled(template, language, arguments or {})


@cache
def sentences(code: str) -> frozenset[str]:
    """The placeholders of a hint for whole sentences, which only some findings have."""
    parts = Formatter().parse(catalogue("en")[code].get("hint", ""))
    return frozenset(name for _, name, form, _ in parts if name is not None and form == "sentence")


def title(code: str, language: str) -> str:
    """A short name of what the finding `code` is about. Raises KeyError if it is not a finding."""
    return catalogue(language)[code]["title"]


def why(code: str, language: str) -> str:
    """Why it matters, in one to three sentences. Raises KeyError if it is not a finding."""
    return catalogue(language)[code]["why"]


def words(argument: Argument, language: str) -> str:
    """What an argument says to someone who reads `language`; "" if it has no text at all."""
    match argument:
        case Said(code, arguments):
            return text(code, language, arguments)
        case Named():
            return _name(argument, language)
        case Texts(texts):
            return pick(texts, language) or ""
        case Several(parts, is_list):
            items = [isolate(words(part, language), language) for part in parts]
            return joined(items, language) if is_list else "".join(items)
    return argument


def _name(named: Named, language: str) -> str:
    label = pick(named.labels, language)
    if not label or label == named.short:
        return named.short
    short, label = isolate(named.short, language), isolate(label, language)
    return f"{label} ({short})" if named.label_first else f"{short} ({label})"


def counted(code: str, language: str, count: int) -> str:
    """The message of `code` in the form that goes with a number: "1 programme", "3 programmes".

    The entry has its forms one after the other, between ` | `: one for each category of plural that CLDR has for the
    language, without that for nothing. Those at the end may be left out: French needs none for millions.
    """
    forms = catalogue(language)[code]["message"].split(" | ")
    form = min(plural_form(count, language), len(forms) - 1)
    return _filled(forms[form], language, {"count": str(count)})


class _Filling:
    """What fills a placeholder, put into words in the form that the placeholder asks for."""

    def __init__(self, argument: Argument, language: str) -> None:
        self.argument = argument
        self.language = language

    def __format__(self, form: str) -> str:
        content = words(self.argument, self.language)
        if form == "bare":
            return content
        isolated = isolate(content, self.language)
        return f" {isolated}" if isolated and form == "sentence" else isolated


class _Missing:
    """What fills a placeholder that nothing was given for: nothing, if it may be left out."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __format__(self, form: str) -> str:
        if form != "sentence":
            raise KeyError(self.name)
        return ""


class _Fillings(dict[str, _Filling | _Missing]):
    def __missing__(self, name: str) -> _Missing:
        return _Missing(name)


def _filled(template: str, language: str, arguments: Arguments) -> str:
    return template.format_map(_Fillings({name: _Filling(value, language) for name, value in arguments.items()}))
