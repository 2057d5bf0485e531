"""The folder for w3id.org that makes the identifiers of a project lead to its site: .htaccess and README.md.

w3id.org keeps one folder per project in the repository perma-id/w3id.org, and its Apache reads the .htaccess. That
needs mod_rewrite, and uses mod_headers if it is there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_letters, digits
from typing import Final
from urllib.parse import quote, unquote_to_bytes

import pyoxigraph as ox

from ssekg.base.formats import rdf_format_of
from ssekg.base.html import Templates
from ssekg.base.language import pick
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.publish.ontologies import files_of_ontologies
from ssekg.publish.tombstones import Tombstone
from ssekg.site.addresses import Addresses
from ssekg.site.own_terms import INDEX, own_terms

# Media types by form, in the order in which forms are preferred if several are equally welcome; HTML comes first.
_FORMS: Final = {
    "JSONLD": r"application/(?:ld\+)?json",
    "TTL": "text/turtle",
    "RDF": r"application/rdf\+xml",
    "NT": "application/n-triples",
    "ANY": r"\*/\*",
    "HTML": r"(?:text/html|application/xhtml\+xml)",
}
# A media type of Accept with parameters other than q, up to a q of 1 or none; up to a q below 1, without end zeros.
_WANTED: Final = r"(?:^|,)\s*{types}\s*(?:;(?!\s*q=)[^,;]*)*"
_FULLY: Final = _WANTED + r"(?:;\s*q=1(?:\.0*)?\s*(?:;[^,]*)?)?(?:,|$)"
_PARTLY: Final = _WANTED + r";\s*q=(0\.[0-9]*[1-9])0*\s*(?:[,;]|$)"
# What stands for itself in a pattern; what an IRI keeps as an address (RFC 3986); what refers to a match in a target.
_PLAIN: Final = frozenset(ascii_letters + digits + "/-_")
_SAFE: Final = "%:/?#[]@!$&'()*+,;=~"
_SPECIAL: Final = re.compile("[%$]")
# What a browser gets for a record, where $1 is its kind and name: its page, or its document where pages are no files.
_PAGE: Final = "%{ENV:LANG}/$1.html"
_DOCUMENT: Final = "id/$1.jsonld"
VOCABULARY_FORMS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}
"""The forms that a vocabulary is published in: that of its file, and the others."""


def w3id(context: Context) -> Iterator[tuple[str, bytes]]:
    """The folder for w3id.org."""
    vocabularies, leading = vocabularies_of(context), sorted(context.public.terms.leads)
    pages = listed_patterns(context.addresses, context.project.base) if context.are_pages_files else None
    yield from w3id_files(context.project, vocabularies, context.tombstones, leading, pages).items()


@dataclass(frozen=True)
class VocabularyFile:
    """A vocabulary: where it is asked for, relative to the home of the project, its namespace, and its file.

    `others` are the forms that it is in as well (`other_form`), and `has_page` says whether it has one for people.
    """

    path: str
    namespace: str
    file: str
    others: Sequence[str] = ()
    has_page: bool = False

    def other_form(self, form: str) -> str:
        """The path of its file in another form of RDF."""
        return other_form(self.path, form)


def other_form(path: str, form: str) -> str:
    """The file of a vocabulary in another form than its authors wrote, by the path where it is asked for."""
    return f"vocabulary/{path.replace('/', '-')}.{form}"


def vocabularies_of(context: Context) -> list[VocabularyFile]:
    """The vocabulary of a release, and its modules; none if it is not declared, or has another address."""
    home = context.project.home
    named = published_vocabularies(context).items()
    return [each for ontology, each in named if ontology.startswith(home) and ontology != home]


def published_vocabularies(context: Context) -> dict[str, VocabularyFile]:
    """The vocabulary of a release, and its modules, by IRI, wherever their addresses are."""
    terms, home = context.whole.terms, context.project.home
    files, has_page = files_of_ontologies(context), bool(own_terms(context.public))
    found = {}
    for ontology in [terms.ontology, *terms.modules] if terms.ontology else []:
        if ontology in files:
            file = files[ontology]
            is_below = ontology.value.startswith(home) and ontology.value != home
            path = ontology.value.removeprefix(home).rstrip("#/") if is_below else file.path.stem
            others = [form for form, rdf in VOCABULARY_FORMS.items() if rdf != rdf_format_of(file.path)]
            found[ontology.value] = VocabularyFile(path, terms.namespace, file.shown, others, has_page)
    return found


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawn record in the rules: the pattern of its path below `id/`, and where it leads to, "" if nowhere."""

    pattern: str
    target: str


