"""The rules for each setting of ssekg.toml, and the first setting that breaks one."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from ssekg.base.language import LANGUAGES, is_language_tag
from ssekg.base.spelling import nearest_name
from ssekg.project.catalogue_settings import CatalogueSettings, Coverage

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "project": ("id", "name", "description", "base", "languages", "default_language", "country"),
    "publication": ("site", "licence", "publisher", "contact", "pages"),
    "release": ("version", "date"),
    "privacy": ("withheld", "public_name", "law"),
    "catalogue": tuple(each.name for each in fields(CatalogueSettings)),
}
"""The settings by section. The sections after the first three may be missing, and so may what is in them."""
_COVERAGE: Final = "catalogue.coverage"
PAGES: Final = ("files", "on-demand")
"""Where the pages of records are: files of a release, or made by a server for who asks."""
PREFIXES: Final = "prefixes"
IMPORTS: Final = "imports"
"""The sections whose keys are the project's own."""
IMPORT_KEYS: Final = ("release", "sha256", "base")
"""What is said of an import."""
_REQUIRED: Final = ("project", "publication", "release")
_FOLDER: Final = re.compile(r"https?://[\w.-]+(:(?P<port>\d+))?(/(?!\.{1,2}/)[\w.~+,=:@-]+)*/")
_HIGHEST_PORT: Final = 65535
# A name that is safe in every file system and address.
_USUAL_VERSION: Final = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", re.ASCII)
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KIND: Final = re.compile(r"[^/#?\s<>\"{}|\\^`]+")
# Prefixes as Turtle has them (PN_PREFIX), as far as ASCII goes.
_PREFIX: Final = re.compile(r"[A-Za-z]([\w.-]*[\w-])?", re.ASCII)
# A code of one of the EU's lists.
_CODE: Final = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
# A country after ISO 3166-1, with two letters.
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_NAMESPACE: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

Wrong = tuple[str, Mapping[str, str]]
"""The code of a message, and what fills it."""


def wrong_setting(settings: Mapping[str, Any]) -> Wrong | None:
    """The first setting that is not as it should be, as a message; None if all are.

    Raises:
        KeyError: one is missing.
    """
    return _wrong_section(settings) or _unknown(settings) or _wrong_value(settings)


def is_version(value: object) -> bool:
    """Whether a value is a version after Semantic Versioning 2.0, whose digits are those of ASCII."""
    if isinstance(value, str) and _USUAL_VERSION.fullmatch(value):
        return True  # which need not be asked of a library that takes a while to import
    from semver import Version

    return isinstance(value, str) and value.isascii() and Version.is_valid(value)


def is_folder_address(address: object) -> bool:
    """Whether other addresses can be made by putting something after this one.

    It is an absolute http(s) address that ends with /, without user, query, fragment, escapes and steps up.
    """
    found = _FOLDER.fullmatch(address) if isinstance(address, str) else None
    return found is not None and int(found["port"] or 0) <= _HIGHEST_PORT


def _wrong_section(settings: Mapping[str, Any]) -> Wrong | None:
    for name in (*SECTIONS, PREFIXES, IMPORTS):
        section = settings[name] if name in _REQUIRED else settings.get(name, {})
        if not isinstance(section, dict):
            return "setting-section", {"value": name}
    return None


def _unknown(settings: Mapping[str, Any]) -> Wrong | None:
    """The first section or key that nobody reads: what is misspelt would otherwise be left out without a word."""
    known = (*SECTIONS, PREFIXES, IMPORTS)
    for section in settings:
        if section not in known:
            return _not_known(section, known)
    for section, keys in SECTIONS.items():
        for key in settings.get(section, {}):
            if key not in keys:
                return _not_known(key, keys, f"{section}.")
    known = tuple(each.name for each in fields(Coverage))
    coverage = settings.get("catalogue", {}).get("coverage", {})
    unknown = [key for key in coverage if key not in known] if isinstance(coverage, dict) else []
    return _not_known(unknown[0], known, f"{_COVERAGE}.") if unknown else None


def _not_known(name: str, known: Sequence[str], section: str = "") -> Wrong:
    nearest = nearest_name(name, known)
    if nearest:
        return "setting-misspelt", {"value": section + name, "meant": section + nearest}
    return "setting-unknown", {"value": section + name, "known": ", ".join(section + each for each in known)}


def _wrong_value(settings: Mapping[str, Any]) -> Wrong | None:
    for section, key, code, is_right in _RULES:
        value = settings[section][key]
        if not is_right(value):
            return code, {"value": repr(value), "key": f"{section}.{key}"}
    for section, key, code, is_right in _OPTIONAL_RULES:
        table = settings.get(section, {})
        if key in table and not is_right(table[key]):
            return code, {"value": repr(table[key]), "key": f"{section}.{key}"}
    coverage = settings.get("catalogue", {}).get("coverage")
    for key, code, is_right in _COVERAGE_RULES if coverage is not None else ():
        if not is_right(coverage[key]):
            return code, {"value": repr(coverage[key]), "key": f"{_COVERAGE}.{key}"}
    return _wrong_name(settings)


