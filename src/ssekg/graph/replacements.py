"""What takes the place of what is deprecated or withdrawn: dct:isReplacedBy, followed to the last."""

from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, OWL
from ssekg.base.triples import with_predicates

DEPRECATED: Final = ox.NamedNode(OWL + "deprecated")
REPLACED_BY: Final = ox.NamedNode(DCT + "isReplacedBy")

Replacements = Mapping[ox.NamedNode, ox.NamedNode | None]


def replacements_of(triples: Sequence[ox.Triple]) -> Replacements:
    """What the triples deprecate, and what takes its place, None where they do not say.

    A thing that is not deprecated may be replaced too, as a law is by another: that is content, and not meant here.
    """
    gone = {t.subject for t in with_predicates(triples, {DEPRECATED}) if _is_true(t.object)}
    stated = with_predicates(triples, {REPLACED_BY}) if gone else []
    found = {t.subject: t.object for t in sorted(stated, key=str, reverse=True) if isinstance(t.object, ox.NamedNode)}
    return {node: found.get(node) for node in gone if isinstance(node, ox.NamedNode)}


def chain(node: ox.NamedNode, replacements: Replacements) -> list[ox.NamedNode]:
    """What takes the place of a node, what takes the place of that, and so on; in a circle, each once."""
    found: list[ox.NamedNode] = []
    following = replacements.get(node)
    while following is not None and following not in found:
        found.append(following)
        following = replacements.get(following)
    return found


def last(node: ox.NamedNode, replacements: Replacements) -> ox.NamedNode | None:
    """What takes the place of a node in the end, None if nothing does."""
    following = chain(node, replacements)
    return following[-1] if following and node not in following else None


def _is_true(value: object) -> bool:
    return isinstance(value, ox.Literal) and value.value in {"true", "1"}
