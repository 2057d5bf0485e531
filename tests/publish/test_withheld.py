"""What is withheld is in the files of the whole graph and in no other, whatever points to it, and publish proves it."""

import gzip
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ssekg.base.errors import RefusedError
from ssekg.checks.run import CheckedGraph
from ssekg.project.settings import Privacy
from ssekg.publish import release as releases
from ssekg.publish.context import Context
from ssekg.publish.manifest import Manifest
from ssekg.publish.release import publish
from tests.conftest import Cli
from tests.graphs import BASE
from tests.publish.small import small

# Persons by their kind, and by their class under other identifiers, pointed to from all that files are made of.
SECRETS: Final = """
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
<person/9> a sse:Person ; skos:prefLabel "Zubayda Quexil"@fr, "زبيدة كويكسيل"@ar ; dct:source <source/hcp> ;
  sse:address [ sse:remark "Zubayda Quexil lives here" ] ; sse:value 4 .
<person/9#note> sse:record <person/9> ; sse:property skos:prefLabel ; sse:remark "Note on Zubayda Quexil" .
<office/deputy> a sse:Deputy ; skos:prefLabel "Ottoline Vrbnik"@fr ; sse:isoCode "OV-9" ; dct:source <source/hcp> ;
  geo:hasGeometry <office/deputy#centroid> ; sse:size 4 .
<office/deputy#centroid> geo:asWKT "POINT(-4.1 33.1)"^^geo:wktLiteral .
<source/memoir> a sse:Deputy ; dct:title "Vrbnik Memoirs"@fr .
<https://people.example/vrbnik> a sse:Deputy ; skos:prefLabel "Vrbnik Elsewhere"@fr .
<event/gala> skos:prefLabel "Gala"@fr ; sse:chairedBy <person/9>, <office/deputy>, <https://people.example/vrbnik>,
  <person/unknown> ; dct:source <source/memoir>, <source/hcp> ; sse:part [ sse:by <person/9> ; sse:remark "part" ] .
<event/gala#speech> a sse:Deputy ; skos:prefLabel "Ottoline Vrbnik speaks"@fr ; sse:within <event/gala> .
<event/gala#note> sse:record <event/gala> ; sse:property sse:chairedBy ; sse:linkedThing <person/9> ; sse:remark "n" .
<place/fes> sse:within <office/deputy> ; geo:hasGeometry <place/fes#c> ; skos:related <person/9> .
<place/fes#c> geo:asWKT "POINT(-5.0 34.0)"^^geo:wktLiteral .
<observation/o9> a sse:Observation ; sse:indicator <person/9>, <office/deputy> ; sse:place <office/deputy> ;
  sse:period "2024-09"^^xsd:gYearMonth ; sse:value 3 ; dct:source <source/memoir> .
<concept/board> skos:prefLabel "Board"@fr ; skos:member <person/9> .
"""
TRACES: Final = (b"Quexil", "كويكسيل".encode(), b"Vrbnik", b"vrbnik", b"OV-9", b"person/", b"office/deputy", b"memoir")
ALLOWED: Final = {"robots.txt", "w3id/.htaccess"}  # which name the folder of the kind, and nobody