def _wrong_name(settings: Mapping[str, Any]) -> Wrong | None:
    """The first wrong setting in the sections whose keys are the project's own."""
    for prefix, namespace in settings.get(PREFIXES, {}).items():
        if not _PREFIX.fullmatch(prefix) or not _is_namespace(namespace):
            return "setting-prefix", {"key": f"prefixes.{prefix}", "value": repr(namespace)}
    for name, given in settings.get(IMPORTS, {}).items():
        if not _NAME.fullmatch(name) or not _is_import(given):
            return "setting-import", {"key": f"imports.{name}", "value": repr(given)}
    return None


def _is_base(value: object) -> bool:
    return isinstance(value, str) and is_folder_address(re.sub("/?#$", "/", value))


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) and is_language_tag(tag) for tag, text in value.items()
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_words(value: object) -> bool:
    """Whether a value is a list of words for each language."""
    return isinstance(value, dict) and all(
        is_language_tag(tag) and isinstance(words, list) and all(map(_is_text, words)) for tag, words in value.items()
    )


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_iri(value: object) -> bool:
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


def _is_degrees(value: object, highest: Sequence[int]) -> bool:
    """Whether a value is a list of numbers, each between the highest one at its place and its opposite."""
    return (
        isinstance(value, list)
        and len(value) == len(highest)
        and all(type(each) in {int, float} and abs(each) <= most for each, most in zip(value, highest, strict=True))
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_import(value: object) -> bool:
    """Whether a value says where a release is, what its hash is, and what the IRIs of its records begin with."""
    if not isinstance(value, dict) or set(value) != set(IMPORT_KEYS):
        return False
    digest = value["sha256"]
    is_digest = isinstance(digest, str) and _SHA256.fullmatch(digest) is not None
    return is_digest and _is_text(value["release"]) and _is_base(value["base"])


def _is_namespace(value: object) -> bool:
    return isinstance(value, str) and _NAMESPACE.fullmatch(value) is not None


def _is_list(value: object, form: re.Pattern[str]) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and form.fullmatch(each) for each in value)


def _is_languages(value: object) -> bool:
    if not isinstance(value, list) or not all(map(is_language_tag, value)):
        return False
    return 0 < len(value) == len({tag.lower() for tag in value})


_RULES: Final[tuple[tuple[str, str, str, Callable[[object], bool]], ...]] = (
    ("project", "id", "setting-name", _is_name),
    ("project", "name", "setting-texts", _is_texts),
    ("project", "description", "setting-texts", _is_texts),
    ("project", "base", "setting-base", _is_base),
    ("project", "languages", "setting-languages", _is_languages),
    ("project", "default_language", "setting-language", lambda value: value in LANGUAGES),
    ("publication", "site", "setting-site", is_folder_address),
    ("publication", "licence", "setting-text", _is_text),
    ("publication", "publisher", "setting-text", _is_text),
    ("publication", "contact", "setting-text", _is_text),
    ("release", "version", "setting-version", is_version),
    ("release", "date", "setting-date", lambda value: type(value) is datetime.date),
)
_OPTIONAL_RULES: Final[tuple[tuple[str, str, str, Callable[[object], bool]], ...]] = (
    ("project", "country", "setting-country", lambda value: isinstance(value, str) and bool(_COUNTRY.fullmatch(value))),
    ("publication", "pages", "setting-pages", lambda value: value in PAGES),
    ("privacy", "withheld", "setting-kinds", lambda value: _is_list(value, _KIND)),
    ("privacy", "public_name", "setting-name", _is_name),
    ("privacy", "law", "setting-texts", _is_texts),
    ("catalogue", "keywords", "setting-words", _is_words),
    ("catalogue", "themes", "setting-codes", lambda value: _is_list(value, _CODE)),
    ("catalogue", "frequency", "setting-code", _is_code),
    ("catalogue", "publisher_type", "setting-code", _is_code),
    ("catalogue", "coverage", "setting-table", lambda value: isinstance(value, dict)),
)
_COVERAGE_RULES: Final[tuple[tuple[str, str, Callable[[object], bool]], ...]] = (
    ("place", "setting-iri", _is_iri),
    ("name", "setting-texts", _is_texts),
    ("bbox", "setting-bbox", lambda value: _is_degrees(value, (180, 90, 180, 90))),
    ("centroid", "setting-centroid", lambda value: _is_degrees(value, (180, 90))),
)
