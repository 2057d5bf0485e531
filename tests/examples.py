"""Small projects made of the examples of findings: all wrong ones together, all right ones together.

So that they do not meddle with each other, each has a file of its own name, and the word `example` becomes a name of
the same length in each.
"""

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from ssekg.base.findings import Place
from ssekg.base.messages.examples import Example
from ssekg.base.namespaces import EVIDENCE
from ssekg.project.settings import PROJECT_FILE
from ssekg.queries.columns import COLUMNS_FILE
from tests.conftest import ROOT
from tests.namespaces import EXAMPLES as PREFIXES
from tests.sources.tables.sheets import write_xlsx

DATA: Final = ROOT / "tests" / "data"
TEXTS: Final = '{ar: "س", fr: "q", en: "q"}'
# What Turtle files and queries begin with.
TURTLE_HEAD: Final = "".join(f"@prefix {prefix}: <{namespace}> . " for prefix, namespace in PREFIXES.items())
QUERY_HEADER: Final = f"#+ title: {TEXTS}\n#+ question: {TEXTS}\n"
QUERY_HEAD: Final = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("ex", "skos"))
# The file with all terms, which an example takes the place of.
TERMS: Final = "ontology/terms.ttl"
# The columns of queries that have a title.
TITLED: Final = ("project", "source", "organisation")
RULE: Final = """{turtle}
rules:Example a sh:NodeShape ; sh:targetNode {focus} ; {link}
  sh:severity sh:Violation ; sh:message "م"@ar , "m"@fr , "m"@en ; {rule} .
"""
LINK: Final = "sh:property rules:Example-property . rules:Example-property a sh:PropertyShape ; "
CODE: Final = {"base": "string", "format": "[a-z0-9]+(-[a-z0-9]+)*"}
DATE: Final = {
    "@id": EVIDENCE + "PartialDate",
    "base": "string",
    "format": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
}
COLUMNS: Final[dict[str, dict[str, Any]]] = {
    "id": {"required": True, "suppressOutput": True, "datatype": CODE},
    "name_ar": {"propertyUrl": PREFIXES["skos"] + "prefLabel", "lang": "ar"},
    "name_fr": {"propertyUrl": PREFIXES["skos"] + "prefLabel", "lang": "fr"},
    "registration": {
        "propertyUrl": PREFIXES["ex"] + "registration",
        "datatype": {"base": "string", "format": "1-[0-9]{2}-[0-9]+"},
    },
    "ward_code": {
        "propertyUrl": PREFIXES["ex"] + "wardCode",
        "datatype": {"base": "string", "format": "[0-9]{2}(\\.[0-9]{3})?"},
    },
    "start": {"propertyUrl": PREFIXES["ex"] + "begins", "datatype": DATE},
    "members": {"propertyUrl": "https://example.org/members", "datatype": "integer"},
    "budget": {"propertyUrl": "https://example.org/budget", "datatype": "decimal"},
    "in_force": {"propertyUrl": "https://example.org/in-force", "datatype": "boolean"},
    "sources": {"propertyUrl": "https://example.org/sources", "separator": "|"},
    "property": {"propertyUrl": "https://example.org/property", "valueUrl": "{+property}"},
    "part_of_id": {"propertyUrl": PREFIXES["ex"] + "partOfProject", "valueUrl": "project/{part_of_id}"},
}
LINKS: Final = [{"columnReference": "part_of_id", "reference": {"resource": "projects.csv", "columnReference": "id"}}]


SETTINGS_ALONE: Final = (
    (DATA / "examples.toml").read_text(encoding="utf-8").partition("\n[imports")[0].replace('["member"]', "[]")
)
"""The settings of the project of the examples, for a project in which nothing is withheld and that imports nothing."""


def empty_project(folder: Path) -> Path:
    """A folder with the project's ontology, and nothing else that can be found wrong."""
    (folder / "ontology" / "concepts").mkdir(parents=True)
    shutil.copy(DATA / "examples.toml", folder / PROJECT_FILE)
    shutil.copy(DATA / "examples.ttl", folder / TERMS)
    shutil.copytree(DATA / "national", folder / "national")
    for name in ("data", "shapes", "queries"):
        (folder / name).mkdir()
    titles = "\n".join(f'[{name}]\ntitle = {{ ar = "س", fr = "q", en = "q" }}' for name in TITLED)
    (folder / COLUMNS_FILE).write_text(titles, "utf-8")
    # Without any shape nothing would be checked, and shapes on who leads want to see one.
    (folder / "shapes" / "any.ttl").write_text(
        TURTLE_HEAD + "rules:Any a sh:NodeShape ; sh:targetNode <project/any> ; sh:nodeKind sh:IRI .", "utf-8"
    )
    owned = "<project/any> a ex:Project ; ex:ledBy <organisation/any> ."
    used = f"{owned} <town/any> a ex:District ; ex:postcode 'EX-0' . <member/any> skos:prefLabel 'Any'@en ."
    (folder / "data" / "any.ttl").write_text(TURTLE_HEAD + used, "utf-8")
    return folder


