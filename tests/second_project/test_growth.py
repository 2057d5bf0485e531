"""A kind of records and a language of the data are added by files alone: nothing of the tool changes."""

import csv
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.conftest import Cli

LIT: Final = "https://data.littoral.example/vocab#"
ONTOLOGY: Final = """
lit:Pirogue a owl:Class ;
  outil:kind "boat" ;
  outil:pluralLabel "Pirogues d’un groupement"@fr, "Gaal yi"@wo ;
  rdfs:label "Pirogue"@fr, "Gaal"@wo ;
  skos:definition "Embarcation d’un groupement."@fr, "Gaalu mbootaay."@wo .

lit:numeroDePirogue a owl:DatatypeProperty ;
  outil:role outil:Code ;
  rdfs:label "numéro de pirogue"@fr, "nimero gaal"@wo .

lit:armateur a owl:ObjectProperty ;
  rdfs:range lit:Groupement ;
  rdfs:label "armateur"@fr, "boroom gaal gi"@wo .
"""
TABLE: Final = """\
id,nom_fr,nom_wo,numero,armateur,document,certitude
yaye-fall,Yaye Fall,Yaay Faal,P-0117,bokk-jom,registre-2024,lu
dieuf,Dieuf Dieul,Jëf Jël,P-0242,kawral,registre-2024,lu
"""
SHAPES: Final = """\
@prefix lit: <https://data.littoral.example/vocab#> .
@prefix regles: <https://data.littoral.example/regles#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

regles:Pirogue a sh:NodeShape ;
  sh:targetClass lit:Pirogue ;
  sh:property regles:nom, regles:source, regles:certitude, regles:Pirogue-armateur .

regles:Pirogue-armateur a sh:PropertyShape ;
  sh:path lit:armateur ;
  sh:minCount 1 ;
  sh:class lit:Groupement ;
  sh:severity sh:Violation ;
  sh:message "La pirogue n’a pas d’armateur connu."@fr, "Gaal gi amul boroom."@wo .
"""
QUERY: Final = """\
#+ title: {fr: "Armateur d’une pirogue", wo: "Boroom gaal"}
#+ question: {fr: "À qui est une pirogue ?", wo: "Kan moo moom gaal gi?"}
#+ summary: "Armateur d’une pirogue"
#+ params:
#+   - name: pirogue
#+     type: boat
#+     required: true
#+     label: {fr: "pirogue", wo: "gaal"}

PREFIX lit: <https://data.littoral.example/vocab#>

SELECT ?armateur
WHERE {
  ?_pirogue_iri lit:armateur ?armateur .
}
"""


