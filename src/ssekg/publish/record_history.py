"""What changed in each record from release to release, for the pages of the records."""

import json
from collections import defaultdict
from collections.abc import Sequence

from ssekg.base.language import joined
from ssekg.base.messages import text
from ssekg.graph.changes.compare import Change, Changes, Sort
from ssekg.graph.changes.json import from_json
from ssekg.graph.changes.words import lines_of
from ssekg.graph.public import Public
from ssekg.site.layout import Site
from ssekg.site.record_pages import History


def record_history(changelog: bytes, site: Site, public: Public) -> History:
    """What the changelog of a release (`changes/changes.json`) says of each record."""
    found: dict[str, list[tuple[str, Changes, Change]]] = defaultdict(list)
    for release in json.loads(changelog)["releases"]:
        changes = from_json(release)
        for change in changes.changes:
            found[change.entity].append((f"{release['version']} ({release['date']})", changes, change))

    def lines(iri: str, language: str) -> list[str]:
        words = site.words(language)
        return [
            text("changelog-of-record", words, {"release": release, "changes": joined(what, words)})
            for release, changes, change in found.get(iri, ())
            if (what := _what(changes, change, public, words))
        ]

    return lines


def _what(changes: Changes, change: Change, public: Public, words: str) -> Sequence[str]:
    if change.sort is Sort.ADDED:
        return [text("changelog-added", words)]
    return lines_of(changes, change, public, words)
