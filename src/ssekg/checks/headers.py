"""The header of a canned query: `#+` lines of YAML, read with the place of every key and value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.language import LANGUAGES
from ssekg.base.said import Arguments, Said
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.queries.chart_headers import CHART_TYPES
from ssekg.queries.columns import KEYS as KEYS_OF_COLUMNS
from ssekg.queries.columns import TEXTS as TEXTS_OF_COLUMNS
from ssekg.queries.columns import TYPES
from ssekg.queries.library import VIEW, WIDE
from ssekg.queries.parameters import Parameter
from ssekg.sources.places import Lines

# grlc's keys, then ours.
KEYS: Final = (
    *("summary", "description", "tags", "defaults", "enumerate", "pagination", "endpoint", "method", "transform"),
    *(
        "endpoint_in_url",
        "title",
        "question",
        "theme",
        "params",
        "columns",
        "gather",
        "chart",
        "publish",
        "model",
        "quality",
        "home",
    ),
)
_TEXTS: Final = ("title", "question")
_PARAMETER_KEYS: Final = ("name", "type", "required", "label")
_LINE: Final = re.compile(r"^#\+ ?(?P<yaml>[^\r\n]*)", re.MULTILINE)
_NAME: Final = re.compile(r"[A-Za-z]\w*", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
# What can nest; the parser calls itself for each, and ends the process where the stack ends.
_NESTED: Final = re.compile(r"[\[{]|[-?:] ")
_MOST_NESTED: Final = 5000
# libyaml, where PyYAML was built with it, is ten times as quick.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Header:
    """What a header declares: the place of each parameter by its variable, and of each column that it names.

    `titled` are the columns that it gives a title. `is_sound` is false if it can't be read.
    """

    parameters: dict[str, Place] = field(default_factory=dict)
    columns: dict[str, Place] = field(default_factory=dict)
    titled: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    is_sound: bool = True


def read_header(lines: Lines, languages: Sequence[str], types: Sequence[str]) -> Header:
    """The header of a query file, with all that is wrong with it.

    Args:
        lines: the text of the file.
        languages: those in which its texts have to be there.
        types: those that its parameters may have.
    """
    matches = list(_LINE.finditer(lines.text))
    starts = [match.start("yaml") for match in matches]
    written = "\n".join(match["yaml"] for match in matches)
    if len(_NESTED.findall(written)) > _MOST_NESTED:
        place = lines.place(*matches[0].span())
        return Header(findings=[Finding("query-too-deep", Severity.VIOLATION, place)], is_sound=False)
    try:
        node = yaml.compose(written, Loader=_LOADER)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        at = starts[min(mark.line, len(starts) - 1)] + mark.column if mark is not None else starts[0]
        place = lines.place(at, at + 1)
        arguments = {"problem": str(getattr(problem, "problem", None) or problem)}
        findings = [Finding("query-header", Severity.VIOLATION, place, _problem("yaml", **arguments))]
        return Header(findings=findings, is_sound=False)
    return _Reader(lines, starts, languages, types).read(node)


class _Reader:
    """Walks through the nodes of a header."""

    def __init__(self, lines: Lines, starts: Sequence[int], languages: Sequence[str], types: Sequence[str]) -> None:
        self.lines = lines
        self.types = types
        self.starts = starts
        self.languages = languages
        self.header = Header()

    def read(self, node: Any) -> Header:
        """The header in the root node of its YAML, None for an empty one."""
        if node is None:
            self.header.findings += [self._at(self.lines.place(0, 0), "missing", key=key) for key in _TEXTS]
            return self.header
        entries = self._mapping(node, KEYS, "header")
        for key in _TEXTS:
            if key in entries:
                self._texts(entries[key], key)
            else:
                self._wrong(node, "missing", key=key)
        if "theme" in entries:
            self._texts(entries["theme"], "theme")
        names = [name for entry in self._sequence(entries.get("params")) if (name := self._parameter(entry))]
        for default in self._sequence(entries.get("defaults")):
            self._mapping(default, names, "defaults")
        self._release(entries)
        for tag in self._sequence(entries.get("tags")):
            self._scalar(tag)
        for gathered in self._sequence(entries.get("gather")):
            self._column(gathered)
        self._columns(entries.get("columns"))
        if "chart" in entries:
            self._chart(entries["chart"])
        return self.header

    def _release(self, entries: Mapping[str, Any]) -> None:
        """Judge where a release shows the query."""
        if "publish" in entries and (wanted := self._scalar(entries["publish"])) not in {None, VIEW, WIDE}:
            self._unknown(entries["publish"], str(wanted), (VIEW, WIDE), "publish")
        for key in ("model", "quality", "home"):
            if key in entries and not _NUMBER.fullmatch(self._scalar(entries[key]) or ""):
                self._wrong(entries[key], "number", key=key)

    def _chart(self, node: Any) -> None:
        """Judge what a chart takes from which column."""
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, "mapping", key="chart")
            return
        named = next((value for key, value in node.value if key.value == "type"), None)
        name = self._scalar(named)
        chart_type = CHART_TYPES.get(name or "")
        if named is None:
            self._wrong(node, "missing", key="chart: type")
        elif chart_type is None:
            self._unknown(named, name or "", list(CHART_TYPES), "chart: type")
        else:
            entries = self._mapping(node, ("type", *chart_type.roles), "chart")
            for role in chart_type.required:
                if role not in entries:
                    self._wrong(node, "missing", key=f"chart: {role}")
            for role in chart_type.roles:
                if role in entries:
                    self._column(entries[role])

    def _parameter(self, node: Any) -> str | None:
        """The name of a parameter, None if it can't be used."""
        entries = self._mapping(node, _PARAMETER_KEYS, "params")
        for key in ("name", "type", "label"):
            if key not in entries:
                self._wrong(node, "missing", key=key)
        name = self._scalar(entries.get("name"), _NAME)
        kind = self._scalar(entries.get("type"))
        if kind is not None and kind not in self.types:
            # Kinds are short enough to be listed; classes and schemes are found by their likeness.
            short = [each for each in self.types if ":" not in each and "/" not in each]
            self._unknown(entries["type"], kind, short, "type", nearest_name(kind, self.types))
            kind = None
        if "required" in entries and self._scalar(entries["required"]) not in {"true", "false", None}:
            self._wrong(entries["required"], "boolean", key="required")
        if "label" in entries:
            self._texts(entries["label"], "label")
        if name is None or kind is None:
            self.header.is_sound = False
            return name
        variable = Parameter(name, kind, False, {}).variable
        if variable in self.header.parameters:
            self._wrong(entries["name"], "twice", key=name)
        self.header.parameters[variable] = self._place(entries["name"])
        return name

    def _columns(self, node: Any) -> None:
        """What the header says of columns, each by its name."""
        if node is not None and not isinstance(node, yaml.MappingNode):
            self._wrong(node, "mapping", key="columns")
        for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
            self._column(name)
            entries = self._mapping(value, KEYS_OF_COLUMNS, "columns")
            for key in filter(entries.__contains__, TEXTS_OF_COLUMNS):
                self._texts(entries[key], key)
            if "title" in entries:
                self.header.titled.add(str(name.value))
            kind = self._scalar(entries.get("type"))
            if kind is not None and kind not in TYPES:
                self._unknown(entries["type"], kind, TYPES, "type")

    def _column(self, node: Any) -> None:
        name = self._scalar(node)
        if name is not None:
            self.header.columns.setdefault(name, self._place(node))

    def _texts(self, node: Any, key: str) -> None:
        """Judge a text by language: each that data must have has to be there, and those of the tool may be."""
        entries = self._mapping(node, list(dict.fromkeys([*self.languages, *LANGUAGES])), key, is_tagged=True)
        for language in self.languages:
            if language not in entries:
                self._wrong(node, "missing", key=f"{key}: {language}")
            elif not self._scalar(entries[language]):
                self._wrong(entries[language], "empty", key=f"{key}: {language}")

    def _mapping(self, node: Any, known: Sequence[str], key: str, *, is_tagged: bool = False) -> Mapping[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, "mapping", key=key)
            self.header.is_sound = self.header.is_sound and key not in {"header", "params"}
            return {}
        entries: dict[str, Any] = {}
        for name, value in node.value:
            word = str(name.value).lower() if is_tagged else str(name.value)
            if word not in known:
                self._unknown(name, word, known, key)
            elif word in entries:
                self._wrong(name, "twice", key=word)
            entries[word] = value
        return entries

    def _sequence(self, node: Any) -> Iterator[Any]:
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
        elif node is not None:
            self._wrong(node, "list")
            self.header.is_sound = False

    def _scalar(self, node: Any, pattern: re.Pattern[str] | None = None) -> str | None:
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._wrong(node, "text")
            return None
        if pattern is not None and not pattern.fullmatch(node.value):
            self._wrong(node, "name", key=node.value)
            return None
        return str(node.value)

    def _unknown(self, node: Any, word: str, known: Sequence[str], key: str, nearest: str | None = None) -> None:
        nearest = nearest or nearest_name(word, known)
        self._wrong(node, "unknown", nearest=nearest, key=key, word=word, known=", ".join(known) or "–")

    def _wrong(self, node: Any, what: str, /, nearest: str | None = None, **arguments: str) -> None:
        self.header.findings.append(self._at(self._place(node), what, nearest, **arguments))

    def _at(self, place: Place, what: str, /, nearest: str | None = None, **arguments: str) -> Finding:
        return Finding("query-header", Severity.VIOLATION, place, _problem(what, nearest, **arguments))

    def _place(self, node: Any) -> Place:
        """The first line of a node: a block has the lines below it as well."""
        start, end = node.start_mark, node.end_mark
        first = self.starts[start.line] + start.column
        last = self.starts[end.line] + end.column if end.line == start.line else self._end_of_line(start.line)
        return self.lines.place(first, last)

    def _end_of_line(self, line: int) -> int:
        match = _LINE.match(self.lines.text, self.lines.text.rfind("#+", 0, self.starts[line]))
        return match.end() if match else self.starts[line]


def _problem(what: str, /, nearest: str | None = None, **arguments: str) -> Arguments:
    """The arguments of a finding: what is wrong, and what was probably meant."""
    return {"problem": Said(f"query-header-{what}", arguments), **suggestion(nearest)}
