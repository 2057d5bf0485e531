"""What changed last, for the first page of the site."""

import json
from typing import Final

from pyoxigraph import NamedNode

from ssekg.base.messages import text
from ssekg.graph.changes.json import from_json
from ssekg.graph.changes.words import sections
from ssekg.graph.naming import plain_name
from ssekg.publish.context import Context
from ssekg.publish.parts.changelog import CHANGES
from ssekg.site.home_page import News

# How many of the records that changed the page names.
_MOST: Final = 8


def latest_news(context: Context, language: str) -> News | None:
    """What the changelog says of its last release: how much of what, and the first records with a page."""
    releases = json.loads(context.folder.content(CHANGES))["releases"]
    if not releases:
        return None
    last, words, public = releases[0], context.site.words(language), context.public
    changes, release = from_json(last), f"{last['version']} ({last['date']})"
    if last["previous"] is None:
        return News(release, [text("home-first", words)], [])
    changed = [each.entity for each in changes.changes if each.entity in context.addresses.links]
    named = [(iri, plain_name(public, NamedNode(iri), language)) for iri in changed[:_MOST]]
    return News(release, [each.heading for each in sections(changes, public, words)], named)
