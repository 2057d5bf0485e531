"""The project folder: find it, read its ssekg.toml once, know its files."""

import datetime
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file, real
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import text
from ssekg.project.catalogue_settings import CatalogueSettings, read_catalogue_settings

PROJECT_FILE: Final = "ssekg.toml"
_CATALOGUE: Final = tuple(each.name for each in fields(CatalogueSettings))
_PLACE: Final = re.compile(r"(?P<problem>.+) \(at line (?P<line>\d+), column (?P<column>\d+)\)")
_FOLDER: Final = re.compile(r"https?://[\w.-]+(:(?P<port>\d+))?(/(?!\.{1,2}/)[\w.~+,=:@-]+)*/")
_HIGHEST_PORT: Final = 65535


@dataclass(frozen=True)
class Project:
    """What ssekg.toml says. `name` and `description` map a language tag to a text; `base` ends with / or #.

    `site` is where the release is served: an absolute address that ends with /. `version` follows Semantic Versioning.
    """

    root: Path
    name: Mapping[str, str]
    description: Mapping[str, str]
    base: str
    default_language: str
    licence: str
    publisher: str
    contact: str
    version: str
    date: datetime.date
    site: str
    catalogue_settings: CatalogueSettings = field(default_factory=CatalogueSettings)

    @property
    def home(self) -> str:
        """The IRI above the instances, ending with /: what is no instance has its IRI under it."""
        return urljoin(self.base, "../" if self.base.endswith("/id/") else ".")

    @property
    def ontology_files(self) -> list[Path]:
        """The vocabulary and the concept schemes."""
        return sorted((self.root / "ontology").rglob("*.ttl"))

    @property
    def turtle_files(self) -> list[Path]:
        """The hand-modelled data."""
        return sorted((self.root / "data").rglob("*.ttl"))

    @property
    def table_descriptions(self) -> list[Path]:
        """The CSVW description of each table."""
        return sorted((self.root / "data").rglob("*.csv-metadata.json"))

    @property
    def shapes_files(self) -> list[Path]:
        """The SHACL shapes."""
        return sorted((self.root / "shapes").rglob("*.ttl"))

    @property
    def query_files(self) -> list[Path]:
        """The canned queries."""
        return sorted((self.root / "queries").rglob("*.rq"))

    def shown(self, path: Path) -> str:
        """The path as people should read it: relative to the project where it lies inside, with forward slashes."""
        resolved = real(path)
        root = real(self.root)
        return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)


def find_project(start: Path) -> Project | None:
    """The project whose ssekg.toml lies in `start` or above it, None if there is none.

    Raises:
        CannotRunError: the file is there and broken.
    """
    for folder in (real(start), *real(start).parents):
        if (folder / PROJECT_FILE).is_file():
            return read_project(folder)
    return None


def carried_project() -> Project:
    """The project that the package carries (in an editable installation: the checkout itself)."""
    carried = Path(str(files("ssekg"))) / "carried"
    return read_project(carried if carried.is_dir() else Path(__file__).parents[3])


def read_project(root: Path) -> Project:
    """The project in folder `root`.

    Raises:
        CannotRunError: there is no ssekg.toml in it, or it can't be read, or it lacks something or says it wrongly.
    """
    path = root / PROJECT_FILE
    if not os.path.lexists(path):
        raise CannotRunError("no-project-file", folder=str(root))
    try:
        settings = tomllib.loads(read_file(path, str(path)).decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise CannotRunError("broken-project-file", file=str(path), **_syntax_problem(str(problem))) from None
    try:
        wrong = _wrong_setting(settings)
        if wrong is None:
            return _project(root, settings)
    except KeyError as missing:
        raise CannotRunError("incomplete-project-file", file=str(path), key=str(missing.args[0])) from None
    except (TypeError, ValueError) as problem:
        raise CannotRunError("broken-project-file", file=str(path), problem=str(problem)) from None
    setting, value = wrong
    about = {"value": value, "known": ", ".join(_CATALOGUE)}
    said = {f"problem.{tag}": text(f"setting-{setting}", tag, about) for tag in LANGUAGES}
    raise CannotRunError("broken-project-file", file=str(path), **said)


def is_version(value: object) -> bool:
    """Whether a value is a version after Semantic Versioning 2.0, whose digits are those of ASCII."""
    from semver import Version

    return isinstance(value, str) and value.isascii() and Version.is_valid(value)


def _syntax_problem(words: str) -> dict[str, str]:
    """What the parser of TOML says, with its place in the words of each language where it names one."""
    found = _PLACE.fullmatch(words)
    if found is None:
        return {"problem": words}
    return {f"problem.{tag}": text("setting-syntax", tag, found.groupdict()) for tag in LANGUAGES}


def _wrong_setting(settings: dict[str, Any]) -> tuple[str, str] | None:
    """The first setting that is not as it should be, and its value (of a whole section its name); None if all are.

    Raises:
        KeyError: one is missing.
    """
    for name in ("project", "publication", "release"):
        if not isinstance(settings[name], dict):
            return "section", name
    catalogue = settings.get("catalogue", {})
    if not isinstance(catalogue, dict):
        return "section", "catalogue"
    unknown = next((key for key in catalogue if key not in _CATALOGUE), None)
    if unknown is not None:
        return "unknown", f"catalogue.{unknown}"
    project, publication, release = settings["project"], settings["publication"], settings["release"]
    kept: list[tuple[str, str, bool]] = [
        ("language", repr(project["default_language"]), project["default_language"] in LANGUAGES),
        ("base", repr(project["base"]), _is_base(project["base"])),
        ("site", repr(publication["site"]), is_folder_address(publication["site"])),
        ("date", repr(release["date"]), type(release["date"]) is datetime.date),
        (
            "version",
            repr(release["version"]),
            is_version(release["version"]),
        ),
    ]
    kept += [("texts", name, _is_texts(project[name])) for name in ("name", "description")]
    kept += [("text", name, isinstance(publication[name], str)) for name in ("licence", "publisher", "contact")]
    return next(((setting, value) for setting, value, is_right in kept if not is_right), None)


def _is_base(value: object) -> bool:
    return isinstance(value, str) and is_folder_address(re.sub("/?#$", "/", value))


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(said, str) for said in value.values())


def is_folder_address(address: object) -> bool:
    """Whether other addresses can be made by putting something after this one.

    It is an absolute http(s) address that ends with /, without user, query, fragment, escapes and steps up.
    """
    found = _FOLDER.fullmatch(address) if isinstance(address, str) else None
    return found is not None and int(found["port"] or 0) <= _HIGHEST_PORT


def _project(root: Path, settings: dict[str, Any]) -> Project:
    section, publication, release = settings["project"], settings["publication"], settings["release"]
    return Project(
        root=root,
        name=dict(section["name"]),
        description=dict(section["description"]),
        base=section["base"],
        default_language=section["default_language"],
        licence=publication["licence"],
        publisher=publication["publisher"],
        contact=publication["contact"],
        version=release["version"],
        date=release["date"],
        site=publication["site"],
        catalogue_settings=read_catalogue_settings(settings.get("catalogue", {})),
    )
