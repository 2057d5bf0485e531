"""The table of statistics has typed columns, and every observation of the graph."""

import builtins
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.project.settings import Project
from ssekg.publish.release import publish
from tests.publish.small import small


def test_every_observation_is_a_row(release: Path, ordered: list[ox.Triple]) -> None:
    rows = pq.read_table(release / "statistics.parquet").to_pylist()
    values = [t for t in ordered if t.predicate.value.endswith("#value") and "/observation/" in t.subject.value]  # type: ignore[union-attr]
    assert len(rows) == len(values) > 400
    assert [row["iri"] for row in rows] == sorted(row["iri"] for row in rows)
    assert sorted(row["value"] for row in rows) == sorted(float(t.object.value) for t in values)  # type: ignore[union-attr]


def test_columns_are_typed_and_labelled(release: Path, project: Project) -> None:
    table = pq.read_table(release / "statistics.parquet")
    assert {name: str(table.schema.field(name).type) for name in ("value", "year", "period", "place_ar")} == {
        "value": "double",
        "year": "int32",
        "period": "string",
        "place_ar": "string",
    }
    row = next(
        r for r in table.to_pylist() if r["iri"].endswith("agricultural-cooperatives-morocco-2020-06-30-alm-coops-2020")
    )
    assert (row["value"], row["period"], row["year"]) == (21976.0, "2020-06-30", 2020)
    assert (row["place_ar"], row["place_fr"], row["unit_fr"]) == ("المغرب", "Maroc", "coopératives")
    assert row["source"] == f"{project.base}source/alm-coops-2020"
    assert row["confidence_fr"]
    assert (row["source_url"] or "").startswith("http")
    assert row["source_title"] in {row[f"source_title_{tag}"] for tag in project.languages}
    fes = next(r for r in table.to_pylist() if r["place"].endswith("place/fes-meknes"))
    assert fes["place_iso_code"] == "MA-03"
    assert fes["activitySector_fr"]
    assert {"source_publisher", "source_date", "sex_ar", "unitKind_en"} <= set(table.column_names)
    assert table.schema.metadata[b"version"] == project.version.encode()


def test_without_pyarrow_it_is_said_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release is whole or is not: none is published without its statistics."""
    real = builtins.__import__

    def without(name: str, *arguments: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CannotRunError) as caught:
        publish(small(tmp_path / "project"), tmp_path / "public")
    assert caught.value.code == "no-pyarrow"
    assert "ssekg[parquet]" in str(caught.value.hint("en"))
    assert not (tmp_path / "public").exists()