def description() -> dict[str, Any]:
    """The CSVW description of the new table."""

    def column(name: str, predicate: str, **more: Any) -> dict[str, Any]:
        return {"name": name, "titles": {"fr": name, "wo": name}, "required": True, "propertyUrl": predicate, **more}

    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    columns = [
        {"name": "id", "titles": {"fr": "id", "wo": "id"}, "required": True, "suppressOutput": True},
        column("nom_fr", label, lang="fr"),
        column("nom_wo", label, lang="wo"),
        column("numero", LIT + "numeroDePirogue"),
        column("armateur", LIT + "armateur", valueUrl="group/{armateur}"),
        column("document", "http://purl.org/dc/terms/source", valueUrl="document/{document}"),
        column("certitude", "https://w3id.org/ssekg/ontology#confidence", valueUrl="term/{certitude}"),
        {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": LIT + "Pirogue"},
    ]
    link = {"columnReference": "armateur", "reference": {"resource": "groupements.csv", "columnReference": "id"}}
    schema = {"aboutUrl": "boat/{id}", "primaryKey": "id", "foreignKeys": [link], "columns": columns}
    return {"@context": "http://www.w3.org/ns/csvw", "url": "pirogues.csv", "tableSchema": schema}


def add_boats(folder: Path) -> None:
    """Add the kind `boat`: a class, a table with its description, a shape, a query."""
    with (folder / "ontology" / "littoral.ttl").open("a", encoding="utf-8") as file:
        file.write(ONTOLOGY)
    (folder / "data" / "pirogues.csv").write_text(TABLE, encoding="utf-8")
    (folder / "data" / "pirogues.csv-metadata.json").write_text(json.dumps(description()), encoding="utf-8")
    (folder / "shapes" / "pirogues.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "queries" / "armateur.rq").write_text(QUERY, encoding="utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_kind_is_added_without_touching_the_tool(cli: Cli, littoral: Path) -> None:
    """It is checked, asked for, described and published with its own words."""
    add_boats(littoral)
    done = cli("--lang", "en", "validate", cwd=littoral)
    assert done.returncode == 0, done.stdout
    for name in ("yaye-fall", "Yaye Fall", "P-0117"):
        done = cli("query", "run", "armateur", "-p", f"pirogue={name}", "--format", "csv", cwd=littoral)
        assert done.stdout.splitlines()[1:] == ["group/bokk-jom,Coopérative Bokk Jom"], done.stderr
    assert "Pirogue" in cli("--lang", "fr", "describe", "boat/dieuf", cwd=littoral).stdout
    done = cli("publish", cwd=littoral)
    assert done.returncode == 0, done.stdout
    release = littoral / "public"
    assert [row["id"] for row in rows(release / "tables" / "pirogues.csv")] == ["dieuf", "yaye-fall"]
    assert json.loads((release / "id" / "boat" / "dieuf.jsonld").read_text("utf-8"))["name"]["wo"] == "Jëf Jël"
    assert json.loads((release / "manifest.json").read_text("utf-8"))["counts"]["instances"]["boat"] == 2
    catalogue = (release / "catalog.ttl").read_text("utf-8")
    assert '"Pirogues d’un groupement – Coopératives du littoral"@fr , "Gaal yi – Mbootaayu tefes gi"@wo' in catalogue


def test_what_is_wrong_with_a_new_kind_is_found(cli: Cli, littoral: Path) -> None:
    add_boats(littoral)
    table = littoral / "data" / "pirogues.csv"
    table.write_text(TABLE.replace("kawral", "kawrall"), encoding="utf-8")
    done = cli("--lang", "en", "validate", "--format", "json", cwd=littoral)
    assert done.returncode == 1
    (finding,) = [f for f in json.loads(done.stdout)["findings"] if f["severity"] == "violation"]
    assert (finding["code"], finding["file"], finding["line"]) == ("table-dangling-link", "data/pirogues.csv", 3)
    assert "kawral" in finding["hint"]


def test_a_kind_may_be_withheld_from_the_day_it_is_added(cli: Cli, littoral: Path) -> None:
    add_boats(littoral)
    settings = littoral / "ssekg.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('withheld = ["officer"]', 'withheld = ["officer", "boat"]'), "utf-8"
    )
    done = cli("publish", cwd=littoral)
    assert done.returncode == 0, done.stdout
    release = littoral / "public"
    assert not (release / "tables" / "pirogues.csv").exists()
    assert "Dieuf Dieul" not in (release / "littoral-sans-agents.ttl").read_text("utf-8")
    assert "Dieuf Dieul" in (release / "littoral.ttl").read_text("utf-8")


# Tags are the same in capitals and in small letters, which is how they are shown.
ADDED: Final = "srr-Latn"
SHOWN: Final = ADDED.lower()


# What is found where a text is missing in a language.
MISSING = {"query-header", "column-description", "shape-without-message"}


def add_language(folder: Path) -> None:
    """Add Serer to what the data must have: in ssekg.toml, the headers of queries and the messages of shapes."""
    settings = folder / "ssekg.toml"
    text = settings.read_text("utf-8").replace('languages = ["fr", "wo"]', f'languages = ["fr", "wo", "{ADDED}"]')
    settings.write_text(text, encoding="utf-8")
    for path in (folder / "queries").rglob("*.rq"):
        text = re.sub(r'(wo: "([^"]*)")\}', rf'\1, {ADDED}: "\2 (s)"}}', path.read_text("utf-8"))
        path.write_text(text, encoding="utf-8")
    words = folder / "queries" / "columns.toml"
    text = re.sub(r'(wo = "([^"]*)") \}', rf'\1, {ADDED} = "\2 (s)" }}', words.read_text("utf-8"))
    words.write_text(text, encoding="utf-8")
    description = folder / "data" / "quais.csv-metadata.json"
    content = json.loads(description.read_text("utf-8"))
    columns = content["tableSchema"]["columns"]
    name = next(column for column in columns if column["name"] == "nom_wo")
    columns.insert(columns.index(name), {**name, "name": "nom_srr", "lang": ADDED})
    description.write_text(json.dumps(content), encoding="utf-8")
    table = folder / "data" / "quais.csv"
    head, *quays = table.read_text("utf-8").splitlines()
    lines = [f"{head},nom_srr", *(f"{line},Teeru {line.partition(',')[0]}" for line in quays)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for path in [*(folder / "shapes").glob("*.ttl"), *(folder / "ontology").glob("*.ttl")]:
        text = path.read_text("utf-8").replace('sh:languageIn ( "fr" "wo" )', f'sh:languageIn ( "fr" "wo" "{ADDED}" )')
        path.write_text(re.sub(r'("([^"]*)"@wo)', rf'\1, "\2 (s)"@{ADDED}', text), encoding="utf-8")


def test_a_language_is_added_without_touching_the_tool(cli: Cli, littoral: Path) -> None:
    """Any tag of BCP 47: where the tool has no words in it, the project's own words are in it."""
    settings = littoral / "ssekg.toml"
    plain = settings.read_text("utf-8")
    settings.write_text(plain.replace('languages = ["fr", "wo"]', f'languages = ["fr", "wo", "{ADDED}"]'), "utf-8")
    done = cli("--lang", "en", "validate", "--format", "json", cwd=littoral)
    missing = [f for f in json.loads(done.stdout)["findings"] if f["code"] in MISSING]
    assert done.returncode == 1
    assert len(missing) > 20, "every query and every message lacks it"
    assert all(SHOWN in f["message"] for f in missing)
    settings.write_text(plain, encoding="utf-8")
    add_language(littoral)
    done = cli("--lang", "en", "validate", "--format", "json", cwd=littoral)
    assert [f for f in json.loads(done.stdout)["findings"] if f["code"] in MISSING] == []
    assert done.returncode == 0
    done = cli("publish", cwd=littoral)
    assert done.returncode == 0, done.stdout
    term = json.loads((littoral / "public" / "id" / "term" / "thiof.jsonld").read_text("utf-8"))
    assert term["name"] == {"fr": "Thiof", "wo": "Coof", SHOWN: "Coof (s)"}
    places = (littoral / "public" / "places.geojson").read_text("utf-8")
    assert f'"name_{SHOWN}": "Teeru' in places
    assert (littoral / "public" / f"{SHOWN}/data.html").is_file()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_languages_of_the_tool_are_asked_of_nobody(cli: Cli, littoral: Path, language: str) -> None:
    done = cli("--lang", language, "validate", "--format", "json", cwd=littoral)
    assert [f for f in json.loads(done.stdout)["findings"] if f["severity"] != "info"] == []


def test_words_of_the_tool_in_a_language_of_the_project(cli: Cli, littoral: Path) -> None:
    """A project may bring the tool's words in a language that the tool does not have: messages/{tag}.toml."""
    (littoral / "messages").mkdir()
    (littoral / "messages" / "wo.toml").write_text('[site-tables]\nmessage = "Limu dencukaay yi"\n', encoding="utf-8")
    done = cli("publish", cwd=littoral)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Limu dencukaay yi" in (littoral / "public" / "wo/data.html").read_text("utf-8")
    assert "Limu dencukaay yi" not in (littoral / "public" / "fr/data.html").read_text("utf-8")


def test_a_language_that_no_list_has_is_no_trouble(cli: Cli, littoral: Path) -> None:
    settings = littoral / "ssekg.toml"
    settings.write_text(settings.read_text("utf-8").replace('["fr", "wo"]', '["fr", "wo", "xx"]'), "utf-8")
    done = cli("--lang", "fr", "validate", cwd=littoral)
    assert done.returncode == 1, "texts in xx are missing"
    assert "Traceback" not in done.stderr
