"""The lists that European portals check a catalogue against, and what a catalogue must state about their members.

Validators do not load these lists; so the catalogue carries a small companion graph in which every member that it
names has its class, its list and, where it is a concept, the label that the list gives it.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.formats import FORMATS
from ssekg.catalogue.statements import Statements, Value, term

_EU: Final = "http://publications.europa.eu/resource/authority/"
_ADMS: Final = "http://purl.org/adms/"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
SHA256: Final = ox.NamedNode("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")


@dataclass(frozen=True, slots=True)
class List:
    """A list: where its members' IRIs begin, its own IRI, its title, the class of its members, the labels known."""

    start: str
    scheme: str
    title: str
    member: str
    labels: dict[str, str]


_THEMES: Final = {
    "AGRI": "Agriculture, fisheries, forestry and food",
    "ECON": "Economy and finance",
    "EDUC": "Education, culture and sport",
    "ENER": "Energy",
    "ENVI": "Environment",
    "GOVE": "Government and public sector",
    "HEAL": "Health",
    "INTR": "International issues",
    "JUST": "Justice, legal system and public safety",
    "OP_DATPRO": "Provisional data",
    "REGI": "Regions and cities",
    "SOCI": "Population and society",
    "TECH": "Science and technology",
    "TRAN": "Transport",
}
_FREQUENCIES: Final = (
    *("ANNUAL", "ANNUAL_2", "ANNUAL_3", "AS_NEEDED", "BIENNIAL", "BIMONTHLY", "BIWEEKLY", "CONT", "DAILY", "DAILY_2"),
    *("DECENNIAL", "HOURLY", "IRREG", "MONTHLY", "MONTHLY_2", "MONTHLY_3", "NEVER", "OTHER", "QUADRENNIAL"),
    *("QUARTERLY", "QUINQUENNIAL", "TRIENNIAL", "UNKNOWN", "UPDATE_CONT", "WEEKLY", "WEEKLY_2", "WEEKLY_3"),
)
_PUBLISHERS: Final = {
    "Academia-ScientificOrganisation": "Academia/Scientific organisation",
    "Company": "Company",
    "IndustryConsortium": "Industry consortium",
    "LocalAuthority": "Local Authority",
    "NationalAuthority": "National authority",
    "NonGovernmentalOrganisation": "Non-Governmental Organisation",
    "NonProfitOrganisation": "Non-Profit Organisation",
    "PrivateIndividual(s)": "Private Individual(s)",
    "RegionalAuthority": "Regional authority",
    "StandardisationBody": "Standardisation body",
    "SupraNationalAuthority": "Supra-national authority",
}


def _eu(name: str, title: str, member: str, labels: dict[str, str]) -> List:
    return List(f"{_EU}{name}/", f"{_EU}{name}", title, member, labels)


