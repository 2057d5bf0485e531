"""The rehearsal of a harvest as findings: what CKAN would refuse or degrade of the catalogue that would be published.

Only ssekg.toml can be the cause of them, so there they have their place.
"""

from collections.abc import Iterable, Iterator

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.said import Arguments, Said
from ssekg.catalogue.authorities import LICENCES, LISTS
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.harvest import HarvestProblem, rehearse, troubles
from ssekg.catalogue.kinds import kinds_of
from ssekg.graph.store import Graph
from ssekg.project.settings import PROJECT_FILE, Project


def findings(project: Project, graph: Graph) -> list[Finding]:
    """What a harvest of the project's catalogue would run into, each thing once."""
    settings = project.root / PROJECT_FILE
    where = _Places(settings.read_text(encoding="utf-8") if settings.is_file() else "")
    return [*_unknown_codes(project, where), *_troubles(project, graph, where)]


def _troubles(project: Project, graph: Graph, where: "_Places") -> Iterator[Finding]:
    kinds = kinds_of(graph, project.worded_languages)
    catalogue = build_catalogue(project, kinds, _expected(kinds), graph.terms.ontology)
    found = [t for tag in project.languages for t in troubles(rehearse(catalogue, tag), tag, catalogue)]
    # What ssekg.toml says holds for all datasets.
    once = {_cause(trouble): trouble for trouble in reversed(found)}
    for trouble in once.values():
        place, arguments = _described(trouble, project, where)
        yield Finding(trouble.code, CODES[trouble.code].severity or Severity.WARNING, place, arguments)


def _cause(trouble: HarvestProblem) -> tuple[str, ...]:
    """What troubles with one cause have in common."""
    if trouble.code == "harvest-tag":
        return trouble.code, trouble.value
    if trouble.code in {"harvest-language", "harvest-name"}:
        return trouble.code, trouble.language
    return (trouble.code,)


def _described(trouble: HarvestProblem, project: Project, where: "_Places") -> tuple[Place | None, Arguments]:
    """The place of a trouble in ssekg.toml, and what fills its message."""
    match trouble.code:
        case "harvest-tag":
            return where.of_value(trouble.value, "keywords"), {"tag": trouble.value}
        case "harvest-licence":
            known = ", ".join(f"https://{start}/" for start in LICENCES)
            return where.of_value(project.licence, "licence"), {"licence": project.licence, "known": known}
        case "harvest-contact":
            return where.of_value(project.contact, "contact"), {"contact": project.contact}
        case _:
            language = Said(f"language-{trouble.language}")
            return where.of_key("name"), {"dataset": trouble.dataset, "name": trouble.value, "language": language}


def _unknown_codes(project: Project, where: "_Places") -> Iterator[Finding]:
    given = project.catalogue_settings
    for name, key, codes in (
        ("data-theme", "themes", given.themes),
        ("frequency", "frequency", (given.frequency,)),
        ("publisher-type", "publisher_type", (given.publisher_type,)),
    ):
        for code in codes:
            if code not in LISTS[name].labels:
                arguments = {"value": code, "key": key, "known": ", ".join(LISTS[name].labels)}
                yield Finding("harvest-code", Severity.WARNING, where.of_value(code, key), arguments)


def _expected(kinds: Iterable[str]) -> list[PublishedFile]:
    """A file for each dataset that a release would have; what is in it makes no difference to a harvest."""
    names = ["ssekg-without-persons.ttl", *(f"tables/{kind}.csv" for kind in kinds)]
    return [PublishedFile(name, 0, "", "") for name in names]


class _Places:
    """Finds where ssekg.toml says something."""

    def __init__(self, settings: str) -> None:
        self._lines = settings.splitlines()

    def of_value(self, value: str, key: str) -> Place | None:
        """The place of a text on the line of a key, else that of the key."""
        for number, line in enumerate(self._lines, 1):
            start = line.find(f'"{value}"', len(key)) if line.startswith(key) else -1
            if start >= 0:
                return Place(PROJECT_FILE, number, start + 2, number, start + 2 + len(value))
        return self.of_key(key)

    def of_key(self, key: str) -> Place | None:
        """The place of a key, that of the file where it stands nowhere."""
        for number, line in enumerate(self._lines, 1):
            if line.startswith(f"{key} ="):
                return Place(PROJECT_FILE, number, 1, number, 1 + len(key))
        return Place(PROJECT_FILE)
