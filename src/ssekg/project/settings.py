"""The project folder: find it, read its ssekg.toml once, know its files."""

import datetime
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file, real
from ssekg.base.formats import rdf_format_of
from ssekg.base.language import is_right_to_left
from ssekg.base.messages import add_catalogue, can_be_used, has_words
from ssekg.base.said import Argument, Said
from ssekg.project.catalogue_settings import CatalogueSettings, by_language, read_catalogue_settings
from ssekg.project.setting_rules import wrong_setting

PROJECT_FILE: Final = "ssekg.toml"
_LEFT_BEHIND: Final = re.compile(r"~\$.*|.*~|.*\.(?:lock|bak|orig|swp|tmp)|thumbs\.db|desktop\.ini|#.*#", re.IGNORECASE)
_PLACE: Final = re.compile(r"(?P<problem>.+) \(at line (?P<line>\d+), column (?P<column>\d+)\)")


@dataclass(frozen=True)
class Privacy:
    """What is not shown to everybody: the kinds of records, what the public files are called, the law by language."""

    withheld: tuple[str, ...] = ()
    public_name: str = "public"
    law: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Import:
    """A release that the project stands on: its name here, where it is, and what the IRIs of its records begin with.

    `sha256` is the hash of the archive or, of a folder, that of its manifest.
    """

    name: str
    release: str
    sha256: str
    base: str


@dataclass(frozen=True)
class Project:
    """What ssekg.toml says. `name` and `description` map a language tag to a text; `base` ends with / or #.

    Language tags are in lower case, as RDF compares them. `id` names the files of a release. `languages` are the tags
    of the languages that the data must have, in the order in which they are shown; `default_language` is one of the
    tool's own. `prefixes` come on top of the usual ones. `site` is where the release is served: an absolute address
    that ends with /. `version` follows Semantic Versioning.
    """

    root: Path
    id: str
    name: Mapping[str, str]
    description: Mapping[str, str]
    base: str
    languages: tuple[str, ...]
    default_language: str
    licence: str
    publisher: str
    contact: str
    version: str
    date: datetime.date
    site: str
    prefixes: Mapping[str, str] = field(default_factory=dict)
    privacy: Privacy = field(default_factory=Privacy)
    catalogue_settings: CatalogueSettings = field(default_factory=CatalogueSettings)
    country: str = ""
    pages: str = ""
    imports: tuple[Import, ...] = ()

    @property
    def import_bases(self) -> tuple[str, ...]:
        """What the IRIs of the records of its imports begin with."""
        return tuple(each.base for each in self.imports)

    @property
    def public_id(self) -> str:
        """What the dumps of the public graph are called: as those of the whole graph where nothing is withheld."""
        return f"{self.id}-{self.privacy.public_name}" if self.privacy.withheld else self.id

    @property
    def home(self) -> str:
        """The IRI above the instances, ending with /: everything else has its IRI under it."""
        return home_of(self.base)

    @property
    def worded_languages(self) -> tuple[str, ...]:
        """The languages of the data that the tool has words in; its default language if it has them in none."""
        return tuple(filter(has_words, self.languages)) or (self.default_language,)

    @property
    def reading_order(self) -> tuple[str, ...]:
        """The languages in the order for programs that take the first: those with Latin letters can name an address."""
        return tuple(sorted(self.languages, key=is_right_to_left))

    @property
    def ontology_files(self) -> list[Path]:
        """The vocabulary and the concept schemes."""
        return self._rdf_in("ontology")

    @property
    def rdf_files(self) -> list[Path]:
        """The hand-modelled data."""
        return self._rdf_in("data")

    @property
    def table_descriptions(self) -> list[Path]:
        """The CSVW description of each table."""
        return [path for path in self.files_in("data") if path.name.endswith(".csv-metadata.json")]

    @property
    def shapes_files(self) -> list[Path]:
        """The SHACL shapes."""
        return self._rdf_in("shapes")

    @property
    def query_files(self) -> list[Path]:
        """The canned queries."""
        return [path for path in self.files_in("queries") if path.suffix.lower() == ".rq"]

    @property
    def word_files(self) -> list[Path]:
        """The catalogues messages/{tag}.toml, which word what the tool says."""
        return sorted((self.root / "messages").glob("*.toml"))

    def files_in(self, folder: str) -> list[Path]:
        """All files in a folder of the project and below it, in their order.

        Hidden ones, and what programs leave beside the files that they write, are nobody's sources.
        """
        root = self.root / folder
        found = (path for path in root.rglob("*") if not path.is_dir() and not _LEFT_BEHIND.fullmatch(path.name))
        return sorted(path for path in found if not any(p.startswith(".") for p in path.relative_to(root).parts))

    def _rdf_in(self, folder: str) -> list[Path]:
        return [path for path in self.files_in(folder) if rdf_format_of(path) is not None]

    @property
    def templates(self) -> Path:
        """The folder of templates that go before the tool's; it need not be there."""
        return self.root / "templates"

    @property
    def template_files(self) -> list[Path]:
        """The templates that go before the tool's."""
        return self.files_in("templates")

    def shown(self, path: Path) -> str:
        """The path as people should read it: relative to the project if it is inside, with forward slashes."""
        resolved = real(path)
        root = real(self.root)
        return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)


