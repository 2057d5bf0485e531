"""The ontology and its modules in the forms of RDF that their authors did not write them in."""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from ssekg.graph.canonical import in_order, prefixes_for, serialized
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.graph.jsonld import context as jsonld_context
from ssekg.graph.jsonld import jsonld_lines
from ssekg.publish.context import Context
from ssekg.publish.ontologies import files_of_ontologies, in_one
from ssekg.publish.parts.w3id import VOCABULARY_FORMS, published_vocabularies


def vocabulary_forms(context: Context) -> Iterator[tuple[str, bytes]]:
    """`vocabulary/{name}.{form}` for each, beside its own file: the same triples in each form.

    Raises:
        CannotRunError: RDF/XML can't hold one of them.
    """
    terms = context.whole.terms
    files = {file.shown: file for file in files_of_ontologies(context).values()}
    whole = files_of_ontologies(context).get(terms.ontology) if terms.modules else None
    for vocabulary in published_vocabularies(context).values():
        file = files[vocabulary.file]
        triples = in_order(with_canonical_labels(in_one(context) if file is whole else file.triples()))
        prefixes = prefixes_for(triples, context.whole.prefixes)
        for form in vocabulary.others:
            yield vocabulary.other_form(form), _written(context, triples, form, prefixes)


def _written(context: Context, triples: Sequence[ox.Triple], form: str, prefixes: dict[str, str]) -> bytes:
    if form == "jsonld":
        return "".join(jsonld_lines(triples, jsonld_context(triples, context.whole.terms))).encode()
    return serialized(triples, VOCABULARY_FORMS[form], prefixes)
