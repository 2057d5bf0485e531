"""The canned queries by theme, and those that have words somebody looks for."""

from collections.abc import Iterable, Mapping, Sequence

from ssekg.base.language import fold, pick
from ssekg.base.words import significant_words
from ssekg.graph.name_index import NameIndex, Resemblance
from ssekg.queries.library import Query


def by_theme(queries: Iterable[Query], language: str) -> Mapping[str, list[Query]]:
    """The queries by the name of their theme in a language, in its order; those without any come last, as ""."""
    themes: dict[str, list[Query]] = {}
    for query in queries:
        themes.setdefault(pick(query.theme, language) or "", []).append(query)
    return dict(sorted(themes.items(), key=lambda item: (not item[0], fold(item[0]))))


def queries_about(queries: Sequence[Query], text: str) -> list[Query]:
    """The queries that have all words of a text in one of the languages, those with more of them in the title first.

    Words that are spelt otherwise count only where no query has the words as they are.
    """
    words = significant_words(text)
    index = NameIndex((query.name, whole) for query in queries for whole in _texts(query))
    titles = {query.name: set(significant_words(" ".join((query.name, *query.titles.values())))) for query in queries}
    by_name = {query.name: query for query in queries}
    for misspelt in (False, True):
        found = index.resembling(words, misspelt=misspelt) if words else []
        whole = sorted((each for each in found if not each.left_over), key=lambda each: _order(each, words, titles))
        if whole:
            return [by_name[name] for name in dict.fromkeys(each.name.iri for each in whole)]
    return []


def _texts(query: Query) -> list[str]:
    """All that a query says of itself in each language, with what is the same in all of them."""
    common = [query.name, *query.tags, *(parameter.name for parameter in query.parameters)]
    texts = [query.titles, query.questions, query.theme, *(parameter.labels for parameter in query.parameters)]
    languages = dict.fromkeys(language for each in texts for language in each)
    return [" ".join((*common, *(each[tag] for each in texts if tag in each))) for tag in languages] or [
        " ".join(common)
    ]


def _order(each: Resemblance, words: Sequence[str], titles: Mapping[str, set[str]]) -> tuple[int, int, str]:
    in_title = sum(any(other.startswith(word) for other in titles[each.name.iri]) for word in words)
    return -in_title, each.cost, each.name.iri
