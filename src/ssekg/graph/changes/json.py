"""Changes as JSON, and back: the structure that docs/changes.md describes. Terms are written as in SPARQL's JSON."""

from collections.abc import Mapping
from typing import Any

from ssekg.graph.changes.compare import Change, Changes, Edit, Sort
from ssekg.graph.json_terms import term_from_json, term_to_json


def to_json(changes: Changes) -> dict[str, Any]:
    """The changes as an object of plain values, in order."""
    return {
        "base": changes.base,
        "counts": {sort.value: counts for sort, counts in changes.counts().items()},
        "entities": [_entity(change) for change in changes.changes],
        "labels": {iri: dict(labels) for iri, labels in changes.labels.items()},
        "node_kinds": {node: list(kinds) for node, kinds in changes.node_kinds.items()},
    }


def from_json(content: Mapping[str, Any]) -> Changes:
    """The changes that `to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    changes = map(_read_entity, content["entities"])
    kinds = {node: tuple(found) for node, found in content["node_kinds"].items()}
    return Changes(tuple(changes), content["labels"], kinds, content["base"])


def _entity(change: Change) -> dict[str, Any]:
    content = {
        "iri": change.entity or None,
        "kind": change.kind,
        "change": change.sort.value,
        "edits": [_edit(edit) for edit in change.edits],
    }
    return content | ({"replaced_by": change.replaced_by} if change.replaced_by else {})


def _read_entity(content: Mapping[str, Any]) -> Change:
    return Change(
        content["iri"] or "",
        content["kind"],
        Sort(content["change"]),
        tuple(map(_read_edit, content["edits"])),
        content.get("replaced_by", ""),
    )


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "node": edit.node or None,
        "path": list(edit.path),
        "removed": [term_to_json(term) for term in edit.removed],
        "added": [term_to_json(term) for term in edit.added],
        "unit": None if edit.unit is None else term_to_json(edit.unit),
    }


def _read_edit(content: Mapping[str, Any]) -> Edit:
    return Edit(
        content["node"] or "",
        tuple(content["path"]),
        tuple(map(term_from_json, content["removed"])),
        tuple(map(term_from_json, content["added"])),
        None if content["unit"] is None else term_from_json(content["unit"]),
    )
