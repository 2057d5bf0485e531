"""Languages of people: which text to show, which way it runs, and how to isolate a run of the other way.

What is known of a language comes from its tag (BCP 47) and from Unicode's CLDR, which the package Babel carries.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from babel.core import Locale

LANGUAGES: Final = ("ar", "fr", "en")
_TAG: Final = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_HEBREW: Final = "\u0590"  # its block is the first with letters from right to left
FIRST_STRONG_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
_MOST_QUOTED: Final = 120
POP_DIRECTIONAL_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"
# The scripts that run from right to left (CLDR, scriptMetadata).
_RIGHT_TO_LEFT: Final = (
    "Adlm", "Arab", "Armi", "Avst", "Chrs", "Cprt", "Elym", "Gara", "Hatr", "Hebr", "Hung", "Khar", "Lydi", "Mand",
    "Mani", "Mend", "Merc", "Mero", "Narb", "Nbat", "Nkoo", "Orkh", "Ougr", "Palm", "Phli", "Phlp", "Phnx", "Prti",
    "Rohg", "Samr", "Sarb", "Sidt", "Sogd", "Sogo", "Syrc", "Thaa", "Todr", "Yezi",
)  # fmt: skip
# The categories of plural (UTS 35, part 3) without that for nothing.
_PLURALS: Final = ("one", "two", "few", "many", "other")
# Those of the tool's own languages, for which no command has to read CLDR.
_SCRIPTS: Final = {"ar": "Arab", "fr": "Latn", "en": "Latn"}
_SCRIPT_LENGTH: Final = 4
_REGION_LENGTHS: Final = (2, 3)


def is_language_tag(text: object) -> bool:
    """Whether a text has the form of a language tag (BCP 47, RFC 5646, 2.1), private and grandfathered ones apart."""
    return isinstance(text, str) and _TAG.fullmatch(text) is not None


@cache
def preference(language: str) -> tuple[str, ...]:
    """The order in which texts are looked for by someone who reads `language`: it, then French, then the third."""
    return (language, *(other for other in ("fr", "en", "ar") if other != language))


def pick(texts: Mapping[str, str], language: str) -> str | None:
    """The text of a mapping from language tag to text that suits `language` best, None if there is no text.

    A text in another language is better than none; "" is the key of a text without a language.
    """
    for tag in (*preference(language), ""):
        if tag in texts:
            return texts[tag]
    return next(iter(texts.values()), None)


@cache
def ranges(language: str) -> tuple[str, ...]:
    """A tag and the more general ones (RFC 4647, 3.4): `fr-MA`, `fr`."""
    subtags = language.split("-")
    return tuple("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))


@cache
def script(language: str) -> str:
    """The script (ISO 15924) that a language is written in: what its tag says, else the likely one of CLDR."""
    if language in _SCRIPTS:
        return _SCRIPTS[language]
    from babel.core import get_global

    subtags = language.split("-")
    named = [subtag.title() for subtag in subtags[1:] if len(subtag) == _SCRIPT_LENGTH and subtag.isalpha()]
    if named:
        return named[0]
    likely: Mapping[str, str] = get_global("likely_subtags")
    tag = subtags[0].lower()
    region = next((subtag.upper() for subtag in subtags[1:] if len(subtag) in _REGION_LENGTHS), "")
    full = likely.get(f"{tag}_{region}") or likely.get(tag) or "und_Latn"
    return full.split("_")[1]


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left, by its script."""
    return script(language) in _RIGHT_TO_LEFT


def writing_direction(language: str) -> str:
    """The direction of a language as HTML has it: "rtl" or "ltr"."""
    return "rtl" if is_right_to_left(language) else "ltr"


@cache
def autonym(language: str) -> str:
    """What a language calls itself, as in a list of languages: "Français"; the tag of one that CLDR does not know."""
    locale = _locale(language)
    name = (locale and locale.get_display_name()) or language
    return name[:1].upper() + name[1:] if locale else name


@cache
def language_name(tag: str, language: str) -> str:
    """What someone who reads `language` calls a language: "arabe"; the tag of one that CLDR does not know."""
    locale, reader = _locale(tag), _locale(language)
    return (locale and locale.get_display_name(reader)) or tag


def language_tag(text: str) -> str | None:
    """The tag that a text is, or the one of the language that it names in a language of the tool; else None."""
    if is_language_tag(text) and ranges(text.lower())[-1] in _language_names().values():
        return text.lower()
    return _language_names().get(fold(text))


@cache
def _language_names() -> dict[str, str]:
    """The tags of all languages of CLDR, by their folded names in the languages of the tool."""
    from babel.core import Locale

    named = [(name, tag) for reader in LANGUAGES for tag, name in Locale(reader).languages.items()]
    return {fold(name): tag.replace("_", "-").lower() for name, tag in named}


def plural_form(count: int, language: str) -> int:
    """The place of the plural that goes with a number among those that CLDR has for the language, from 0.

    Nothing takes the last one, also where the language has a form for it.
    """
    locale = _locale(language)
    if locale is None:
        return 0
    forms = [form for form in _PLURALS if form in {*locale.plural_form.tags, "other"}]
    form = locale.plural_form(count)
    return forms.index(form if form in forms else "other")


