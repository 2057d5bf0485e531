"""What is published of changes: the changelog, the event stream, Atom, the page on removal; and what is not."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
from lxml import etree

from ssekg.base.errors import CannotRunError
from ssekg.graph.canonical import ntriples
from ssekg.graph.changes.compare import Changes, compare
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.parts import feed
from ssekg.publish.parts.changelog import changelog
from ssekg.publish.parts.feed import INDEX, LDES, TREE
from ssekg.publish.parts.manifest import manifest
from ssekg.publish.parts.members import ACTIVITY, GENERATED, VERSION_OF
from ssekg.publish.parts.removal_page import removal_page
from ssekg.publish.version_bump import Step, step_between, wanted_step, wanted_version
from tests.graphs import BASE, graph_of, parsed
from tests.publish.contexts import context_of

RNG: Final = Path(__file__).parents[1] / "data" / "atom.rng"
ATOM: Final = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
FIRST: Final = """
    <institution/secret> skos:prefLabel "Jardin secret"@fr ; sse:acronym "JSX" .
    <institution/secret#field-a> sse:remark "Jardin secret" .
    <law/one> skos:prefLabel "Loi 1"@fr, "قانون 1"@ar ; sse:owner <institution/secret> .
    <law/two> skos:prefLabel "Loi 2"@fr ; sse:point [ sse:about <law/one> ] .
    <person/1> skos:prefLabel "Fatima Quelqu’une"@fr . <event/e> sse:about <person/1> ; skos:prefLabel "Foire"@fr .
"""
SECOND: Final = (
    FIRST.replace('"JSX"', '"JSY"').replace('"Loi 2"', '"Loi deux"') + "<law/new> skos:prefLabel 'Neuve'@fr ."
)
TOMBSTONES: Final = """
    <institution/secret> <http://www.w3.org/2002/07/owl#deprecated> true ; sse:withdrawnOn "2026-03-01"^^xsd:date ;
        sse:withdrawalReason <concept/asked> ; dct:isReplacedBy <institution/merged> .
    <institution/merged> <http://www.w3.org/2002/07/owl#deprecated> true ; sse:withdrawnOn "2026-03-01"^^xsd:date ;
        sse:withdrawalReason <concept/asked> ; dct:isReplacedBy <law/new> .
    <person/1> <http://www.w3.org/2002/07/owl#deprecated> true ; sse:withdrawnOn "2026-03-01"^^xsd:date ;
        sse:withdrawalReason <concept/asked> .
    <concept/asked> skos:prefLabel "À la demande"@fr, "بطلب"@ar, "On request"@en .
"""
THIRD: Final = (
    TOMBSTONES
    + """
    <law/one> skos:prefLabel "Loi 1"@fr, "قانون 1"@ar ; sse:owner <institution/secret> .
    <law/two> skos:prefLabel "Loi deux"@fr ; sse:point [ sse:about <law/one> ] .
    <event/e> skos:prefLabel "Foire"@fr . <law/new> skos:prefLabel "Neuve"@fr .
"""
)
CONTENT: Final = ("Jardin", "JSX", "JSY")


def at(project: Project, version: str, day: str) -> Project:
    return replace(project, base=BASE, version=version, date=date.fromisoformat(day), site="https://example.org/sse/")


def write(folder: Path, project: Project, graph: Graph, previous: Path | None) -> Path:
    """A release as far as the next one reads it, and what is published of changes."""
    shutil.rmtree(folder, ignore_errors=True)
    stated = [(f"{project.id}.nt", ntriples(graph.data)), ("ontology/ssekg.ttl", b"")]
    context = context_of(project, graph, folder, previous=previous, files=stated)
    for part in (changelog, feed.feed, removal_page, manifest):
        context.folder.add(part(context))
    return folder


@pytest.fixture
def releases(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three releases, each after the one before, with pages of four members."""
    monkeypatch.setattr(feed, "PAGE_SIZE", 4)
    made: list[Path] = []
    for number, (turtle, day) in enumerate(((FIRST, "2026-01-01"), (SECOND, "2026-02-01"), (THIRD, "2026-03-02")), 1):
        release = at(project, f"0.{number}.0", day)
        made.append(write(tmp_path / str(number), release, graph_of(turtle), made[-1] if made else None))
    return made


def published(release: Path) -> Iterator[tuple[str, str]]:
    """The files about changes, without the dump that stands in for the release."""
    for path in sorted(release.rglob("*")):
        if path.is_file() and path.name not in {"ssekg.nt", "manifest.json"}:
            yield path.relative_to(release).as_posix(), path.read_text(encoding="utf-8")


def quads(path: Path) -> list[Any]:
    return list(ox.parse(path=path))


