"""The canned queries of a project: one file each, its header in `#+` lines of YAML after grlc's convention.

grlc's keys (`summary`, `description`, `tags`, `defaults`) mean what they mean there; ours are `title`, `question` and
`theme` by language, `params` with name, type, required and label by language, `columns` (queries/columns.py), `gather`,
`publish` (`view` for a query whose answer is a table of the SQLite database of a release, `wide` for one that is a
wide table there and in tables/), `model`: the number of a query among those by which the page on the model shows
how to ask, `quality`: its number among those whose answers are on the page on quality, and `home`: its number among
those that the first page of the site answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.files import read_file
from ssekg.base.language import LANGUAGES, quoted
from ssekg.base.messages import text as words
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.project.settings import Project
from ssekg.queries.chart_headers import ChartHeader, chart_header
from ssekg.queries.columns import Column, by_language, parse_columns
from ssekg.queries.parameters import Parameter

Parser = Callable[[str], Any]
"""Reads the header of a query, as `read_header` does."""

VIEW: Final = "view"
WIDE: Final = "wide"


@dataclass(frozen=True)
class Query:
    """A query: its name is the file's; titles, questions and theme are by language, `text` is the whole file.

    `columns` are those that its header describes, by name. Rows that differ in `gathered` variables alone are one fact.
    `publish` is VIEW or WIDE where a release has its answer as a table, else None. `model` is its number on the page on
    the model, `quality` that on the page on quality, `home` that on the first page of the site, each None where it is
    not shown there.
    """

    name: str
    text: str
    titles: Mapping[str, str]
    questions: Mapping[str, str]
    theme: Mapping[str, str]
    tags: Sequence[str]
    parameters: Sequence[Parameter]
    columns: Mapping[str, Column] = field(default_factory=dict)
    gathered: Sequence[str] = ()
    publish: str | None = None
    model: int | None = None
    quality: int | None = None
    home: int | None = None
    chart: ChartHeader | None = None


def read_queries(project: Project) -> list[Query]:
    """All canned queries of a project, by name.

    Raises:
        CannotRunError: a header is broken.
    """
    return [read_query(path) for path in sorted(project.query_files, key=lambda path: path.stem)]


def read_header(header: str) -> Any:
    """What the lines of a header say.

    Raises:
        ValueError: they are not YAML.
    """
    import yaml

    # The loader in C is ten times as fast, and need not be there.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(header, loader) or {}  # noqa: S506 - both loaders are safe
    except yaml.YAMLError as problem:
        raise ValueError(str(problem)) from None


def find_query(project: Project, name: str, parse: Parser = read_header) -> Query:
    """The canned query called `name`.

    Raises:
        AskedWronglyError: no query has the name, or several have.
    """
    paths = [path for path in project.query_files if path.stem == name]
    if not paths:
        nearest = nearest_name(name, (path.stem for path in project.query_files))
        raise AskedWronglyError("no-such-query", name=quoted(name), **suggestion(nearest))
    if len(paths) > 1:
        raise AskedWronglyError("ambiguous-query", name=name, files=", ".join(map(project.shown, paths)))
    return read_query(paths[0], parse)


def read_query(path: Path, parse: Parser = read_header) -> Query:
    """The query in a file; a file without a header has no title and no parameters.

    Raises:
        CannotRunError: the file can't be read, or its header is not as it should be.
    """
    return parse_query(path.stem, decoded(read_file(path, str(path)), str(path)), parse)


def decoded(content: bytes, shown: str) -> str:
    """The text of a query file that people call `shown`.

    Raises:
        CannotRunError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise CannotRunError("query-not-utf8", file=shown, line=str(line)) from None


def parse_own_query(name: str, text: str) -> Query:
    """A query that is in no file; without a title of its own it is called what it is.

    Raises:
        CannotRunError: its header is not as it should be.
    """
    found = parse_query(name, text)
    return found if found.titles else replace(found, titles={each: words("own-query", each) for each in LANGUAGES})


def parse_query(name: str, text: str, parse: Parser = read_header) -> Query:
    """The query in a text, under the name of its file.

    Raises:
        CannotRunError: its header is not as it should be.
    """
    header = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    try:
        content = parse(header)
        defaults = {key: str(value) for entry in content.get("defaults", []) for key, value in entry.items()}
        return Query(
            name=name,
            text=text,
            titles=by_language(content.get("title", {})),
            questions=by_language(content.get("question", {})),
            theme=by_language(content.get("theme", {})),
            tags=[str(tag) for tag in content.get("tags", [])],
            parameters=[_parameter(entry, defaults) for entry in content.get("params", [])],
            columns=parse_columns(content.get("columns", {})),
            gathered=[str(variable) for variable in content.get("gather", [])],
            publish=_publish(content.get("publish")),
            model=_number(content, "model"),
            quality=_number(content, "quality"),
            home=_number(content, "home"),
            chart=chart_header(content.get("chart")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise CannotRunError("broken-query-header", name=name, problem=str(problem)) from None


def _number(content: Mapping[str, Any], key: str) -> int | None:
    return int(content[key]) if key in content else None


def _publish(given: Any) -> str | None:
    if given not in {None, VIEW, WIDE}:
        raise ValueError(f"publish: {given}")
    return given  # type: ignore[no-any-return]


def _parameter(entry: Mapping[str, Any], defaults: Mapping[str, str]) -> Parameter:
    return Parameter(
        name=str(entry["name"]),
        type=str(entry["type"]),
        required=bool(entry.get("required", False)),
        labels=by_language(entry.get("label", {})),
        default=defaults.get(str(entry["name"])),
    )
