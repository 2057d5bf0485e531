"""The smallest part of some axioms that still contradicts itself, by asking the reasoner about parts of them.

This is QuickXplain (Ulrich Junker, AAAI 2004): of n axioms, k of which are to blame, it asks about
k · log(n / k) times.
"""

from collections.abc import Callable, Sequence

from ssekg.checks.reasoning.axioms import Axiom

Test = Callable[[Sequence[Axiom]], bool]
"""Whether axioms contradict each other."""


def smallest(axioms: Sequence[Axiom], contradict: Test, given: Sequence[Axiom] = ()) -> list[Axiom]:
    """A part of the axioms that contradicts itself or what is given, and no longer does if one is taken away.

    All together they have to contradict each other. Of several such parts it is one with axioms that come early.
    """
    if not axioms or contradict(given):
        return []
    return _smallest(list(axioms), contradict, list(given), is_new=False)


def _smallest(axioms: list[Axiom], contradict: Test, given: list[Axiom], *, is_new: bool) -> list[Axiom]:
    """The same; `is_new` says that something was added to what is given, so that it may be enough by now."""
    if is_new and contradict(given):
        return []
    if len(axioms) == 1:
        return axioms
    middle = len(axioms) // 2
    first, second = axioms[:middle], axioms[middle:]
    needed = _smallest(second, contradict, [*given, *first], is_new=True)
    return [*_smallest(first, contradict, [*given, *needed], is_new=bool(needed)), *needed]
