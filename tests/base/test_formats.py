"""A file's format goes by the end of its name, in capitals or not."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.formats import FORMATS, format_of, media_type_of, rdf_format_of
from ssekg.sources.rdf.file import RdfFile
from tests.conftest import Cli


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/x.ttl", "turtle"),
        ("x.TTL", "turtle"),
        ("x.JsonLD", "jsonld"),
        ("tables/x.csv-metadata.json", "csvm"),
        ("x.csv.json", "json"),
        ("x.NT.GZ", "gzip"),
        (".well-known/void", "void"),
        ("ttl", None),
        ("x.ttl.orig", None),
    ],
)
def test_the_longest_ending_counts_in_capitals_or_not(path: str, name: str | None) -> None:
    found = format_of(path)
    assert (found.name if found else None) == name
    assert format_of(Path(path)) == found


def test_names_and_endings_are_of_one_format_each() -> None:
    assert len({form.name for form in FORMATS}) == len({form.suffix for form in FORMATS}) == len(FORMATS)
    assert all(form.suffix == form.suffix.lower() for form in FORMATS)
    assert media_type_of("robots.txt") == "text/plain"
    assert rdf_format_of("x.csv") is None


@pytest.mark.parametrize("name", ["x.TTL", "x.Nt", "x.NQ", "x.TriG", "x.JSONLD", "x.RDF", "x.OWL"])
def test_files_in_capitals_are_read(tmp_path: Path, name: str) -> None:
    triple = ox.Triple(ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p"), ox.Literal("o"))
    form = rdf_format_of(name)
    assert form is not None
    ox.serialize([triple], tmp_path / name, format=form)
    read = RdfFile(tmp_path / name, "https://example.org/", name)
    assert read.triples() == [triple]
    assert [placed.triple for placed in read.placed({triple.subject})] == [triple]  # type: ignore[arg-type]


def test_the_graph_is_built_in_the_format_of_a_name_in_capitals(cli: Cli, wells: Path, tmp_path: Path) -> None:
    assert cli("build", "-o", tmp_path / "graph.NT", cwd=wells).returncode == 0
    assert list(ox.parse(path=tmp_path / "graph.NT", format=ox.RdfFormat.N_TRIPLES))
    assert b"@prefix" not in (tmp_path / "graph.NT").read_bytes()


def test_browsers_take_what_pages_load() -> None:
    media_types = {path: media_type_of(path) for path in ("site.css", "search.js", "assets/oxigraph/web_bg.wasm")}
    assert list(media_types.values()) == ["text/css", "text/javascript", "application/wasm"]
