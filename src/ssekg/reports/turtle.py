"""The report as SHACL has it: one sh:ValidationReport in Turtle, the same bytes whatever order the engine answers in.

Results and paths are written where they are used; copies of shapes and data that an engine adds are left out. Blank
nodes of shapes and data get labels in order of appearance. Findings beyond SHACL (syntax, tables) are results too, with
a component of our own and messages in three languages, unless only SHACL is wanted.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Report, is_shacl
from ssekg.base.language import LANGUAGES
from ssekg.base.namespaces import RDF, SH, USUAL, Prefixes, code_of
from ssekg.reports.wording import hint_for, message, position

FINDINGS: Final = "https://w3id.org/ssekg/findings#"
_PREFIXES: Final = Prefixes({**USUAL, "finding": FINDINGS})
_OPAQUE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>')
_PREFIXED: Final = re.compile(r"\b(\w+):")
# A blank node of the engine, between characters that no term in Turtle holds.
_LABEL: Final = re.compile("\x00([^\x00]+)\x00")
_TYPE: Final = f"<{RDF}type>"
_FIRST: Final = f"<{RDF}first>"
_REST: Final = f"<{RDF}rest>"
_NAMES: Final = (
    "focusNode",
    "resultPath",
    "value",
    "resultSeverity",
    "sourceConstraintComponent",
    "sourceConstraint",
    "sourceShape",
    "resultMessage",
    "detail",
)
_ORDER: Final = {f"<{SH}{name}>": rank for rank, name in enumerate(_NAMES)}

# The triples of the engine's report: subject, predicate, objects, each as N-Triples writes it.
BySubject = Mapping[str, Mapping[str, Sequence[str]]]


def turtle_report(report: Report, shown: tuple[Finding, ...], *, shacl_only: bool = False) -> str:
    """The results that are to be shown as Turtle; sh:conforms is true if the whole report has no result at all.

    With `shacl_only` it holds what the SHACL engine found and nothing else.
    """
    writer = _Writer(report)
    every = shacl_only and len(shown) == len(report.findings)
    wanted = None if every else {_key(finding) for finding in shown if is_shacl(finding)}
    results = writer.results(wanted)
    if not shacl_only:
        results += [_result(_as_parts(finding), 1) for finding in shown if not is_shacl(finding)]
    conforms = not (writer.nodes if shacl_only else report.findings)
    body = f"[] a sh:ValidationReport ;\n  sh:conforms {str(conforms).lower()}"
    if results:
        body += " ;\n  sh:result " + " , ".join(results)
    body = writer.labelled(body + " .\n")
    used = set(_PREFIXED.findall(_OPAQUE.sub("", body)))
    lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(_PREFIXES.namespaces.items()) if prefix in used]
    return "".join([*lines, "\n", body])


class _Writer:
    """Writes the results of an engine's report."""

    def __init__(self, report: Report) -> None:
        self.by_subject = _by_subject(report.shacl)
        roots = (parts for parts in self.by_subject.values() if _sh("conforms") in parts)
        self.nodes = [node for parts in roots for node in parts.get(_sh("result"), ())]
        self.tags = {
            str(ox.Literal(text)): tag
            for text, tag in {(s, t) for f in report.findings for t, s in f.texts.items() if t}
        }

    def results(self, wanted: set[tuple[str, ...]] | None) -> list[str]:
        """The results in order, all or those with a wanted key; labels of blank nodes are the engine's."""
        nodes = [node for node in self.nodes if wanted is None or self._key(node) in wanted]
        return sorted((self._result(node, 1) for node in nodes), key=lambda text: (_LABEL.sub("_:", text), text))

    def labelled(self, text: str) -> str:
        """The text with its blank nodes named in order of appearance."""
        labels: dict[str, str] = {}
        return _LABEL.sub(lambda match: labels.setdefault(match[1], f"_:b{len(labels) + 1}"), text)

    def _key(self, node: str) -> tuple[str, ...]:
        parts = self.by_subject[node]

        def one(name: str) -> str:
            values = parts.get(_sh(name), ())
            return values[0] if values else ""

        path = one("resultPath")
        simple = path if path.startswith("<") else ""
        return (code_of(one("sourceConstraintComponent")), one("focusNode"), simple, one("value"), one("sourceShape"))

    def _result(self, node: str, depth: int) -> str:
        parts = self.by_subject[node]
        pairs = []
        for predicate in sorted(parts, key=_rank):
            if predicate != _TYPE:
                objects = sorted(self._object(predicate, term, depth + 1) for term in parts[predicate])
                pairs.append((_term(predicate), " , ".join(objects)))
        return _result(pairs, depth)

    def _object(self, predicate: str, term: str, depth: int) -> str:
        if term.startswith("_:"):
            if predicate == _sh("detail"):
                return self._result(term, depth)
            return self._path(term) if predicate == _sh("resultPath") else f"\x00{term}\x00"
        if predicate == _sh("resultMessage") and term in self.tags:
            return f"{term}@{self.tags[term]}"
        return _term(term)

    def _path(self, node: str) -> str:
        """A property path; where it is a blank node, a list, or `[ sh:inversePath … ]` and the like."""
        if not node.startswith("_:"):
            return _term(node)
        parts = self.by_subject.get(node, {})
        if _FIRST in parts:
            items = []
            while _FIRST in self.by_subject.get(node, {}):
                items.append(self._path(self.by_subject[node][_FIRST][0]))
                node = self.by_subject[node][_REST][0]
            return f"( {' '.join(items)} )"
        pairs = [f"{_term(name)} {self._path(term)}" for name, terms in sorted(parts.items()) for term in terms]
        return f"[ {' ; '.join(pairs)} ]"