def w3id_files(
    project: Project,
    vocabularies: Sequence[VocabularyFile] = (),
    tombstones: Iterable[Tombstone] = (),
    leading: Sequence[str] = (),
    listed: Sequence[str] | None = (),
) -> dict[str, bytes]:
    """`w3id/.htaccess` and `w3id/README.md` for the folder of the project at w3id.org, or at any Apache.

    Both come from ssekg.toml, the address of the vocabulary, what was withdrawn, the kinds whose records are described
    with others (`leading`), and the `listed_patterns` of those that have no page (`listed`, None where pages of records
    are no files) alone: new data seldom need new rules at w3id.org. The rules are relative to the
    folder that `project.home` names. They go by the Accept header with its q values (RFC 9110), and answer for a record
    with 303 See Other: a thing is not its document; for a withdrawn one with 303 to what takes its place, else with 410
    Gone. There are none for a base that does not end with /id/, where records can't be told from files.
    """
    if not project.base.endswith("/id/"):
        return {}
    templates = Templates("ssekg.publish.parts", project.templates)
    values = {
        "name": _line(project.name),
        "description": _line(project.description),
        "publisher": " ".join(project.publisher.split()),
        "contact": " ".join(project.contact.split()),
        "base": project.base,
        "home": project.home,
        "site": project.site,
        "index": INDEX,
        "page": _DOCUMENT if listed is None else _PAGE,
        "document": _DOCUMENT,
        "listed": listed,
        "vocabularies": [(re.escape(each.path), each) for each in vocabularies],
        "id": project.id,
        "public_id": project.public_id,
        "withheld": "|".join(map(re.escape, project.privacy.withheld)),
        "withdrawn": [_withdrawn(each, project.base) for each in tombstones if each.iri.startswith(project.base)],
        "leading": "|".join(map(re.escape, leading)),
        "leading_kinds": leading,
        "language": _language(project),
        "languages": "|".join(map(re.escape, sorted(project.languages, key=len, reverse=True))),
        "forms": {
            form: [(pattern.format(types=types), value) for pattern, value in ((_FULLY, "1"), (_PARTLY, "%1"))]
            for form, types in _FORMS.items()
        },
    }
    return {
        "w3id/.htaccess": templates.render("w3id.htaccess", **values).encode(),
        "w3id/README.md": templates.render("w3id.md", **values).encode(),
    }


def listed_patterns(addresses: Addresses, base: str) -> list[str]:
    """The patterns of the paths below `id/` of the records that are listed with others, and of no others.

    Names mostly begin alike: with as few words, up to a hyphen, as tell them from the records that have a page.
    """
    listed, taken = set(addresses.listed), set[bytes]()
    for iri in (each for records in addresses.kinds.values() for each in records if each not in listed):
        taken.update(_beginnings(unquote_to_bytes(iri.removeprefix(base))))
    found: dict[str, None] = {}
    for path in (unquote_to_bytes(iri.removeprefix(base)) for iri in addresses.listed):
        start = next((each for each in _beginnings(path) if each not in taken), None)
        found["".join(map(_literal, path)) if start is None else "".join(map(_literal, start)) + "[^/]*"] = None
    return list(found)


def _beginnings(path: bytes) -> list[bytes]:
    """What a path begins with up to each hyphen, the shortest first."""
    kind = path.index(b"/")
    return [path[: at + 1] for at, byte in enumerate(path) if byte == ord("-") and at > kind]


def _withdrawn(tombstone: Tombstone, base: str) -> Withdrawn:
    path = unquote_to_bytes(tombstone.iri.removeprefix(base))
    target = quote(tombstone.replacement.value, safe=_SAFE) if tombstone.replacement else ""
    return Withdrawn("".join(map(_literal, path)), _SPECIAL.sub(r"\\\g<0>", target))


def _literal(byte: int) -> str:
    """A byte of a path in a pattern: nothing in it may end the pattern, or mean something else than itself."""
    return chr(byte) if chr(byte) in _PLAIN else f"\\x{byte:02x}"


def _language(project: Project) -> str:
    """The language of the pages for readers whose own is not known."""
    tags = project.languages
    return project.default_language if project.default_language in tags else tags[0]


def _line(texts: Mapping[str, str]) -> str:
    return " ".join((pick(texts, "en") or "").split())
