"""What opening a release needs of the project, beside the graph, the ontology and the queries (docs/release.md)."""

from collections.abc import Iterator

from ssekg.project.released_settings import SETTINGS_FILE, as_json
from ssekg.publish.context import Context
from ssekg.queries.columns import COLUMNS_FILE


def settings(context: Context) -> Iterator[tuple[str, bytes]]:
    """The settings, the columns of answers, and what the project adds to the words and templates of the tool."""
    project = context.project
    yield SETTINGS_FILE, as_json(project)
    for path in (project.root / COLUMNS_FILE, *project.word_files, *project.template_files):
        if path.is_file():
            yield path.relative_to(project.root).as_posix(), path.read_bytes()
