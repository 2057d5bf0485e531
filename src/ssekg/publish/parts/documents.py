"""A JSON-LD document for each record and each kind, framed for people: names by language, parts inside their record.

A generic framer needs minutes (it compares every node with every other); the graph's own form gives the frame: a
fragment of a record's IRI is a part of the record. Links to other records are stubs with their name, one level deep.
Every document carries the lines of the published context that it uses, so no processor has to fetch one.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, groupby
from typing import Any, BinaryIO, Final

from ssekg.base.record_iris import file_name
from ssekg.base.spool import Spool
from ssekg.base.triples import joined
from ssekg.graph.readable import ReadableContext, readable_context
from ssekg.publish.context import Context
from ssekg.publish.folder import Content
from ssekg.publish.node_lists import listed
from ssekg.publish.parts.frames import Frames

_KEY: Final = re.compile(rb'"([^"\\]+)": ')
_PREFIX: Final = re.compile(rb'"([a-z0-9]+):')
_json: Final = json.JSONEncoder(ensure_ascii=False).encode
_ALWAYS: Final = frozenset({"@version", "@vocab", "id", "type"})


def documents(context: Context) -> Iterator[tuple[str, Content]]:
    """The contexts and the documents, each a JSON-LD 1.1 document in UTF-8.

    `ontology/context.jsonld` is the current context and `context/{version}.jsonld` the same by its version; those of
    earlier versions are carried on. `id/{kind}/{slug}.jsonld` is about one record, its parts, and the records that are
    described with it; `id/{kind}.jsonld` holds those of a kind with their parts. A kind whose records are described
    with others has the latter only, which says of each with what. What is withheld has no document.
    """
    public = context.public
    readable = readable_context(public)
    yield from _context_files(context, readable)
    leads = context.leads
    frames = Frames(joined(public.data, public.shortcuts), readable, public.base, leads)
    led_to = frozenset(leads.values())
    for kind, records in groupby(frames.records, key=lambda record: _kind(record, public.base)):
        bodies = Spool[bytes]()
        for record in records:
            target = leads.get(record)
            body = _body(frames.reference(record, target) if target else frames.framed(record)).encode()
            bodies.append(body)
            if kind not in public.terms.leads:
                whole = _body(frames.framed_with_led(record)).encode() if record in led_to else body
                yield document_of(record, public.base), b"".join(_document([whole], [whole], readable.terms))
        yield f"id/{file_name(kind)}.jsonld", partial(_write, _document(bodies, listed(bodies), readable.terms))


def document_of(record: str, base: str) -> str:
    """The path of the document about a record."""
    kind, _, slug = record.removeprefix(base).partition("/")
    return f"id/{file_name(kind)}/{file_name(slug)}.jsonld"


def _kind(record: str, base: str) -> str:
    return record.removeprefix(base).partition("/")[0]


def _context_files(context: Context, readable: ReadableContext) -> Iterator[tuple[str, bytes]]:
    current = f"context/{context.project.version}.jsonld"
    content = ('{"@context": {\n' + ",\n".join(_entries(readable.terms)) + "\n}}\n").encode()
    yield "ontology/context.jsonld", content
    yield current, content
    for name in context.previous.paths("context/") if context.previous else ():
        if name != current and context.previous:
            yield name, context.previous.content(name)


def _entries(terms: Mapping[str, Any]) -> list[str]:
    return [f" {_json(key)}: {_json(value)}" for key, value in terms.items()]


def _write(pieces: Iterable[bytes], output: BinaryIO) -> None:
    output.writelines(pieces)


def _document(nodes: Iterable[bytes], laid_out: Iterable[bytes], terms: Mapping[str, Any]) -> Iterator[bytes]:
    """A document in pieces: the lines of the context that its nodes use, on one line, and the nodes as laid out."""
    used = _ALWAYS | _found(_KEY, nodes)
    entries = {key: value for key, value in terms.items() if key in used}
    used |= _found(_PREFIX, chain(nodes, [_json(entries).encode()]))
    cut = {key: value for key, value in terms.items() if key in used}
    yield f'{{\n "@context": {_json(cut)},\n'.encode()
    yield from laid_out
    yield b"\n}\n"


def _found(pattern: re.Pattern[bytes], pieces: Iterable[bytes]) -> frozenset[str]:
    return frozenset(each.decode() for each in {each for piece in pieces for each in pattern.findall(piece)})


def _body(node: Mapping[str, Any], margin: str = " ") -> str:
    """A node as JSON without its braces, one key per line."""
    return ",\n".join(f"{margin}{_json(key)}: {_laid_out(value, margin)}" for key, value in node.items())


def _laid_out(value: Any, margin: str) -> str:
    """A value as JSON: a part over several lines, a list of nodes one per line, stubs and texts on one line."""
    if isinstance(value, dict) and "type" in value:
        return "{\n" + _body(value, margin + " ") + f"\n{margin}}}"
    if isinstance(value, list) and isinstance(value[0], dict):
        items = ",\n".join(f"{margin} {_laid_out(item, margin + ' ')}" for item in value)
        return f"[\n{items}\n{margin}]"
    return _json(value)
