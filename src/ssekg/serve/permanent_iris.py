"""Where the permanent IRIs of a project lead on this server, by what the client wants: as at w3id.org.

An IRI below the home of the project is asked for at the same path here. What is found is given as a path of the
release, or of a document of a thing; addresses lead there relatively, so that a proxy may put all below a folder.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import quote, unquote

from rapidfuzz import fuzz, process

from ssekg.base.formats import rdf_format_of
from ssekg.base.language import fold
from ssekg.base.spelling import ALIKE
from ssekg.project.settings import Project
from ssekg.publish.manifest import Manifest
from ssekg.publish.parts.w3id import other_form
from ssekg.serve.linked_data import RDF_FORMS, Thing
from ssekg.serve.negotiation import best_form, best_language
from ssekg.serve.problems import ProblemError
from ssekg.serve.release_files import ServedFile
from ssekg.site.own_terms import INDEX

HTML: Final = "html"
MEDIA_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    HTML: ("text/html", "application/xhtml+xml"),
    "jsonld": ("application/ld+json", "application/json"),
    "ttl": ("text/turtle",),
    "rdf": ("application/rdf+xml",),
    "nt": ("application/n-triples",),
}
"""The media types of each form, in the order in which forms are preferred."""
SEE_OTHER: Final = 303
FOUND: Final = 302
_GONE: Final = 410
# Words, unless RDF is named.
_OF_TOMBSTONES: Final = {"problem": ("application/problem+json", "application/json"), **MEDIA_TYPES}
_NEAR: Final = 3
_OF_THE_CATALOGUE: Final = re.compile(r"(?:id/?|catalog|graph/derived|dataset(?:-series)?(?:/.*)?)?")
_SAFE: Final = "/~!$&'()+,;=@:"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a client wants: `Accept`, `Accept-Language`, and the form that it names in the address."""

    accept: str | None = None
    languages: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an address leads: a status and a path of this server, or an IRI elsewhere."""

    status: int
    target: str


@dataclass(frozen=True, slots=True)
class Document:
    """The document of a thing in a form of RDF, which is written when it is asked for; 410 if it is a tombstone."""

    thing: Thing
    form: str
    status: int = 200


class PermanentIris:
    """Where the permanent IRIs lead in a release."""

    def __init__(
        self, project: Project, manifest: Manifest, files: Mapping[str, ServedFile], things: Mapping[str, Thing]
    ) -> None:
        """Take what a release has; `things` are by their address below `id/`."""
        self._project = project
        self._files = files
        self._withdrawn = {unquote(key): withdrawal for key, withdrawal in manifest.withdrawn.items()}
        self._vocabularies = manifest.vocabularies
        self.things = things
        first = project.languages[0]
        self._made = {
            thing.page: thing.iri
            for key, thing in things.items()
            if thing.has_file and key not in self._withdrawn and f"{first}/{thing.page}" not in files
        }

    def find(self, path: str, wishes: Wishes) -> Lead | Document | None:
        """Where a path leads that is no file of the release, or which document is there; None if nothing is.

        Raises:
            ProblemError: the thing there is withdrawn or withheld, or there is no such thing, or it has no document in
                a form that is wanted.
        """
        if _OF_THE_CATALOGUE.fullmatch(path):
            return self._catalogue(wishes)
        if path.startswith("id/"):
            return self._record(path.removeprefix("id/").rstrip("/"), wishes)
        folder, _, page = path.partition("/")
        key = unquote(page.removesuffix(".html"))
        if folder in self._project.languages and page.endswith(".html") and key in self._withdrawn:
            raise self._withdrawal(key)
        return self._vocabulary(path.rstrip("/"), wishes)

    def forms_of(self, thing: Thing) -> dict[str, Sequence[str]]:
        """The forms that a thing has documents in, with their media types, in the order in which they are preferred."""
        has_page = bool(self.pages_of(thing.page))
        return {form: types for form, types in MEDIA_TYPES.items() if form != HTML or has_page}

    def pages_of(self, page: str) -> dict[str, str]:
        """The paths of a page, file or not, in the languages that it is there in, the project's own language first."""
        tags = sorted(self._project.languages, key=lambda tag: tag != self._project.default_language)
        return {tag: path for tag in tags if (path := f"{tag}/{page}") in self._files or page in self._made}

    def made(self, path: str) -> tuple[str, str] | None:
        """The record whose page is at a path and made for who asks, and the language of that; None if none is."""
        language, _, page = path.partition("/")
        iri = self._made.get(page)
        return (iri, language) if iri and language in self._project.languages else None

    def page_of(self, page: str, languages: str | None) -> str | None:
        """The path of a page in the language that is wanted, else in the project's; None if there is no such page."""
        pages = self.pages_of(page)
        tag = best_language(languages, tuple(pages)) or next(iter(pages), None)
        return pages[tag] if tag else None

    def home(self, languages: str | None) -> str:
        """The path of the page to begin with."""
        found = self.page_of("index.html", languages)
        return found.removesuffix("index.html") if found else "index.html"

    def _record(self, key: str, wishes: Wishes) -> Lead | Document | None:
        kind, _, name = key.partition("/")
        if kind in self._project.privacy.withheld and kind not in self._kinds and key not in self._withdrawn:
            raise ProblemError("withheld", 404)
        if not name:
            return self._kind(kind, wishes)
        if key in self._withdrawn:
            return self._replacement(key) or self._tombstone(key, wishes)
        if key in self.things:
            thing = self.things[key]
            form = self.chosen(self.forms_of(thing), wishes, f"id/{key}")
            page = self.page_of(thing.page, wishes.languages) if form == HTML else None
            return Lead(SEE_OTHER, page or f"{thing.path}.{form}")
        stem, _, form = key.rpartition(".")
        if stem in self.things and form in self.forms_of(self.things[stem]):
            thing = self.things[stem]
            page = self.page_of(thing.page, wishes.languages) if form == HTML else None
            return Lead(FOUND, page) if page else Document(thing, form)
        raise ProblemError("no-such-thing", 404, members={"near": self._near(key)})

    def _kind(self, kind: str, wishes: Wishes) -> Lead | None:
        """The page of a kind, or the document with all things of it."""
        document, page = f"id/{kind}.jsonld", self.page_of(f"{kind}/index.html", wishes.languages)
        if document not in self._files:
            return None
        forms = {HTML: page, "jsonld": document} if page else {"jsonld": document}
        form = self.chosen({each: MEDIA_TYPES[each] for each in forms}, wishes, f"id/{kind}")
        return Lead(SEE_OTHER, forms[form] or "")

    def _replacement(self, key: str) -> Lead | None:
        """What takes the place of a withdrawn thing, None if nothing does."""
        target, base = self._withdrawn[key].replaced_by, self._project.base
        if target is None:
            return None
        return Lead(SEE_OTHER, f"id/{unquote(target.removeprefix(base))}" if target.startswith(base) else target)

    def _tombstone(self, key: str, wishes: Wishes) -> Document:
        """What is left of a withdrawn thing, for programs that want RDF.

        Raises:
            ProblemError: something else is wanted, or what is left is in no document.
        """
        form = wishes.form or best_form(wishes.accept, _OF_TOMBSTONES)
        if key not in self.things or form not in RDF_FORMS:
            raise self._withdrawal(key)
        return Document(self.things[key], form, _GONE)

    def _withdrawal(self, key: str) -> ProblemError:
        withdrawal = self._withdrawn[key]
        members = {"withdrawn": withdrawal.date, "reason": withdrawal.reason}
        code = "withdrawn"
        if withdrawal.replaced_by is not None:
            code, members = "replaced", members | {"replaced_by": withdrawal.replaced_by}
        return ProblemError(code, _GONE, members=members, date=withdrawal.date)

    def _catalogue(self, wishes: Wishes) -> Lead:
        """The site for people, the catalogue for programs."""
        forms = {form: MEDIA_TYPES[form] for form in (HTML, "ttl", "jsonld", "rdf")}
        form = self.chosen(forms, wishes, "catalog")
        return Lead(SEE_OTHER, self.home(wishes.languages) if form == HTML else f"catalog.{form}")

    def _vocabulary(self, path: str, wishes: Wishes) -> Lead | None:
        """The vocabulary or the context, in this version or an earlier one."""
        stem, _, last = path.rpartition("/")
        name = stem if stem and last[:1].isdigit() else path
        if name in self._vocabularies:
            forms = self._forms_of_vocabulary(name, wishes)
            form = self.chosen({each: MEDIA_TYPES[each] for each in forms}, wishes, path)
            return Lead(SEE_OTHER, forms[form])
        if path == "context":
            return Lead(FOUND, "ontology/context.jsonld")
        if stem == "context" and f"{path}.jsonld" in self._files:
            return Lead(FOUND, f"{path}.jsonld")
        return Lead(SEE_OTHER, self.home(wishes.languages)) if path == "shapes" else None

    def _forms_of_vocabulary(self, name: str, wishes: Wishes) -> dict[str, str]:
        """The paths of a vocabulary by form: its page, its file, and the other forms that the release has it in.

        A release without these has its file alone, whatever is wanted.
        """
        page, file = self.page_of(INDEX, wishes.languages), self._vocabularies[name]
        others = {form: path for form in RDF_FORMS if (path := other_form(name, form)) in self._files}
        if not others:
            return dict.fromkeys(MEDIA_TYPES, file) | ({HTML: page} if page else {})
        own = next(form for form, rdf in RDF_FORMS.items() if rdf == rdf_format_of(file))
        return {HTML: page or file, **others, own: file}

    def chosen(self, forms: Mapping[str, Sequence[str]], wishes: Wishes, path: str) -> str:
        """The form that a client wants of those that there are.

        Raises:
            ProblemError: it wants none of them.
        """
        form = wishes.form if wishes.form is not None else best_form(wishes.accept, forms)
        if form is None or form not in forms:
            offered = [
                {"type": types[0], "href": f"{relative(path)}{path}?format={each}"} for each, types in forms.items()
            ]
            raise ProblemError("not-acceptable", 406, members={"formats": offered}, forms=", ".join(forms))
        return form

    def _near(self, key: str) -> list[str]:
        """The things whose addresses are most like one that nothing has."""
        near = process.extract(fold(key), self._folded, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=100 * ALIKE)
        return [self.things[each].iri for _, _, each in near]

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(key.partition("/")[0] for key in self.things)

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {key: fold(key) for key in self.things}


def relative(path: str) -> str:
    """What leads from a path up to the root, so that what follows is right below any folder."""
    return "../" * path.count("/") or "./"


def quoted(path: str) -> str:
    """A path, or an IRI elsewhere, with only the characters of a URI."""
    return quote(path, safe=_SAFE if "://" not in path else _SAFE + "%?#[]")
