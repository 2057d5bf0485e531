"""What search engines read on the page of a record: schema.org in JSON-LD."""

from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.record_iris import RecordIri
from ssekg.graph.portrait import Portrait
from ssekg.graph.public import Public
from ssekg.graph.store import TYPE
from ssekg.project.settings import Project
from ssekg.site.addresses import page_path

_SCHEMA: Final = ("http://schema.org/", "https://schema.org/")


def schema_node(public: Public, project: Project, iri: str, shown: Portrait, language: str) -> dict[str, Any]:
    """A record as schema.org has it: its class where the ontology puts its classes below one, else a thing."""
    record = RecordIri.read(iri, public.base)
    page = f"{project.site}{language}/{page_path(record)}" if record else project.site
    node: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": _type(public, iri),
        "@id": iri,
        "name": shown.title.name.text,
        "url": page,
        "mainEntityOfPage": page,
        "inLanguage": language,
    }
    if shown.names:
        node["alternateName"] = [each.text for each in shown.names]
    return node


def _type(public: Public, iri: str) -> str:
    node = ox.NamedNode(iri)
    classes = {t.object for t in public.by_record.get(node, ()) if t.predicate == TYPE and t.subject == node}
    above = {up for each in classes if isinstance(each, ox.NamedNode) for up in public.terms.above.get(each, {each})}
    named = sorted(each.value for each in above if each.value.startswith(_SCHEMA))
    return named[0].rpartition("/")[2] if named else "Thing"
