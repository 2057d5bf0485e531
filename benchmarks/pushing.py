"""A release of so many triples as a push reads it, and the commands that bring it into a Virtuoso."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks import edited_register
from benchmarks.generator import generate
from tests.queries.virtuoso import Virtuoso

from ssekg.catalogue.files import PublishedFile
from ssekg.graph.versions import MANIFEST
from ssekg.project.released_settings import SETTINGS_FILE, as_json
from ssekg.project.settings import read_project
from ssekg.publish.manifest import Extent, Manifest

_SSEKG: Final = str(Path(sys.executable).with_name("ssekg"))
GRAPH: Final = "https://example.org/pushed"


def make_release(triples: int, folder: Path) -> Path:
    """Write what `ssekg push` reads of a release to a new folder; gives the dump in N-Triples.

    The triples are those of the generator, without mistakes: a store may refuse values that are none of their datatype.
    """
    edited_register.make(0, folder)
    project = read_project(folder)
    data, _ = generate(triples, folder, mistakes=False)
    dump = data.rename(folder / f"{project.id}.nt")
    with dump.open("rb") as content:
        file = PublishedFile(dump.name, dump.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest(), "")
    manifest = Manifest(
        id=project.id,
        public_id=project.id,
        name=project.name,
        version=project.version,
        date=project.date.isoformat(),
        base=project.base,
        site=project.site,
        licence=project.licence,
        publisher=project.publisher,
        whole=Extent(triples, ""),
        public=Extent(triples, ""),
        ontology_triples=0,
        instances={},
        sources={},
        withdrawn={},
        vocabularies={},
        files=(file,),
    )
    (folder / MANIFEST).write_bytes(manifest.write())
    (folder / SETTINGS_FILE).write_bytes(as_json(project))
    return dump


def commands(server: Virtuoso, dump: Path) -> Mapping[str, Sequence[str]]:
    """What brings a dump, which is in the folder of the server, into a graph for each program, by the program.

    `ssekg push` reads all of it back and compares it; the others do not.
    """
    put = f"{server.home}/sparql-graph-crud-auth?graph={GRAPH}/curl"
    load = f"ld_dir('{dump.parent}', '{dump.name}', '{GRAPH}/loader'); rdf_loader_run(); checkpoint;"
    known = ("env", "SSEKG_ENDPOINT_USER=dba", "SSEKG_ENDPOINT_PASSWORD=dba")
    store = ("--graph-store", f"{server.home}/sparql-graph-crud-auth", "--graph", f"{GRAPH}/ssekg")
    return {
        "ssekg push": (*known, _SSEKG, "push", f"{server.home}/sparql-auth", str(dump.parent), *store),
        "Virtuoso’s bulk loader": server.command(load),
        "curl, all at once": (
            *("curl", "--silent", "--show-error", "--fail", "--digest", "--user", "dba:dba"),
            *("--header", "Content-Type: application/n-triples", "--upload-file", str(dump), put),
        ),
    }
