"""The folder of a release knows what was written to it."""

import gzip
import hashlib
from pathlib import Path

import pytest

from ssekg.catalogue.files import PublishedFile
from ssekg.publish.folder import Folder


def test_files_are_hashed_while_they_are_written(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    chunks = [b"first", b"", b"x" * 200_000]
    with folder.file("tables/b.csv") as file:
        for chunk in chunks:
            file.write(chunk)
    folder.add([("a.nt", b""), ("DATA-LICENSE", b"ODbL")])
    content = b"".join(chunks)
    assert (tmp_path / "tables" / "b.csv").read_bytes() == content
    assert folder.files == [
        PublishedFile("DATA-LICENSE", 4, hashlib.sha256(b"ODbL").hexdigest(), "text/plain"),
        PublishedFile("a.nt", 0, hashlib.sha256(b"").hexdigest(), "application/n-triples"),
        PublishedFile("tables/b.csv", len(content), hashlib.sha256(content).hexdigest(), "text/csv"),
    ]
    folder.sync()


def test_a_packed_file_lies_beside_the_plain_one(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with folder.packed("a.ttl") as file:
        file.write(b"<a> <b> <c> .\n" * 1000)
    assert gzip.decompress((tmp_path / "a.ttl.gz").read_bytes()) == (tmp_path / "a.ttl").read_bytes()
    for file_of_folder in folder.files:
        content = (tmp_path / file_of_folder.path).read_bytes()
        assert (file_of_folder.bytes, file_of_folder.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert [file_of_folder.media_type for file_of_folder in folder.files] == ["text/turtle", "application/gzip"]


def test_two_parts_can_not_write_the_same_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a.nt", b"one")
    with pytest.raises(FileExistsError):
        folder.write("a.nt", b"other")
    assert (tmp_path / "a.nt").read_bytes() == b"one"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tables/place.csv-metadata.json", "application/csvm+json"),
        ("datapackage.json", "application/json"),
        (".well-known/void", "text/turtle"),
        ("id/place/fes.jsonld", "application/ld+json"),
        ("places.geojson", "application/geo+json"),
        ("feed.atom", "application/atom+xml"),
        ("w3id/.htaccess", "text/plain"),
        ("robots.txt", "text/plain"),
    ],
)
def test_media_types(tmp_path: Path, path: str, expected: str) -> None:
    folder = Folder(tmp_path)
    folder.write(path, b"")
    assert folder.files[0].media_type == expected
