"""SHACL's SPARQL rules (SHACL Advanced Features, section 8) as shapes state them, with what a store needs to run them.

What is supported: `sh:rule` on a node shape with targets, of type sh:SPARQLRule, with one sh:construct whose
CONSTRUCT has a template without blank nodes, and a WHERE that keeps to what SHACL allows of the SELECT of a constraint.
`sh:order`, `sh:prefixes` and `sh:deactivated` mean what they do in the standard. All else is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH
from ssekg.base.said import Said
from ssekg.base.triples import unique
from ssekg.graph.disk_store import fill, store_on_disk
from ssekg.queries.syntax import LEAVES_THE_GRAPH, tokens, too_deep
from ssekg.shacl.constraints.focus import FocusNodes, focus_patterns
from ssekg.shacl.constraints.lexical_forms import as_written
from ssekg.shacl.constraints.prefixes import prefixed, prologue_of
from ssekg.shacl.constraints.set_wise import IllFormedError, NotRewritableError, Query, set_wise

_RULE: Final = ox.NamedNode(SH + "rule")
_SPARQL_RULE: Final = ox.NamedNode(SH + "SPARQLRule")
# How many triples a store has in memory, at some 400 bytes each. One on the disk takes three times as long.
_IN_MEMORY: Final = 1_000_000
_OPENING: Final = frozenset("{[(")
# What comes after these in a template: a subject, a predicate or an object.
_PLACES: Final = {"{": 0, ".": 0, ";": 1, ",": 2, "}": 0}


@dataclass(frozen=True)
class Rule:
    """One rule of one shape, as a store is asked.

    `derives` are the properties that it gives and does not read. `rank` is the order of the shape, then that of the
    rule; `targets` are patterns for the focus nodes, `template` is what is made of each solution of `query`.
    """

    shape: Any
    node: Any
    derives: frozenset[ox.NamedNode]
    rank: tuple[Decimal, Decimal]
    targets: tuple[str, ...]
    prologue: str
    template: str
    query: Query

    def triples(self, store: ox.Store) -> Iterator[ox.Triple]:
        """What the rule makes of what is in a store."""
        yield from FocusNodes(store, self.targets).answers(self.text, together=not self.query.apart)

    def text(self, focus: str) -> str:
        """The CONSTRUCT, where `focus` is a pattern that gives the focus nodes as ?this."""
        return f"{self.prologue}CONSTRUCT {self.template} WHERE {{ {self.query.text(focus)} }}"


class RefusedRuleError(ValueError):
    """A rule that is not supported; `problem` says why."""

    def __init__(self, problem: Said) -> None:
        """Keep the reason."""
        super().__init__(problem)
        self.problem = problem


class Rules:
    """The rules of some shapes: those that can be run, and for the others why they can't."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Read the rules of all shapes but those that are deactivated.

        `refused` are the statements that shapes have a rule, with why that is not supported.
        """
        self._nothing = ox.Store()  # to see whether a query can be asked
        self._by_subject: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        stated = []
        for triple in triples:
            self._by_subject[triple.subject][triple.predicate.value].append(triple.object)
            if triple.predicate == _RULE:
                stated.append(triple)
        self.rules: list[Rule] = []
        self.refused: list[tuple[ox.Triple, Said]] = []
        for triple in stated:
            try:
                if not self._is_off(triple.subject) and not self._is_off(triple.object):
                    self.rules.append(self._rule(triple.subject, triple.object))
            except RefusedRuleError as refusal:
                self.refused.append((triple, refusal.problem))

    def made_of(self, triples: Collection[ox.Triple]) -> Sequence[ox.Triple]:
        """What the rules make of some triples, without repetitions; some of it may be among these."""
        made: Sequence[ox.Triple] = ()
        if self.rules:
            store = _store_of(triples, self)
            for step in self._steps():
                new = unique((triple for rule in step for triple in rule.triples(store)), triples)
                fill(store, (ox.Quad(*triple) for triple in new))
                made = unique(chain(made, new), triples)
        return as_written(made, triples)

    def _steps(self) -> list[list[Rule]]:
        """The rules that run together, in order; those of one step do not see what the others make."""
        steps: dict[tuple[Decimal, Decimal], list[Rule]] = defaultdict(list)
        for rule in self.rules:
            steps[rule.rank].append(rule)
        return [steps[rank] for rank in sorted(steps)]

    def _rule(self, shape: Any, node: Any) -> Rule:
        if _SPARQL_RULE not in self._by_subject[node][RDF + "type"] or self._values(node, "condition"):
            raise RefusedRuleError(Said("rule-kind"))
        targets = self._targets(shape)
        constructs = self._values(node, "construct")
        if len(constructs) != 1 or not isinstance(constructs[0], ox.Literal):
            raise RefusedRuleError(Said("rule-construct"))
        namespaces, construct = prefixed(node, constructs[0].value, self._by_subject)
        prologue = prologue_of(namespaces)
        self._refuse_broken(prologue, construct)
        template, query = _parts(construct)
        derives = _predicates(template, namespaces, query)
        return Rule(shape, node, derives, (self._order(shape), self._order(node)), targets, prologue, template, query)

    def _refuse_broken(self, prologue: str, construct: str) -> None:
        """Refuse what does not parse, or what must not be given to a parser, or leaves the graph."""
        found = list(tokens(construct))
        leaves = any(kind == "word" and text.upper() in LEAVES_THE_GRAPH for kind, text, _ in found)
        try:
            if leaves or too_deep(found) is not None:
                raise RefusedRuleError(Said("rule-syntax"))
            self._nothing.query(prologue + construct)
        except SyntaxError:
            raise RefusedRuleError(Said("rule-syntax")) from None

    def _targets(self, shape: Any) -> tuple[str, ...]:
        try:
            targets = tuple(pattern for pattern, _ in focus_patterns(shape, self._by_subject))
        except NotRewritableError as problem:
            raise RefusedRuleError(Said("rule-target", {"problem": str(problem)})) from None
        if not targets or self._values(shape, "path"):
            raise RefusedRuleError(Said("rule-target", {"problem": "sh:targetClass"}))
        return targets

    def _order(self, node: Any) -> Decimal:
        orders = self._values(node, "order") or [ox.Literal("0")]
        try:
            return Decimal(orders[0].value)
        except InvalidOperation:
            raise RefusedRuleError(Said("rule-order")) from None

    def _values(self, node: Any, name: str) -> list[Any]:
        return self._by_subject[node][SH + name]

    def _is_off(self, node: Any) -> bool:
        return any(getattr(value, "value", "") in {"true", "1"} for value in self._values(node, "deactivated"))


def _store_of(triples: Collection[ox.Triple], user: object) -> ox.Store:
    """A store of triples to add others to: in memory or, of very many, on the disk."""
    quads = (ox.Quad(*triple) for triple in triples)
    if len(triples) > _IN_MEMORY:
        return store_on_disk(quads, user, read_only=False)
    store = ox.Store()
    fill(store, quads)
    return store


def template_of(construct: str) -> tuple[str, str]:
    """The template of a CONSTRUCT without prologue, braces included, and what follows it; both "" if it has none."""
    found = list(tokens(construct))
    if [text.upper() for _, text, _ in found[:2]] != ["CONSTRUCT", "{"]:
        return "", ""
    end = next((start for _, text, start in found if text == "}"), None)
    return ("", "") if end is None else (construct[found[1][2] : end + 1], construct[end + 1 :])


def _parts(construct: str) -> tuple[str, Query]:
    template, rest = template_of(construct)
    if not template:
        raise RefusedRuleError(Said("rule-construct"))
    found = list(tokens(template))
    if any(text in _OPENING or text.startswith("_:") for _, text, _ in found[1:]):
        raise RefusedRuleError(Said("rule-blank-nodes"))
    names = dict.fromkeys(text[1:] for kind, text, _ in found if kind == "variable")
    variables = " ".join(f"?{name}" for name in names if name != "this") or "?this"
    try:
        query = set_wise(f"SELECT {variables} {rest.strip()}")
    except (NotRewritableError, IllFormedError) as problem:
        raise RefusedRuleError(Said("rule-query", {"problem": str(problem)})) from None
    return template, query


def _predicates(template: str, namespaces: Mapping[str, str], query: Query) -> frozenset[ox.NamedNode]:
    """The properties in a template that the query does not read; none if it may read any.

    What a template says of a node of its own, to which it gives a type, is not said of what others describe.
    """
    found: dict[str, set[str]] = defaultdict(set)
    subject = ""
    place = 0  # subject, predicate, object
    for _, text, _ in tokens(template):
        if text in _PLACES:
            place = _PLACES[text]
            continue
        if place == 0:
            subject = text
        elif place == 1:
            found[subject].add(text)
        place += 1
    if query.predicates is None:
        return frozenset()
    given = [each for subject, each in found.items() if subject[1:] == "this" or not {"a", "rdf:type"} & each]
    new = {text for each in given for text in each if text not in query.predicates}
    return frozenset(term for text in new if (term := _term(text, namespaces)) is not None)


def _term(text: str, namespaces: Mapping[str, str]) -> ox.NamedNode | None:
    """The property that a token of a query names; None for a variable."""
    prefix, colon, local = text.partition(":")
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    if text == "a":
        return ox.NamedNode(RDF + "type")
    return ox.NamedNode(namespaces[prefix] + local) if colon and prefix in namespaces else None
