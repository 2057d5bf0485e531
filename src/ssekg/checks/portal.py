"""The rehearsal of a harvest as findings: what CKAN would refuse or degrade of the catalogue that would be published.

Only ssekg.toml can be the cause of them, so there they have their place.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.language import LANGUAGES, autonym
from ssekg.base.said import Arguments, Said
from ssekg.catalogue.authorities import LICENCES, LISTS
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.harvest import HarvestProblem, rehearse, troubles
from ssekg.catalogue.kinds import kinds_of
from ssekg.checks.subject import Subject
from ssekg.graph.public import Public
from ssekg.project.setting_places import SettingPlaces
from ssekg.project.settings import Project

# An e-mail address or an address of the Web.
_ADDRESS: Final = re.compile(r"(?:mailto:)?[^\s@:/]+@[^\s@/]+|https?://[^\s/]+\S*")


def check(subject: Subject) -> list[Finding]:
    """What a harvest of the project's catalogue would run into, each thing once."""
    project = subject.project
    where = SettingPlaces.of(project)
    return [*_unknown_codes(project, where), *_contact(project, where), *_troubles(project, subject.public, where)]


def _troubles(project: Project, graph: Public, where: SettingPlaces) -> Iterator[Finding]:
    kinds = kinds_of(graph, project.worded_languages)
    catalogue = build_catalogue(project, kinds, _expected(project, kinds), graph.terms.ontology)
    found = [t for tag in project.languages for t in troubles(rehearse(catalogue, tag), tag, catalogue)]
    # What ssekg.toml says holds for all datasets.
    once = {_cause(trouble): trouble for trouble in reversed(found)}
    for trouble in once.values():
        if trouble.code == "harvest-contact":
            continue  # `_contact` asks more
        place, arguments = _described(trouble, project, where)
        yield Finding(trouble.code, CODES[trouble.code].severity or Severity.WARNING, place, arguments)


def _cause(trouble: HarvestProblem) -> tuple[str, ...]:
    """What troubles with one cause have in common."""
    if trouble.code == "harvest-tag":
        return trouble.code, trouble.value
    if trouble.code in {"harvest-language", "harvest-name"}:
        return trouble.code, trouble.language
    return (trouble.code,)


def _described(trouble: HarvestProblem, project: Project, where: SettingPlaces) -> tuple[Place, Arguments]:
    """The place of a trouble in ssekg.toml, and what fills its message."""
    match trouble.code:
        case "harvest-tag":
            return where.of_value(trouble.value, "keywords"), {"tag": trouble.value}
        case "harvest-licence":
            known = ", ".join(f"https://{start}/" for start in LICENCES)
            return where.of_value(project.licence, "licence"), {"licence": project.licence, "known": known}
        case _:
            tag = trouble.language or ""
            language = Said(f"language-{tag}") if tag in LANGUAGES else autonym(tag)
            return where.of_key("name"), {"dataset": trouble.dataset, "name": trouble.value, "language": language}


def _contact(project: Project, where: SettingPlaces) -> Iterator[Finding]:
    """The finding that the contact is not an address, or leads readers back to where they came from."""
    contact = _bare(project.contact)
    is_circular = contact == _bare(project.home) or contact.startswith((_bare(project.site), _bare(project.base)))
    if is_circular or not _ADDRESS.fullmatch(project.contact):
        place = where.of_value(project.contact, "contact")
        yield Finding("harvest-contact", Severity.VIOLATION, place, {"contact": project.contact})


def _bare(address: str) -> str:
    """The host and the path of a web address, with / at its end: what makes two of them lead to the same place."""
    parts = urlsplit(address)
    return f"{(parts.hostname or '').lower()}{parts.path.rstrip('/')}/" if parts.hostname else address


def _unknown_codes(project: Project, where: SettingPlaces) -> Iterator[Finding]:
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


def _expected(project: Project, kinds: Iterable[str]) -> list[PublishedFile]:
    """A file for each dataset that a release would have; what is in it makes no difference to a harvest."""
    names = [f"{project.public_id}.ttl", *(f"id/{kind}.jsonld" for kind in kinds)]
    return [PublishedFile(name, 0, "", "") for name in names]
