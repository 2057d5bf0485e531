"""The names of things with the links to their pages."""

from dataclasses import dataclass

import pyoxigraph as ox

from ssekg.graph.naming import Name, plain_name
from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses


@dataclass(frozen=True, slots=True)
class Link:
    """The name of something, and its page below the folder of a language, "" for what has none."""

    name: Name
    page: str


def link_to(node: ox.NamedNode, public: Public, addresses: Addresses, language: str) -> Link:
    """The link to the page of something, under its name for someone who reads a language."""
    return Link(plain_name(public, node, language), addresses.links[node.value])
