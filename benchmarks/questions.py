"""Answers all canned questions of the project over a larger graph: `python benchmarks/questions.py ENGINE FOLDER`.

`make_questions` writes that graph and the questions to the folder: the project's own graph, its records copied under
new identifiers (concepts and places are shared) until there are as many triples as wanted; a parameter that has to be
given gets the value with the most rows. ENGINE is `ssekg` or `rdflib`, which may take LONGEST seconds for a question
and then goes on with the next: one that takes longer counts as LONGEST seconds, so that rdflib seems quicker than
it is. How many it did not finish goes to standard error.
"""

import json
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

LONGEST: Final = 10
_SHARED: Final = ("concept/", "place/")


def make_questions(triples: int, project_folder: Path, folder: Path) -> Path:
    """Write the graph and the questions to a folder, which is given back."""
    from ssekg.project.settings import read_project
    from ssekg.queries.asking import read_question
    from ssekg.queries.library import read_queries
    from ssekg.queries.prologue import with_prefixes
    from ssekg.queries.values import values_with_rows
    from ssekg.shacl.kept_graph import graph_of

    project = read_project(project_folder)
    graph = graph_of(project, None)
    texts = []
    for query in read_queries(project):
        needed = [each for each in query.parameters if each.required and each.default is None]
        most = ((each, max(values_with_rows(query, each, graph), key=lambda value: value.rows)) for each in needed)
        asked = read_question(query, [(each.name, value.written(graph)) for each, value in most], graph)
        texts.append(with_prefixes(asked.text, graph.prefixes.namespaces))
    folder.mkdir(exist_ok=True)
    (folder / "questions.json").write_text(json.dumps({"base": project.base, "texts": texts}), encoding="utf-8")
    parts = (list(graph.vocabulary), [*graph.data, *graph.derived])
    vocabulary, records = (_lines(each) for each in parts)
    with (folder / "graph.nt").open("w", encoding="utf-8") as file:
        file.writelines(vocabulary)
        for copy in range(max(1, round((triples - len(vocabulary)) / len(records)))):
            file.writelines(_copied(records, project.base, copy))
    return folder


def _lines(triples: list[ox.Triple]) -> list[str]:
    content: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return [f"{line}\n" for line in content.decode().splitlines()]


def _copied(lines: list[str], base: str, copy: int) -> Iterator[str]:
    if copy == 0:
        yield from lines
        return
    shared = "|".join(_SHARED)
    record = re.compile(rf"<({re.escape(base)}(?!{shared})[^#>]+)")
    yield from (re.sub(r"^_:|(?<= )_:", f"_:c{copy}", record.sub(rf"<\1-{copy}", line)) for line in lines)


def answer_all(engine: str, folder: Path) -> None:
    """Read the graph, and ask all questions of it."""
    questions = json.loads((folder / "questions.json").read_bytes())
    if engine == "ssekg":
        store = ox.Store()
        store.bulk_load(path=folder / "graph.nt", format=ox.RdfFormat.N_TRIPLES)
        for text in questions["texts"]:
            answer: Any = store.query(text, base_iri=questions["base"])
            list(answer)
        return
    import rdflib

    graph = rdflib.Graph()
    graph.parse(folder / "graph.nt", format="nt")
    signal.signal(signal.SIGPROF, _stop)  # by the processor, whatever else the machine does
    stopped = failed = 0
    for text in questions["texts"]:
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            list(graph.query(text, base=questions["base"]))
        except TimeoutError:
            stopped += 1
        except TypeError:  # it can't order by what is unbound
            failed += 1
        signal.setitimer(signal.ITIMER_PROF, 0)
    print(f"rdflib: {stopped} not finished, {failed} failed, of {len(questions['texts'])}", file=sys.stderr)


def _stop(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    answer_all(sys.argv[1], Path(sys.argv[2]))
