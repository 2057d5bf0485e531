"""The first page of a site: what it is about, what it answers, what it holds, what is new, and how to cite it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ssekg.base.language import joined
from ssekg.graph.naming import Name, kind_names
from ssekg.graph.public import Public
from ssekg.queries.forms.sheet import Field
from ssekg.queries.references import Reference
from ssekg.site.addresses import Addresses
from ssekg.site.answer_tables import Cell, answer_table, sheet_for_pages
from ssekg.site.layout import Site
from ssekg.site.question_pages import page_of
from ssekg.site.questions import Question


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the first line of its answer, what that rests on, and the page that has all of it."""

    page: str
    titles: Mapping[str, str]
    cells: Sequence[tuple[Field, Cell]]
    sources: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class News:
    """What changed last: in which release, so much of which kind, and the first of the records, each with its IRI."""

    release: str
    lines: Sequence[str]
    records: Sequence[tuple[str, Name]]


# So much of an answer is read at a glance.
_CELLS: Final = 5
_SOURCES: Final = 2
Latest = Callable[[str], News | None]
"""The news for a language; None where there are none."""


def _no_news(_language: str) -> None:
    return None


def home_pages(
    site: Site,
    public: Public,
    addresses: Addresses,
    about: Mapping[str, object],
    questions: Iterable[Question] = (),
    latest: Latest = _no_news,
) -> dict[str, bytes]:
    """`index.html` in each language, by path.

    Args:
        site: makes the pages.
        public: the graph.
        addresses: the pages that a site has.
        about: what programs find on the page.
        questions: those of the project; the page shows the first line of the answers that their headers choose.
        latest: what changed last.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    kinds = _kinds(public, addresses)
    first = sorted((each for each in questions if each.query.home is not None), key=lambda each: each.query.home or 0)

    def values(language: str) -> dict[str, object]:
        return {
            **about,
            "kinds": kinds,
            "answers": [_first_line(site, each, language) for each in first if each.answer.rows],
            "news": latest(language),
            "pages": addresses.links,
            "citation": site.citation(language),
            "comma": joined(["", ""], language),
            "colon": site.say("record-colon", language),
        }

    return site.pages("index.html", "home.html", values)


def _first_line(site: Site, question: Question, language: str) -> Answered:
    """The first values of the first row, and its sources."""
    table = answer_table(site, sheet_for_pages(site.project, question.answer, language), 1)
    (row,) = table.rows
    cells = [(column, cell) for column, cell in zip(table.columns, row.cells, strict=True) if cell.parts]
    titles = question.query.titles or {"": question.query.name}
    return Answered(page_of(question.query), titles, cells[:_CELLS], row.sources[:_SOURCES])


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
