"""What the reasoner finds of a graph: contradictions and classes without possible members, each explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.said import Argument, Said
from ssekg.checks.names import named_term
from ssekg.checks.reasoning.axioms import Axiom, Counts, Part, read_axioms
from ssekg.checks.reasoning.extent import Extent
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.search import Search
from ssekg.checks.reasoning.words import Words
from ssekg.graph.store import TYPE, Graph

# So many of a kind are explained; who has fixed them asks again.
_MOST: Final = 20


@dataclass(frozen=True)
class Outcome:
    """What was found.

    `findings` explain contradictions and the classes that can have no member, and `has_more` says that there are more
    contradictions than are explained. `axioms` is how many the reasoner was given, and `counts` what it was not.
    `explanations` has the axioms of each finding.
    """

    axioms: int
    counts: Counts
    findings: tuple[Finding, ...] = ()
    explanations: tuple[tuple[Axiom, ...], ...] = ()
    has_more: bool = False

    @property
    def is_consistent(self) -> bool:
        """Whether nothing contradicts itself."""
        return not any(finding.code == "reason-contradiction" for finding in self.findings)


def reason(graph: Graph, hermit: Hermit | None = None) -> Outcome:
    """Ask HermiT whether ontology and data together are consistent, which classes can have no member, and why.

    Members of classes with the role tool:Distinct are different from each other: OWL itself does not presume that two
    IRIs mean two things. Observations are left out, and values of datatypes that OWL does not know replaced.

    Args:
        graph: the graph.
        hermit: the reasoner, if its Java runs already.

    Raises:
        CannotRunError: there is no Java, or the reasoner stopped for another reason.
    """
    if hermit is None:
        with Hermit() as started:
            return reason(graph, started)
    axioms = read_axioms(graph)
    search = Search(axioms, hermit)
    found = list(islice(search.contradictions(), _MOST + 1))
    words = Words(graph)
    findings = [_contradiction(words, each) for each in found[:_MOST]]
    explanations = [each.explanation for each in found[:_MOST]]
    if not any(not each.records for each in found):  # by an ontology that contradicts itself everything is impossible
        for iri in search.unsatisfiable()[:_MOST]:
            name = ox.NamedNode(iri)
            explanation = _why_empty(search, name)
            findings.append(_empty_class(graph, words, name, explanation))
            explanations.append(tuple(explanation))
    return Outcome(len(axioms.all), axioms.counts, tuple(findings), tuple(explanations), len(found) > _MOST)


def _why_empty(search: Search, name: ox.NamedNode) -> list[Axiom]:
    """The smallest part of the ontology by which a class can have no member."""
    member = ox.Triple(ox.BlankNode(), TYPE, name)
    return search.shrunk((), [Axiom((member,), Part.DATA, member)])


def _contradiction(words: Words, found: Extent) -> Finding:
    arguments: dict[str, Argument] = {
        "count": str(len(found.explanation)),
        "extent": _extent(found.records),
        "lines": words.listed(found.explanation),
    }
    stated = [axiom for axiom in found.explanation if axiom.part is Part.DATA]
    focus = stated[0].says.subject if stated else None
    return _placed(
        words,
        stated or found.explanation,
        Finding("reason-contradiction", Severity.VIOLATION, None, arguments, focus=focus),
    )


def _empty_class(graph: Graph, words: Words, name: ox.NamedNode, explanation: Sequence[Axiom]) -> Finding:
    below = graph.terms.below(name)
    members = {t.subject for t in graph.of_predicate(TYPE) if t.object in below}
    arguments: dict[str, Argument] = {
        "name": named_term(graph, name),
        "extent": _extent(len(members)),
        "lines": words.listed(explanation),
    }
    return _placed(words, explanation, Finding("reason-empty-class", Severity.VIOLATION, None, arguments, focus=name))


def _extent(records: int) -> Said:
    return Said("reason-extent", {"count": str(records)}) if records else Said("reason-extent-none")


def _placed(words: Words, axioms: Sequence[Axiom], finding: Finding) -> Finding:
    places = [place for place in words.places(axioms).values() if place is not None]
    return finding.at(places[:1])
