"""From what people type to the thing they mean: an IRI, a prefixed name, kind/slug, a slug, a code, or a name."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import fold, visible, without_particles
from ssekg.base.namespaces import SKOS
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.graph.store import TYPE, Graph

_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")


def things(graph: Graph, text: str, kind: str | None = None) -> list[ox.NamedNode]:
    """The things that `text` may mean, in order of IRI; an exact identifier means one thing only.

    Args:
        graph: where to look.
        text: an IRI (also in angle brackets), prefixed name, kind/slug, slug, code, or a name in any language; what
            people type without meaning a difference is folded. The name of the thing's class may be before or after
            its own ("Région de X", "X region"), or be missing from it.
        kind: look only among instances of this kind (`place`, `institution` …).
    """
    prefix = graph.base + (f"{kind}/" if kind else "")
    text = visible(text).strip()
    text = text[1:-1].strip() if text.startswith("<") and text.endswith(">") else text
    subjects = graph.things
    for candidate in (text, graph.prefixes.expanded(text), prefix + text, graph.base + text):
        if candidate is not None and candidate in subjects and candidate.startswith(prefix if kind else ""):
            return [subjects[candidate]]
    wanted = fold(text)
    if not wanted:
        return []
    found = graph.names.get(wanted, set())
    slugs = {iri for iri in subjects if fold(slug(iri)) == wanted and "#" not in iri.removeprefix(graph.base)}
    candidates = {
        iri for iri in found | slugs or _called_by_class(graph, wanted) if iri.startswith(prefix if kind else "")
    }
    # A record takes precedence over a concept that is named after it.
    records = {iri for iri in candidates if ox.Quad(subjects[iri], TYPE, _CONCEPT) not in graph.store}
    return [subjects[iri] for iri in sorted(records or candidates)]


def thing(graph: Graph, text: str, kind: str | None = None) -> ox.NamedNode:
    """The one thing that `text` means.

    Raises:
        AskedWronglyError: nothing is called so, or several things are.
    """
    found = things(graph, text, kind)
    if len(found) == 1:
        return found[0]
    if not found:
        raise AskedWronglyError("no-such-term", term=text, **suggestion(_nearest(graph, text, kind)))
    candidates = ", ".join(graph.shortened(term.value) for term in found[:8])
    raise AskedWronglyError("ambiguous-term", term=text, candidates=candidates)


def _nearest(graph: Graph, text: str, kind: str | None) -> str | None:
    """The identifier of the thing whose name or slug is most like what was typed, None if none is."""
    prefix = graph.base + (f"{kind}/" if kind else "")
    named = {name: _within(iris, prefix) for name, iris in graph.names.items()}
    names = {name: min(iris) for name, iris in named.items() if iris}
    names |= {slug(iri): iri for iri in _within(graph.things, prefix) if "#" not in iri}
    nearest = nearest_name(text, names)
    return graph.shortened(names[nearest]) if nearest else None


def _within(iris: Iterable[str], prefix: str) -> list[str]:
    return [iri for iri in iris if iri.startswith(prefix)]


def _called_by_class(graph: Graph, wanted: str) -> set[str]:
    """The IRIs of the things that have the wanted name, but for the name of their class in it and particles."""
    found = set()
    own_names: dict[frozenset[str], str] = {}
    for name, iris in graph.names.items():
        for iri in iris:
            classes = frozenset(_class_names(graph, graph.things[iri]))
            if classes not in own_names:
                own_names[classes] = _own_name(wanted, classes)
            if _own_name(name, classes) == own_names[classes]:
                found.add(iri)
    return found


def _class_names(graph: Graph, term: ox.NamedNode) -> list[str]:
    kinds = [quad.object for quad in graph.store.quads_for_pattern(term, TYPE, None)]
    return [
        fold(name) for kind in kinds if isinstance(kind, ox.NamedNode) for name in graph.labels.get(kind, {}).values()
    ]


def _own_name(name: str, class_names: Iterable[str]) -> str:
    """A folded name without that of a class at its beginning or end, and without articles in front."""
    for of_class in class_names:
        rest = name.removeprefix(f"{of_class} ").removesuffix(f" {of_class}")
        if rest != name:
            return without_particles(rest)
    return without_particles(name)


def slug(iri: str) -> str:
    """The last part of an identifier."""
    return iri.replace("#", "/").rpartition("/")[2]
