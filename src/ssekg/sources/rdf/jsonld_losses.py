"""What JSON-LD leaves out without an error: keys without meaning, IRIs and language tags that are not valid.

A JSON-LD processor drops them (https://www.w3.org/TR/json-ld11-api/#expansion-algorithm), and all that depends on them.
The text is one that pyoxigraph accepts; rdflib's contexts say what keys mean, as for places.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple

from ssekg.base.said import Said
from ssekg.sources.json_places import Item, Span, number, read_json
from ssekg.sources.rdf.jsonld_keys import is_iri, is_tag, meaning

# The way to a value: keys, and numbers in lists.
Path = tuple[str | int, ...]


class Loss(NamedTuple):
    """What is lost, why, and where: the value, or the key, at the end of a path.

    What a context does to all texts alike is reported `once`, with the first of them.
    """

    reason: Said
    path: Path
    is_key: bool = False
    once: bool = False


class _Task(NamedTuple):
    """A value still to be looked at, with the context around it; `term` is the definition of its key, if it has one.

    `kind` is "graph" where only nodes make sense, "node" for what is one in any case, "value" for any value.
    """

    value: Any
    context: Any
    path: Path
    kind: str
    term: Any = None


_KEYWORDS: Final = frozenset(
    f"@{name}"
    for names in (
        ("base", "container", "context", "direction", "graph", "id", "import", "included", "index", "json", "language"),
        ("list", "nest", "none", "prefix", "propagate", "protected", "reverse", "set", "type", "value", "version"),
        ("vocab",),
    )
    for name in names
)
# A name that looks like a keyword but is not one is left out wherever it is.
_LIKE_KEYWORD: Final = re.compile(r"@[A-Za-z]+")


def jsonld_losses(text: str, base: str) -> Iterator[tuple[Said, Span]]:
    """Why something is left out, with the span of the key or value that is at fault; in the order of the text.

    Args:
        text: one that pyoxigraph accepts.
        base: what relative IRIs are resolved against.
    """
    content = json.loads(text, parse_int=number)
    losses: list[Loss] = []
    # A context elsewhere is never loaded; pyoxigraph accepts one only where nothing is read. rdflib breaks off at terms
    # of wrong types that are never used.
    with suppress(TypeError):
        losses = [] if _refers_elsewhere(content) else _Walk(base).losses(content)
    if losses:
        document = read_json(text)
        reported: list[Said] = []
        for span, loss in sorted(((_span(document, loss), loss) for loss in losses), key=lambda each: each[0]):
            if not loss.once or loss.reason not in reported:
                reported += [loss.reason] if loss.once else []
                yield loss.reason, span


def _refers_elsewhere(content: Any) -> bool:
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            contexts = value.get("@context")
            named = contexts if isinstance(contexts, list) else [contexts]
            if "@import" in value or any(isinstance(each, str) for each in named):
                return True
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False


def _span(document: Item, loss: Loss) -> Span:
    item, span = document, document.span
    for part in loss.path:
        _, key, item = next(each for each in reversed(item.members) if each[0] == part)
        span = key if loss.is_key else item.span
    return span


class _Walk:
    """Follows a document from node to node."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.found: list[Loss] = []
        self.waiting: list[_Task] = []

    def losses(self, document: Any) -> list[Loss]:
        """All that is lost of a document."""
        from rdflib.plugins.shared.jsonld.context import Context

        self.waiting.append(_Task(document, Context(base=self.base), (), "graph"))
        while self.waiting:
            task = self.waiting.pop()
            if isinstance(task.value, list):
                self.waiting += [task._replace(value=each, path=(*task.path, n)) for n, each in enumerate(task.value)]
            elif isinstance(task.value, dict):
                self._object(task)
            elif task.kind == "graph":
                if task.value is not None:
                    self._lose(Said("lost-text", {"value": _shown(task.value)}), task.path)
            elif isinstance(task.value, str):
                self._text(task)
        return self.found

    def _lose(self, reason: Said, path: Path, *, is_key: bool = False) -> None:
        self.found.append(Loss(reason, path, is_key))

    # Objects

    def _object(self, task: _Task) -> None:
        """A node, or the object of a value, a list or a set."""
        context = _inner_context(task)
        members = {meaning(key, context): (key, value) for key, value in task.value.items()}
        if "@value" in members:
            self._value_object(members, task)
        elif "@list" in members or "@set" in members:
            key, value = members.get("@list") or members["@set"]
            self.waiting.append(task._replace(value=value, context=context, path=(*task.path, key)))
        elif self._is_named(members.get("@id"), context, task.path):
            for key, value in task.value.items():
                self._member(key, value, context, task.path)

    def _value_object(self, members: dict[str | None, tuple[str, Any]], task: _Task) -> None:
        if task.kind == "graph":
            self._lose(Said("lost-text", {"value": _shown(members["@value"][1])}), task.path)
        key, tag = members.get("@language", ("", None))
        if isinstance(tag, str) and not is_tag(tag):
            self._lose(Said("lost-language", {"value": tag}), (*task.path, key))
        key, kind = members.get("@type", ("", None))
        if isinstance(kind, str) and kind != "@json" and _is_relative(kind, task.context):
            self._lose(Said("lost-type", {"value": kind}), (*task.path, key))

    def _is_named(self, name: tuple[str, Any] | None, context: Any, path: Path) -> bool:
        """Whether a node has no name, or one that names it; else all of the node is lost."""
        if name is None or not isinstance(name[1], str):
            return True
        # A node that is called as a keyword may be has no name, but all else.
        return self._is_link(name[1], context, (*path, name[0])) or bool(_LIKE_KEYWORD.fullmatch(name[1]))

    def _is_link(self, text: str, context: Any, path: Path, *, is_key: bool = False) -> bool:
        """Whether a text names a node; else what links to it is lost."""
        if text.startswith("_:") or (not _LIKE_KEYWORD.fullmatch(text) and is_iri(_resolved(text, context))):
            return True
        self._lose(Said("lost-iri", {"value": text}), path, is_key=is_key)
        return False

    # Members of nodes

    def _member(self, key: str, value: Any, context: Any, path: Path) -> None:
        meant = meaning(key, context)
        here = (*path, key)
        if meant == "@type":
            self._types(value, context, here)
        elif meant in {"@graph", "@included"}:
            self.waiting.append(_Task(value, context, here, "graph"))
        elif meant == "@nest":
            for part, members in _each(value, here):
                for inner, each in members.items() if isinstance(members, dict) else ():
                    self._member(inner, each, context, part)
        elif meant == "@reverse":
            for inner, each in value.items() if isinstance(value, dict) else ():
                self._property(inner, each, context, here)
        elif meant not in _KEYWORDS:
            self._property(key, value, context, path)

    def _property(self, key: str, value: Any, context: Any, path: Path) -> None:
        here = (*path, key)
        term = context.terms.get(key)
        if term is not None and term.id is None:  # left out on purpose: {"key": null} in the context
            return
        if _LIKE_KEYWORD.fullmatch(key):
            self._lose(Said("lost-keyword", {"value": key}), here, is_key=True)
        elif not is_iri(context.expand(key) or ""):
            self._lose(Said("lost-key", {"value": key}), here, is_key=True)
        elif term is None or term.type != "@json":
            self._values(value, context.get_context_for_term(term), here, term)

    def _values(self, value: Any, context: Any, path: Path, term: Any) -> None:
        container = set(term.container or ()) if term is not None else set()
        if isinstance(value, dict) and container & {"@language", "@index", "@id", "@type"}:
            for key, each in value.items():
                here = (*path, key)
                if self._is_map_key(key, container, context, here):
                    self.waiting.append(_Task(each, context, here, "node" if "@graph" in container else "value", term))
        else:
            self.waiting.append(_Task(value, context, path, "node" if "@graph" in container else "value", term))

    def _is_map_key(self, key: str, container: set[str], context: Any, path: Path) -> bool:
        """Whether what is under the key of a map reaches the graph."""
        if "@index" in container or meaning(key, context) == "@none":
            return True
        if "@language" in container:
            if not is_tag(key):
                self._lose(Said("lost-language", {"value": key}), path, is_key=True)
            return False  # the texts under it have its tag, whatever else holds around
        if "@id" in container:
            return self._is_link(key, context, path, is_key=True)
        if _is_relative(key, context):
            self._lose(Said("lost-type", {"value": key}), path, is_key=True)
        return True

    def _types(self, value: Any, context: Any, path: Path) -> None:
        for here, each in _each(value, path):
            if not isinstance(each, str) or each.startswith("_:"):
                continue
            if not is_iri(context.expand(each) or "") and not is_iri(_resolved(each, context)):
                self._lose(Said("lost-iri", {"value": each}), here)
            elif _is_relative(each, context):
                self._lose(Said("lost-type", {"value": each}), here)

    # Texts

    def _text(self, task: _Task) -> None:
        kind = task.term.type if task.term is not None else None
        if kind in {"@id", "@vocab"} or task.kind == "node":
            expanded = task.context.expand(task.value) if kind == "@vocab" else None
            if not is_iri(expanded or ""):
                self._is_link(task.value, task.context, task.path)
        elif not kind or kind == "@none":
            tag = task.term.language if task.term is not None and task.term.language != 0 else task.context.language
            if isinstance(tag, str) and not is_tag(tag):
                self.found.append(Loss(Said("lost-language", {"value": tag}), task.path, once=True))


def _inner_context(task: _Task) -> Any:
    """The context inside an object: with its own @context, and those of its types."""
    context = task.context
    if "@context" in task.value:
        context = context.subcontext(task.value["@context"])
    types = {key: [each for _, each in _each(value, ())] for key, value in task.value.items()}
    return (
        context.get_context_for_type({k: v for k, v in types.items() if all(isinstance(e, str) for e in v)}) or context
    )


def _each(value: Any, path: Path) -> list[tuple[Path, Any]]:
    """The members of a list, or the one value, each with its path."""
    return [((*path, n), each) for n, each in enumerate(value)] if isinstance(value, list) else [(path, value)]


def _resolved(text: str, context: Any) -> str:
    """The IRI that a text means as a link; a relative one is resolved, if the context leaves it a base."""
    expanded = context.expand(text, use_vocab=False) or ""
    return expanded if is_iri(expanded) or not context.base else context.resolve(text)


def _is_relative(text: str, context: Any) -> bool:
    """Whether no prefix, term or @vocab makes a name an IRI, so that it is taken for a file next to the document."""
    return not is_iri(text) and not is_iri(context.expand(text, use_vocab=True) or "")


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
