"""Lists in cells: each value is a link of its own, in lists of sources with the passage, and is checked by itself."""

import csv
import io
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.findings import Finding, Severity
from ssekg.base.said import Said
from ssekg.formatting.tables import formatted_table
from ssekg.sources.keys import check_keys
from ssekg.sources.tables.table import Table
from tests.graphs import BASE, canonical, parsed
from tests.sources.tables.test_table import ID, SLUG, write

LINKS: Final = {"name": "places", "propertyUrl": "dc:spatial", "separator": "|", "valueUrl": "place/{places}"}
SOURCE_LIST: Final = {"@id": "https://w3id.org/ssekg/tool#SourceList", "base": "string"}
SOURCES: Final = {
    "name": "sources",
    "propertyUrl": "dc:source",
    "separator": "|",
    "valueUrl": "source/{sources}",
    "datatype": SOURCE_LIST,
}


def linked(name: str, target: str) -> dict[str, Any]:
    return {"foreignKeys": [{"columnReference": name, "reference": {"resource": target, "columnReference": "id"}}]}


def told(findings: list[Finding] | tuple[Finding, ...]) -> list[tuple[str, Severity, object, str | None]]:
    return [(f.code, f.severity, f.arguments["value"], f.place.cell if f.place else None) for f in findings]


def same(table: Table, turtle: str) -> bool:
    return canonical(table.triples()) == canonical(parsed(turtle))


def test_each_value_is_a_link(tmp_path: Path) -> None:
    table = write(tmp_path, [ID, LINKS | {"datatype": SLUG}], "id,places\na,x|y\nb,z\nc,\n")
    assert table.findings == ()
    assert same(table, "<thing/a> dct:spatial <place/x>, <place/y> . <thing/b> dct:spatial <place/z> .")


def test_white_space_around_values_is_not_part_of_them(tmp_path: Path) -> None:
    table = write(tmp_path, [ID, LINKS | {"datatype": SLUG}], "id,places\na, x | y \n")
    assert table.findings == ()
    assert same(table, "<thing/a> dct:spatial <place/x>, <place/y> .")


def test_each_value_goes_into_all_templates_of_its_column(tmp_path: Path) -> None:
    backwards = LINKS | {"aboutUrl": "place/{places}", "propertyUrl": "dc:hasPart", "valueUrl": "thing/{id}"}
    table = write(tmp_path, [ID, backwards], "id,places\na,x|y\n")
    assert same(table, "<place/x> dct:hasPart <thing/a> . <place/y> dct:hasPart <thing/a> .")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("x||y", [("table-empty-value", "x||y")]),
        ("x|", [("table-empty-value", "x|")]),
        ("x| |y", [("table-empty-value", "x||y")]),
        ("x|y|x", [("table-repeated-value", "x")]),
        ("x|x|x|", [("table-empty-value", "x|x|x|"), ("table-repeated-value", "x")]),
        ("x|É", [("table-datatype", "É")]),
    ],
)
def test_what_is_wrong_with_a_list(tmp_path: Path, cell: str, expected: list[tuple[str, str]]) -> None:
    table = write(tmp_path, [ID, LINKS | {"datatype": SLUG}], f"id,places\na,{cell}\n")
    assert [(code, value) for code, _, value, _ in told(list(table.findings))] == expected
    assert {place for *_, place in told(list(table.findings))} == {"B2"}


def test_lists_of_texts_are_checked_in_the_same_way(tmp_path: Path) -> None:
    names = {"name": "names", "propertyUrl": "skos:altLabel", "separator": "|", "lang": "fr"}
    table = write(tmp_path, [ID, names], "id,names\na,un | deux|deux\nb,un|n/a\n")
    assert told(list(table.findings)) == [
        ("table-space", Severity.WARNING, "un ", "B2"),
        ("table-space", Severity.WARNING, " deux", "B2"),
        ("table-repeated-value", Severity.WARNING, "deux", "B2"),
        ("text-placeholder", Severity.WARNING, "n/a", "B3"),
    ]
    ordered = write(tmp_path, [ID, names | {"ordered": True}], "id,names\na,un|deux|un\n")
    assert ordered.findings == ()


