"""The distributions of a catalogue: one a file of the release, with its size, checksum, format and licence."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.formats import FORMATS, GZIP, Format
from ssekg.base.messages import text
from ssekg.catalogue.authorities import SHA256, languages_of, media_type, member
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.statements import Statements, Texts, term, typed
from ssekg.project.settings import Project

CSVW: Final = ox.NamedNode("https://www.w3.org/TR/tabular-data-model/")


@dataclass(frozen=True, slots=True)
class CataloguedFile:
    """A file that the catalogue lists, its format (of what is inside if compressed), whether CSVW describes it."""

    file: PublishedFile
    form: Format
    is_described: bool

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.file.path.rpartition("/")[2]

    @property
    def is_compressed(self) -> bool:
        """Whether it is gzip."""
        return self.file.path.endswith(".gz")

    @property
    def rank(self) -> tuple[bool, int]:
        """Its place among the files of its dataset: as FORMATS has it, what is compressed last."""
        return self.is_compressed, FORMATS.index(self.form)


def add_distribution(
    statements: Statements,
    node: ox.NamedNode,
    project: Project,
    listed: CataloguedFile,
    names: Texts,
    licence: ox.NamedNode,
    rights: ox.NamedNode,
) -> None:
    """Say what a file is: `names` are those of what it holds, by language tag."""
    address = ox.NamedNode(project.site + listed.file.path)
    checksum = ox.NamedNode(f"{node.value}-sha256")
    date = typed(project.date.isoformat(), "date")
    form = f"{listed.form.title}, gzip" if listed.is_compressed else listed.form.title
    statements.add(
        node,
        a=term("dcat:Distribution"),
        dct_title={tag: f"{name} – {form}" for tag, name in names.items()},
        dct_description={tag: text(_code(listed.form), tag) for tag in project.worded_languages},
        dct_identifier=listed.file.path,
        dcat_accessURL=address,
        dcat_downloadURL=address,
        dcat_mediaType=media_type(listed.form.media_type),
        dct_format=member("file-type", listed.form.eu_code or ""),
        dcat_compressFormat=[media_type(GZIP)] if listed.is_compressed else [],
        dcat_byteSize=typed(str(listed.file.bytes), "nonNegativeInteger"),
        spdx_checksum=checksum,
        dct_license=licence,
        dct_rights=rights,
        dct_issued=date,
        dct_modified=date,
        dct_language=languages_of(project.reading_order),
        dcatap_availability=member("planned-availability", "STABLE"),
    )
    value = typed(listed.file.sha256, "hexBinary")
    statements.add(checksum, a=term("spdx:Checksum"), spdx_algorithm=SHA256, spdx_checksumValue=value)
    if listed.is_described:
        statements.add(node, dct_conformsTo=CSVW)
        statements.add(CSVW, a=term("dct:Standard"), dct_title="Model for Tabular Data and Metadata on the Web")


def _code(form: Format) -> str:
    return f"distribution-{(form.eu_code or '').lower().replace('_', '-')}"
