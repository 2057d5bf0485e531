"""Rows that make records beside the thing that they are about are published as they were written."""

import json
from pathlib import Path
from typing import Any

from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from ssekg.publish.tables.published import PublishedTables
from ssekg.shacl.derivation import with_derived

VOCABULARY = "https://data.littoral.example/vocab#"
CATCH = "catch/{id}-2024-05"
ROWS = """id,responsable,poids_mai_2024,pirogues,documents
kayar,1,512.5,40,bulletin-2023|registre-2024
guet-ndar,,,12,bulletin-2023
"""


def column(name: str, datatype: str, **more: Any) -> dict[str, Any]:
    titles = {"titles": {"fr": name.capitalize(), "wo": name}, "dc:description": {"fr": name, "wo": name}}
    return {"name": name, "datatype": datatype, **titles, **more}


def made(name: str, value: str) -> dict[str, Any]:
    property_ = "rdf:type" if name == "type" else VOCABULARY + name
    only = {"https://w3id.org/ssekg/tool#onlyWith": "poids_mai_2024"}
    return {"name": name, "virtual": True, "aboutUrl": CATCH, "propertyUrl": property_, "valueUrl": value, **only}


def test_a_wide_table_is_there_beside_that_of_the_kind(littoral: Path) -> None:
    columns = [
        column("id", "string", suppressOutput=True),
        column("responsable", "string", propertyUrl=f"{VOCABULARY}responsable", valueUrl="officer/{responsable}"),
        column("poids_mai_2024", "decimal", aboutUrl=CATCH, propertyUrl=f"{VOCABULARY}poids"),
        column("pirogues", "integer", suppressOutput=True),
        column("documents", "string", separator="|", suppressOutput=True),
        made("type", f"{VOCABULARY}Capture"),
        made("quai", "quay/{id}"),
    ]
    description = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
        "url": "frequentation.csv",
        "dc:title": {"fr": "Fréquentation"},
        "tableSchema": {"aboutUrl": "quay/{id}", "primaryKey": "id", "columns": columns},
    }
    data = littoral / "data"
    (data / "frequentation.csv").write_text(ROWS, encoding="utf-8")
    (data / "frequentation.csv-metadata.json").write_text(json.dumps(description), encoding="utf-8")
    project = read_project(littoral)
    whole, public = with_derived(project, build_graph(project))
    tables = {table.name: table for table in PublishedTables(project, public, whole.sources.files).of_records}

    quays, wide, catches = tables["quais"], tables["frequentation"], tables["captures"]
    assert {"kayar", "guet-ndar"} < quays.ids
    assert {"kayar-2024-05"} < catches.ids
    assert [each.name for each in wide.columns] == ["id", "poids_mai_2024", "pirogues", "documents"]
    assert [each.type for each in wide.columns] == ["string", "decimal", "integer", "string"]
    assert wide.columns[0].target == "quais"
    assert sorted(wide.rows) == [
        ("guet-ndar", None, "12", "bulletin-2023"),
        ("kayar", "512.5", "40", "bulletin-2023|registre-2024"),
    ], "no cell leads to who is withheld"
