"""The terms in a SPARQL text, wherever it is, and what keeps it from being read."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urljoin

import pyoxigraph as ox

from ssekg.base.findings import Severity
from ssekg.base.said import Arguments
from ssekg.checks.graph_terms import GraphTerms
from ssekg.queries.mistakes import Mistake
from ssekg.queries.prologue import prefixes_of
from ssekg.queries.syntax import Token

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def syntax_arguments(wrong: Mistake) -> Arguments:
    """The arguments of a finding about a query that does not parse: what is wrong, and at which token."""
    token: Arguments = {} if wrong.token is None else {"token": wrong.token.text}
    return {"problem": wrong.problem, **token}


def suspicious_tokens(
    found: list[Token], terms: GraphTerms, declared: Mapping[str, str] | None = None
) -> Iterator[tuple[Token, str, Severity]]:
    """The tokens of a query that name something unknown, each with its IRI and how grave that is.

    `declared` are namespaces by prefix (with its colon) from outside the query.
    """
    for token, iri in named_tokens(found, terms.graph.base, declared):
        severity = terms.doubt(iri)
        if severity is not None:
            yield token, iri, severity


def named_tokens(
    found: list[Token], base: str, declared: Mapping[str, str] | None = None
) -> Iterator[tuple[Token, str]]:
    """The tokens of a query that name something, each with its IRI; relative ones are resolved against `base`.

    `declared` are namespaces by prefix (with its colon) from outside the query.
    """
    namespaces, _, prologue = prefixes_of(found)
    namespaces = {**(declared or {}), **namespaces}
    base = resolved(namespaces.get("BASE", ""), base)
    for token in found:
        iri = _iri(token, namespaces, base) if token.start not in prologue else None
        if iri is not None:
            yield token, iri


def resolved(reference: str, base: str) -> str:
    """The IRI of a reference; `urljoin` alone would drop the # at the end of a namespace."""
    if _ABSOLUTE.match(reference):
        return reference
    try:
        return urljoin(base, reference) + ("#" if reference.endswith("#") else "")
    except ValueError:  # for what looks like an address with a broken host
        return reference


def _iri(token: Token, namespaces: Mapping[str, str], base: str) -> str | None:
    """The IRI of a token, None if it has none that could be looked up."""
    if token.kind == "iri":
        written = token.text[1:-1]
        written = written.encode("ascii", "backslashreplace").decode("unicode_escape") if "\\" in written else written
        iri = resolved(written, base)
    elif token.kind == "name":
        prefix, _, local = token.text.partition(":")
        if f"{prefix}:" not in namespaces:
            return None
        iri = resolved(namespaces[f"{prefix}:"], base) + local.rstrip(".").replace("\\", "")
    else:
        return None
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        return None
