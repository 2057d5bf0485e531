"""The folder of a release knows what was written to it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.catalogue.files import PublishedFile
from ssekg.publish.folder import Folder


def test_files_are_hashed_as_they_are_written(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    content = b"first" + b"x" * 200_000
    folder.write("tables/b.csv", content)
    folder.add([("a.nt", b""), ("DATA-LICENSE", b"ODbL")])
    assert (tmp_path / "tables" / "b.csv").read_bytes() == folder.content("tables/b.csv") == content
    assert folder.files == [
        PublishedFile("DATA-LICENSE", 4, hashlib.sha256(b"ODbL").hexdigest(), "text/plain"),
        PublishedFile("a.nt", 0, hashlib.sha256(b"").hexdigest(), "application/n-triples"),
        PublishedFile("tables/b.csv", len(content), hashlib.sha256(content).hexdigest(), "text/csv"),
    ]
    assert folder["a.nt"].path == "a.nt"
    folder.sync()


def test_what_is_written_piece_by_piece_is_the_same_file(tmp_path: Path) -> None:
    pieces = [b"", b"one", b"x" * 3_000_000, b"two"]

    def write(output: BinaryIO) -> None:
        output.writelines(pieces)

    at_once, in_pieces = Folder(tmp_path / "at-once"), Folder(tmp_path / "in-pieces")
    at_once.write("a/b.nt", b"".join(pieces))
    in_pieces.write("a/b.nt", write)
    assert in_pieces.files == at_once.files
    assert in_pieces.content("a/b.nt") == b"".join(pieces)


def test_what_goes_wrong_while_a_file_is_written_is_told(tmp_path: Path) -> None:
    def write(output: BinaryIO) -> None:
        output.write(b"half")
        raise CannotRunError("rdfxml-property", property="rdf:li", subject="s")

    folder = Folder(tmp_path)
    with pytest.raises(CannotRunError):
        folder.write("a.rdf", write)
    assert folder.files == []


def test_a_file_is_there_before_the_next_is_asked_for(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    def part() -> Iterator[tuple[str, bytes]]:
        yield "a.nt", b"one"
        yield "b.nt", folder.content("a.nt") * 2

    folder.add(part())
    assert folder.content("b.nt") == b"oneone"


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
        ("datapackage.json", "application/vnd.datapackage+json"),
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


def test_files_of_another_process_are_taken_once(tmp_path: Path) -> None:
    there = Folder(tmp_path)
    there.write("a.nt", b"one")
    folder = Folder(tmp_path)
    folder.take(there.files)
    folder.take(there.files)
    assert folder.files == there.files
    with pytest.raises(FileExistsError):
        folder.write("a.nt", b"other")
