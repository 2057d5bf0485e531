"""Nothing in a release of the second project speaks of this one, and nobody is named who is withheld.

Every byte of every file is looked at: what is packed is unpacked, and what JSON, XML, Turtle and addresses escape is
decoded, before it is searched without regard to case and accents.
"""

import csv
import gzip
import html
import json
import re
import sqlite3
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from rdflib.namespace import DCAM, DCAT, DCTERMS, ORG, PROV, SDO, SKOS, VOID

from tests.conftest import ROOT, SECOND
from tests.evidence import EVIDENCE

SSE: Final = "https://w3id.org/ssekg/ontology#"
BASE: Final = "https://data.littoral.example/id/"
# The files of the whole graph, which are the only ones to hold what is withheld.
WHOLE: Final = re.compile(r"littoral\.(?!sqlite)[a-z]+(\.gz)?")
WITHHELD: Final = (*(f"officer/{number}" for number in range(1, 6)), "group/delegue-petite-cote")
WITHHELD_TEXTS: Final = (
    *("Birane Ndaw Gaye", "Biraan Ndaw Gay", "Oumy Thiaré Sène", "Umi Caare Seen", "Modou Khar Diouck"),
    *("Moodu Xar Juk", "Aline Sagna Badiane", "Alin Saaña Bajaan", "Yacine Mbodj Koné", "Yaasin Mbooj Kone"),
    *("Seynabou Faal Mbaye", "Seynabu Faal Mbay", "Oumi Thiaré Seen"),
    *("SP-40713", "SP-40718", "SP-40726", "SP-40731", "SP-40760", "SP-40755"),
)
COUNTRY: Final = (
    *("maroc", "morocc", "المغرب", "09-08", "09.08", "cndp", "social and solidarity", "économie sociale"),
    *("الاقتصاد الاجتماعي", "without-persons", "id/person", "id/place", "id/concept/"),
)


