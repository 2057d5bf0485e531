"""Withdrawn records of the second project, of kinds that are no more too: each leads to what replaces it."""

import json
from pathlib import Path

import pytest

from tests.conftest import Cli

BASE = "https://data.littoral.example/id/"
HEAD = "genre,id,date,motif,remplacement\n"
# As they are replaced: by each other in the end, by nothing, by a record of a kind that is withheld.
WRONG = {
    "table-dangling-link": ("group,gie-yoff,2025-04-02,doublon,group/bok-jom\n", 2),
    "replacement-gone": ("boat,a,2025-04-02,doublon,boat/b\nboat,b,2025-04-02,doublon,\n", 2),
    "replacement-circle": ("boat,a,2025-04-02,doublon,boat/b\nboat,b,2025-04-02,doublon,boat/a\n", 2),
    "replacement-withheld": ("boat,b,2025-04-02,doublon,\ngroup,gie-yoff,2025-04-02,doublon,officer/1\n", 3),
}


def test_rules_follow_replacements_to_the_last(second_release: Path) -> None:
    rules = (second_release / "w3id" / ".htaccess").read_text(encoding="utf-8").splitlines()
    withdrawn = [line for line in rules if "id/boat" in line or "gie-yoff" in line]
    assert withdrawn == [
        f"RewriteRule ^id/boat/penda$ {BASE}group/bokk-jom [R=303,NE,L]",
        "RewriteRule ^id/boat/sokhna$ - [G,L]",
        f"RewriteRule ^id/group/gie-yoff$ {BASE}group/bokk-jom [R=303,NE,L]",
    ]


def test_documents_pages_and_lists_name_the_replacement(second_release: Path) -> None:
    document = json.loads((second_release / "id/group/gie-yoff.jsonld").read_text(encoding="utf-8"))
    assert document["isReplacedBy"]["name"]["fr"] == "Coopérative Bokk Jom"
    page = (second_release / "fr/removal.html").read_text(encoding="utf-8")
    assert page.count(f'href="{BASE}group/bokk-jom"') == 2
    changes = (second_release / "changes" / "CHANGELOG.fr.md").read_text(encoding="utf-8")
    assert "  - Remplacement\u00a0: Coopérative Bokk Jom (group/bokk-jom)\n" in changes
    listed = (second_release / "sitemap.xml").read_text(encoding="utf-8")
    assert "id/group/bokk-jom.jsonld" in listed
    assert "id/group/gie-yoff.jsonld" not in listed
    assert "id/boat/" not in listed


def test_describe_names_the_replacement(cli: Cli, published: Path) -> None:
    done = cli("--lang", "fr", "describe", "group/gie-yoff", cwd=published)
    assert "remplacé par\u00a0: Coopérative Bokk Jom" in done.stdout, done.stdout


@pytest.mark.parametrize("code", WRONG)
def test_a_replacement_that_leads_nowhere_is_found_at_its_cell(cli: Cli, littoral: Path, code: str) -> None:
    rows, line = WRONG[code]
    (littoral / "data" / "retraits.csv").write_text(HEAD + rows, encoding="utf-8")
    done = cli("--lang", "fr", "validate", "--format", "json", cwd=littoral)
    assert done.returncode == 1
    found = [each for each in json.loads(done.stdout)["findings"] if each["severity"] == "violation"]
    assert {each["code"] for each in found} == {code}
    assert (found[0]["file"], found[0]["line"]) == ("data/retraits.csv", line)
    if code == "table-dangling-link":
        assert "group/bokk-jom" in found[0]["hint"]


def test_a_published_term_does_not_change_its_meaning(cli: Cli, littoral: Path) -> None:
    """Words may change; what follows from a term may not, unless another takes its place or the ontology says so."""
    ontology, settings = littoral / "ontology" / "littoral.ttl", littoral / "ssekg.toml"
    before = ontology.read_text(encoding="utf-8")
    versioned = before.replace(
        "  owl:versionInfo", "  owl:versionIRI <https://data.littoral.example/vocab/2.3.0> ;\n  owl:versionInfo"
    )
    ontology.write_text(versioned, encoding="utf-8")
    assert cli("publish", cwd=littoral).returncode == 0
    settings.write_text(settings.read_text("utf-8").replace('"2.3.0"', '"3.0.0"'), encoding="utf-8")
    changed = versioned.replace(
        "lit:attacheA a owl:ObjectProperty ;\n  rdfs:range lit:Quai ;", "lit:attacheA a owl:ObjectProperty ;"
    )
    assert changed != versioned
    ontology.write_text(changed, encoding="utf-8")
    refused = cli("--lang", "en", "publish", cwd=littoral)
    assert refused.returncode == 1
    assert "do not mean what they meant in version 2.3.0: lit:attacheA." in refused.stderr
    assert cli("--lang", "ar", "publish", "--dry-run", cwd=littoral).returncode == 1
    said = "  owl:incompatibleWith <https://data.littoral.example/vocab/2.3.0> ;\n  owl:versionInfo"
    for text in (
        changed.replace("  owl:versionInfo", said),
        versioned.replace("attaché au quai", "rattaché au quai"),
    ):
        ontology.write_text(text, encoding="utf-8")
        accepted = cli("--lang", "en", "publish", "--dry-run", cwd=littoral)
        assert accepted.returncode == 0, accepted.stderr


def test_a_published_term_does_not_vanish(cli: Cli, littoral: Path) -> None:
    """It stays declared, deprecated and with what replaces it; whatever the version."""
    ontology, settings = littoral / "ontology" / "littoral.ttl", littoral / "ssekg.toml"
    without = ontology.read_text(encoding="utf-8")
    declared = '\nlit:Barque a owl:Class ; rdfs:label "barque"@fr, "gaal"@wo'
    ontology.write_text(f"{without}{declared} .\n", encoding="utf-8")
    assert cli("publish", cwd=littoral).returncode == 0
    settings.write_text(settings.read_text("utf-8").replace('"2.3.0"', '"3.0.0"'), encoding="utf-8")
    ontology.write_text(without, encoding="utf-8")
    refused = cli("--lang", "en", "publish", cwd=littoral)
    assert refused.returncode == 1
    assert "terms that version 2.3.0 declares are gone: lit:Barque." in refused.stderr
    assert json.loads((littoral / "public" / "manifest.json").read_text(encoding="utf-8"))["version"] == "2.3.0"
    warned = cli("--lang", "fr", "publish", "--dry-run", cwd=littoral)
    assert warned.returncode == 1
    assert "lit:Barque" in warned.stderr
    ontology.write_text(f"{without}{declared} ; owl:deprecated true ; dct:isReplacedBy lit:Quai .\n", encoding="utf-8")
    accepted = cli("--lang", "en", "publish", cwd=littoral)
    assert accepted.returncode == 0, accepted.stderr
