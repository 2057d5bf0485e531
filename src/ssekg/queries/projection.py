"""A query that also gives the values of one of its variables, a column more."""

from typing import Final

from ssekg.queries.syntax import Token, tokens

_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_OPENING: Final = frozenset("({[")
_CLOSING: Final = frozenset(")}]")
_MODIFIERS: Final = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})


def with_column(query: str, variable: str) -> str:
    """A SELECT with a column for a variable, by which its rows are grouped where it has aggregates.

    It stays as it is where it has the column, or selects all there is.
    """
    found = [Token(kind, text, start, start + len(text)) for kind, text, start in tokens(query)]
    select = next(index for index, token in enumerate(found) if token.word == "SELECT")
    start = select + 1 + (found[select + 1].word in {"DISTINCT", "REDUCED"})
    end = next(index for index in range(start, len(found)) if found[index].text == "{" or found[index].word == "WHERE")
    projection = found[start:end]
    if projection[0].text == "*" or _is_listed(projection, variable):
        return query
    added = [(found[start - 1].end, f" ?{variable}")]
    group = _inside_group_by(found, end)
    if group is not None:
        listed = found[group : next((i for i in range(group, len(found)) if found[i].word in _MODIFIERS), len(found))]
        if not _is_listed(listed, variable):
            added.append((found[group - 1].end, f" ?{variable}"))
    elif any(token.word in _AGGREGATES for token in projection):
        added.append((_end_of_where(found, end), f" GROUP BY ?{variable}"))
    for position, text in sorted(added, reverse=True):
        query = query[:position] + text + query[position:]
    return query


def _is_listed(found: list[Token], variable: str) -> bool:
    """Whether a variable is among tokens, but for those in parentheses."""
    depth = 0
    for token in found:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.variable == variable:
            return True
    return False


def _inside_group_by(found: list[Token], start: int) -> int | None:
    """The place of the first token after the GROUP BY of the query itself, None without one."""
    depth = 0
    for index in range(start, len(found) - 1):
        depth += (found[index].text in _OPENING) - (found[index].text in _CLOSING)
        if depth == 0 and found[index].word == "GROUP" and found[index + 1].word == "BY":
            return index + 2
    return None


def _end_of_where(found: list[Token], start: int) -> int:
    """The offset behind the WHERE group."""
    depth = 0
    for token in found[start:]:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.text == "}":
            return token.end
    return found[-1].end
