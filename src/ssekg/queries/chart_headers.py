"""What the header of a query says of the chart that suits its answer: `chart: {type: bar, x: region, y: value}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class ChartType:
    """A type of charts: what it takes from columns of the answer, and what it can take as well."""

    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """All that it takes."""
        return (*self.required, *self.optional)


CHART_TYPES: Final[Mapping[str, ChartType]] = {
    "bar": ChartType(("x", "y"), ("series", "unit", "when")),
    "line": ChartType(("x", "y"), ("series", "unit")),
    "map": ChartType(("x",), ("y", "unit")),
    "timeline": ChartType(("x", "y"), ("end", "series")),
}


@dataclass(frozen=True, slots=True)
class ChartHeader:
    """The chart of a query: its type, and the variable that each role is taken from."""

    type: str
    columns: Mapping[str, str]


def chart_header(entry: Mapping[str, Any] | None) -> ChartHeader | None:
    """The chart in a header, None if it has none.

    Raises:
        ValueError: the type is not known, or what it takes is missing or not known.
    """
    if entry is None:
        return None
    columns = {str(role): str(variable) for role, variable in entry.items() if role != "type"}
    name = str(entry.get("type"))
    if name not in CHART_TYPES:
        raise ValueError(f"chart: type: {name}")
    chart_type = CHART_TYPES[name]
    wrong = [role for role in chart_type.required if role not in columns]
    wrong += [role for role in columns if role not in chart_type.roles]
    if wrong:
        raise ValueError(f"chart: {', '.join(wrong)}")
    return ChartHeader(name, columns)
