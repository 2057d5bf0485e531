"""What the project links to in the releases that it stands on: it has to be there, and not to be withdrawn."""

from collections.abc import Iterator

import pyoxigraph as ox

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Severity
from ssekg.base.record_iris import RecordIri
from ssekg.base.said import Arguments, Said
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.checks.names import named_node
from ssekg.checks.subject import Subject
from ssekg.graph.labels import LABELS
from ssekg.graph.origins import Origins
from ssekg.graph.replacements import REPLACED_BY
from ssekg.graph.store import Graph
from ssekg.sources.imports import WITHDRAWN_ON, Imported


def check(subject: Subject) -> Iterator[Finding]:
    """Findings for links to records of an import that are missing or withdrawn, and for records called like its."""
    graph = subject.graph
    for imported in graph.sources.imports:
        base = imported.setting.base
        links = [t for t in graph.data if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(base)]
        wrong = {link: found for link in links if (found := _wrong(graph, imported, link.object)) is not None}
        same = sorted(_same(graph, imported), key=str)
        origins = Origins(graph.sources, [*same[:1], *(s for s, _, _ in wrong if not isinstance(s, ox.Triple))])
        for link, (code, arguments) in wrong.items():
            finding = Finding(code, CODES[code].severity or Severity.WARNING, None, arguments, {}, *link)
            yield finding.at(origins.places(*link))
        if same:
            shown: Arguments = {
                "import": imported.setting.name,
                "count": str(len(same)),
                "record": named_node(graph, same[0]),
            }
            yield Finding("import-same-record", Severity.WARNING, None, shown, focus=same[0]).at(origins.homes(same[0]))


def _wrong(graph: Graph, imported: Imported, node: object) -> tuple[str, Arguments] | None:
    """What is wrong with a link to a record of an import, and what fills its words."""
    found = RecordIri.read(node.value, imported.setting.base) if isinstance(node, ox.NamedNode) else None
    if found is None:
        return None
    record = ox.NamedNode(found.record)
    said = imported.about.get(record, ())
    about: Arguments = {"import": imported.setting.name, "record": named_node(graph, record)}
    if not said and found.kind in imported.withheld:
        return "import-no-record", {**about, "withheld": Said("import-withholds", {"kind": found.kind})}
    if not said:
        nearest = nearest_name(found.name, imported.by_kind.get(found.kind, ()))
        return "import-no-record", {**about, **suggestion(f"{found.kind}/{nearest}" if nearest else None)}
    if any(triple.predicate == WITHDRAWN_ON for triple in said):
        after = next((triple.object for triple in said if triple.predicate == REPLACED_BY), None)
        replaced = (
            {} if after is None else {"replaced": Said("import-replaced", {"replacement": named_node(graph, after)})}
        )
        return "import-withdrawn", {**about, **replaced}
    return None


def _same(graph: Graph, imported: Imported) -> Iterator[ox.NamedNode]:
    """The records of ours that have the kind, the identifier and a name of one of the import."""
    for node in {triple.subject for triple in graph.data if isinstance(triple.subject, ox.NamedNode)}:
        record = RecordIri.read(node.value, graph.base)
        if record is not None and not record.part and imported.has(record):
            theirs = imported.about[ox.NamedNode(imported.setting.base + node.value.removeprefix(graph.base))]
            names = {ox.Literal(name, language=tag) for tag, name in graph.labels.get(node, {}).items() if tag}
            if any(triple.predicate in LABELS and triple.object in names for triple in theirs):
                yield node
