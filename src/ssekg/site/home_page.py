"""The first page of a site: what it is about, what it holds, and how to cite it."""

from collections.abc import Mapping, Sequence

from ssekg.graph.naming import kind_names
from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site


def home_pages(site: Site, public: Public, addresses: Addresses, about: Mapping[str, object]) -> dict[str, bytes]:
    """`index.html` in each language, by path; `about` is what programs find there.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    kinds = _kinds(public, addresses)

    def values(language: str) -> dict[str, object]:
        return {**about, "kinds": kinds, "citation": site.citation(language)}

    return site.pages("index.html", "home.html", values)


def _kinds(public: Public, addresses: Addresses) -> Sequence[Mapping[str, object]]:
    """The kinds of records in the order of the ontology, which knows what they are called."""
    terms = public.terms
    known = [kind for kind in terms.kinds if kind in addresses.kinds]
    return [
        {
            "page": addresses.kind_page(kind),
            "names": kind_names(public, kind) or {"": kind},
            "texts": terms.descriptions.get(terms.kinds[kind], {}) if kind in terms.kinds else {},
            "count": len(addresses.kinds[kind]),
        }
        for kind in (*known, *(kind for kind in addresses.kinds if kind not in terms.kinds))
    ]
