"""Which file declares the ontology of a project, and which its modules."""

from collections.abc import Mapping

import pyoxigraph as ox

from ssekg.publish.context import Context
from ssekg.sources.modules import declared_ontologies, joined
from ssekg.sources.rdf.file import RdfFile


def files_of_ontologies(context: Context) -> Mapping[object, RdfFile]:
    """The file of the ontology and of each of its modules: that which declares it, else the first that describes it."""
    terms = context.whole.terms
    found: dict[object, RdfFile] = {}
    files = [file for file in context.whole.sources.files if isinstance(file, RdfFile)]
    for ontology in (terms.ontology, *terms.modules):
        about = [file for file in files if ontology in file.subjects]
        declaring = (file for file in about if len(about) > 1 and ontology in declared_ontologies(file.triples()))
        if about:
            found[ontology] = next(declaring, about[0])
    return found


def in_one(context: Context) -> list[ox.Triple]:
    """The ontology with its modules in it, as one."""
    terms, files = context.whole.terms, files_of_ontologies(context)
    own = dict.fromkeys(files[each] for each in [terms.ontology, *terms.modules] if each in files)
    return joined([triple for file in own for triple in file.triples()])