def test_a_foreign_key_checks_each_value(tmp_path: Path) -> None:
    table = write(
        tmp_path, [ID, LINKS], "id,places\na,fes|meknes\nb,fes|meknez\nc,néant|fes\n", **linked("places", "p.csv")
    )
    places = write(tmp_path, [ID, {"name": "n"}], "id,n\nfes,1\nmeknes,2\n", "p")
    found = check_keys([table, places])
    assert told(found) == [
        ("table-dangling-link", Severity.VIOLATION, "meknez", "B3"),
        ("text-placeholder", Severity.VIOLATION, "néant", "B4"),
    ]
    assert found[0].arguments["nearest"] == Said("did-you-mean", {"term": "meknes"})


def test_a_key_of_several_columns_may_have_a_list(tmp_path: Path) -> None:
    reference = {"resource": "p.csv", "columnReference": ["id", "n"]}
    keys = [{"columnReference": ["id", "places"], "reference": reference}]
    table = write(tmp_path, [ID, LINKS], "id,places\na,1|2\nb,1|3\n", foreignKeys=keys)
    places = write(tmp_path, [ID, {"name": "n"}], "id,n\na,1\na,2\nb,1\n", "p")
    assert [value for _, _, value, _ in told(check_keys([table, places]))] == ["b, 3"]


def test_a_list_of_sources_names_their_passages(tmp_path: Path) -> None:
    table = write(tmp_path, [ID, SOURCES], "id,sources\na,press|report#p4\nb,report#p1| report#p12\n")
    assert table.findings == ()
    assert same(
        table,
        "<thing/a> dct:source <source/press>, <source/report> ; sse:passage <source/report#p4> ."
        "<thing/b> dct:source <source/report> ; sse:passage <source/report#p1>, <source/report#p12> .",
    )
    assert len(table.triples()) == len(set(table.triples()))


@pytest.mark.parametrize("value", ["report#4", "report#p0", "report#p", "#p4", "Report", "report #p4", "report#p4#p5"])
def test_the_form_of_each_source_is_checked(tmp_path: Path, value: str) -> None:
    table = write(tmp_path, [ID, SOURCES], f"id,sources\na,press|{value}\n")
    assert told(list(table.findings)) == [("table-datatype", Severity.VIOLATION, value, "B2")]
    assert table.findings[0].arguments["expected"] == Said("expects-source")


def test_the_form_of_sources_may_be_another(tmp_path: Path) -> None:
    numbered = SOURCES | {"datatype": SOURCE_LIST | {"format": "D[0-9]+(#p[0-9]+)?"}}
    table = write(tmp_path, [ID, numbered], "id,sources\na,D7|D8#p3\nb,D9#q\n")
    assert told(list(table.findings)) == [("table-datatype", Severity.VIOLATION, "D9#q", "B3")]


def test_links_to_sources_do_not_look_at_the_passage(tmp_path: Path) -> None:
    table = write(
        tmp_path, [ID, SOURCES], "id,sources\na,press|report#p4\nb,repport#p4\n", **linked("sources", "s.csv")
    )
    sources = write(tmp_path, [ID, {"name": "n"}], "id,n\npress,1\nreport,2\n", "s")
    found = check_keys([table, sources])
    assert told(found) == [("table-dangling-link", Severity.VIOLATION, "repport", "B3")]
    assert found[0].arguments["nearest"] == Said("did-you-mean", {"term": "report"})


values = st.from_regex("[a-z0-9]{1,3}(-[a-z0-9]{1,2})?", fullmatch=True)


@given(st.lists(st.tuples(values, st.sampled_from(["", "#p1", "#p20"]), st.sampled_from(["", " ", "\u00a0", "\t"]))))
def test_what_is_listed_comes_back_and_is_formatted_once(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = io.StringIO()
    listed = [name + passage for name, passage, _ in parts]
    csv.writer(content, lineterminator="\n").writerows(
        [["id", "sources"], ["a", "|".join(space + name + passage + space for name, passage, space in parts)]]
    )
    table = write(folder, [ID, SOURCES], content.getvalue(), "listed")
    made = {str(triple.object).strip("<>").removeprefix(BASE + "source/") for triple in table.triples()}
    assert made == {*listed, *(name for name, _, _ in parts)}
    path, described = folder / "listed.csv", folder / "listed.csv-metadata.json"
    once = formatted_table(path, described, BASE, ("listed.csv", "listed.csv-metadata.json"))
    assert isinstance(once, bytes)
    assert once.decode() == f"id,sources\na,{'|'.join(listed)}\n"
    path.write_bytes(once)
    assert formatted_table(path, described, BASE, ("listed.csv", "listed.csv-metadata.json")) == once
