"""The prologue of a query: the prefixes that it declares, and those that it uses all the same."""

from collections.abc import Mapping
from itertools import pairwise

from ssekg.queries.syntax import Token, tokens_of


def prefixes_of(found: list[Token]) -> tuple[dict[str, str], dict[str, Token], set[int]]:
    """The prologue of a query: namespaces by prefix, the token of each namespace, and the offsets that are not terms.

    The base has the key "BASE", which no prefix can be: prefixes are kept with their colon.
    """
    namespaces: dict[str, str] = {}
    where: dict[str, Token] = {}
    prologue: set[int] = set()
    for (first, second), third in zip(pairwise(found), [*found[2:], None], strict=False):
        word = first.text.upper() if first.kind == "word" else ""
        if word == "PREFIX" and second.kind == "name" and third is not None and third.kind == "iri":
            namespaces[second.text] = third.text[1:-1]
            where[second.text] = third
            prologue |= {second.start, third.start}
        elif word == "BASE" and second.kind == "iri":
            namespaces["BASE"] = second.text[1:-1]
            prologue.add(second.start)
    return namespaces, where, prologue


def standalone(query: str, base: str) -> str:
    """A query of a file as people copy it: without its header, and with the base for its relative IRIs stated."""
    body = "\n".join(line for line in query.splitlines() if not line.startswith("#+"))
    return f"BASE <{base}>\n{body.strip()}\n"


def with_prefixes(query: str, known: Mapping[str, str]) -> str:
    """The query behind a PREFIX line for each prefix in `known` that it uses and does not declare."""
    found = tokens_of(query)
    declared, _, prologue = prefixes_of(found)
    used = {token.text.partition(":")[0] for token in found if token.kind == "name" and token.start not in prologue}
    missing = [prefix for prefix in known if prefix in used and f"{prefix}:" not in declared]
    return "".join(f"PREFIX {prefix}: <{known[prefix]}>\n" for prefix in missing) + query