def put_wrong(folder: Path, code: str, number: int, example: Example) -> tuple[Place, ...]:
    """Put a wrong example into a project; the places there that the findings have to point to."""
    own = Own(code, number)
    _put_others(folder, own, example)
    before = _put(folder, own, example.file, example.wrong, example)
    file = own.name(example.file)
    if example.places == (Place(example.file, 1, 1, 1, 1),):  # the beginning of the file, whatever stands there
        before = 0
    return tuple(
        replace(
            place,
            file=file,
            line=(place.line or 0) + before,
            end_line=(place.end_line or 0) + before,
            cell=own.cell(place.cell),
        )
        for place in example.places
    )


def put_right(folder: Path, code: str, number: int, example: Example) -> str:
    """Put a right example into a project; the name of its file there."""
    own = Own(code, number)
    _put_others(folder, own, example)
    if example.right:
        _put(folder, own, example.file, example.right, None)
    return own.name(example.file)


class Own:
    """What an example has for itself: the name of its file, the word that `example` becomes, its sheet."""

    def __init__(self, code: str, number: int) -> None:
        """Make names for the example of `code`, the one of this number."""
        self.code = code
        self.word = f"ex{number:05}"

    def name(self, file: str) -> str:
        """The name that a file has in the project."""
        path = PurePosixPath(file)
        if file in {PROJECT_FILE, TERMS, COLUMNS_FILE}:
            return file
        return str(path.with_name(path.name.replace(path.name.partition(".")[0], self.code, 1)))

    def cell(self, place: str | None) -> str | None:
        """The cell of a workbook as it is called in the project."""
        sheet, _, cell = (place or "").partition("!")
        return f"'{self.code}'!{cell}" if sheet else None

    def text(self, content: str) -> str:
        """The content for this example alone."""
        own = content.replace("example.org", "\0").replace("example", self.word).replace("Example", self.word.title())
        return own.replace("\0", "example.org").replace("projects.csv", f"{self.code}.csv")


def _put_others(folder: Path, own: Own, example: Example) -> None:
    for file, content in example.beside.items():
        _put(folder, own, file, content, None)
    header = example.right or next(iter(example.beside.values()), "")
    if PurePosixPath(example.file).suffix in {".csv", ".xlsx", ".parquet"}:
        _describe(folder, own, header.partition("\n")[0].split(","))
    if example.rule:
        is_property = example.rule.startswith("sh:path")
        focus = re.match(r"<[^>]+>", example.right)
        assert focus
        shape = RULE.format(
            turtle=TURTLE_HEAD, focus=focus[0], link=LINK if is_property else "", rule=example.rule.strip()
        )
        (folder / "shapes" / f"{own.code}.ttl").write_text(own.text(shape), "utf-8")


def _describe(folder: Path, own: Own, names: list[str]) -> None:
    schema = {
        "aboutUrl": "project/{id}",
        "primaryKey": "id",
        "foreignKeys": LINKS if "part_of_id" in names else [],
        "columns": [{"name": name, **COLUMNS[name]} for name in names],
    }
    content = {"@context": "http://www.w3.org/ns/csvw", "url": "projects.csv", "tableSchema": schema}
    path = folder / "data" / f"{own.code}.csv-metadata.json"
    path.write_text(own.text(json.dumps(content)), "utf-8")


def _put(folder: Path, own: Own, file: str, text: str, wrong: Example | None) -> int:
    path = folder / own.name(file)
    text = own.text(text)
    if file == PROJECT_FILE:
        return _set(path, text)
    encoding = wrong.encoding if wrong else None
    if path.suffix == ".xlsx" and not encoding:
        names = wrong.sheets if wrong and len(wrong.sheets) > 1 else (own.code,)
        _write_workbook(path, names, list(csv.reader(io.StringIO(text))))
        return 0
    if path.suffix == ".parquet" and not wrong:
        header_row, *rows = csv.reader(io.StringIO(text))
        pq.write_table(pa.table(dict(zip(header_row, zip(*rows, strict=True), strict=True))), path)
        return 0
    header = "" if "#+ title" in text else QUERY_HEADER
    head = {".ttl": TURTLE_HEAD + "\n", ".rq": header + QUERY_HEAD}.get(path.suffix, "")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(head.encode() + text.encode(encoding or "utf-8"))
    return head.count("\n")


def _set(path: Path, text: str) -> int:
    """Set a key of ssekg.toml, which stands in the second line of `text`; how many lines later it stands there."""
    section, setting = text.splitlines()
    lines = path.read_text("utf-8").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(section))
    key = setting.partition("=")[0]
    at = next(at for at, line in enumerate(lines) if at > first and line.startswith(key))
    lines[at] = setting
    path.write_text("\n".join(lines), "utf-8")
    return at - 1


def _write_workbook(path: Path, names: tuple[str, ...], rows: list[list[str]]) -> None:
    formats = {}
    cells: list[list[Any]] = [list(row) for row in rows]
    for line, row in enumerate(rows):
        for at, text in enumerate(row):
            if text.endswith("%"):
                cells[line][at] = float(text[:-1]) / 100
                formats[f"{'ABCDEFGH'[at]}{line + 1}"] = "0.0%"
    write_xlsx(path, {name: cells if name == names[0] else [] for name in names}, formats)