def reached(release: Path) -> dict[str, dict[str, Any]]:
    """The members that a client of TREE reaches from the index by following relations, by IRI."""
    site = "https://example.org/sse/"
    index = quads(release / INDEX)
    pages = {q.object.value for q in index if q.predicate.value == TREE + "node"}
    found: dict[str, dict[str, Any]] = {}
    for page in pages:
        content = quads(release / page.removeprefix(site))
        members = [q.object for q in content if q.predicate.value == TREE + "member"]
        bounds = bounds_of(index, page)
        for member in members:
            facts = {q.predicate.value: q.object.value for q in content if q.subject == member}
            facts["content"] = {q.triple for q in content if q.graph_name == member}
            assert bounds[0] <= facts[GENERATED.value] <= bounds[1]
            assert member.value not in found
            found[member.value] = facts
    return found


def bounds_of(index: list[Any], page: str) -> tuple[str, str]:
    facts: dict[Any, dict[str, str]] = {}
    for quad in index:
        facts.setdefault(quad.subject, {})[quad.predicate.value.rpartition("#")[2]] = quad.object.value
    relations = {f["type"].rpartition("#")[2]: f["value"] for f in facts.values() if f.get("node") == page}
    return relations["GreaterThanOrEqualToRelation"], relations.get("LessThanOrEqualToRelation", "9")


def actions(release: Path) -> list[tuple[str, str, str]]:
    return sorted(
        (f[GENERATED.value][:10], f[VERSION_OF.value].removeprefix(BASE), f[rdf_type()].removeprefix(ACTIVITY))
        for f in reached(release).values()
    )


def rdf_type() -> str:
    return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def test_stream_starts_with_everything_and_goes_on_with_what_changed(releases: list[Path]) -> None:
    first = [("2026-01-01", name, "Create") for name in ("event/e", "institution/secret", "law/one", "law/two")]
    second = [
        ("2026-02-01", "institution/secret", "Update"),
        ("2026-02-01", "law/new", "Create"),
        ("2026-02-01", "law/two", "Update"),
    ]
    third = [
        ("2026-03-02", "concept/asked", "Create"),
        ("2026-03-02", "institution/merged", "Delete"),
        ("2026-03-02", "institution/secret", "Delete"),
        ("2026-03-02", "person/1", "Delete"),
    ]
    assert actions(releases[0]) == first
    assert actions(releases[1]) == first + second
    assert actions(releases[2]) == first + second + third
    stream = {(q.predicate.value, q.object.value) for q in quads(releases[2] / INDEX)}
    assert (LDES + "versionOfPath", VERSION_OF.value) in stream
    assert (LDES + "timestampPath", GENERATED.value) in stream


def test_what_was_withdrawn_is_not_counted_as_a_record(releases: list[Path]) -> None:
    newest, *_, oldest = json.loads((releases[2] / "changes/changes.json").read_text(encoding="utf-8"))["releases"]
    assert newest["records"] == {"concept": 1, "event": 1, "law": 3}
    assert oldest["records"] == {"event": 1, "institution": 1, "law": 2}


def test_members_hold_what_the_record_said_and_full_pages_stay(releases: list[Path]) -> None:
    assert (releases[0] / "feed/page-1.trig").read_bytes() == (releases[1] / "feed/page-1.trig").read_bytes()
    members = reached(releases[1])
    new = members["https://example.org/sse/feed/index.ttl#law/new/0.2.0"]["content"]
    assert new == set(parsed("<law/new> skos:prefLabel 'Neuve'@fr ."))
    old = members["https://example.org/sse/feed/index.ttl#law/two/0.1.0"]["content"]
    assert any("Loi 2" in str(triple) for triple in old)
    assert len(old) == 3, "the blank node belongs to it"


def test_what_is_withdrawn_is_in_no_page_any_more(releases: list[Path]) -> None:
    before, after = dict(published(releases[1])), dict(published(releases[2]))
    assert any("Jardin" in content for content in before.values())
    for name, content in after.items():
        assert not [word for word in CONTENT if word in content], name
    secret = [f for f in reached(releases[2]).values() if f[VERSION_OF.value].endswith("institution/secret")]
    assert sorted(len(member["content"]) for member in secret) == [0, 0, 4]
    assert len(reached(releases[2])) == len(reached(releases[1])) + 4


def test_persons_are_nowhere_and_their_withdrawal_is_told_by_identifier(releases: list[Path]) -> None:
    for release in releases:
        for name, content in published(release):
            assert "Fatima" not in content, name
            if release != releases[2] or not (name.startswith("feed") or name.endswith("/removal.html")):
                assert "person/1" not in content, name
    person = [f for f in reached(releases[2]).values() if f[VERSION_OF.value].endswith("person/1")]
    assert [len(member["content"]) for member in person] == [3]


