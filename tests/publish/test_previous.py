"""The release before is read once: the second time that a project is published, each of its files is opened once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from ssekg.base.errors import CannotRunError, RefusedError
from ssekg.graph.versions import MANIFEST
from ssekg.publish.manifest import BUILD, Manifest
from ssekg.publish.previous import Previous
from ssekg.publish.release import publish
from ssekg.publish.verify import verify
from tests.conftest import ROOT
from tests.publish.small import small

COUNT: Final = """
import json, os, sys
from collections import Counter
from pathlib import Path
from ssekg.publish.release import publish
from tests.publish.small import small

folder = Path(sys.argv[1])
publish(small(folder / "project"), folder / "public")
before = os.path.realpath(folder / "public")
new = small(folder / "project", version="1.1.0", more='<law/new> skos:prefLabel "Neuve"@fr .')
opened = Counter()

def count(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        path = os.path.realpath(arguments[0])
        if path.startswith(before + os.sep):
            opened[os.path.relpath(path, before)] += 1

sys.addaudithook(count)
publish(new, folder / "public")
print(json.dumps(opened))
"""


def test_each_file_of_the_release_before_is_opened_once(tmp_path: Path) -> None:
    path = os.pathsep.join([str(ROOT), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": path},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    opened = json.loads(done.stdout)
    assert {"manifest.json", "ssekg.nt", "changes/changes.json", "feed/page-1.trig", "index.html"} <= opened.keys()
    assert set(opened.values()) == {1}
    assert BUILD not in opened


def test_a_damaged_file_is_told_by_its_name(tmp_path: Path) -> None:
    publish(small(tmp_path / "project"), tmp_path / "public")
    (tmp_path / "public" / "ssekg.trig").write_bytes(b"<x:a> <x:b>")
    previous = Previous(tmp_path / "public")
    assert not previous.is_intact
    with pytest.raises(CannotRunError, match=r"ssekg\.trig"):
        _ = previous.graph
    (tmp_path / "public" / "ssekg.trig").unlink()
    with pytest.raises(CannotRunError, match=r"ssekg\.trig"):
        _ = Previous(tmp_path / "public").graph


@pytest.mark.parametrize("name", ["tables/place.csv", BUILD])
def test_what_lacks_a_file_or_has_one_too_many_is_not_intact(tmp_path: Path, name: str) -> None:
    publish(small(tmp_path / "project"), tmp_path / "public")
    assert Previous(tmp_path / "public").is_intact
    (tmp_path / "public" / "more").write_bytes(b"")
    assert not Previous(tmp_path / "public").is_intact
    (tmp_path / "public" / "more").unlink()
    (tmp_path / "public" / name).unlink()
    assert not Previous(tmp_path / "public").is_intact


def test_a_release_of_the_first_form_is_read_too(tmp_path: Path) -> None:
    """Manifests did not always say what dumps are called, and counted what is public by another name."""
    publish(small(tmp_path / "project"), tmp_path / "public")
    path = tmp_path / "public" / MANIFEST
    first: dict[str, Any] = json.loads(path.read_bytes())
    ids = (first.pop("id"), first.pop("public_id"))
    first["counts"]["triples_without_persons"] = first["counts"].pop("public_triples")
    first["canonical_hash"]["without_persons"] = first["canonical_hash"].pop("public")
    now = Manifest.read(tmp_path / "public")
    path.write_text(json.dumps(first), encoding="utf-8")
    assert Manifest.read(tmp_path / "public") == now
    assert (now.id, now.public_id) == ids
    assert verify(tmp_path / "public").findings == ()
    other = small(tmp_path / "project", more='<law/new> skos:prefLabel "Neuve"@fr .')
    with pytest.raises(RefusedError) as caught:
        publish(other, tmp_path / "public")
    assert caught.value.code == "version-taken"
