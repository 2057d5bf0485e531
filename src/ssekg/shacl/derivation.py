"""What follows from the graph that everybody may see: by its ontology, and by the rules of its shapes.

Rules see what is stated and entailed, and what rules of an earlier order made; each runs once. What they make has its
entailments as well. Nothing is derived from what is withheld, nor about it, nor about what others publish.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain

import pyoxigraph as ox

from ssekg.base.memory import apart, is_frugal
from ssekg.base.triples import collected, divided, joined, members, those, unique
from ssekg.graph.entailment import Entailment
from ssekg.graph.imported import is_imported
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.shacl.rules import Rules
from ssekg.sources.rdf.file import RdfFile


def with_derived(project: Project, whole: Graph) -> tuple[Graph, Public]:
    """A whole graph and its public part, with what is derived from the public part."""
    public = Public(whole, project.privacy)
    rules = rules_of(project)
    public.derived, public.made = _derived_apart(public, rules) if is_frugal() else derived(public, rules)
    return replace(whole, derived=public.derived, made=public.made), public


def _derived_apart(public: Public, rules: Rules) -> tuple[Sequence[ox.Triple], Sequence[ox.Triple]]:
    """The same as `derived`, of which nothing is left in memory but what it returns."""
    found, made = (collected(each, public.data) for each in apart(lambda: derived(public, rules)))
    return found, made


def rules_of(project: Project) -> Rules:
    """The rules of a project; none are read from files of shapes that do not parse.

    Raises:
        CannotRunError: a file can't be opened.
    """
    triples: list[ox.Triple] = []
    for path in project.shapes_files:
        with suppress(SyntaxError):
            triples += RdfFile(path, project.base, project.shown(path)).triples_once()
    return Rules(triples)


def derived(public: Public, rules: Rules) -> tuple[Sequence[ox.Triple], Sequence[ox.Triple]]:
    """What follows from a public graph and is not stated in it; and what of that rules make."""
    entailment = Entailment(public.terms)
    found = unique(entailment.of(public.data), public.data)
    made = rules.made_of(joined(public.data, public.vocabulary, found))
    found = unique(chain(found, made, entailment.of(made)), public.data)
    stated = members(joined(public.data, public.vocabulary))
    of_all, of_rules = (
        public.withheld.shown(those(divided(each, stated)[1], lambda triple: not is_imported(public, triple.subject)))
        for each in (found, made)
    )
    return of_all, of_rules
