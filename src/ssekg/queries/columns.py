"""The columns of answers: what each is called, what it means, and its unit, in the languages of a project.

Words that several queries need are written once, in `queries/columns.toml`: a table for each variable. The header of a
query has those that differ there.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file
from ssekg.base.language import is_language_tag, pick
from ssekg.project.settings import Project

COLUMNS_FILE: Final = "queries/columns.toml"
TEXTS: Final = ("title", "meaning", "unit")
PART: Final = "part"
TYPES: Final = ("thing", PART, "address", "text", "number", "year", "date", "boolean")
KEYS: Final = ("type", *TEXTS)


@dataclass(frozen=True)
class Column:
    """A column: its name is that of the variable, `titles`, `meanings` and `units` are by language.

    `type` is one of TYPES, "" where the terms in the column decide. A part is a thing that only programs tell from
    others: it has no name to show. In a gathered column a cell may have several terms.
    """

    name: str
    titles: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    type: str = ""
    is_gathered: bool = False

    def title(self, language: str) -> str:
        """What it is called for someone who reads `language`; its name where nobody has given it a title."""
        return pick(self.titles, language) or self.name

    def meaning(self, language: str) -> str:
        """What it means, "" where nothing says so."""
        return pick(self.meanings, language) or ""

    def unit(self, language: str) -> str:
        """The unit of all its values, "" without one."""
        return pick(self.units, language) or ""


def read_table(content: str) -> Any:
    """What the file of columns says.

    Raises:
        ValueError: it is not TOML.
    """
    return tomllib.loads(content)


def read_columns(project: Project, parse: Callable[[str], Any] = read_table) -> dict[str, Column]:
    """The columns that the project describes for all its queries, by name.

    Args:
        project: the project.
        parse: reads the file as `read_table` does.

    Raises:
        CannotRunError: the file can't be read, or is not as it should be.
    """
    path = project.root / COLUMNS_FILE
    if not path.is_file():
        return {}
    try:
        return parse_columns(parse(read_file(path, str(path)).decode("utf-8-sig")))
    except (ValueError, AttributeError, TypeError) as problem:
        raise CannotRunError("broken-columns", file=str(path), problem=str(problem)) from None


def parse_columns(content: Mapping[str, Any]) -> dict[str, Column]:
    """The columns that a mapping from their names describes.

    Raises:
        ValueError, AttributeError, TypeError: it is not as it should be.
    """
    return {str(name): _column(str(name), entry) for name, entry in content.items()}


def by_language(texts: Mapping[str, Any]) -> dict[str, str]:
    """Texts by language tag, as the header of a query has them.

    Raises:
        ValueError, AttributeError: it is something else.
    """
    unknown = [tag for tag in texts if not is_language_tag(tag)]
    if unknown:
        raise ValueError(f"language: {', '.join(map(str, unknown))}")
    return {tag.lower(): str(text).strip() for tag, text in texts.items()}


def _column(name: str, entry: Mapping[str, Any]) -> Column:
    unknown = [key for key in entry if key not in KEYS]
    kind = str(entry.get("type", ""))
    if unknown or (kind and kind not in TYPES):
        raise ValueError(f"{name}: {', '.join(map(str, unknown)) or kind}")
    titles, meanings, units = (by_language(entry.get(key, {})) for key in TEXTS)
    return Column(name, titles, meanings, units, kind)