def _by_subject(ntriples: bytes) -> BySubject:
    by_subject: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    # Parsed and written again, each line has exactly one space between its terms.
    written: Any = ox.serialize(ox.parse(ntriples, ox.RdfFormat.N_TRIPLES), format=ox.RdfFormat.N_TRIPLES)
    for line in dict.fromkeys(bytes(written).decode().split("\n")):  # two ways of judging may write the same path
        if line:
            subject, predicate, rest = line.split(" ", 2)
            by_subject[subject][predicate].append(rest.removesuffix(" ."))
    return {node: dict(parts) for node, parts in by_subject.items()}


def _sh(name: str) -> str:
    return f"<{SH}{name}>"


def _rank(predicate: str) -> tuple[int, str]:
    return _ORDER.get(predicate, len(_ORDER)), predicate


def _key(finding: Finding) -> tuple[str, ...]:
    terms = (finding.focus, _predicate(finding), finding.value, finding.shape)
    return (finding.code, *(str(term or "") for term in terms))


def _predicate(finding: Finding) -> ox.NamedNode | None:
    """The path if it is one property."""
    return finding.path if isinstance(finding.path, ox.NamedNode) else None


def _as_parts(finding: Finding) -> list[tuple[str, str]]:
    """A finding beyond SHACL as the parts of a result; without a focus it is about its place, as people write it."""
    place = finding.place
    where = f"{place.file}:{position(place)}".removesuffix(":") if place else finding.code
    texts = []
    for language in LANGUAGES:
        words = [message(finding, language), hint_for(finding, language) or ""]
        texts.append(str(ox.Literal(" ".join(words).strip(), language=language)))
    focus = finding.focus if isinstance(finding.focus, ox.NamedNode) else ox.Literal(where)
    terms = [("sh:focusNode", focus), ("sh:resultPath", _predicate(finding)), ("sh:value", finding.value)]
    return [
        *((name, _term(str(term))) for name, term in terms if isinstance(term, ox.NamedNode | ox.Literal)),
        ("sh:resultSeverity", f"sh:{finding.severity.value.capitalize()}"),
        ("sh:sourceConstraintComponent", _iri(FINDINGS + finding.code)),
        ("sh:resultMessage", " , ".join(sorted(texts))),
    ]


def _result(pairs: Iterable[tuple[str, str]], depth: int) -> str:
    start = "\n" + "  " * (depth + 1)
    lines = " ;".join(f"{start}{predicate} {objects}" for predicate, objects in [("a", "sh:ValidationResult"), *pairs])
    return f"[{lines}\n{'  ' * depth}]"


@lru_cache(65536)
def _term(term: str) -> str:
    """A term of N-Triples with its IRI or datatype shortened."""
    if term.startswith("<"):
        return _iri(term[1:-1])
    literal, quote, datatype = term.rpartition('"^^<')
    return f'{literal}"^^{_iri(datatype[:-1])}' if quote else term


def _iri(iri: str) -> str:
    local = iri.removeprefix(FINDINGS)
    short = f"finding:{local}" if local != iri and re.fullmatch(r"[a-z][a-z0-9-]*", local) else _PREFIXES.shortened(iri)
    return short if short != iri else f"<{iri}>"
