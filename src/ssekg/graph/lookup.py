"""From what people type to the thing they mean: an IRI, a prefixed name, kind/slug, a slug, a code, or a name."""

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import fold
from ssekg.base.namespaces import expanded, shortened
from ssekg.graph.store import Graph


def things(graph: Graph, text: str, kind: str | None = None) -> list[ox.NamedNode]:
    """The things that `text` may mean, in order of IRI; an exact identifier means one thing only.

    Args:
        graph: where to look.
        text: an IRI, prefixed name, kind/slug, slug, code, or a name in any language; spelling variants of Arabic
            and French that people type without meaning a difference are folded.
        kind: look only among instances of this kind (`place`, `institution` …).
    """
    prefix = graph.base + (f"{kind}/" if kind else "")
    subjects = graph.things
    for candidate in (text, expanded(text), prefix + text, graph.base + text):
        if candidate is not None and candidate in subjects and candidate.startswith(prefix if kind else ""):
            return [subjects[candidate]]
    wanted = fold(text)
    if not wanted:
        return []
    found = graph.names.get(wanted, set())
    slugs = {iri for iri in subjects if fold(_slug(iri)) == wanted and "#" not in iri.removeprefix(graph.base)}
    candidates = {iri for iri in found | slugs if iri.startswith(prefix if kind else "")}
    # A record goes before a concept that is called after it.
    records = {iri for iri in candidates if not iri.startswith(f"{graph.base}concept/")}
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
        raise AskedWronglyError("no-such-term", term=text)
    candidates = ", ".join(shortened(term.value, graph.base) for term in found[:8])
    raise AskedWronglyError("ambiguous-term", term=text, candidates=candidates)


def _slug(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