def plain(text: str) -> str:
    """The text in small letters, without accents and without what only guides its display."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def decoded(text: str) -> str:
    """The text with the escapes of JSON, Turtle, XML and addresses undone, however they are nested."""
    for _ in range(4):
        before = text
        text = re.sub(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})", lambda m: chr(int(m[1] or m[2], 16)), text)
        text = unquote(html.unescape(text)).replace("\\/", "/")
        if text == before:
            break
    return text


def content(path: Path) -> str:
    """All that a file says, as text."""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        footer = {k.decode(): v.decode("utf-8", "replace") for k, v in (table.schema.metadata or {}).items()}
        return json.dumps([footer, table.to_pydict()], ensure_ascii=False, default=str) + str(table.schema)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return "\n".join(connection.iterdump())
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return raw.decode("utf-8")


@cache
def contents(release: Path) -> dict[str, str]:
    """What each file of a release says, escapes undone, with its own name, by that name."""
    names = {path: path.relative_to(release).as_posix() for path in sorted(release.rglob("*")) if path.is_file()}
    return {name: decoded(f"{name}\n{content(path)}") for path, name in names.items()}


def with_any(release: Path, words: tuple[str, ...], *, but: re.Pattern[str] = re.compile("")) -> list[tuple[str, str]]:
    """The files in which one of the words is found, with the word."""
    wanted = {word: plain(word) for word in words}
    return [
        (name, word)
        for name, text in contents(release).items()
        if not but.fullmatch(name)
        for folded in [plain(text)]
        for word, each in wanted.items()
        if each in folded
    ]


def test_the_search_would_find_them(second_release: Path, tmp_path: Path) -> None:
    """The whole graph names them all; escaped, packed and in capitals they are found as well."""
    whole = [name for name in contents(second_release) if WHOLE.fullmatch(name)]
    assert len(whole) > 10
    assert {word for _, word in with_any(second_release, WITHHELD_TEXTS)} == set(WITHHELD_TEXTS)
    (tmp_path / "a.json").write_text(json.dumps({"x": "Oumy Thiaré SÈNE"}), encoding="ascii")
    (tmp_path / "b.xml").write_text("<x>Oumy Thiar&#233; S&#xE8;ne</x>", encoding="ascii")
    (tmp_path / "c.html").write_text("<a href='?Oumy%20Thiar%C3%A9%20S%C3%A8ne'>x</a>", encoding="ascii")
    (tmp_path / "d.nt.gz").write_bytes(gzip.compress(b'<x:a> <x:b> "Oumy Thiar\\u00E9 S\\u00E8ne" .'))
    assert len(with_any(tmp_path, ("Oumy Thiaré Sène",))) == 4


def test_nobody_withheld_is_named_but_in_the_whole_graph(second_release: Path) -> None:
    assert with_any(second_release, WITHHELD_TEXTS, but=WHOLE) == []


def test_nothing_leads_to_what_is_withheld(second_release: Path) -> None:
    """By no whole address, relative one, prefixed name, folder, file or rule."""
    names = re.compile(rf"(?:{'|'.join(map(re.escape, WITHHELD))})(?![\w-])")
    where = [
        (name, match.group())
        for name, text in contents(second_release).items()
        if not WHOLE.fullmatch(name)
        for match in names.finditer(text)
    ]
    assert where == []


def test_what_is_public_is_still_there(second_release: Path) -> None:
    """A permit stays though its signatory goes, and a group though its delegate does."""
    public = {quad.triple for quad in ox.parse(path=second_release / "littoral-sans-agents.nt")}
    whole = {quad.triple for quad in ox.parse(path=second_release / "littoral.nt")}
    subjects = {str(triple.subject) for triple in public}
    assert {f"<{BASE}permit/p-2023-014>", f"<{BASE}group/teranga>", f"<{BASE}quay/kayar>"} <= subjects
    gone = {str(triple.predicate).rpartition("#")[2].rstrip(">") for triple in whole - public}
    assert {"signataire", "responsable", "delegue", "matricule", "mandatDe", "alternativeValue"} <= gone
    assert not {"titulaire", "montant", "poids", "asWKT"} & gone


def test_nothing_says_the_country_or_the_law_of_this_project(second_release: Path) -> None:
    assert with_any(second_release, COUNTRY) == []


def regions() -> tuple[str, ...]:
    """The names of places of this project that no other country has."""
    with (ROOT / "data" / "places.csv").open(encoding="utf-8", newline="") as file:
        names = {row[key] for row in csv.DictReader(file) for key in ("name_ar", "name_fr", "name_en")}
    return tuple(sorted(name for name in names if "-" in name))


def test_no_place_of_this_project(second_release: Path) -> None:
    assert len(regions()) > 20
    assert with_any(second_release, regions()) == []


def used_evidence() -> set[str]:
    """The evidence terms that the second project uses."""
    texts = "".join(path.read_text("utf-8") for path in SECOND.rglob("*") if path.suffix in {".ttl", ".json"})
    return {name for name in EVIDENCE if re.search(rf"(?:preuve:|{re.escape(SSE)}){name}\b", texts)}


def test_only_evidence_terms_that_it_uses_name_the_namespace_of_this_project(second_release: Path) -> None:
    used = used_evidence()
    assert "confidence" in used
    assert "licenceStatement" not in used
    terms = re.compile(r"(?:\b(?:sse|preuve):|w3id\.org/ssekg/ontology#)(\w+)")
    others = re.compile(r"w3id\.org/ssekg(?!/ontology#|/tool#)[^\s\"'<>]*|ssekg\.github\.io")
    for name, text in contents(second_release).items():
        assert set(terms.findall(text)) <= used, name
        assert others.findall(text) == [], name
        assert "@vocab" not in text or f'"@vocab": "{SSE}' not in text, name


def test_no_term_of_this_project(second_release: Path) -> None:
    """No class or property of its own ontology, under any prefix; words that both projects may use aside."""
    files = sorted((ROOT / "ontology").glob("*.ttl"))
    subjects = {q.subject for path in files for q in ox.parse(path=path, base_iri="https://w3id.org/ssekg/id/")}
    named = {s.value.removeprefix(SSE) for s in subjects if isinstance(s, ox.NamedNode) and s.value.startswith(SSE)}
    # A name of two words, such as isoCode: nobody writes it by chance, but for the standards.
    standards = (DCAT, DCTERMS, DCAM, ORG, PROV, SDO, SKOS, VOID)
    # What DCAT has since its third version, rdflib does not list.
    theirs = {"inSeries"} | {re.split("[#/]", str(term))[-1] for standard in standards for term in dir(standard)}
    telling = {name for name in named - EVIDENCE - theirs if re.search(r"[a-z][A-Z]", name)}
    assert len(telling) > 50
    pattern = re.compile(rf"(?<![\w])(?:{'|'.join(sorted(telling))})(?![\w])")
    assert [
        (name, match.group()) for name, text in contents(second_release).items() for match in pattern.finditer(text)
    ] == []


def files_named(release: Path) -> Iterator[str]:
    yield from (name for name in contents(release))


@pytest.mark.parametrize("name", ["littoral.ttl", "littoral-sans-agents.ttl", "littoral-sans-agents.jsonld.gz"])
def test_files_are_called_as_the_project_says(second_release: Path, name: str) -> None:
    assert (second_release / name).is_file()
    assert [name for name in files_named(second_release) if "ssekg" in name] == []


def test_vocabulary_is_named_by_its_own_file(second_release: Path) -> None:
    assert (second_release / "ontology" / "littoral.ttl").is_file()
    catalogue = content(second_release / "catalog.ttl")
    assert "https://data.littoral.example/vocab" in catalogue
