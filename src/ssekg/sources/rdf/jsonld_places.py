"""Where each triple of a JSON-LD text is written: the keys and values of the text are followed to what they mean.

pyoxigraph has read the text; rdflib's contexts say what a key means. What can't be told apart gets the place of its
node, and a context that is not in the text itself is never loaded.
"""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF
from ssekg.sources.json_places import Item, Span, read_json
from ssekg.sources.places import UnplacedError
from ssekg.sources.rdf.jsonld_keys import (
    alike,
    flattened,
    is_blank,
    is_json,
    keyword,
    meaning,
    text_of,
    texts_in,
    values,
)

Node = ox.NamedNode | ox.BlankNode
Spans = tuple[Span, Span, Span]
# A key with where it is written, and its value.
Member = tuple[str, Span, Item]

_TYPE: Final = ox.NamedNode(RDF + "type")
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_NIL: Final = ox.NamedNode(RDF + "nil")
# Containers in which the keys of a map are not properties.
_MAPS: Final = frozenset({"@language", "@index", "@id", "@type"})


def jsonld_spans(text: str, triples: Iterable[ox.Triple], base: str, mark: str) -> Iterator[tuple[ox.Triple, Spans]]:
    """The triples with the spans of subject, predicate and object, as far as they are clear.

    A node is its @id, or else its braces; a predicate is its key.

    Args:
        text: one that pyoxigraph accepts.
        triples: what it says; the labels of blank nodes end with `mark`.
        base: what relative IRIs are resolved against.
        mark: the end of the labels.

    Raises:
        UnplacedError: a context would have to be loaded.
    """
    from rdflib.plugins.shared.jsonld.context import Context

    document = read_json(text)
    _refuse_remote(document)
    walk = _Walk(text, triples, mark)
    try:
        walk.read(document, Context(base=base))
    except TypeError as problem:  # rdflib breaks off at terms of wrong types that are never used
        raise UnplacedError(str(problem)) from None
    return walk.placed()


def _refuse_remote(document: Item) -> None:
    waiting = [document]
    while waiting:
        for key, _, inner in waiting.pop().members:
            sources = [each for _, _, each in inner.members] if inner.kind == "[" else [inner]
            if key == "@import" or (key == "@context" and any(isinstance(each.value, str) for each in sources)):
                raise UnplacedError(str(key))
            waiting.append(inner)