def test_atom_is_valid_and_tells_of_all_that_is_gone(releases: list[Path]) -> None:
    schema = etree.RelaxNG(etree.parse(RNG))
    for release in releases:
        schema.assertValid(etree.parse(release / "feed.atom"))
    tree = etree.parse(releases[2] / "feed.atom")
    gone = tree.xpath("//at:deleted-entry/@ref", namespaces=ATOM)
    assert sorted(gone) == [BASE + "institution/merged", BASE + "institution/secret", BASE + "person/1"]
    living = tree.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert sorted(iri.removeprefix(BASE) for iri in living) == [
        "concept/asked",
        "event/e",
        "law/new",
        "law/one",
        "law/two",
    ]
    assert tree.xpath("//a:entry/a:updated/text()", namespaces=ATOM)[0] == "2026-03-02T00:00:00Z"
    tree.find("a:entry/a:updated", ATOM).text = "yesterday"
    assert not schema.validate(tree)


def test_changelog_carries_on_and_forgets_what_is_withdrawn(releases: list[Path]) -> None:
    second = (releases[1] / "changes/CHANGELOG.fr.md").read_text(encoding="utf-8")
    assert "Jardin secret" in second
    assert "JSX → JSY" in second
    third = (releases[2] / "changes/CHANGELOG.fr.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert third.partition("\n\n")[2] == (
        "## 0.3.0 (2026-03-02)\n\n### Ajouts : concept : 1\n\n- À la demande (`concept/asked`)\n\n"
        "### Retraits : institution : 2\n\n- `institution/merged`\n  - Remplacement : Neuve (law/new)\n"
        "- `institution/secret`\n  - Remplacement : Neuve (law/new)\n\n"
        "## 0.2.0 (2026-02-01)\n\n### Ajouts : Lois : 1\n\n- Neuve (`law/new`)\n\n"
        "### Modifications : Lois : 1\n\n- Loi deux (`law/two`)\n  - skos:prefLabel (fr) : Loi 2 → Loi deux\n\n"
        "## 0.1.0 (2026-01-01)\n\nPremière publication : Événements : 1, institution : 1, Lois : 2.\n"
    )
    assert (releases[2] / "changes/CHANGELOG.ar.md").read_text(encoding="utf-8").startswith('<div dir="rtl">')
    content = json.loads((releases[2] / "changes/changes.json").read_text(encoding="utf-8"))
    assert [release["version"] for release in content["releases"]] == ["0.3.0", "0.2.0", "0.1.0"]
    patch = (releases[2] / "changes/changes.rdfp").read_text(encoding="utf-8")
    assert f'A <{BASE}institution/secret> <http://www.w3.org/2002/07/owl#deprecated> "true"' in patch
    assert f"D <{BASE}institution/secret" not in patch


def test_what_replaces_a_withdrawn_record_is_named_wherever_it_is_missed(releases: list[Path]) -> None:
    tree = etree.parse(releases[2] / "feed.atom")
    secret = tree.xpath(f"//at:deleted-entry[@ref='{BASE}institution/secret']", namespaces=ATOM)[0]
    assert secret.xpath("a:link[@rel='successor-version']/@href", namespaces=ATOM) == [f"{BASE}law/new"]
    words = secret.xpath("at:comment//text()[normalize-space()]", namespaces=ATOM)
    assert words == ["البديل: Neuve", "Remplacement\u00a0: Neuve", "Replaced by: Neuve"]
    release, *_ = json.loads((releases[2] / "changes/changes.json").read_text(encoding="utf-8"))["releases"]
    replaced = {each["iri"]: each.get("replaced_by") for each in release["entities"] if each["change"] == "withdrawn"}
    assert replaced == {f"{BASE}institution/merged": f"{BASE}law/new", f"{BASE}institution/secret": f"{BASE}law/new"}
    patch = (releases[2] / "changes/changes.rdfp").read_text(encoding="utf-8")
    link = f"<{BASE}institution/secret> <http://purl.org/dc/terms/isReplacedBy> <{BASE}institution/merged>"
    assert f"A {link} ." in patch, "the graph has the chain as it was stated"


def test_a_withheld_replacement_is_not_named(project: Project, tmp_path: Path) -> None:
    gone = TOMBSTONES.replace(
        "<concept/asked> .\n    <concept", "<concept/asked> ; dct:isReplacedBy <person/2> .\n    <concept"
    )
    assert "person/2" in gone
    first = write(tmp_path / "1", at(project, "0.1.0", "2026-01-01"), graph_of(FIRST), None)
    turtle = gone + "<person/2> a sse:Person . <law/new> sse:x 1 ."
    second = write(tmp_path / "2", at(project, "0.2.0", "2026-02-01"), graph_of(turtle), first)
    assert not [name for name, content in published(second) if "person/2" in content]