def unpacked(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a release but those of the whole graph, as they are inside."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name.startswith("ssekg."):
            continue
        content = path.read_bytes()
        if name.endswith(".gz"):
            content = gzip.decompress(content)
        yield name, repr(pq.read_table(path).to_pylist()).encode() if name.endswith(".parquet") else content


def test_no_file_but_those_of_the_whole_graph_shows_it(tmp_path: Path) -> None:
    publish(small(tmp_path / "project", more=SECRETS), tmp_path / "public")
    files = dict(unpacked(tmp_path / "public"))
    for name, content in files.items():
        assert not [trace for trace in TRACES if trace in content and name not in ALLOWED], name
    assert "Gala" in files["tables/event.csv"].decode()
    assert b"place/fes" in files["places.geojson"]
    assert not {"id/person.jsonld", "tables/person.csv", "id/office/deputy.jsonld"} & files.keys()
    whole = (tmp_path / "public" / "ssekg.nt").read_bytes()
    assert all(trace in whole for trace in TRACES)


def test_it_stays_hidden_from_release_to_release(tmp_path: Path) -> None:
    """What was public before its kind was withheld is in no older entry of the changelog or the feed either."""
    target = tmp_path / "public"
    first = small(tmp_path / "project", more=SECRETS)
    publish(replace(first, project=replace(first.project, privacy=Privacy())), target)
    assert b"Quexil" in dict(unpacked(target))["feed/page-1.trig"]
    more = SECRETS.replace("Vrbnik Memoirs", "Vrbnik Memoirs II") + '<event/new> skos:prefLabel "New"@fr .'
    publish(small(tmp_path / "project", version="1.1.0", more=more), target)
    publish(small(tmp_path / "project", version="1.1.1", more=more + "<place/fes> sse:size 1 ."), target)
    for name, content in unpacked(target):
        assert not [trace for trace in TRACES if trace in content and name not in ALLOWED], name


def test_where_nothing_is_withheld_there_is_one_set_of_dumps(tmp_path: Path) -> None:
    checked = small(tmp_path / "project", more=SECRETS)
    publish(replace(checked, project=replace(checked.project, privacy=Privacy())), tmp_path / "public")
    files = dict(unpacked(tmp_path / "public"))
    assert not [name for name in files if "without" in name or "public" in name]
    assert b"Quexil" in files["id/person/9.jsonld"]
    manifest = Manifest.read(tmp_path / "public")
    assert manifest.public_id == manifest.id == "ssekg"
    assert manifest.public == manifest.whole


def test_it_is_said_that_nothing_is_withheld(tmp_path: Path, cli: Cli) -> None:
    small(tmp_path / "project")
    settings = tmp_path / "project" / "ssekg.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('["person"]', "[]"), encoding="utf-8")
    done = cli("--lang", "en", "publish", "--dry-run", cwd=tmp_path / "project")
    assert "Nothing is withheld: all records are public" in done.stderr


def table(**columns: list[str]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression="zstd")
    return file.getvalue()


def leak(checked: CheckedGraph, target: Path, monkeypatch: pytest.MonkeyPatch, path: str, content: bytes) -> None:
    """Publish with a part more, whose filter is broken."""

    def part(_context: Context) -> list[tuple[str, bytes]]:
        return [(path, content)]

    monkeypatch.setattr(releases, "STAGES", ([[part]], *releases.STAGES))
    publish(checked, target)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("more.ttl", b'<x:a> <x:b> "Zubayda Quexil" .'),
        ("more.ttl", b"<x:a> <x:b> <https://example.org/id/person/9> ."),
        ("more.nt.gz", gzip.compress(b"<x:a> <x:b> <https://people.example/vrbnik> .", mtime=0)),
        ("more.jsonld", b'{"id": "office/deputy#centroid"}'),
        ("more.rdf", "<a>زبيدة كويكسيل</a>".encode()),
        ("more.csv", b"id\r\nevent/gala,ZUBAYDA  QUEXIL\r\n"),
        ("more.parquet", table(name=["Ottoline Vrbnik"])),
        ("more.parquet", table(place=["https://example.org/id/person/unknown"])),
        ("more.html", b'<a href="id/person/9">?</a>'),
        ("more.xml", b"<loc>https://example.org/data/id/person/9.jsonld</loc>"),
        ("more.atom", b"<title>Zubayda &#x51;uexil</title>"),
        ("changes/more.md", b"- Ottoline Vrbnik speaks (`event/gala`)"),
        ("changes/more.rdfp", b"A <https://example.org/id/event/gala#speech> <x:b> 1 ."),
        ("more.json", b'"Zubayda\\u0020Que\\u0078il"'),
        ("feed/page-1000.trig", b"<x:a> { <x:a> <x:b> <https://example.org/id/person%2F9> . }"),
        ("id/person/9.jsonld", b"{}"),
    ],
)
def test_a_broken_filter_stops_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, content: bytes
) -> None:
    with pytest.raises(RefusedError) as caught:
        leak(small(tmp_path / "project", more=SECRETS), tmp_path / "public", monkeypatch, path, content)
    assert (caught.value.code, caught.value.exit_code) == ("withheld-shown", 1)
    assert caught.value.arguments["file"] == path
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("shapes/more.ttl", "# As Zubayda Quexil asked.\n"),
        ("queries/more.rq", "SELECT * { ?s ?p <person/9> }\n"),
        ("DATA-LICENSE", "© Zubayda Quexil\n"),
        ("ontology/more.ttl", '<x:t> <x:p> "Zubayda Quexil" .\n'),
    ],
)
def test_what_authors_wrote_is_searched_too(tmp_path: Path, path: str, content: str) -> None:
    checked = small(tmp_path / "project", more=SECRETS)
    place = tmp_path / "project" / path
    place.parent.mkdir(exist_ok=True)
    place.write_text(content, encoding="utf-8")
    with pytest.raises(RefusedError) as caught:
        publish(checked, tmp_path / "public")
    assert caught.value.arguments["file"] == path


def test_a_name_that_another_source_gives_stops_it_too(tmp_path: Path) -> None:
    note = '[] sse:record <person/p1> ; sse:property skos:prefLabel ; sse:alternativeValue "Zubeida Quexill" .'
    other = '[] sse:record <person/p1> ; sse:property sse:title ; sse:alternativeValue "Public Gala" .'
    event = '<event/gala> skos:prefLabel "Public gala of Zubeida Quexill"@fr .'
    publish(small(tmp_path / "project", more=other + event), tmp_path / "public")
    with pytest.raises(RefusedError) as caught:
        publish(small(tmp_path / "project", version="1.1.0", more=note + event), tmp_path / "public")
    assert (caught.value.code, caught.value.arguments["iri"]) == ("withheld-shown", f"{BASE}person/p1")


def test_names_of_one_word_and_of_others_do_not_stop_it(tmp_path: Path) -> None:
    more = '<person/2> a sse:Person ; skos:prefLabel "Gala"@fr . <event/g> skos:prefLabel "Gala du Quexil"@fr .'
    publish(small(tmp_path / "project", more=SECRETS + more), tmp_path / "public")


def test_that_it_was_withdrawn_may_be_told(tmp_path: Path) -> None:
    gone = """<person/7> <http://www.w3.org/2002/07/owl#deprecated> true ; sse:withdrawnOn "2026-11-01"^^xsd:date ;
        sse:withdrawalReason <concept/asked> ."""
    publish(small(tmp_path / "project", more=SECRETS + gone), tmp_path / "public")
    files = dict(unpacked(tmp_path / "public"))
    assert b"person/7" in files["en/removal.html"]
    assert b"person/7" in files["feed.atom"]
    assert "id/person/7.jsonld" not in files
