"""The folder for w3id.org that makes the identifiers of a project lead to its site: .htaccess and README.md.

w3id.org keeps one folder per project in the repository perma-id/w3id.org, and its Apache reads the .htaccess. That
needs mod_rewrite, and uses mod_headers if it is there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ssekg.base.html import Templates
from ssekg.base.language import pick
from ssekg.project.settings import Project
from ssekg.publish.context import Context

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
# What a browser gets for a record: its document, since there are no pages; when there are, .html.
_PAGE: Final = ".jsonld"


def w3id(context: Context) -> Iterator[tuple[str, bytes]]:
    """The folder for w3id.org."""
    yield from w3id_files(context.project, vocabulary_of(context)).items()


@dataclass(frozen=True)
class VocabularyFile:
    """A vocabulary: where it is asked for, relative to the home of the project, its namespace, and its file."""

    path: str
    namespace: str
    file: str


def vocabulary_of(context: Context) -> VocabularyFile | None:
    """The vocabulary of a release; None if the project does not declare one, or has it under another address."""
    graph, home = context.whole, context.project.home
    ontology = graph.terms.ontology
    if ontology is None or not ontology.value.startswith(home) or ontology.value == home:
        return None
    files = [file.shown for file in graph.sources.files if ontology in file.subjects]
    path = ontology.value.removeprefix(home).rstrip("#/")
    return VocabularyFile(path, graph.terms.namespace, files[0]) if files else None


def w3id_files(project: Project, vocabulary: VocabularyFile | None = None) -> dict[str, bytes]:
    """`w3id/.htaccess` and `w3id/README.md` for the folder of the project at w3id.org, or at any Apache.

    Both come from ssekg.toml and the address of the vocabulary alone. The rules are relative to the folder that
    `project.home` names. They go by the Accept header with its q values (RFC 9110), and answer for a record with 303
    See Other: a thing is not its document. There are none for a base that does not end with /id/, where records can't
    be told from files.
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
        "page": _PAGE,
        "vocabulary": vocabulary,
        "vocabulary_path": re.escape(vocabulary.path) if vocabulary else "",
        "id": project.id,
        "public_id": project.public_id,
        "withheld": "|".join(map(re.escape, project.privacy.withheld)),
        "removal": f"removal.{_language(project)}.html",
        "forms": {
            form: [(pattern.format(types=types), value) for pattern, value in ((_FULLY, "1"), (_PARTLY, "%1"))]
            for form, types in _FORMS.items()
        },
    }
    return {
        "w3id/.htaccess": templates.render("w3id.htaccess", **values).encode(),
        "w3id/README.md": templates.render("w3id.md", **values).encode(),
    }


def _language(project: Project) -> str:
    """The language of the pages for readers whose own is not known."""
    words = project.worded_languages
    return project.default_language if project.default_language in words else words[0]


def _line(texts: Mapping[str, str]) -> str:
    return " ".join((pick(texts, "en") or "").split())
