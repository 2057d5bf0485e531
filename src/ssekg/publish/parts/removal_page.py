"""The page that says how to have something corrected or removed, with what was withdrawn so far.

Of what was withdrawn it lists the identifier, the date and the reason, and nothing that the record held.
"""

from ssekg.graph.naming import name_of
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.tombstones import tombstones
from ssekg.site.pages import Site


def removal_page_files(project: Project, graph: Graph) -> dict[str, bytes]:
    """`removal.{language}.html` for each language, by name.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    found = tombstones(graph)

    def values(language: str) -> dict[str, object]:
        withdrawn = [
            {
                "identifier": graph.shortened(tombstone.iri),
                "date": tombstone.date,
                "reason": name_of(graph, tombstone.reason, language),
            }
            for tombstone in found
        ]
        return {"withdrawn": withdrawn}

    return Site(project).pages("removal", "removal.html", values)
