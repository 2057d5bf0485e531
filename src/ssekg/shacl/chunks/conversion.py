"""Files that are not by lines, written as N-Triples once, so that they can be cut into parts."""

from dataclasses import dataclass
from pathlib import Path

from ssekg.base.findings import Finding
from ssekg.shacl.chunks.scanning import FileName
from ssekg.sources.suspicious_text import hidden_findings


@dataclass(frozen=True)
class Converted:
    """The file of the triples, empty if the file does not parse, and what is wrong with that file."""

    triples: Path
    findings: tuple[Finding, ...]


def converted(name: FileName, target: Path) -> Converted:
    """Write the triples of a file to another as N-Triples.

    Raises:
        CannotRunError: the file can't be opened.
    """
    file = name.opened()
    target.touch()
    try:
        content = file.ntriples()
    except SyntaxError as problem:
        return Converted(target, (file.syntax_finding(problem),))
    target.write_bytes(content)
    lost = file.lost_findings()
    empty = [] if content or lost else [file.empty_finding()]
    return Converted(target, (*empty, *hidden_findings(file.source.content, file.shown), *lost))
