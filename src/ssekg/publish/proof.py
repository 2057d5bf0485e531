"""The proof that a release shows nothing of what is withheld: every public file searched, unpacked."""

import gzip
import hashlib
import sqlite3
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from ssekg.base.errors import RefusedError
from ssekg.base.formats import DUMPS
from ssekg.base.memory import at_once
from ssekg.base.namespaces import EVIDENCE, SCHEMA, SKOS, USUAL
from ssekg.catalogue.files import PublishedFile
from ssekg.graph.labels import LABELS
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.publish.traces import Traces

_NAMES: Final = (
    *LABELS,
    *(ox.NamedNode(iri) for iri in (SKOS + "altLabel", USUAL["foaf"] + "name", SCHEMA + "name")),
)

_RECORD, _PROPERTY, _ALTERNATIVE = (
    ox.NamedNode(EVIDENCE + name) for name in ("record", "property", "alternativeValue")
)
Bytes = BinaryIO | gzip.GzipFile
_AT_A_TIME: Final = 1 << 20
_AT_ONCE: Final = 2
_ROWS_AT_A_TIME: Final = 1000


def refuse_withheld(folder: Path, files: Iterable[PublishedFile], project: Project, traces: Traces) -> None:
    """Search every file but those of the whole graph for what is withheld.

    Raises:
        RefusedError: a file has an IRI or a name of what is withheld.
        OSError: a file can't be read.
    """
    if not project.privacy.withheld:
        return
    ends = [end for form, _ in DUMPS for end in (form.suffix, f"{form.suffix}.gz")]
    of_whole = {project.id + end for end in ends}
    there = dict.fromkeys(file.path for file in files)
    # What is in a packed file that lies beside the plain one is proved to be the same.
    paths = [path for path in there if path not in of_whole and not (path.endswith(".gz") and path[:-3] in there)]
    # The site repeats what other files say, which are nearer to what somebody wrote.
    paths.sort(key=lambda path: path.endswith((".html", ".js")))
    searches = [partial(given_away, folder, paths[start::_AT_ONCE], traces) for start in range(_AT_ONCE)]
    found = [each for each in at_once(searches) if each]
    if found:
        path, iri = min(found, key=lambda each: paths.index(each[0]))
        raise RefusedError("withheld-shown", file=path, iri=iri)


def traces_of(context: Context) -> Traces:
    """What would give away what is withheld; the fact that something was withdrawn may be published."""
    withheld, project = context.public.withheld, context.project
    naming = {each for name in _NAMES for each in context.whole.terms.below(name)}
    triples = (*context.whole.vocabulary, *context.whole.data)
    noted = _notes_of_names(context.whole, naming)
    names: dict[str, str] = {}
    for subject, predicate, value in triples:
        thing = noted.get(subject) if predicate == _ALTERNATIVE else subject if predicate in naming else None
        if isinstance(value, ox.Literal) and withheld.is_thing(thing):
            names[value.value] = str(thing).strip("<>")
    own = (project.base, project.site, project.home)
    return Traces(context.comparison.hidden, names, own, context.whole.prefixes.namespaces)


def _notes_of_names(graph: Graph, naming: Collection[ox.NamedNode]) -> dict[object, object]:
    """The field notes on names, each with what it is about: other sources call that otherwise."""
    on_names = {t.subject for t in graph.of_predicate(_PROPERTY) if t.object in naming}
    return {t.subject: t.object for t in graph.of_predicate(_RECORD) if t.subject in on_names}


def texts_of(path: str, file: Bytes) -> Iterator[bytes]:
    """What a file says, as texts in UTF-8: its path, and what is in it once it is unpacked, some lines at a time."""
    yield path.encode()
    if path.endswith(".gz"):
        yield from texts_of(path.removesuffix(".gz"), gzip.GzipFile(fileobj=file))
    elif path.endswith(".parquet"):
        yield from ("\n".join(cells).encode() for cells in _cells(file))
    elif path.endswith(".xlsx"):
        with zipfile.ZipFile(file) as archive:
            yield from map(archive.read, archive.namelist())
    elif path.endswith(".sqlite"):
        rows = _rows(file.read())
        while some := "\n".join(islice(rows, _ROWS_AT_A_TIME)):
            yield some.encode()
    else:
        while lines := file.read(_AT_A_TIME):
            yield lines + file.readline()


def given_away(folder: Path, paths: Iterable[str], traces: Traces) -> tuple[str, str] | None:
    """The first of the files that gives something withheld away, and the IRI of that; None if none does.

    Raises:
        OSError: a file can't be read.
    """
    searched: set[bytes] = set()  # packed dumps are the plain ones again
    for path in paths:
        with (folder / path).open("rb") as file:
            for text in texts_of(path, file):
                digest = hashlib.sha256(text).digest()
                iri = traces.found_in(text.decode(errors="replace")) if digest not in searched else None
                if iri:
                    return path, iri
                searched.add(digest)
    return None


def _cells(file: Bytes) -> Iterator[list[str]]:
    """The texts in a Parquet file: metadata, then the name and the values of each column."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file)
    metadata = table.schema_arrow.metadata or {}
    yield [text.decode(errors="replace") for entry in metadata.items() for text in entry]
    for name in table.schema_arrow.names:
        column = table.read([name]).column(0)
        values = pc.list_flatten(column) if pa.types.is_list(column.type) else column
        yield [name, *(str(value) for value in values.unique().to_pylist() if value is not None)]


def _rows(content: bytes) -> Iterator[str]:
    """How the tables of a SQLite database are made, then each row, a cell a line; in the file long texts are cut."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        made = connection.execute("SELECT sql, name FROM sqlite_master WHERE type = 'table'").fetchall()
        yield from (sql for sql, _ in made)
        for name in (name.replace('"', '""') for _, name in made):
            for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - the name is that of a table
                yield "\n".join(str(cell) for cell in row if cell is not None)
