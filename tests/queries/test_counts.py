"""The numbers of rows of questions, counted once more in the tables of data/ and nowhere else."""

import csv
from collections.abc import Callable
from itertools import permutations
from typing import Final

import pytest

from tests.conftest import ROOT
from tests.queries.test_canned import CASES

_OFFICIAL: Final = {"source-official-gazette", "source-institution", "source-statistical-office"}
_CEILINGS: Final = {"ceiling-per-project", "honour-loan-ceiling", "grant-part-of-loan", "prize-amount"}
_FINANCERS: Final = {"co-financer", "study-financer"}
Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def listed(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def sources_of(row: Row) -> set[str]:
    """The sources of a row, without the paragraphs."""
    return {each.partition("#")[0] for each in listed(row["sources"])}


def official_amounts() -> tuple[int, int]:
    kinds = {row["id"]: row["kind"] for row in table("sources")}
    official = [sum(kinds[each] in _OFFICIAL for each in sources_of(row)) for row in table("amounts")]
    return sum(official), sum(map(bool, official))


def paid_amounts() -> tuple[int, int]:
    paid = [row for row in table("amounts") if row["payer_id"]]
    return sum(len(sources_of(row)) for row in paid), len(paid)


def pairs_of_financers() -> tuple[int, int]:
    financers: dict[str, set[str]] = {}
    for row in table("amounts"):
        if row["payer_id"]:
            financers.setdefault(row["record"], set()).add(row["payer_id"])
    for row in table("participations"):
        if row["role"] == "co-financer":
            financers.setdefault(row["record"], set()).add(row["institution_id"])
    pairs = [pair for each in financers.values() for pair in permutations(each, 2)]
    return len(pairs), len(set(pairs))


def financers_without_amount() -> tuple[int, int]:
    paid = {(row["record"], row["payer_id"]) for row in table("amounts") if row["payer_id"]}
    for row in table("programmes"):
        for whole in listed(row["part_of"]):
            paid |= {(f"programme/{whole}", payer) for record, payer in paid if record == f"programme/{row['id']}"}
    known = [row for row in table("participations") if row["role"] in _FINANCERS]
    left = [row for row in known if (row["record"], row["institution_id"]) not in paid]
    return sum(len(sources_of(row)) for row in left), len(left)


def ceilings() -> tuple[None, int]:
    return None, sum(row["kind"] in _CEILINGS for row in table("amounts"))


def undated_sources() -> tuple[int, None]:
    return sum(not row["date"] for row in table("sources")), None


def places_with_a_code() -> tuple[int, None]:
    return sum(bool(row["iso_code"]) for row in table("places")), None


def own_competences_not_exercised() -> tuple[int, None]:
    exercised = {
        each for name in ("programmes", "partnerships") for row in table(name) for each in listed(row["exercises"])
    }
    exercised |= {
        row["thing"].removeprefix("competence/") for row in table("links") if row["property"] == "sse:exercises"
    }
    own = {row["id"] for row in table("competences") if row["kind"] == "own"}
    return len(own - {each.removeprefix("competence/") for each in exercised}), None


def offices() -> tuple[int, None]:
    return len(table("offices")), None


COUNTED: Final[dict[str, Callable[[], tuple[int | None, int | None]]]] = {
    "amounts-in-official-sources": official_amounts,
    "who-finances-what": paid_amounts,
    "who-finances-with-whom": pairs_of_financers,
    "financers-without-known-amount": financers_without_amount,
    "what-a-project-can-get": ceilings,
    "sources-without-date": undated_sources,
    "identifiers-of-places": places_with_a_code,
    "own-competences-without-known-programme": own_competences_not_exercised,
    "offices-and-portfolios": offices,
}


@pytest.mark.parametrize("name", COUNTED)
def test_as_many_rows_are_expected_as_the_tables_have(name: str) -> None:
    (case,) = (case for case in CASES if case.name == name and not case.parameters)
    assert (case.count, case.facts) == COUNTED[name]()
