"""The files of a release: the graph in three formats, the ontology, the shapes, the queries."""

from pathlib import Path

from ssekg.checks.run import CheckedGraph
from ssekg.graph.canonical import ntriples, turtle
from ssekg.graph.jsonld import context, jsonld
from ssekg.graph.persons import without_persons
from ssekg.project import Project


def graph_files(checked: CheckedGraph) -> dict[str, bytes]:
    """The graph as Turtle, JSON-LD and N-Triples, whole and without persons, by file name."""
    graph = checked.graph
    terms = context(graph.vocabulary, graph.base)
    files = {}
    for name, triples in (("ssekg", graph.data), ("ssekg-without-persons", without_persons(graph.data, graph.base))):
        files[f"{name}.ttl"] = turtle(triples, graph.base)
        files[f"{name}.nt"] = ntriples(triples)
        files[f"{name}.jsonld"] = jsonld(triples, terms)
    return files


def project_files(project: Project) -> dict[str, bytes]:
    """The ontology, the shapes and the queries as their authors wrote them, with the instance base stated."""
    files = {}
    for path in [*project.ontology_files, *project.shapes_files]:
        files[_name(project, path)] = _with_line(path, f"@base <{project.base}> .", "#")
    for path in project.query_files:
        files[_name(project, path)] = _with_line(path, f"BASE <{project.base}>", "#+")
    return files


def _name(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def _with_line(path: Path, line: str, head: str) -> bytes:
    """The file with a line put in after the comment lines that it begins with."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    first = next((i for i, text in enumerate(lines) if not text.startswith(head)), len(lines))
    return ("\n".join([*lines[:first], line, *lines[first:]]) + "\n").encode()
