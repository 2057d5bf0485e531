"""A part is read for the first time: whether it parses, and what others need to know of it."""

import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ssekg.base.findings import Finding
from ssekg.shacl.chunks.parts import Part, Subjects
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.source_text import SourcePart
from ssekg.sources.suspicious_text import hidden_findings, may_change_direction


@dataclass(frozen=True)
class FileName:
    """What an RdfFile is made of."""

    path: Path
    base: str
    shown: str
    mark: str

    @property
    def parts(self) -> tuple[Path, str, str, str]:
        """All of it in order."""
        return self.path, self.base, self.shown, self.mark

    def opened(self, part: Part | None = None) -> RdfFile:
        """The file, or a part of it as if it were all."""
        file = RdfFile(*self.parts)
        if part is not None:
            file.source = SourcePart(part.path, self.shown, part.start, part.end)
        return file


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the parts, each term as N-Triples write it.

    Of triples with one of `links` the nodes that they lead to, of those with one of `objects_of` the objects, and the
    triples with one of `gathered` themselves, all if it is None.
    """

    links: frozenset[bytes] = frozenset()
    objects_of: frozenset[bytes] = frozenset()
    gathered: frozenset[bytes] | None = frozenset()


@dataclass(frozen=True)
class Scanned:
    """What a part has: its triples as pyoxigraph writes them in N-Triples (`triples`), and what was wanted."""

    source: Part
    triples: Part
    line_count: int = 0
    subjects: Subjects = field(default_factory=lambda: Subjects({}))
    linked: frozenset[bytes] = frozenset()
    objects: Mapping[bytes, frozenset[bytes]] = field(default_factory=dict)
    gathered: Part | None = None
    hidden: tuple[Finding, ...] = ()
    error: Finding | None = None


def scan(name: FileName | None, part: Part, spool: Path, wanted: Wanted) -> Scanned:
    """Read a part.

    Args:
        name: the file that it is of, None for N-Triples that pyoxigraph has written.
        part: the part.
        spool: the beginning of the names of files to write.
        wanted: what is looked for.
    """
    if name is None:
        return _with_wanted(Scanned(part, part), part.content(), spool, wanted)
    file = name.opened(part)
    content = file.source.content
    line_count = content.count(b"\n")
    if b"\r" in content:
        line_count += content.count(b"\r") - content.count(b"\r\n")
    scanned = Scanned(part, part, line_count)
    try:
        triples = file.ntriples()
    except SyntaxError as problem:
        return replace(scanned, hidden=_hidden(content, name), error=file.syntax_finding(problem))
    # As pyoxigraph writes them, triples hold no controls besides those of direction.
    if triples != content or may_change_direction(content):
        scanned = replace(scanned, hidden=_hidden(content, name))
    if triples != content:
        none = Part(part.path, part.start, part.start)
        scanned = replace(scanned, triples=_written(spool.with_suffix(".nt"), triples) or none)
    return _with_wanted(scanned, triples, spool, wanted)


def _hidden(content: bytes, name: FileName) -> tuple[Finding, ...]:
    return tuple(hidden_findings(content, name.shown))


def _with_wanted(scanned: Scanned, triples: bytes, spool: Path, wanted: Wanted) -> Scanned:
    starts: dict[bytes, int] = {}
    run_count = 0
    linked: set[bytes] = set()
    objects: dict[bytes, set[bytes]] = defaultdict(set)
    gathered: list[bytes] = []
    links, objects_of, names = wanted.links, wanted.objects_of, wanted.gathered or frozenset()
    watched = links | objects_of | names
    previous = b""
    content = io.BytesIO(triples)
    for line in content:
        subject, predicate, rest = line.split(b" ", 2)
        if subject != previous:
            starts.setdefault(subject, content.tell() - len(line))
            run_count += 1
            previous = subject
        if predicate in watched:
            if predicate in links and not rest.startswith(b'"'):
                linked.add(rest[:-3])
            if predicate in objects_of:
                objects[predicate].add(rest[:-3])
            if predicate in names:
                gathered.append(line)
    return replace(
        scanned,
        subjects=Subjects(starts, are_together=run_count == len(starts)),
        linked=frozenset(linked),
        objects={predicate: frozenset(found) for predicate, found in objects.items()},
        gathered=scanned.triples if wanted.gathered is None else _written(spool.with_suffix(".some"), *gathered),
    )


def _written(path: Path, *content: bytes) -> Part | None:
    """A new file as one part; None if there is nothing to write."""
    if not any(content):
        return None
    with path.open("wb") as file:
        file.writelines(content)
    return Part(path, 0, path.stat().st_size)
