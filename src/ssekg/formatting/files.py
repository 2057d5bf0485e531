"""The files of a project that have a canonical form, with what they hold and what they should."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

from ssekg.base.errors import AskedWronglyError
from ssekg.base.files import read_file
from ssekg.base.findings import Finding
from ssekg.formatting.tables import formatted_table
from ssekg.formatting.turtle import formatted_turtle
from ssekg.project.settings import Project
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.table_files import description_beside, description_of
from ssekg.sources.tables.encodings import by_mark

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file, its name for people, what is in it and what should be; `findings` say why nothing else can be."""

    path: Path
    shown: str
    before: bytes
    after: bytes
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """What is in the file, as text; what can't be read is replaced."""
        return by_mark(self.before) or self.before.decode("utf-8-sig", "replace")

    def difference(self) -> str:
        """What would change, as a unified diff that `patch` and git understand."""
        before = by_mark(self.before) or self.before.decode("utf-8", "surrogateescape")
        after = self.after.decode("utf-8", "surrogateescape")
        names = (f"a/{self.shown}", f"b/{self.shown}")
        lines = unified_diff(_LINE.findall(before), _LINE.findall(after), *names)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def formattable(project: Project, paths: Iterable[Path]) -> list[Path]:
    """The files to format: those among `paths`, and in their folders Turtle and tables with a description next to them.

    Hidden folders are passed over. Without paths, the folders of the project's sources are taken.

    Raises:
        AskedWronglyError: a file is named that has no canonical form.
    """
    folders = (project.root / name for name in ("ontology", "data", "shapes"))
    asked = list(paths) or [folder for folder in folders if folder.is_dir()]
    found: dict[Path, Path] = {}
    for path in asked:
        for file in _within(path) if path.is_dir() else [path]:
            if file.suffix not in {".ttl", ".csv"}:
                raise AskedWronglyError("fmt-unknown-kind", file=project.shown(file))
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _within(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        is_ours = file.suffix == ".ttl" or (file.suffix == ".csv" and description_beside(file).is_file())
        if is_ours and not is_hidden and file.is_file():
            yield file


def formatted(project: Project, path: Path, content: bytes | None = None) -> Formatted:
    """A file in its canonical form, or why it has none; a table may be given what is to be in it.

    Raises:
        CannotRunError: it can't be opened, or is a table without a description.
        RuntimeError: the new text would not say the same, which is an error of this package.
    """
    shown = project.shown(path)
    before = read_file(path, shown)
    try:
        if path.suffix.lower() == ".ttl":
            return Formatted(path, shown, before, formatted_turtle(before, project.base))
    except SyntaxError as problem:
        finding = RdfFile(path, project.base, shown).syntax_finding(problem)
        return Formatted(path, shown, before, before, (finding,))
    description = description_of(project, path)
    after = formatted_table(path, description, project.base, (shown, project.shown(description)), content)
    if isinstance(after, bytes):
        return Formatted(path, shown, before, after)
    return Formatted(path, shown, before, before if content is None else content, tuple(after))
