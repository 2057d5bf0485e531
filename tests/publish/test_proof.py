"""What is withheld is found wherever it would be published, whatever it is written in."""

import gzip
import io
import json
from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from ssekg.publish.proof import texts_of
from ssekg.publish.traces import Traces
from tests.graphs import BASE

OWN: Final = (BASE, "https://data.example/graph/", "https://example.org/")
JANE: Final = BASE + "officer/jane"
ODD: Final = BASE + "officer/j%C3%A9r%C3%B4me"
ELSEWHERE: Final = "https://people.example/o/7"
IRIS: Final = (JANE, ODD, ELSEWHERE, BASE + "event/e#speaker")
NAMES: Final = {"Jéanne  d’Oe": JANE, "فاطمة الزهراء": ODD, 'Ann "Nan" Lee-Roy': ELSEWHERE, "Solo": JANE}
PREFIXES: Final = {"people": "https://people.example/o/"}


def found(text: str, names: Mapping[str, str] = NAMES) -> str | None:
    return Traces(IRIS, names, OWN, PREFIXES).found_in(text)


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        (f"<{JANE}> a <x> .", JANE),
        (f'"see {JANE}."', JANE),
        (f"<{JANE}#part>", JANE),
        ("officer/jane,Office", JANE),
        ('{"id": "officer/jane"}', JANE),
        (r'{"id": "officer\/jane"}', JANE),
        (r'{"id": "\u006fffic\u0065r/jane"}', JANE),
        ('<a href="../id/officer/jane.jsonld">', JANE),
        ('<a href="https://data.example/graph/id/officer/jane.html">', JANE),
        ("https://data.example/graph/feed/index.ttl#officer/jane/1.0.0", JANE),
        ("https://search.example/?q=https%3A%2F%2Fexample.org%2Fid%2Fofficer%2Fjane&x", JANE),
        ("officer:jane a s:Officer .", JANE),
        ("https:&#x2F;&#x2F;example.org/id/officer/jane", JANE),
        (r"\U0000006Ffficer/jane", JANE),
        ("officer/jérôme", ODD),
        ("officer/j%C3%A9r%C3%B4me", ODD),
        (ODD, ODD),
        (f"<{ELSEWHERE}>", ELSEWHERE),
        ("people:7 .", ELSEWHERE),
        ("event/e#speaker", BASE + "event/e#speaker"),
    ],
)
def test_identifiers_are_found(text: str, iri: str) -> None:
    assert found(text) == iri


@pytest.mark.parametrize(
    "text",
    [
        "officer/janet, officer/jane-marie, officer/jan",
        "sub-officer/jane",
        "a petty_officer/jane",
        "https://elsewhere.example/officer/jane",
        "https://people.example/o/70",
        "event/e, event/e#speakers",
        "officer jane",
        "https://example.org/id/officer/",
        "^id/officer/[^/]+$",
    ],
)
def test_others_are_not(text: str) -> None:
    assert found(text) is None


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("by JEANNE D'OE, mayor", JANE),
        ('"Je\u0301anne d’Oe"@fr', JANE),
        (r'"J\u00E9anne d\u2019Oe"', JANE),
        ("<b>J&#xe9;anne&#32;d&rsquo;Oe</b>", JANE),
        ("J%C3%A9anne%20d%E2%80%99Oe", JANE),
        (json.dumps(json.dumps("Jéanne d’Oe")), JANE),
        ("jeanne-d-oe", JANE),
        ("Jeanne\u00a0\u2068d’Oe\u2069", JANE),
        ("فَاطِمَة الزَّهْرَاء", ODD),
        ("فاطمه الزهراء", ODD),
        ("Lee Roy", ELSEWHERE),
    ],
)
def test_names_of_two_words_or_more_are_found(text: str, iri: str) -> None:
    assert found(text) == iri


@pytest.mark.parametrize(
    "text", ["Solo", "Jeanne\nd’Oe", "Jeanne, d’Oe", "Jeanne d’Oeuvre", "Marijeanne d’Oe", "Ann Lee"]
)
def test_less_than_a_name_is_no_name(text: str) -> None:
    assert found(text) is None


def parquet(**columns: list[object]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression="zstd")
    return file.getvalue()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("x.nt.gz", gzip.compress(f"<{JANE}> <x:> <y:> .".encode(), mtime=0)),
        ("statistics.parquet", parquet(place=[None, "x"], officer=["Office", JANE])),
        ("statistics.parquet", parquet(name=["Jéanne d’Oe"])),
        ("statistics.parquet.gz", gzip.compress(parquet(name=["Jéanne d’Oe"]), mtime=0)),
        ("id/officer/jane.jsonld", b"{}"),
    ],
)
def test_files_are_unpacked(path: str, content: bytes) -> None:
    assert JANE.encode() not in content.replace(b"<", b"")[:0] + content or path.endswith((".parquet", ".jsonld"))
    assert any(found(text.decode()) for text in texts_of(path, io.BytesIO(content)))


@pytest.mark.parametrize(
    "form", [ox.RdfFormat.TURTLE, ox.RdfFormat.N_QUADS, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD, ox.RdfFormat.TRIG]
)
@pytest.mark.parametrize("name", ["Jéanne d’Oe", "Jéanne\nd’Oe", 'said "Jéanne d’Oe"', "a\\Jéanne d’Oe & co"])
def test_names_are_found_in_every_format_of_rdf(form: ox.RdfFormat, name: str) -> None:
    triple = ox.Triple(ox.NamedNode("x:s"), ox.NamedNode("x:a/p"), ox.Literal(name, language="fr"))
    content = ox.serialize([triple], format=form)
    assert content
    expected = None if "\n" in name and form == ox.RdfFormat.RDF_XML else JANE
    assert found(content.decode()) == expected
