"""The page on the quality of a release: what its data do not know or are not sure of, and how well it is described."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

import pyoxigraph as ox

from ssekg.base.findings import Report, Severity
from ssekg.base.language import fold, joined
from ssekg.graph.doubts import DatedSource, Doubts
from ssekg.graph.naming import plural_names
from ssekg.graph.public import Public
from ssekg.project.vocabulary import YEAR
from ssekg.site.addresses import Addresses
from ssekg.site.answer_tables import answer_table, sheet_for_pages
from ssekg.site.layout import Site, Values
from ssekg.site.questions import Question
from ssekg.site.things import Things

ROWS: Final = 500
"""How many rows each list has at most; the tables of the release have all."""
_YEAR: Final = 4
_Weak = TypeVar("_Weak")


def quality_pages(
    site: Site,
    public: Public,
    addresses: Addresses,
    questions: Iterable[Question],
    metadata: Values,
    report: Report,
    coverage: str,
) -> dict[str, bytes]:
    """`quality.html` in each language, by path.

    Args:
        site: the site of the release.
        public: the graph.
        addresses: where its records have their pages.
        questions: the canned questions; those whose header says `quality` are shown.
        metadata: what the page says of the description of the release.
        report: what the checks found before it was published.
        coverage: the path of the table of what the data have and lack.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    doubts = Doubts(public)
    numbered = [(each.query.quality, each.query.name, each) for each in questions if each.query.quality is not None]
    shown = [each for _, _, each in sorted(numbered, key=lambda each: each[:2])]
    shared = {
        "grades": doubts.grades,
        "wanted": Counter(each.property for each in doubts.gaps).most_common(),
        "classes": _classes(public),
        "findings": {each.value: report.count(each) for each in Severity},
        "coverage": coverage,
        "most": ROWS,
        **_sources(doubts.sources),
    }

    def values(language: str) -> Mapping[str, object]:
        things = Things(public, addresses, language, site.project.country)
        return {
            "things": things,
            "gaps": _by_name(doubts.gaps, lambda each: each.record, things),
            "doubts": _by_name(doubts.doubts, lambda each: each.thing, things),
            "answers": [
                (each.query, answer_table(site, sheet_for_pages(site.project, each.answer, language), ROWS))
                for each in shown
            ],
            "pages": addresses.links,
            "comma": joined(["", ""], language),
            "variants": _by_name(doubts.variants, lambda each: each.record, things),
            **shared,
            **metadata(language),
        }

    return site.pages("quality.html", "quality.html", values)


def _by_name(found: Iterable[_Weak], about: Callable[[_Weak], ox.NamedNode], things: Things) -> list[_Weak]:
    """Weak points in the order of what they are about."""
    return sorted(found, key=lambda each: fold(things(about(each)).name.text))


def _sources(sources: Iterable[DatedSource]) -> Mapping[str, object]:
    """Of which year and kind the sources are, with how many things rest on them; and which have no known date."""
    years, kinds, resting = Counter[str](), Counter[ox.NamedNode](), Counter[str | ox.NamedNode]()
    undated = []
    for source in sources:
        year = source.date[:_YEAR]
        years[year] += 1
        kinds.update(source.kinds)
        resting.update(dict.fromkeys((year, *source.kinds), source.things))
        if not source.date:
            undated.append(source)
    return {
        "sources": years.total(),
        "years": [(year, years[year], resting[year]) for year in sorted(years, reverse=True) if year],
        "kinds": [(kind, count, resting[kind]) for kind, count in kinds.most_common()],
        "undated": sorted(undated, key=lambda each: -each.things),
    }


def _classes(public: Public) -> list[Mapping[str, object]]:
    """How many members of each class have which property; how many have a year, None where that is not asked."""
    coverage, dating = public.coverage, public.terms.with_role(YEAR)
    return [
        {
            "names": plural_names(public, term) or {"": public.shortened(term.value)},
            "members": len(coverage.members[term]),
            "dated": max((use.having for use in uses if use.property in dating), default=None),
            "uses": uses,
        }
        for term, uses in coverage.uses.items()
        if uses
    ]
