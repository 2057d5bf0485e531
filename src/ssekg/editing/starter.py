"""What a new project begins with: the general modules of a project, without what others of its modules are about.

The folder starter/ of that project says which modules these are. A file belongs to a module that its path names; a
column of a table belongs to the module that declares its property.
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.files import read_file
from ssekg.base.formats import rdf_format_of
from ssekg.project.settings import Project
from ssekg.project.vocabulary import KIND
from ssekg.queries.columns import COLUMNS_FILE
from ssekg.sources.imports import ontologies_of
from ssekg.sources.modules import declared_ontologies
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.release_content import ReleaseContent
from ssekg.sources.tables.templates import shared_template
from ssekg.sources.vocabulary import terms_of

_FOLDER: Final = "starter"
_FILE: Final = "starter.toml"
_README: Final = "README.{language}.md"
_DESCRIBED: Final = "-metadata.json"
_EXAMPLE: Final = "skos:example"
_RELATION: Final = "dc:relation"
_RULES: Final = ("shapes/", "queries/")
_WORDS: Final = re.compile(r"\w+(\|\w+)*")


class Starter:
    """The beginning of a new project, taken from another project.

    Where the new one stands on a release that has the vocabulary of these modules, the release gives it, with its rules
    and questions, which are about its own codes.
    """

    def __init__(self, project: Project, release: ReleaseContent | None = None) -> None:
        """Read which modules it consists of; `release` is the one that the new project imports, if it does.

        Raises:
            CannotRunError: the folder starter/ of the project can't be read, or the release is damaged.
        """
        self.project = project
        self.release = release
        self.folder = project.root / _FOLDER
        settings = tomllib.loads(read_file(self.folder / _FILE, f"{_FOLDER}/{_FILE}").decode())
        self.modules = frozenset(map(str, settings["modules"]))

    def files(self, language: str) -> dict[str, bytes]:
        """The files of the new project but for its settings, by their paths, for somebody who reads `language`."""
        return {**dict(self._of_modules()), **dict(self._tables()), **dict(self._own(language))}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of records that its vocabulary has."""
        named = (triple.object for triple in self._statements if triple.predicate == KIND)
        return frozenset(kind.value for kind in named if isinstance(kind, ox.Literal))

    def _is_of_module(self, path: Path) -> bool:
        parts = path.relative_to(self.project.root).parts
        return not self.modules.isdisjoint({*parts[:-1], path.stem})

    def _of_modules(self) -> Iterator[tuple[str, bytes]]:
        folders = ["data"]
        if self.release is not None and declared_ontologies(self._statements) <= ontologies_of(self.release):
            names = (name for name in self.release.names if name.startswith(_RULES))
            yield from ((name, self.release.read(name)) for name in names)
        else:
            folders += ["ontology", "shapes", "queries"]
        for folder in folders:
            for path in self.project.files_in(folder):
                shown = self.project.shown(path)
                if self._is_of_module(path) or shown == COLUMNS_FILE:
                    yield shown, read_file(path, shown)

    def _own(self, language: str) -> Iterator[tuple[str, bytes]]:
        """The files that only a new project has; of those that are there in several languages, that in `language`."""
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_dir() or name == _FILE or path.suffix == ".csv" or name.startswith("README."):
                continue
            yield name, read_file(path, name)
        readme = _README.format(language=language)
        yield "README.md", read_file(self.folder / readme, readme)

    def _tables(self) -> Iterator[tuple[str, bytes]]:
        """The tables that there are terms for, each with its description and the rows that it begins with."""
        kept = {}
        for path in self.project.table_descriptions:
            description = json.loads(read_file(path, self.project.shown(path)))
            if not any(column.get("valueUrl") in self._gone for column in description["tableSchema"]["columns"]):
                kept[path.name] = self._cut(description)
        tables = {name.removesuffix(_DESCRIBED) for name in kept}
        for name, description in kept.items():
            _keep_relations(description, tables)
            table = name.removesuffix(_DESCRIBED)
            yield f"data/{name}", (json.dumps(description, ensure_ascii=False, indent=2) + "\n").encode()
            yield f"data/{table}", self._rows(table, description)

    def _rows(self, table: str, description: Mapping[str, Any]) -> bytes:
        """The content of a table."""
        columns = [each["name"] for each in description["tableSchema"]["columns"] if not each.get("virtual")]
        written = io.StringIO()
        writer = csv.DictWriter(written, columns, lineterminator="\n")
        writer.writeheader()
        path = self.folder / "data" / table
        if path.is_file():
            writer.writerows(csv.DictReader(read_file(path, f"{_FOLDER}/data/{table}").decode().splitlines()))
        return written.getvalue().encode()

    def _cut(self, description: dict[str, Any]) -> dict[str, Any]:
        """The description of a table without the columns and classes of other modules, and without their examples."""
        schema = description["tableSchema"]
        schema["columns"] = [each for each in schema["columns"] if each.get("propertyUrl") not in self._gone]
        for column in schema["columns"]:
            named = [value for value in self._values(column, _words(column)) if value.value in self._gone]
            if named:
                words = (word for word in _words(column) if not set(self._values(column, [word])) & set(named))
                column["datatype"]["format"] = "|".join(words)
            if not self._is_general(column):
                column.pop(_EXAMPLE, None)
        return description

    def _is_general(self, column: Mapping[str, Any]) -> bool:
        """Whether the example of a column is about no record: a number or date, or terms and codes that are kept."""
        datatype = column.get("datatype", "string")
        base = datatype.get("base", "string") if isinstance(datatype, dict) else datatype
        if base != "string" or "PartialDate" in str(datatype):
            return True
        example = str(column.get(_EXAMPLE, ""))
        values = self._values(column, example.split(column["separator"]) if column.get("separator") else [example])
        return bool(values) and {triple.subject for triple in self._statements}.issuperset(values)

    def _values(self, column: Mapping[str, Any], words: Iterable[str]) -> list[ox.NamedNode]:
        """What cells with these words lead to; nothing where cells are texts."""
        if column.get("virtual") or "valueUrl" not in column:
            return []
        template = shared_template(column["valueUrl"], self.project.base)
        return [template.iri({column["name"]: word}) for word in words]

    @cached_property
    def _statements(self) -> list[ox.Triple]:
        """What the ontology of the modules says."""
        return self._read(path for path in self.project.ontology_files if self._is_of_module(path))

    @cached_property
    def _gone(self) -> frozenset[str]:
        """The terms that only other modules declare."""
        everything = terms_of(self._read(self.project.ontology_files))
        return frozenset(
            term.value for term in everything - terms_of(self._statements) if isinstance(term, ox.NamedNode)
        )

    def _read(self, paths: Iterable[Path]) -> list[ox.Triple]:
        files = (RdfFile(path, self.project.base, self.project.shown(path)) for path in paths if rdf_format_of(path))
        return [triple for file in files for triple in file.triples()]


def _words(column: Mapping[str, Any]) -> list[str]:
    """The words that the format of a column lists."""
    datatype = column.get("datatype")
    form = datatype.get("format") if isinstance(datatype, dict) else None
    return form.split("|") if form and _WORDS.fullmatch(form) else []


def _keep_relations(description: dict[str, Any], tables: set[str]) -> None:
    """Have a description name no other table than these."""
    schema = description["tableSchema"]
    names = {each["name"] for each in schema["columns"]}
    keys = schema.pop("foreignKeys", [])
    kept = [each for each in keys if each["columnReference"] in names and each["reference"]["resource"] in tables]
    if kept:
        schema["foreignKeys"] = kept
    related = [each for each in description.pop(_RELATION, []) if each in tables]
    if related:
        description[_RELATION] = related
