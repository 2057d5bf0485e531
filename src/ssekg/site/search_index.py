"""The search index of a site: what its records and questions are called, for a script that compares texts as we do.

`search.js` holds the script, the rules of folding and the names. Of many records only the rules are there, and the
names are in parts by the first two letters of their words, so that a reader loads a few of them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.language import LETTERS_ALIKE
from ssekg.base.messages import text
from ssekg.base.record_iris import slug
from ssekg.base.words import ARTICLE, NUMBER_SIGNS, PARTICLES, significant_words
from ssekg.graph.candidates import Ranks, sort_names
from ssekg.graph.public import Public
from ssekg.graph.store import TYPE
from ssekg.project.settings import Project
from ssekg.queries.library import Query
from ssekg.site.own_terms import OwnTerm
from ssekg.site.own_terms import Sort as TermSort
from ssekg.site.text_pages import TextPage

WHOLE_UP_TO: Final = 20_000
"""How many entries are in one file."""
_KEY_LENGTH: Final = 2
# A word that more entries have than one in so many tells none from others, and is no key of a part.
_COMMON: Final = 50
# The sorts of terms that have a name of their own in the search: all others are properties there.
_NAMED_SORTS: Final = (TermSort.CLASS, TermSort.DATATYPE)
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Sort:
    """What an entry is, by language, and all words for it."""

    labels: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Entry:
    """What can be found: the address of its page without language and ending, its names by language, and others."""

    address: str
    sort: Sort
    labels: tuple[str, ...]
    others: tuple[str, ...] = ()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all names."""
        names = (*self.labels, *self.others, slug(self.address))
        return frozenset(word for name in names for word in significant_words(name))


def search_index(
    project: Project,
    public: Public,
    addresses: Mapping[str, str],
    queries: Iterable[Query],
    terms: Iterable[OwnTerm] = (),
    texts: Iterable[TextPage] = (),
) -> Iterator[tuple[str, bytes]]:
    """The files of the index of a site, by path.

    Args:
        project: the project, for its languages.
        public: what everybody may see; nothing else is found.
        addresses: by IRI, the page of each record that has one or is shown on that of another, without language and
            ending: `kind/name`, `kind/name#part`.
        queries: the canned queries, each of which has a page.
        terms: those of the ontology, each of which has a page.
        texts: the pages of the project's own.
    """
    found = [
        *_questions(project, queries),
        *_texts(project, texts),
        *_records(project, public, addresses),
        *_terms(project, public, terms),
    ]
    yield from search_files(project.languages, found)


def search_files(
    languages: Sequence[str], entries: Sequence[Entry], whole_up_to: int = WHOLE_UP_TO
) -> Iterator[tuple[str, bytes]]:
    """`search.js` and, for more entries than it should hold, the parts of the index by first letters."""
    sorts = list(dict.fromkeys(each.sort for each in entries))
    rows = {each: _row(each, sorts.index(each.sort)) for each in entries}
    parts = _parts(entries) if len(entries) > whole_up_to else {}
    yield (
        "search.js",
        _script(
            languages=languages,
            rules=_rules(),
            sorts=[[each.labels, each.words] for each in sorts],
            parts=list(parts),
            entries=[] if parts else list(rows.values()),
        ),
    )
    for number, of_part in enumerate(parts.values()):
        content = _json([rows[each] for each in of_part])
        yield f"assets/search/{number}.js", f"searchIndex.take({content});\n".encode()


def _script(**given: Any) -> bytes:
    """The script with what it works on, one entry a line."""
    code = files("ssekg.site").joinpath("templates", "search.js").read_text(encoding="utf-8")
    entries = ",\n".join(map(_json, given.pop("entries")))
    return f'{code}searchIndex.begin({{{_json(given)[1:-1]},"entries":[\n{entries}\n]}});\n'.encode()


def _rules() -> Mapping[str, object]:
    """What folding and parting into words take from the tool; in JavaScript, letters have a class of their own."""
    return {
        "letters": LETTERS_ALIKE,
        "particles": sorted(PARTICLES),
        "signs": sorted(NUMBER_SIGNS),
        "definite": "^" + ARTICLE.pattern.replace(r"\w", r"[\p{L}\p{N}_]"),
    }


def _row(entry: Entry, sort: int) -> list[str | int]:
    return [entry.address, sort, *entry.labels, *entry.others]


def _parts(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries by the first letters of their words, but for words that very many have."""
    common = Counter(word for entry in entries for word in entry.words)
    parts: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        rare = [word for word in entry.words if common[word] * _COMMON <= len(entries)]
        for key in {word[:_KEY_LENGTH] for word in rare or entry.words}:
            parts[key].append(entry)
    return dict(sorted(parts.items()))


def _questions(project: Project, queries: Iterable[Query]) -> Iterator[Entry]:
    sort = _sort(project, "search-question")
    for query in queries:
        if query.titles:
            yield Entry(f"questions/{query.name}", sort, _by_language(project, query.titles))


def _texts(project: Project, texts: Iterable[TextPage]) -> Iterator[Entry]:
    sort = _sort(project, "nav-about")
    for page in texts:
        yield Entry(_address(page.path), sort, _by_language(project, page.titles))


def _terms(project: Project, public: Public, terms: Iterable[OwnTerm]) -> Iterator[Entry]:
    """The entries of the terms of the ontology, after the records, which more people look for."""
    for own in terms:
        labels = public.labels.get(own.term)
        if labels:
            sort = _sort(project, f"term-{own.sort if own.sort in _NAMED_SORTS else TermSort.PROPERTY}")
            yield Entry(_address(own.page), sort, _by_language(project, labels), (public.shortened(own.term.value),))


def _address(page: str) -> str:
    return page.removesuffix(".html")


def _sort(project: Project, code: str) -> Sort:
    """What entries are by a message of the tool."""
    names = {tag: text(code, tag) for tag in project.worded_languages}
    return Sort(_by_language(project, names), _words(names.values()))


def _records(project: Project, public: Public, addresses: Mapping[str, str]) -> Iterator[Entry]:
    """The entries of the records with names, those first that take precedence where several are found."""
    ranks, others = Ranks(public), defaultdict[str, list[str]](list)
    for iri, name in public.other_names():
        others[iri].append(name)
    words: dict[frozenset[ox.NamedNode], str] = {}
    for thing in sorted((each for each in public.labels if each.value in addresses), key=ranks.of):
        quads = public.matching(thing, TYPE, None)
        classes = frozenset(quad.object for quad in quads if isinstance(quad.object, ox.NamedNode))
        if classes not in words:
            words[classes] = _words(_names_of_classes(public, classes))
        sort = Sort(_by_language(project, sort_names(public, thing)), words[classes])
        labels = _by_language(project, public.labels[thing])
        names = (*public.labels[thing].values(), *others[thing.value])
        more = (each for each in names if each not in labels and each != slug(thing.value) and significant_words(each))
        yield Entry(addresses[thing.value], sort, labels, tuple(dict.fromkeys(more)))


def _names_of_classes(public: Public, classes: Iterable[ox.NamedNode]) -> Iterator[str]:
    """What one member of some classes is called, and several."""
    for each in classes:
        yield from public.labels.get(each, {}).values()
        yield from public.terms.plural_labels.get(each, {}).values()


def _words(names: Iterable[str]) -> str:
    return " ".join(sorted({word for name in names for word in significant_words(name)}))


def _by_language(project: Project, texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(texts.get(tag, "") for tag in project.languages)
