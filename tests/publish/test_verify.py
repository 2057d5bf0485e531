"""`ssekg verify` finds every kind of damage, and says so."""

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.cli import run
from ssekg.graph.versions import MANIFEST
from ssekg.publish.release import publish
from ssekg.publish.verify import verify
from tests.conftest import Cli
from tests.publish.small import small


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish(small(folder / "project"), folder / "public")
    return folder / "public"


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Path:
    """A copy of a release, as somebody fetched it."""
    return shutil.copytree(published, tmp_path / "copied")


def rewritten(folder: Path, name: str, content: bytes) -> None:
    """Another content for a file, and a manifest that agrees with it."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    entry = next(file for file in manifest["files"] if file["path"] == name)
    entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_a_copy_is_sound(copied: Path) -> None:
    report = verify(copied)
    assert report.findings == ()
    assert report.files > 30
    assert report.triples > 20


def test_nothing_is_fetched(copied: Path) -> None:
    rewritten(copied, "ontology/context.jsonld", b'{"@context": "https://schema.org/", "@id": "https://example.org/"}')
    assert verify(copied).findings == ()


def lose(folder: Path) -> None:
    (folder / "tables" / "place.csv").unlink()


def lose_build(folder: Path) -> None:
    (folder / "build.json").unlink()


def change(folder: Path) -> None:
    path = folder / "tables" / "place.csv"
    path.write_bytes(path.read_bytes().replace(b"MA-03", b"MA-30"))


def cut(folder: Path) -> None:
    path = folder / "statistics.parquet"
    path.write_bytes(path.read_bytes()[:-1])


def add(folder: Path) -> None:
    (folder / "queries" / "more.rq").write_text("SELECT", encoding="utf-8")


def break_syntax(folder: Path) -> None:
    rewritten(folder, "ssekg.ttl", b"<a> <b>")


def drop_a_triple(folder: Path) -> None:
    rewritten(folder, "ssekg.nt", b"".join((folder / "ssekg.nt").read_bytes().splitlines(keepends=True)[1:]))


def change_the_graph(folder: Path) -> None:
    rewritten(folder, "ssekg.rdf", (folder / "ssekg.rdf").read_bytes().replace(b"MA-03", b"MA-30"))


def break_xml(folder: Path) -> None:
    """Say the same graph in what no parser of XML reads, though the RDF parser does."""
    content = (folder / "ssekg.rdf").read_bytes()
    rewritten(folder, "ssekg.rdf", content.replace(b"</rdf:RDF>", b"<!-- \x01 --></rdf:RDF>"))


def break_json(folder: Path) -> None:
    rewritten(folder, "ontology/context.jsonld", b'{"@context": "https://schema.org/"')


def nest(folder: Path) -> None:
    rewritten(folder, "ontology/context.jsonld", b'{"urn:a": ' * 100_000)


def lengthen(folder: Path) -> None:
    """A text that is longer than what the parser takes."""
    rewritten(folder, "ontology/context.jsonld", b'{"@id": "urn:a", "urn:b": "%s"}' % (b"-" * (17 << 20)))


def pack_another(folder: Path) -> None:
    rewritten(folder, "ssekg.nq.gz", gzip.compress(b""))


def pack_badly(folder: Path) -> None:
    rewritten(folder, "ssekg.nq.gz", (folder / "ssekg.nq.gz").read_bytes()[:-20])


@pytest.mark.parametrize(
    ("damage", "code", "file"),
    [
        (lose, "release-missing", "tables/place.csv"),
        (lose_build, "release-missing", "build.json"),
        (change, "release-changed", "tables/place.csv"),
        (cut, "release-changed", "statistics.parquet"),
        (add, "release-extra", "queries/more.rq"),
        (break_syntax, "release-unreadable", "ssekg.ttl"),
        (drop_a_triple, "release-count", "ssekg.nt"),
        (change_the_graph, "release-graph", "ssekg.rdf"),
        (break_xml, "release-unreadable", "ssekg.rdf"),
        (break_json, "release-unreadable", "ontology/context.jsonld"),
        (nest, "release-unreadable", "ontology/context.jsonld"),
        (lengthen, "release-unreadable", "ontology/context.jsonld"),
        (pack_another, "release-packed", "ssekg.nq.gz"),
        (pack_badly, "release-unreadable", "ssekg.nq.gz"),
    ],
)
def test_damage_is_found(copied: Path, damage: Callable[[Path], None], code: str, file: str) -> None:
    damage(copied)
    found = {(finding.code, finding.place.file if finding.place else "") for finding in verify(copied).findings}
    assert (code, file) in found
    # A plain file that is another one no longer fits its packed copy either.
    assert found - {(code, file)} <= {("release-packed", f"{file}.gz")}


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(CannotRunError, match="is not a release") as caught:
            verify(folder)
        assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        (b"", "Expecting value"),
        (b"\xff", "invalid start byte"),
        (b"[]", "no “id”"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": 1}', "no “id”"),
        (b'{"id": "x", "base": "https://example.org/id/"}', "no “counts”"),
    ],
)
def test_a_manifest_that_is_none_says_what_is_wrong(tmp_path: Path, manifest: bytes, problem: str) -> None:
    (tmp_path / MANIFEST).write_bytes(manifest)
    with pytest.raises(CannotRunError, match=problem) as caught:
        verify(tmp_path)
    assert (caught.value.code, caught.value.exit_code) == ("broken-release", 3)


@pytest.mark.parametrize(
    ("keys", "value", "problem"),
    [
        (("version",), "x", "version: x"),
        (("site",), 5, "site: 5"),
        (("counts", "triples"), "many", "triples: many"),
        (("canonical_hash", "public"), None, "public: None"),
        (("files", 0, "bytes"), "1", "bytes: 1"),
        *((("files", 0, "path"), path, f"path: {path}") for path in ("../x", "/etc/hostname", "tables/../../x", "")),
    ],
)
def test_a_damaged_manifest_says_what_is_wrong_and_leads_to_no_file_outside(
    copied: Path, keys: tuple[str | int, ...], value: object, problem: str
) -> None:
    manifest: Any = json.loads((copied / MANIFEST).read_bytes())
    part = manifest
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CannotRunError) as caught:
        verify(copied)
    assert caught.value.message("en").endswith(f"in manifest.json, {problem}")
    del part[keys[-1]]
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    if keys[-1] != 0:
        with pytest.raises(CannotRunError, match=f"no “{keys[-1]}”"):
            verify(copied)


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "الملف غير موجود."), ("fr", "Le fichier manque."), ("en", "The file is missing.")]
)
def test_damage_is_told_in_words(
    copied: Path, capsysbinary: pytest.CaptureFixture[bytes], language: str, words: str
) -> None:
    assert run(["--lang", language, "verify", str(copied)]) == 0
    lose(copied)
    assert run(["--lang", language, "verify", str(copied)]) == 1
    output = capsysbinary.readouterr().out.decode()
    assert "tables/place.csv" in output
    assert words in output


def test_verifying_from_the_command_line(copied: Path, cli: Cli, tmp_path: Path) -> None:
    lose(copied)
    done = cli("verify", copied, "--format", "json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert not report["conforms"]
    assert [(f["code"], f["file"]) for f in report["findings"]] == [("release-missing", "tables/place.csv")]
    assert cli("verify", tmp_path, cwd=tmp_path).returncode == 3
