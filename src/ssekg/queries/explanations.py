"""What is wrong with a SPARQL text, in words that the catalogues have in every language.

Where the engine's parser says no more than which characters it would have read, it is asked which tokens could be
there instead.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ssekg.base.said import Argument, Said, Several
from ssekg.queries.syntax import Token

# What the engine says in words, by a part of it.
_SAYINGS: Final = {
    "unbound": "query-says-unbound",
    "IRI parsing": "query-says-iri",
    "not authorized with GROUP BY": "query-says-group",
    "overrides an existing variable": "query-says-bound-twice",
    "Duplicated variable": "query-says-duplicate",
    "same number of values": "query-says-values",
    "custom function": "query-says-function",
}
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}  # SPARQL 1.1 Update
)
# A token of each kind that a reader could miss, and how it is called.
_CANDIDATES: Final[Mapping[str, Argument]] = {
    "SELECT": "SELECT, ASK, CONSTRUCT, DESCRIBE",
    **{sign: Said("query-expects-sign", {"sign": sign}) for sign in ("}", "{", ")", "(", "]", ".", ";", ",")},
    **{word: word for word in ("WHERE", "AS", "BY", "LIMIT")},
    "?x": Said("query-expects-variable"),
    "<x:x>": Said("query-expects-iri"),
    '"x"': Said("query-expects-text"),
    "1": Said("query-expects-number"),
}
_MOST: Final = 5
_BRACKETS: Final = {"{": "}", "(": ")", "[": "]"}


def explanation(
    found: Sequence[Token],
    wrong: Token | None,
    words: str,
    namespaces: Mapping[str, str],
    can_follow: Callable[[str], bool],
) -> Argument:
    """Why a query can't be read on, "" if there is nothing to say.

    Args:
        found: the tokens of the query.
        wrong: the one that is wrong, None at the end of the query.
        words: what the engine says about it in words, or "".
        namespaces: the namespaces by prefix that a PREFIX line is offered for.
        can_follow: whether a text could follow what is before the wrong token.
    """
    if "Prefix not found" in words and wrong is not None:
        return _undeclared(wrong.text.partition(":")[0], namespaces)
    code = next((code for part, code in _SAYINGS.items() if part in words), None)
    if code is not None:
        return Said(code)
    if words:
        return words
    if wrong is None:
        return _unclosed(found)
    if wrong.word in _UPDATES and can_follow("SELECT"):
        return Said("query-says-update", {"word": wrong.word})
    if wrong.text in {'"', "'"}:
        return Said("query-says-quote")
    expected = {token: name for token, name in _CANDIDATES.items() if can_follow(token)}
    if wrong.kind == "string" and '"x"' in expected:
        return Said("query-says-escape")
    if "}" in expected:  # wherever a group may end, another may begin
        expected.pop("{", None)
    return Said("query-says-expected", {"expected": Several(tuple(expected.values())[:_MOST])}) if expected else ""


def _undeclared(prefix: str, namespaces: Mapping[str, str]) -> Argument:
    if prefix not in namespaces:
        return Said("query-says-prefix", {"prefix": f"{prefix}:"})
    line = f"PREFIX {prefix}: <{namespaces[prefix]}>"
    return Said("query-says-prefix-known", {"prefix": f"{prefix}:", "line": line})


def _unclosed(found: Sequence[Token]) -> Argument:
    """Which bracket is missing at the end of a query, "" if none is."""
    opened: list[str] = []
    for token in found:
        if token.kind == "other" and token.text in _BRACKETS:
            opened.append(token.text)
        elif token.kind == "other" and opened and token.text == _BRACKETS[opened[-1]]:
            opened.pop()
    if not opened:
        return ""
    return Said("query-says-open", {"opening": opened[-1], "closing": _BRACKETS[opened[-1]]})