@cache
def _locale(language: str) -> "Locale | None":
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def direction(text: str) -> str | None:
    """The direction of the first strong character (UAX 9, rules P2 and P3): "rtl", "ltr", or None without one."""
    for character in text:
        bidirectional = unicodedata.bidirectional(character)
        if bidirectional in {"R", "AL"}:
            return "rtl"
        if bidirectional == "L":
            return "ltr"
    return None


def isolate(text: str, language: str) -> str:
    """`text` made safe to appear inside a sentence of `language`.

    A run of the other direction is wrapped in first-strong isolates (UAX 9), so that it can't reorder its
    surroundings; so is a sign such as `}`, which would be shown as its mirror image from right to left. What has no
    strong character of the other direction, or has its isolates already, is left as it is.
    """
    if FIRST_STRONG_ISOLATE in text or (max(text, default="") < _HEBREW and not is_right_to_left(language)):
        return text
    classes = {unicodedata.bidirectional(character) for character in text}
    # After an Arabic letter the parts of 2023-03-17 and 19 200 000 change places (UAX 9, W2).
    dated = "EN" in classes and "AL" not in classes and bool(classes & {"ES", "CS", "ET", "WS"})
    mirrored = not classes & {"R", "AL"} and any(map(unicodedata.mirrored, text))
    if (is_right_to_left(language) and ("L" in classes or dated or mirrored)) or (
        not is_right_to_left(language) and classes & {"R", "AL"}
    ):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}"
    return text


def without_isolates(text: str) -> str:
    """`text` as it was before `isolate`."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_DIRECTIONAL_ISOLATE, "")


def from_locale(environment: Mapping[str, str], languages: Sequence[str] = LANGUAGES) -> str | None:
    """The language that the POSIX locale of `environment` asks for, None if it asks for none of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            tag = value.split(".")[0].split("_")[0].lower()
            return tag if tag in languages else None
    return None


# Folding for look-ups: what people type without meaning a difference. Some keyboards have a kaf, a yeh and a heh of
# their own, and a hard g is a kaf with marks.
LETTERS_ALIKE: Final[Mapping[str, str]] = (
    {"ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه"}
    | dict.fromkeys("کگڭݣ", "ك")
    | {"ـ": "", "œ": "oe", "æ": "ae"}
)
"""What folding takes letters for that Unicode does not decompose; the search of a site folds alike."""
# Dashes and quotation marks by their categories in Unicode, and what has none of these: they only part words.
_PARTING_CATEGORIES: Final = frozenset({"Pd", "Pi", "Pf"})
_PARTING: Final = frozenset("'\"`′‚„ʹʻʼʽ−⁃˗")
# Letters beyond ASCII as they are written in an address (RFC 3987, 3.2).
_ESCAPED: Final = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_NUMBER_SEPARATOR: Final = re.compile(r"(?<=\d)[./](?=\d)")


class _Folded(dict[int, str | None]):
    """What is left of each character of a decomposed text; it is found out once."""

    def __missing__(self, code: int) -> str | None:
        character, category = chr(code), unicodedata.category(chr(code))
        left: str | None = character
        if character.isdigit():
            left = str(unicodedata.digit(character))
        elif character in _PARTING or category in _PARTING_CATEGORIES:
            left = " "
        elif category == "Cf" or unicodedata.combining(character):
            left = None
        self[code] = left
        return left


_FOLDED: Final = _Folded({ord(letter): other for letter, other in LETTERS_ALIKE.items()})


def fold(text: str) -> str:
    """`text` for comparison, without what people leave out, add or confuse when they type or paste a name.

    Case, diacritics, tatweel, hamza carriers, the script of digits and invisible characters do not count; dashes,
    apostrophes and quotation marks are spaces, and so is what separates the numbers of a code (112-12, 112.12).
    """
    # Decomposing takes the hamza off its carrier; presentation forms and symbols such as ™ hide letters to fold later.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(_NUMBER_SEPARATOR.sub(" ", decomposed.translate(_FOLDED)).split())


def readable_address(address: str) -> str:
    """An IRI with the letters beyond ASCII that it hides: `%C3%A9` as é; what is syntax in an address stays hidden."""

    def shown(escaped: re.Match[str]) -> str:
        letters = bytes.fromhex(escaped[0].replace("%", "")).decode("utf-8", "ignore")
        return letters if letters.isprintable() and quote(letters, safe="") == escaped[0].upper() else escaped[0]

    return _ESCAPED.sub(shown, address)


def visible(text: str) -> str:
    """`text` without invisible characters, such as the bidi marks and zero-width spaces that come with pasted text."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def quoted(text: str) -> str:
    """What somebody wrote, as far as a message has room for it."""
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"


def joined(parts: Iterable[str], language: str) -> str:
    """A list of short texts with the comma of the language."""
    return ("، " if script(language) == "Arab" else ", ").join(parts)