class _Walk:
    """Follows the text from node to node; each triple is given to one key and value at most."""

    def __init__(self, text: str, triples: Iterable[ox.Triple], mark: str) -> None:
        self.text = text
        self.mark = mark
        self.triples = list(triples)
        self.spans: dict[int, Spans] = {}
        self.homes: dict[Any, Span] = {}
        self.free: dict[tuple[Any, ox.NamedNode], list[int]] = defaultdict(list)
        self.by_subject: dict[Any, list[ox.Triple]] = defaultdict(list)
        for index, triple in enumerate(self.triples):
            self.free[triple.subject, triple.predicate].append(index)
            self.by_subject[triple.subject].append(triple)
        objects = {triple.object for triple in self.triples}
        # The nodes without a name that nothing leads to, in the order of the text.
        self.nameless = [node for node in self.by_subject if isinstance(node, ox.BlankNode) and node not in objects]
        self.waiting: deque[tuple[Item, Any, Node | None, Span | None]] = deque()

    def placed(self) -> Iterator[tuple[ox.Triple, Spans]]:
        """The triples with their spans; those that no key was found for have that of their subject."""
        for index, triple in enumerate(self.triples):
            home = self.homes.get(triple.subject)
            if index in self.spans:
                yield triple, self.spans[index]
            elif home is not None:
                yield triple, (home, home, home)

    def read(self, document: Item, context: Any) -> None:
        """Follow all nodes of a document."""
        self.waiting.append((document, context, None, None))
        while self.waiting:
            item, active, subject, home = self.waiting.popleft()
            if item.kind == "[":
                self.waiting.extend((each, active, None, None) for _, _, each in item.members)
            elif item.kind == "{":
                self._node(item, active, subject, home)

    # Nodes

    def _node(self, item: Item, context: Any, subject: Node | None, home: Span | None) -> None:
        context = self._context(item, context)
        subject = subject or self._name(item, context) or self._nameless(item, context)
        home = home or self._home(item, context)
        self.homes.setdefault(subject, home)
        for key, span, value in self._members(item, context):
            self._member(subject, home, (key, span, value), context)

    def _context(self, item: Item, context: Any) -> Any:
        for key, _, value in item.members:
            if key == "@context":
                context = context.subcontext(json.loads(self.text[slice(*value.span)]))
        types = {key: [each.value for each in values(value)] for key, _, value in item.members if value.kind != "{"}
        return context.get_context_for_type(types) or context

    def _members(self, item: Item, context: Any) -> Iterator[Member]:
        """The members of a node, those of @nest among them."""
        waiting = deque(item.members)
        while waiting:
            key, span, value = waiting.popleft()
            if meaning(key, context) == "@nest":
                waiting.extend(member for each in values(value) for member in each.members)
            else:
                yield str(key), span, value

    def _name(self, item: Item, context: Any) -> Node | None:
        name = keyword(item, context, "@id")
        return self._term(context.resolve(name.value)) if name is not None and isinstance(name.value, str) else None

    def _term(self, text: str) -> Node | None:
        if text.startswith("_:"):
            return ox.BlankNode(text[2:] + self.mark)
        try:
            return ox.NamedNode(text)
        except ValueError:
            return None

    def _home(self, item: Item, context: Any) -> Span:
        name = keyword(item, context, "@id")
        return name.span if name is not None else item.span

    def _nameless(self, item: Item, context: Any, backwards: str = "") -> Node | None:
        """The first node without a name, and without a way to it, that may be this one."""
        if keyword(item, context, "@id") is not None:
            return None
        for node in self.nameless:
            if self._fits(item, context, node, backwards):
                self.nameless.remove(node)
                return node
        return None

    def _fits(self, item: Item, context: Any, node: object, backwards: str = "") -> bool:
        """Whether all statements about a blank node may be between these braces: each predicate, each text.

        `backwards` are the statements about it elsewhere.
        """
        members = [(meaning(key, context), value) for key, _, value in self._members(item, context)]
        meant = {backwards, *(RDF + "type" if iri == "@type" else iri for iri, _ in members)}
        texts: set[str | None] = {text for iri, value in members if iri and ":" in iri for text in texts_in(value, 3)}
        return isinstance(node, ox.BlankNode) and all(
            triple.predicate.value in meant and text_of(triple.object) in {None, *texts}
            for triple in self.by_subject.get(node, [])
        )

    # Keys and values

    def _member(self, subject: Node | None, home: Span, member: Member, context: Any) -> None:
        key, span, value = member
        meant = meaning(key, context)
        if meant in {"@graph", "@included"}:
            self.waiting.append((value, context, None, None))
        elif meant == "@reverse":
            for inner, at, each in value.members:
                self._values(subject, home, (str(inner), at, each), context, is_reverse=True)
        elif meant == "@type":
            for each in values(value):
                self._claim(subject, _TYPE, (home, span, each.span), alike(each, context, self.mark))
        elif meant and ":" in meant:
            self._values(subject, home, (key, span, value), context)

    def _values(
        self, subject: Node | None, home: Span, member: Member, context: Any, *, is_reverse: bool = False
    ) -> None:
        key, span, value = member
        term = context.terms.get(key)
        predicate = self._term(meaning(key, context) or "")
        if not isinstance(predicate, ox.NamedNode):
            return
        container = set(term.container or ()) if term else set()
        is_reverse = is_reverse is not bool(term and term.reverse)
        inner = context.get_context_for_term(term)
        if "@list" in container and keyword(value, inner, "@list") is None:
            self._list(subject, predicate, (home, span), value, inner)
            return
        for name, each in flattened(value, container & _MAPS, inner):
            if "@graph" in container:
                self.waiting.append((each, inner, None, None))
            elif term and term.type == "@json":
                self._claim(subject, predicate, (home, span, value.span), is_json)
            elif is_reverse:
                self._backwards(subject, predicate, (home, span), each, inner)
            else:
                self._value(subject, predicate, (home, span), each, inner, name if "@id" in container else None)

    def _value(
        self,
        subject: Node | None,
        predicate: ox.NamedNode,
        at: tuple[Span, Span],
        item: Item,
        context: Any,
        name: tuple[str, Span] | None = None,
    ) -> None:
        members = keyword(item, context, "@list") if item.kind == "{" else None
        if item.kind == "[" or members is not None:
            self._list(subject, predicate, at, members or item, context)
        elif item.kind == "{" and keyword(item, context, "@value") is None:
            self._link(subject, predicate, at, item, context, name)
        else:
            self._claim(subject, predicate, (*at, item.span), alike(item, context, self.mark))

    def _link(
        self,
        subject: Node | None,
        predicate: ox.NamedNode,
        at: tuple[Span, Span],
        item: Item,
        context: Any,
        name: tuple[str, Span] | None,
    ) -> None:
        """A node as a value; `name` is the key that names it in a map."""
        active = self._context(item, context)
        node = self._term(context.resolve(name[0])) if name else self._name(item, active)
        home = name[1] if name else self._home(item, active)
        if node is not None:
            self._claim(subject, predicate, (*at, home), node.__eq__)
        elif keyword(item, active, "@id") is None:
            index = self._claim(subject, predicate, (*at, home), lambda value: self._fits(item, active, value))
            if index is None:
                return
            node = self.triples[index].object  # type: ignore[assignment] # what fits is a blank node
        self.waiting.append((item, context, node, home))

    def _backwards(
        self, subject: Node | None, predicate: ox.NamedNode, at: tuple[Span, Span], item: Item, context: Any
    ) -> None:
        """A node of which this one is the value."""
        if item.kind != "{":
            node = self._term(context.resolve(item.value)) if isinstance(item.value, str) else None
            self._claim(node, predicate, (item.span, at[1], at[0]), subject.__eq__)
            return
        active = self._context(item, context)
        node = self._name(item, active) or self._nameless(item, active, predicate.value)
        home = self._home(item, active)
        self._claim(node, predicate, (home, at[1], at[0]), subject.__eq__)
        if node is not None:
            self.waiting.append((item, context, node, home))

    def _list(
        self, subject: Node | None, predicate: ox.NamedNode, at: tuple[Span, Span], item: Item, context: Any
    ) -> None:
        members = [each for each in values(item) if each.kind or each.value is not None]
        index = self._claim(subject, predicate, (*at, item.span), _NIL.__eq__ if not members else is_blank)
        cell: Any = self.triples[index].object if index is not None else None
        for number, member in enumerate(members):
            span = member.span
            self.homes.setdefault(cell, span)
            after = members[number + 1].span if number + 1 < len(members) else item.span
            index = self._claim(cell, _REST, (span, span, after), lambda _: True)
            self._value(cell, _FIRST, (span, span), member, context)
            cell = self.triples[index].object if index is not None else None

    def _claim(
        self, subject: Node | None, predicate: ox.NamedNode, spans: Spans, fits: Callable[[Any], bool]
    ) -> int | None:
        """Give the first triple that fits to these spans; None if there is none."""
        free = self.free.get((subject, predicate), [])
        for index in free:
            if fits(self.triples[index].object):
                self.spans[index] = spans
                free.remove(index)
                return index
        return None
