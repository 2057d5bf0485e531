"""The settings of a project in its releases, so that these can be opened without the project."""

import datetime
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file, real
from ssekg.project.catalogue_settings import Coverage
from ssekg.project.setting_rules import IMPORT_KEYS, IMPORTS, PREFIXES, SECTIONS
from ssekg.project.settings import Project, project_of

SETTINGS_FILE: Final = "settings.json"
IMPORTED: Final = "ontology/imports"
"""The folder with what a release has to know of those that its project stands on."""


def imported_file(name: str) -> str:
    """The file of a release with what it has to know of an import."""
    return f"{IMPORTED}/{name}.ttl"


def as_json(project: Project) -> bytes:
    """The settings as JSON, in the sections and with the keys of ssekg.toml."""
    parts = {"privacy": project.privacy, "catalogue": project.catalogue_settings}
    sections = {
        section: {key: value for key in keys if (value := getattr(parts.get(section, project), key)) not in ("", None)}
        for section, keys in SECTIONS.items()
    }
    settings = {**sections, PREFIXES: dict(project.prefixes)}
    if project.imports:
        # A release has what it has to know of them, so that where they were does not matter.
        kept = {each.name: asdict(replace(each, release=imported_file(each.name))) for each in project.imports}
        settings[IMPORTS] = {name: {key: each[key] for key in IMPORT_KEYS} for name, each in kept.items()}
    return (json.dumps(settings, default=_plain, ensure_ascii=False, indent=2) + "\n").encode()


def read_released(folder: Path) -> Project:
    """The project of the release in a folder: its root is the folder itself, also where a link leads there.

    Raises:
        CannotRunError: there are no settings in it, or they are not as they should be.
    """
    root = real(folder)
    path = root / SETTINGS_FILE
    if not path.is_file():
        raise CannotRunError("release-without-settings", folder=str(folder))
    try:
        settings: Any = json.loads(read_file(path, str(path)))
        settings["release"]["date"] = datetime.date.fromisoformat(settings["release"]["date"])
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise CannotRunError("broken-release", folder=str(folder), problem=f"{SETTINGS_FILE}: {problem}") from None
    return project_of(root, path, settings)


def _plain(value: datetime.date | Coverage) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else asdict(value)
