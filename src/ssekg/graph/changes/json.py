"""Changes as JSON, and back: the structure that docs/changes.md describes. Terms are written as in SPARQL's JSON."""

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from ssekg.base.namespaces import XSD
from ssekg.graph.changes.blanks import Term
from ssekg.graph.changes.compare import Change, Changes, Edit, Sort


def to_json(changes: Changes) -> dict[str, Any]:
    """The changes as an object of plain values, in order."""
    return {
        "base": changes.base,
        "counts": {sort.value: counts for sort, counts in changes.counts().items()},
        "entities": [
            {
                "iri": change.entity or None,
                "kind": change.kind,
                "change": change.sort.value,
                "edits": [_edit(edit) for edit in change.edits],
            }
            for change in changes.changes
        ],
        "labels": {iri: dict(labels) for iri, labels in changes.labels.items()},
        "node_kinds": {node: list(kinds) for node, kinds in changes.node_kinds.items()},
    }


def from_json(content: Mapping[str, Any]) -> Changes:
    """The changes that `to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    changes = [
        Change(entity["iri"] or "", entity["kind"], Sort(entity["change"]), tuple(map(_read_edit, entity["edits"])))
        for entity in content["entities"]
    ]
    kinds = {node: tuple(found) for node, found in content["node_kinds"].items()}
    return Changes(tuple(changes), content["labels"], kinds, content["base"])


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "node": edit.node or None,
        "path": list(edit.path),
        "removed": [_term(term) for term in edit.removed],
        "added": [_term(term) for term in edit.added],
        "unit": None if edit.unit is None else _term(edit.unit),
    }


def _read_edit(content: Mapping[str, Any]) -> Edit:
    return Edit(
        content["node"] or "",
        tuple(content["path"]),
        tuple(map(_read_term, content["removed"])),
        tuple(map(_read_term, content["added"])),
        None if content["unit"] is None else _read_term(content["unit"]),
    )


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        return {"type": "triple", "value": str(term)}
    written = {"type": "literal", "value": term.value}
    if term.language:
        return written | {"xml:lang": term.language}
    return written if term.datatype.value == XSD + "string" else written | {"datatype": term.datatype.value}


def _read_term(content: Mapping[str, str]) -> Term:
    value = content["value"]
    if content["type"] == "uri":
        return ox.NamedNode(value)
    if content["type"] == "bnode":
        return ox.BlankNode(value)
    if content["type"] == "triple":
        line = f"<x:s> <x:p> <<( {value} )>> ."
        triple: Term = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).object
        return triple
    if "xml:lang" in content:
        return ox.Literal(value, language=content["xml:lang"])
    return ox.Literal(value, datatype=ox.NamedNode(content["datatype"])) if "datatype" in content else ox.Literal(value)
