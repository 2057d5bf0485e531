"""The graph as everybody may see it: a type, so that what is made for the public cannot be made of the whole graph."""

from ssekg.base.triples import joined
from ssekg.graph.store import Graph
from ssekg.project.disclosure import Withheld
from ssekg.project.settings import Privacy
from ssekg.project.vocabulary import Vocabulary


class Public(Graph):
    """A graph without what is withheld; the only way to make one is to leave that out of a whole graph.

    `withheld` says what was left out.
    """

    def __init__(self, whole: Graph, privacy: Privacy, terms: Vocabulary | None = None) -> None:
        """Leave out of a whole graph the kinds of records that the project withholds, and what is of their class.

        `terms` says which classes these are; by default it is the vocabulary of the graph.
        """
        terms = terms or whole.terms
        classes = {each for kind in privacy.withheld for each in terms.classes_of_kind(kind)}
        triples = joined(whole.vocabulary, whole.data)
        self.withheld = Withheld(triples, whole.base, privacy.withheld, classes, terms.parts)
        data, vocabulary = self.withheld.shown(whole.data), self.withheld.shown(whole.vocabulary)
        super().__init__(whole.base, data, vocabulary, declared=whole.declared, languages=whole.languages)
        self.import_bases, self.beside = whole.import_bases, whole.beside


def public_part(whole: Graph, privacy: Privacy) -> Public:
    """What everybody may see of a graph with what is derived, which is about nothing that is withheld."""
    public = Public(whole, privacy)
    public.derived, public.made = whole.derived, whole.made
    return public
