"""The project folder: find it, read its ssekg.toml once, know its files."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ssekg.errors import CannotRunError
from ssekg.language import LANGUAGES

PROJECT_FILE: Final = "ssekg.toml"
_CONTACT: Final = re.compile(r"(https?://|mailto:[^@\s]+@)[^\s/]\S*")
# https://semver.org/spec/v2.0.0.html: three numbers, then perhaps a pre-release and a build.
_VERSION: Final = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(-(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?"
    r"(\+[\dA-Za-z-]+(\.[\dA-Za-z-]+)*)?",
    re.ASCII,
)
# Licences under which data are open (https://opendefinition.org/licenses/), as their owners write their IRIs.
LICENCES: Final = (
    "https://opendatacommons.org/licenses/odbl/1-0/",
    "https://opendatacommons.org/licenses/by/1-0/",
    "https://opendatacommons.org/licenses/pddl/1-0/",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by-sa/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
)


@dataclass(frozen=True)
class Project:
    """What ssekg.toml says.

    `name` and `description` map a language tag to a text; `base` ends with / or #; `site` is where the release is
    served, and ends with /; `licence` is one of LICENCES; `contact` is a web or mail address as a URI; `version`
    follows Semantic Versioning.
    """

    root: Path
    name: Mapping[str, str]
    description: Mapping[str, str]
    base: str
    default_language: str
    licence: str
    publisher: str
    contact: str
    site: str
    version: str
    date: datetime.date

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
        resolved = path.resolve()
        root = self.root.resolve()
        return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)


def find_project(start: Path) -> Project | None:
    """The project whose ssekg.toml lies in `start` or above it, None if there is none.

    Raises:
        CannotRunError: the file is there and broken.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / PROJECT_FILE).is_file():
            return read_project(folder)
    return None


def carried_project() -> Project:
    """The project that the package carries (in an editable installation: the checkout itself)."""
    carried = Path(str(files("ssekg"))) / "carried"
    return read_project(carried if carried.is_dir() else Path(__file__).parents[2])


def read_project(root: Path) -> Project:
    """The project in folder `root`.

    Raises:
        CannotRunError: there is no ssekg.toml in it, or it can't be read, or it lacks something.
    """
    path = root / PROJECT_FILE
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CannotRunError("no-project-file", folder=str(root)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise CannotRunError("broken-project-file", file=str(path), problem=str(problem)) from None
    try:
        return _project(root, settings)
    except KeyError as missing:
        raise CannotRunError("incomplete-project-file", file=str(path), key=str(missing.args[0])) from None
    except (TypeError, ValueError) as problem:
        raise CannotRunError("broken-project-file", file=str(path), problem=str(problem)) from None


def is_site(url: str) -> bool:
    """Whether a release can be served under a URL: http or https with a host, ending with /, no query, no fragment."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and not set("?# ") & set(url) and url[-1] == "/"
        )
    except ValueError:
        return False


def _project(root: Path, settings: dict[str, Any]) -> Project:
    section = settings["project"]
    publication = settings["publication"]
    release = settings["release"]
    if section["default_language"] not in LANGUAGES:
        raise ValueError(f"default_language: {section['default_language']}")
    if type(release["date"]) is not datetime.date:
        raise TypeError(f"release.date: {release['date']}")
    base = str(section["base"])
    if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")):
        raise ValueError(f"project.base: {base}")
    licence, contact, site = (str(publication[name]) for name in ("licence", "contact", "site"))
    version, file = str(release["version"]), str(root / PROJECT_FILE)
    if licence not in LICENCES:
        raise CannotRunError("unknown-licence", file=file, licence=licence, known=", ".join(LICENCES))
    if not _CONTACT.fullmatch(contact):
        raise CannotRunError("bad-contact", file=file, contact=contact)
    if not is_site(site):
        raise CannotRunError("bad-site", file=file, site=site)
    if not _VERSION.fullmatch(version):
        raise CannotRunError("bad-version", file=file, version=version)
    return Project(
        root=root,
        name=dict(section["name"]),
        description=dict(section["description"]),
        base=base,
        default_language=section["default_language"],
        licence=licence,
        publisher=str(publication["publisher"]),
        contact=contact,
        site=site,
        version=version,
        date=release["date"],
    )
