"""Files among the sources that no command reads: nothing in them is in the graph."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ssekg.base.files import real
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.formats import FORMATS, rdf_format_of
from ssekg.base.record_iris import PAGES_FOLDER
from ssekg.base.said import Said, Several
from ssekg.checks.subject import Subject
from ssekg.project.page_texts import page_of_text
from ssekg.queries.columns import COLUMNS_FILE
from ssekg.sources.table_files import description_beside, is_table

# Files in a folder for people to read.
_NOT_MEANT: Final = re.compile(r"(?:readme|licen[cs]e|copying|changelog|contributing)(?:\.\w+)?", re.IGNORECASE)
_RDF: Final = tuple(dict.fromkeys(form.suffix for form in FORMATS if form.rdf is not None and form.suffix[0] == "."))


def check(subject: Subject) -> Iterator[Finding]:
    """A warning for each file in the folders of the sources that is not one of them."""
    project, sources = subject.project, subject.graph.sources
    read = (
        *project.ontology_files,
        *project.rdf_files,
        *project.shapes_files,
        *project.query_files,
        project.root / COLUMNS_FILE,
        *project.table_descriptions,
        *(file.path for file in sources.files),
    )
    known = {real(path) for path in read}
    for folder in ("ontology", "data", "shapes", "queries"):
        for path in project.files_in(folder):
            if real(path) not in known and not _is_described(path) and not _NOT_MEANT.fullmatch(path.name):
                place = Place(project.shown(path), 1, 1)
                yield Finding("file-unread", Severity.WARNING, place, {"reason": _reason(folder, path)})
    for path in project.files_in(PAGES_FOLDER):
        if path.suffix == ".md" and page_of_text(project, path) is None and not _NOT_MEANT.fullmatch(path.name):
            reason = Said("unread-page", {"languages": Several(project.languages)})
            yield Finding("file-unread", Severity.WARNING, Place(project.shown(path), 1, 1), {"reason": reason})


def _is_described(path: Path) -> bool:
    """Whether a file is a table with a description, which has findings of its own where it is not read."""
    return is_table(path) and description_beside(path).is_file()


def _reason(folder: str, path: Path) -> Said:
    """Why a file in one of the folders is not read."""
    if folder == "data" and is_table(path):
        return Said("unread-table", {"description": description_beside(path).name})
    if folder == "queries":
        return Said("unread-query")
    if rdf_format_of(path) is not None or path.suffix.lower() == ".rq" or is_table(path):
        return Said("unread-elsewhere", {"folder": f"{folder}/"})
    return Said("unread-format", {"known": Several(_RDF)})
