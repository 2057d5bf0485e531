"""Stores on the disk are there, or a message says which folder is full: whatever happens to the program that writes."""

import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.graph.disk_store import store_on_disk
from ssekg.shacl.engines import Validation
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile

QUADS = [ox.Quad(ox.BlankNode("quay"), ox.NamedNode("urn:name"), ox.Literal("رصيف", language="ar"))]


class User:
    """Uses a store."""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which is not there yet."""
    folder = tmp_path / "temporary"
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("ending", ["kill -9 $$", "mkdir $4; echo half > $4/CURRENT; exit 1"])
def test_the_program_that_writes_is_ended(
    ending: str, temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary.mkdir()
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{ending}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    user = User()
    assert list(store_on_disk(QUADS, user)) == QUADS
    del user
    assert list(temporary.iterdir()) == []


def test_the_folder_that_can_not_be_written_to_is_named(temporary: Path) -> None:
    with pytest.raises(CannotRunError) as problem:
        store_on_disk(QUADS, User())
    assert problem.value.message("en") == f"{temporary} can’t be written: no such file or folder"


def test_shapes_are_not_blamed_for_a_folder_that_can_not_be_written_to(temporary: Path, tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:class <urn:c> .", "utf-8")

    def validate(_: object) -> Validation:
        with tempfile.TemporaryDirectory():
            return Validation(b"")

    with pytest.raises(CannotRunError) as problem:
        Shapes([RdfFile(file, "https://example.org/", file.name)]).validated(validate)
    assert problem.value.message("en") == f"{temporary} can’t be written: no such file or folder"