_FILE_TYPES: Final = {form.eu_code: "" for form in FORMATS if form.eu_code}
LISTS: Final = {
    "language": _eu("language", "Language", "dct:LinguisticSystem", {}),
    "file-type": _eu("file-type", "File type", "dct:MediaTypeOrExtent", _FILE_TYPES),
    "frequency": _eu("frequency", "Frequency", "dct:Frequency", dict.fromkeys(_FREQUENCIES, "")),
    "data-theme": _eu("data-theme", "Data theme", "skos:Concept", _THEMES),
    "access-right": _eu("access-right", "Access right", "dct:RightsStatement", {"PUBLIC": ""}),
    "licence": _eu("licence", "Licence", "dct:LicenseDocument", {}),
    "planned-availability": _eu("planned-availability", "Planned availability", "skos:Concept", {"STABLE": "stable"}),
    "publisher-type": List(
        f"{_ADMS}publishertype/", f"{_ADMS}publishertype/1.0", "Publisher type", "skos:Concept", _PUBLISHERS
    ),
    "licence-type": List(
        f"{_ADMS}licencetype/",
        f"{_ADMS}licencetype/1.0",
        "Licence type",
        "skos:Concept",
        {"Attribution": "Attribution", "ViralEffect-ShareAlike": "Viral effect (a.k.a. Share-alike)"},
    ),
}


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its code in the EU's list, the title by which CKAN knows it, CKAN's id, and what kind it is."""

    code: str
    title: str
    ckan: str
    kinds: tuple[str, ...]


# By how the address of a licence begins; the addresses differ in their ends.
LICENCES: Final = {
    "opendatacommons.org/licenses/odbl": Licence(
        "ODC_BL",
        "Open Data Commons Open Database License (ODbL)",
        "odc-odbl",
        ("ViralEffect-ShareAlike", "Attribution"),
    ),
    "opendatacommons.org/licenses/by": Licence(
        "ODC_BY", "Open Data Commons Attribution License", "odc-by", ("Attribution",)
    ),
    "creativecommons.org/licenses/by/4.0": Licence(
        "CC_BY_4_0", "Creative Commons Attribution", "cc-by", ("Attribution",)
    ),
    "creativecommons.org/licenses/by-sa/4.0": Licence(
        "CC_BYSA_4_0",
        "Creative Commons Attribution Share-Alike",
        "cc-by-sa",
        ("ViralEffect-ShareAlike", "Attribution"),
    ),
}


def licence_of(address: str) -> Licence | None:
    """The licence with an address, None if portals would not recognise it."""
    bare = address.partition("://")[2].removeprefix("www.")
    return next((licence for start, licence in LICENCES.items() if bare.startswith(start)), None)


def member(name: str, code: str) -> ox.NamedNode:
    """A member of a list, by the name of the list in LISTS and its code."""
    return ox.NamedNode(LISTS[name].start + code)


def media_type(name: str) -> ox.NamedNode:
    """The IRI of a media type at IANA."""
    return ox.NamedNode(_IANA + name)


def languages_of(tags: Iterable[str]) -> list[ox.NamedNode]:
    """The members of the EU's list of languages for some tags (BCP 47): it goes by the codes of ISO 639-3.

    A language without such a code is left out.
    """
    from langcodes import Language

    codes = []
    for tag in tags:
        with suppress(LookupError):
            codes.append(Language.get(tag).to_alpha3().upper())
    return [member("language", code) for code in dict.fromkeys(codes)]


def add_companion(statements: Statements) -> None:
    """Say of every member of a list, every list and every media type that is named what validators ask for."""
    named = dict.fromkeys(t.object for t in statements if isinstance(t.object, ox.NamedNode))
    labels = {form.eu_code: form.ckan_label for form in FORMATS if form.eu_code}
    for node in named:
        _add_scheme(statements, node)
        for authority in LISTS.values():
            code = node.value.removeprefix(authority.start)
            if code != node.value and node.value != authority.scheme:
                _add_member(statements, node, authority, code, labels)
        if node.value.startswith(_IANA):
            # CKAN shows the label instead of the IRI.
            name = node.value.removeprefix(_IANA)
            statements.add(node, a=[term("dct:MediaType"), term("dct:MediaTypeOrExtent")], rdfs_label=name)
        elif node == SHA256:
            statements.add(node, a=term("spdx:ChecksumAlgorithm"))


def _add_scheme(statements: Statements, node: ox.NamedNode) -> None:
    for authority in LISTS.values():
        if node.value == authority.scheme:
            title = ox.Literal(authority.title, language="en")
            statements.add(node, a=term("skos:ConceptScheme"), dct_title=[title])


def _add_member(statements: Statements, node: ox.NamedNode, authority: List, code: str, labels: dict[str, str]) -> None:
    kinds: list[Value] = [term(authority.member)]
    if code in labels and authority is LISTS["file-type"]:
        # CKAN shows the label of a format only if the first class of its node is this one.
        kinds.insert(0, term("dct:IMT"))
        statements.add(node, a=kinds, rdfs_label=labels[code])
    statements.add(node, a=kinds, skos_inScheme=ox.NamedNode(authority.scheme))
    label = authority.labels.get(code)
    if label:
        statements.add(node, skos_prefLabel=[ox.Literal(label, language="en")])
    _add_scheme(statements, ox.NamedNode(authority.scheme))