def test_release_published_once_more_says_the_same(releases: list[Path], project: Project, tmp_path: Path) -> None:
    again = write(tmp_path / "again", at(project, "0.3.0", "2026-03-02"), graph_of(THIRD), releases[2])
    assert dict(published(again)) == dict(published(releases[2]))


def test_removal_page_says_whom_to_ask_and_lists_tombstones(releases: list[Path], project: Project) -> None:
    for language, reason in (("ar", "بطلب"), ("fr", "À la demande"), ("en", "On request")):
        page = (releases[2] / f"{language}/removal.html").read_text(encoding="utf-8")
        tree = etree.HTML(page)
        assert tree.get("dir") == ("rtl" if language == "ar" else "ltr")
        assert tree.get("lang") == language
        assert tree.xpath("//td/bdi/text()") == [
            *("institution/merged", "2026-03-01"),
            *("institution/secret", "2026-03-01"),
            *("person/1", "2026-03-01"),
        ]
        assert page.count(reason) == 3
        assert tree.xpath("//td/a/@href") == [f"{BASE}law/new"] * 2
        assert f'href="{project.contact}"' in page
        assert not tree.xpath("//img | //script[text()]")
        loaded = tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert [address for address in loaded if ":" in address] in ([], ["data:,"])
        assert project.privacy.law[language] in page
    assert "Rien jusqu’à présent." in (releases[0] / "fr/removal.html").read_text(encoding="utf-8")


def test_broken_release_before_is_refused(releases: list[Path], project: Project) -> None:
    for name in ("changes/changes.json", "feed/page-1.trig", "manifest.json"):
        kept = (releases[0] / name).read_bytes()
        (releases[0] / name).write_bytes(b"{")
        with pytest.raises(CannotRunError) as caught:
            write(releases[1], at(project, "0.2.0", "2026-02-01"), graph_of(SECOND), releases[0])
        assert caught.value.code == "broken-release"
        (releases[0] / name).write_bytes(kept)


def change(old: str, new: str) -> Changes:
    return compare(graph_of(old), graph_of(new))


def test_versions_step_by_what_changed() -> None:
    one, two = "<law/one> sse:x 1 .", "<law/two> sse:x 1 ."
    gone = '<law/two> sse:withdrawnOn "2026" .'
    assert wanted_step(change(one, one)) is Step.NONE
    assert wanted_step(change(one, "<law/one> sse:x 2 .")) is Step.PATCH
    assert wanted_step(change(one, one + two)) is Step.MINOR
    assert wanted_step(change(one + two, one + gone)) is Step.MINOR
    assert wanted_step(change(one + two, one)) is Step.MAJOR
    terms = Graph(BASE, [], parsed("sse:x a <http://www.w3.org/2002/07/owl#Class> . sse:y sse:z 1 ."))
    assert wanted_step(compare(terms, Graph(BASE, [], terms.vocabulary[1:]))) is Step.MAJOR
    assert [step_between("1.2.3", new) for new in ("2.0.0", "1.3.0", "1.2.4", "1.2.3", "1.1.9")] == [
        *(Step.MAJOR, Step.MINOR, Step.PATCH, Step.NONE, Step.NONE)
    ]
    assert wanted_version(change(one + two, one), "0.1.4", "0.2.0") is None
    assert wanted_version(change(one + two, one), "1.4.0", "1.5.0") == "2.0.0"
    assert wanted_version(change(one, one + two), "1.4.0", "1.4.1") == "1.5.0"
    assert wanted_version(change(one, one), "1.4.0", "1.4.0") is None


PROGRAM: Final = """
import hashlib, sys
from pathlib import Path
from tests.publish.test_changes import FIRST, SECOND, at, graph_of, published, write
from ssekg.project.settings import read_project
project, folder = read_project(Path.cwd()), Path(sys.argv[1])
first = write(folder / "1", at(project, "0.1.0", "2026-01-01"), graph_of(FIRST), None)
second = write(folder / "2", at(project, "0.2.0", "2026-02-01"), graph_of(SECOND), first)
print(hashlib.sha256(repr([*published(first), *published(second)]).encode()).hexdigest())
"""


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    sums = set()
    for seed in ("1", "77"):
        folder = tmp_path / seed
        command = [sys.executable, "-c", PROGRAM, str(folder)]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}:{root / 'src'}", "TZ": f"UTC{seed[0]}"}
        done = subprocess.run(command, env=environment, capture_output=True, check=True, cwd=root)
        sums.add(done.stdout)
    assert len(sums) == 1
