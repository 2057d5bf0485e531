"""Synthetic registers of organisations as tables, with a known number of mistakes; no organisation in them is real.

`python benchmarks/registers.py 50000 DIR` writes `register.csv` with its description (docs/register.csv-metadata.json),
shapes (`shapes.ttl`, those of the project without what is asked in SPARQL) and a mapping of the same table for
morph-kgc (`mapping.ttl`, `morph.ini`), and prints how many results SHACL has to give. The same number of rows gives the
same files. With `cells`, there are also cells that are not what their columns take, of which no triple can be made.
"""

import csv
import json
import random
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
DESCRIPTION: Final = ROOT / "docs/register.csv-metadata.json"
SHAPES: Final = ROOT / "shapes/core/registers.ttl"
_FORMS: Final = ("cooperative", "association", "mutual", "union-of-cooperatives")
_ACTIVITIES: Final = ("agriculture", "crafts", "fishing", "housing", "services", "trade", "transport", "training")
_ARABIC: Final = ("الأمل", "النجاح", "التضامن", "الوفاق", "المستقبل", "الفتح", "النور", "السلام")
_FRENCH: Final = ("Espoir", "Réussite", "Solidarité", "Entente", "Avenir", "Ouverture", "Lumière", "Paix")

# What is wrong with every hundredth row, one after the other: what SHACL finds, and what the cells show by themselves.
MISTAKES: Final = ("women", "members", "number", "name")
CELLS: Final = {
    "members": ("members", "douze", "table-datatype"),
    "date": ("registered_on", "2019-02-31", "table-date"),
    "status": ("status", "open", "table-datatype"),
    "digits": ("women_members", "٧", "table-digits"),
    "empty": ("legal_form", "", "table-required"),
}


def header() -> list[str]:
    """The names of the columns."""
    columns = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["tableSchema"]["columns"]
    return [each["name"] for each in columns if not each.get("virtual")]


def rows(count: int, *, cells: bool = False) -> Iterator[list[str]]:
    """The rows of a register."""
    chance = random.Random(7)  # noqa: S311 - the same data every time
    names = header()
    for number in range(count):
        year = chance.randrange(1990, 2024)
        members = chance.randrange(7, 90)
        is_over = chance.randrange(20) == 0
        which = chance.randrange(len(_FRENCH))
        row = {
            "id": f"org-{number}",
            "number": f"{1 + number % 12}/{number}",
            "name_ar": f"تعاونية {_ARABIC[which]} {number}",
            "name_fr": f"Coopérative {_FRENCH[which]} {number}",
            "legal_form": chance.choice(_FORMS),
            "activity": chance.choice(_ACTIVITIES),
            "status": "dissolved" if is_over else "active",
            "commune": f"commune-{chance.randrange(1500)}",
            "members": str(members),
            "women_members": str(chance.randrange(members)),
            "registered_on": f"{year}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
            "struck_off_on": f"{year + 1}-06-30" if is_over else "",
        }
        _spoil(row, mistake(number))
        if cells and number % 100 == 51:
            column, text, _ = list(CELLS.values())[number // 100 % len(CELLS)]
            row[column] = text
        yield [row[name] for name in names]


def mistake(number: int) -> str | None:
    """The mistake of a row that SHACL finds, None for most."""
    return MISTAKES[number // 100 % len(MISTAKES)] if number % 100 == 1 else None


def _spoil(row: dict[str, str], wrong: str | None) -> None:
    if wrong == "women":
        row["women_members"] = str(int(row["members"]) + 1)
    elif wrong == "members":
        row["members"], row["women_members"] = "0", "0"
    elif wrong == "number":
        row["number"] = f"no {row['id']}"
    elif wrong == "name":
        row["name_ar"] = row["name_fr"] = ""


def expected(count: int) -> int:
    """How many results the shapes give for a register."""
    return sum(mistake(number) is not None for number in range(count))


def generate(count: int, folder: Path, *, cells: bool = False) -> Path:
    """Write a register with all that goes with it to a folder; gives the table."""
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "register.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header())
        writer.writerows(rows(count, cells=cells))
    (folder / DESCRIPTION.name).write_bytes(DESCRIPTION.read_bytes())
    (folder / "shapes.ttl").write_text(SHAPES.read_text(encoding="utf-8").replace(_IN_SPARQL, " ."), encoding="utf-8")
    (folder / "mapping.ttl").write_text(mapping(table), encoding="utf-8")
    (folder / "morph.ini").write_text(
        f"[CONFIGURATION]\noutput_file: {folder / 'morph.nt'}\nlogging_level: ERROR\n"
        f"[Register]\nmappings: {folder / 'mapping.ttl'}\n",
        encoding="utf-8",
    )
    return table


def mapping(table: Path) -> str:
    """The mapping (RML) by which others make the triples of a register that its description makes in this project."""
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["tableSchema"]
    base = tomllib.loads((ROOT / "ssekg.toml").read_text(encoding="utf-8"))["project"]["base"]
    maps = [_predicate_map(each, base) for each in described["columns"] if not each.get("suppressOutput")]
    return _MAPPING % {"table": table, "subject": base + described["aboutUrl"], "maps": " ;\n  ".join(maps)}


def _predicate_map(column: dict[str, Any], base: str) -> str:
    value = column.get("valueUrl")
    if value is None:
        found = f'rml:reference "{column["name"]}"'
        datatype = "date" if isinstance(column.get("datatype"), dict) and "@id" in column["datatype"] else "integer"
        if "lang" in column:
            found += f' ; rr:language "{column["lang"]}"'
        elif column.get("datatype") == "integer" or datatype == "date":
            found += f" ; rr:datatype xsd:{datatype}"
    elif column.get("virtual"):
        found = f"rr:constant <{value if ':' in value else base + value}>"
    else:
        found = f'rr:template "{base}{value}"'
    return f"rr:predicateObjectMap [ rr:predicate <{column['propertyUrl']}> ; rr:objectMap [ {found} ] ]"


_IN_SPARQL: Final = " ;\n  sh:sparql shapes:RegisteredOrganisation-dates ."
_MAPPING: Final = """\
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<urn:register> a rr:TriplesMap ;
  rml:logicalSource [ rml:source "%(table)s" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "%(subject)s" ] ;
  %(maps)s .
"""


if __name__ == "__main__":
    number, target = int(sys.argv[1]), Path(sys.argv[2])
    generate(number, target)
    print(f"{expected(number)} results")
