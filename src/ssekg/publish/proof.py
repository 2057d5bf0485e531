"""The proof that a release shows nothing of what is withheld: every public file searched for IRIs and names, unpacked.

An IRI is found whole, relative to the instance base, as a prefixed name, and percent-encoded; a name of two words or
more whatever its case and diacritics. Both are found behind the escapes of Turtle, JSON, XML and HTML.
"""

import gzip
import hashlib
import html
import re
import sqlite3
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import unquote

import pyoxigraph as ox

from ssekg.base.errors import RefusedError
from ssekg.base.formats import DUMPS
from ssekg.base.language import fold
from ssekg.base.namespaces import EVIDENCE, SCHEMA, SKOS, USUAL
from ssekg.catalogue.files import PublishedFile
from ssekg.graph.store import LABELS, Graph
from ssekg.project.settings import Project
from ssekg.publish.context import Context

_NAMES: Final = (
    *LABELS,
    *(ox.NamedNode(iri) for iri in (SKOS + "altLabel", USUAL["foaf"] + "name", SCHEMA + "name")),
)

_RECORD, _PROPERTY, _ALTERNATIVE = (
    ox.NamedNode(EVIDENCE + name) for name in ("record", "property", "alternativeValue")
)
Bytes = BinaryIO | gzip.GzipFile
# A text may be escaped for JSON, and then once more for HTML.
_ROUNDS: Final = 3
_LONGEST: Final = 500
_AT_A_TIME: Final = 1 << 20
_REMEMBERED: Final = 1 << 17
_ROWS_AT_A_TIME: Final = 1000
_ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TOKEN: Final = re.compile(r"[^\s\"<>{}|\\^`]*")
_TOKEN_BEFORE: Final = re.compile(r"[^\s\"<>{}|\\^`]*\Z")
_BOUNDARY: Final = re.compile(r"[^\w-]|\Z")
# Stands between lines and between words that no name has in between, and is a word of its own.
_BREAK: Final = "\0"


class Traces:
    """What would give withheld things away: their IRIs, and their names."""

    def __init__(
        self, iris: Iterable[str], names: Mapping[str, str], own: Collection[str], prefixes: Mapping[str, str]
    ) -> None:
        """Prepare the search.

        Args:
            iris: the IRIs that no public file may have.
            names: the names that none may have, each with the IRI of what is called so. Those of one word are left out,
                and of a name with quotation marks, the part between them.
            own: the instance base, and the other addresses that end with / and have the records under them.
            prefixes: the namespaces that files may have prefixes for.
        """
        self._base, *_ = self._own = tuple(own)
        self._local: dict[str, dict[str, str]] = defaultdict(dict)
        by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        for iri in iris:
            self._add(iri, by_namespace)
        self._start = re.compile("|".join(map(self._pattern, sorted(self._local, key=len, reverse=True))) or r"(?!)")
        self._names: dict[tuple[str, str], dict[tuple[str, ...], str]] = defaultdict(dict)
        for name, iri in names.items():
            for part in re.split('[<>"]', _plain(name)):
                words = tuple(_words([" ".join(part.split())]))
                if len(words) > 1:
                    self._names[words[0], words[1]][words] = iri
        self._seen: set[str] = set()

    def found_in(self, text: str) -> str | None:
        """The IRI of a withheld thing that a text gives away, None if it gives none away.

        The dumps say the same thing many times: a piece that was searched not long before is not searched again.
        """
        pieces = set(text.replace("<", '"').replace(">", '"').replace("\n", '"').split('"')) - self._seen
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        self._seen |= pieces
        readings = [reading for piece in pieces for reading in _readings(piece)]
        return self._iri_in("\n".join(readings)) or self._name_in(readings)

    def _add(self, iri: str, by_namespace: Mapping[str, str]) -> None:
        plain = _plain(iri)
        relative = plain.removeprefix(self._base)
        if relative != plain:
            kind, _, slug = relative.partition("/")
            starts, local = [f"{kind}/", f"{kind}:"], slug
        else:
            namespace = re.sub(r"[^#/:]*[#/]?\Z", "", plain)
            local = plain.removeprefix(namespace).rstrip("#/")
            starts = [namespace, *(f"{prefix}:" for prefix in [by_namespace.get(namespace)] if prefix)]
        for start in starts:
            self._local[start][local] = iri

    def _pattern(self, start: str) -> str:
        return rf"(?<![\w-]){re.escape(start)}"

    def _iri_in(self, text: str) -> str | None:
        for match in self._start.finditer(text):
            local = self._local[match[0]]
            rest = _TOKEN.match(text, match.end(), match.end() + _LONGEST)
            run = rest[0] if rest else ""
            for boundary in _BOUNDARY.finditer(run):
                iri = local.get(run[: boundary.start()])
                if iri and self._is_ours(text, match.start()):
                    return iri
        return None

    def _is_ours(self, text: str, start: int) -> bool:
        """Whether what starts here is not a path on somebody else's site."""
        before = _TOKEN_BEFORE.search(text, max(0, start - _LONGEST), start)
        head = before[0] if before else ""
        return "://" not in head or head.endswith(self._own) or head.startswith(self._own)

    def _name_in(self, lines: Iterable[str]) -> str | None:
        if not self._names:
            return None
        words = _words(lines)
        if self._names.keys().isdisjoint(pairwise(words)):
            return None
        for at, pair in enumerate(pairwise(words)):
            for name, iri in self._names.get(pair, {}).items():
                if tuple(words[at : at + len(name)]) == name:
                    return iri
        return None


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
    found = given_away(folder, sorted(paths, key=lambda path: path.endswith((".html", ".js"))), traces)
    if found:
        path, iri = found
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


def _plain(text: str) -> str:
    """A text without any escapes."""
    return _readings(text)[-1]


def _readings(text: str) -> list[str]:
    """A text as it is, and as it reads without escapes: of Turtle and JSON, of XML and HTML, of addresses."""
    readings = [text]
    for _ in range(_ROUNDS):
        if "\\" in text:
            text = _ESCAPED.sub(_unescaped, text)
            text = _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
        if "&" in text:
            text = html.unescape(text)
        if "%" in text:
            text = unquote(text)
        if text == readings[-1]:
            break
        readings.append(text)
    return readings


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else ""
    return " " if match[3] in "nrtbf" else match[3] if match[3] in "\\/'" else match[0]


class _Separators(dict[int, str | None]):
    """What is left of each character of a folded text: letters and digits, else a space, else a break."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        left: str | None = character
        if unicodedata.category(character) == "Cf":
            left = None
        elif character.isspace() or character in "-_'.":
            left = " "
        elif not character.isalnum():
            left = f" {_BREAK} "
        self[code] = left
        return left


_SEPARATORS: Final = _Separators()


def _words(lines: Iterable[str]) -> list[str]:
    """The folded words of some lines, with a break between lines, and where a name does not go on."""
    return fold(_BREAK.join(lines)).translate(_SEPARATORS).split()
