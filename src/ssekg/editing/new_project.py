"""A new project folder that can be checked, published and served at once."""

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from ssekg.base.files import real
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import text
from ssekg.editing.identifiers import slug_of
from ssekg.editing.new_folder import put_folder, require_empty
from ssekg.editing.starter import Starter
from ssekg.project.setting_rules import IMPORT_KEYS
from ssekg.project.settings import PROJECT_FILE, Import, Project
from ssekg.sources.imports import import_of
from ssekg.sources.release_content import ReleaseContent

_NAMELESS: Final = "project"
_VERSION: Final = "0.1.0"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
# Addresses that are nobody's (RFC 2606), to be replaced.
_HOME: Final = "https://example.org/{id}/"
_CONTACT: Final = "mailto:contact@example.org"


def make_project(folder: Path, origin: Project, language: str, release: Path | None = None) -> None:
    """Make a new project in a folder.

    Args:
        folder: the folder, which is new or empty. It gives the project its identifier.
        origin: the project whose general modules the new one begins with.
        language: the tool's language in which the steward of the new project reads.
        release: a release, as a folder or archive, that the new project stands on.

    Raises:
        CannotRunError: there is something in the folder, or the release can't be used, or the disk does not let us
            write.
    """
    require_empty(folder)
    content = None if release is None else ReleaseContent(release)
    starter = Starter(origin, content)
    settings = _settings(slug_of(real(folder).name) or _NAMELESS, origin, starter, language)
    if release is not None and content is not None:
        settings += _import(import_of(content, os.path.relpath(release, real(folder))), language)
    put_folder(folder, {**starter.files(language), PROJECT_FILE: settings.encode()}, PROJECT_FILE)


def _settings(name: str, origin: Project, starter: Starter, language: str) -> str:
    """What is in ssekg.toml; what is to be replaced is marked."""
    languages = sorted(origin.languages, key=lambda tag: tag != language)
    home = _HOME.format(id=name)

    def line(key: str, value: object, comment: str = "") -> str:
        return f"{key} = {_toml(value)}" + (f" # {text(comment, language, {})}" if comment else "")

    withheld = [kind for kind in origin.privacy.withheld if kind in starter.kinds]
    sections = {
        "project": [
            line("id", name, "starter-id"),
            line("name", _texts("starter-name"), "starter-replace"),
            line("description", _texts("starter-description"), "starter-replace"),
            line("base", f"{home}id/", "starter-base"),
            line("languages", languages, "starter-languages"),
            line("default_language", language),
        ],
        "prefixes": [line(prefix, namespace) for prefix, namespace in origin.prefixes.items()],
        "privacy": [
            line("withheld", withheld, "starter-withheld"),
            line("public_name", origin.privacy.public_name),
        ],
        "publication": [
            line("site", f"{home}site/", "starter-replace"),
            line("licence", _LICENCE, "starter-replace"),
            line("publisher", text("starter-publisher", language, {}), "starter-replace"),
            line("contact", _CONTACT, "starter-replace"),
        ],
        "release": [
            line("version", _VERSION, "starter-version"),
            f"date = {datetime.date.today().isoformat()}",  # noqa: DTZ011 - the day where the steward is
        ],
    }
    if not withheld:
        del sections["privacy"]
    parts = ("\n".join([f"[{section}]", *lines]) for section, lines in sections.items())
    return f"# {text('starter-settings', language, {})}\n" + "\n\n".join(parts) + "\n"


def _import(imported: Import, language: str) -> str:
    """The section of ssekg.toml that names a release which the project stands on."""
    lines = (f"{key} = {_toml(getattr(imported, key))}" for key in IMPORT_KEYS)
    return f"\n[imports.{imported.name}] # {text('starter-import', language, {})}\n" + "\n".join(lines) + "\n"


def _texts(code: str) -> dict[str, str]:
    return {tag: text(code, tag, {}) for tag in LANGUAGES}


def _toml(value: object) -> str:
    """A value as TOML has it, whose texts are written as those of JSON."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