def home_of(base: str) -> str:
    """The IRI above the instances of a project whose base this is."""
    return urljoin(base, "../" if base.endswith("/id/") else ".")


def derived_graph(base: str) -> ox.NamedNode:
    """The named graph of what is derived, which no source states, in the N-Quads and TriG of a project."""
    return ox.NamedNode(f"{home_of(base)}graph/derived")


def find_project(start: Path) -> Project | None:
    """The project whose ssekg.toml is in `start` or above it, None if there is none.

    Raises:
        CannotRunError: the file is there and broken.
    """
    for folder in (real(start), *real(start).parents):
        if (folder / PROJECT_FILE).is_file():
            return read_project(folder)
    return None


def carried_project() -> Project:
    """The project that the package carries (in an editable installation: the checkout itself)."""
    carried = Path(__file__).parents[1] / "carried"
    return read_project(carried if carried.is_dir() else Path(__file__).parents[3])


def read_project(root: Path) -> Project:
    """The project in folder `root`.

    Raises:
        CannotRunError: there is no ssekg.toml in it, or it can't be read, or a setting is missing or wrong.
    """
    path = root / PROJECT_FILE
    if not os.path.lexists(path):
        raise CannotRunError("no-project-file", folder=str(root))
    try:
        settings = tomllib.loads(read_file(path, str(path)).decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise CannotRunError("broken-project-file", file=str(path), problem=_syntax_problem(str(problem))) from None
    return project_of(root, path, settings)


def project_of(root: Path, file: Path, settings: dict[str, Any]) -> Project:
    """The project in folder `root` whose settings were read from a file, with the words that it adds to the tool's.

    Raises:
        CannotRunError: a setting is missing or wrong, or the words can't be read.
    """
    try:
        wrong = wrong_setting(settings)
        if wrong is None:
            project = _project(root, settings)
            _add_words(project)
            return project
    except KeyError as missing:
        raise CannotRunError("incomplete-project-file", file=str(file), key=str(missing.args[0])) from None
    code, values = wrong
    raise CannotRunError("broken-project-file", file=str(file), problem=Said(code, values))


def _add_words(project: Project) -> None:
    """Take the catalogues of the project.

    Raises:
        CannotRunError: one can't be read.
    """
    for path in project.word_files:
        shown = project.shown(path)
        try:
            entries = tomllib.loads(read_file(path, shown).decode("utf-8-sig"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
            raise CannotRunError("broken-project-file", file=shown, problem=_syntax_problem(str(problem))) from None
        wrong = next((code for code, entry in entries.items() if not can_be_used(code, entry)), None)
        if wrong is not None:
            raise CannotRunError("broken-words", file=shown, entry=wrong)
        add_catalogue(path.stem.lower(), entries, project.default_language)


def _syntax_problem(words: str) -> Argument:
    """What the parser of TOML says, with its place in our own words where it names one."""
    found = _PLACE.fullmatch(words)
    return words if found is None else Said("setting-syntax", found.groupdict())


def _project(root: Path, settings: dict[str, Any]) -> Project:
    section, publication, release = settings["project"], settings["publication"], settings["release"]
    privacy = settings.get("privacy", {})
    return Project(
        root=root,
        id=section["id"],
        name=by_language(section["name"]),
        description=by_language(section["description"]),
        base=section["base"],
        languages=tuple(tag.lower() for tag in section["languages"]),
        default_language=section["default_language"],
        country=section.get("country", ""),
        licence=publication["licence"],
        publisher=publication["publisher"],
        contact=publication["contact"],
        pages=publication.get("pages", ""),
        version=release["version"],
        date=release["date"],
        site=publication["site"],
        prefixes=dict(settings.get("prefixes", {})),
        imports=tuple(
            # Not where a link leads to: messages name what the settings name.
            Import(name, os.path.abspath(root / given["release"]), given["sha256"], given["base"])  # noqa: PTH100
            for name, given in settings.get("imports", {}).items()
        ),
        privacy=Privacy(
            **{**privacy, "withheld": tuple(privacy.get("withheld", ())), "law": by_language(privacy.get("law", {}))}
        ),
        catalogue_settings=read_catalogue_settings(settings.get("catalogue", {})),
    )
