"""A register as a project: a table of organisations, with the mistakes of the generator or without.

`python benchmarks/edited_register.py make 1000000 DIR` writes the project and commits it; `… edit DIR` changes one of
its rows.
"""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generator import SHAPES, SSE, TRIPLES_EACH, mistake

SETTINGS: Final = """\
[project]
id = "register"
name = { ar = "سجل", fr = "Registre", en = "Register" }
description = { ar = "سجل مختلق.", fr = "Un registre inventé.", en = "An invented register." }
base = "https://example.org/id/"
languages = ["ar", "fr", "en"]
default_language = "en"

[publication]
site = "https://example.org/register/"
licence = "https://creativecommons.org/licenses/by/4.0/"
publisher = "Nobody"
contact = "mailto:nobody@example.org"

[release]
version = "1.0.0"
date = 2026-01-01
"""
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
CLASSES: Final = ("Organisation", "Region")
# The columns of organisations: what each is called, its property and its datatype or what its cells link to.
COLUMNS: Final = {
    **{f"name_{tag}": (LABEL, {"datatype": "string", "lang": tag}) for tag in ("ar", "fr", "en")},
    "start": (SSE + "start", {"datatype": "date"}),
    "end": (SSE + "end", {"datatype": "date"}),
    "members": (SSE + "members", {"datatype": "integer"}),
    "women": (SSE + "women", {"datatype": "integer"}),
    "budget": (SSE + "budget", {"datatype": "decimal"}),
    "code": (SSE + "code", {"datatype": "string"}),
    "region": (SSE + "within", {"datatype": "string", "valueUrl": "region/{region}"}),
    "status": (SSE + "status", {"datatype": "string"}),
    "partners": (SSE + "partner", {"datatype": "string", "separator": "|", "valueUrl": "organisation/{partners}"}),
    "source": ("http://purl.org/dc/terms/source", {"datatype": "anyURI", "valueUrl": "{+source}"}),
}


def make(triples: int, folder: Path, *, mistakes: bool = True) -> None:
    """Write the project to a folder that does not exist."""
    for name in ("data", "ontology", "shapes"):
        (folder / name).mkdir(parents=True)
    (folder / "ssekg.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "shapes" / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "ontology" / "terms.ttl").write_text(_ontology(), encoding="utf-8")
    _describe(folder / "data" / "regions.csv", "region", {}, {})
    with (folder / "data" / "regions.csv").open("w", encoding="utf-8") as file:
        file.writelines(["id\n", *(f"{number}\n" for number in range(12))])
    _describe(folder / "data" / "organisations.csv", "organisation", COLUMNS, {"region": "regions.csv"})
    with (folder / "data" / "organisations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", *COLUMNS])
        writer.writerows(
            _row(number, mistake(number) if mistakes else None) for number in range(triples // TRIPLES_EACH)
        )


def commit(folder: Path) -> None:
    """Make the folder a repository in which all is committed."""
    git = shutil.which("git")
    if git is None:
        raise SystemExit("git is needed")
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "all"]):
        own = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run([git, "-C", folder, *own, *command], check=True)


def edit(folder: Path) -> None:
    """Change the number of members in the row in the middle."""
    path = folder / "data" / "organisations.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[len(lines) // 2].split(",")
    at = 1 + [*COLUMNS].index("members")
    cells[at] = "0" if cells[at] != "0" else "1"
    lines[len(lines) // 2] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")


def _row(number: int, wrong: str | None) -> list[str]:
    year = 1960 + number % 40
    return [
        str(number),
        f"تعاونية {number}",
        f"Coopérative {number}",
        "" if wrong == "label" else f"Cooperative {number}",
        f"{year}-05-{1 + number % 28:02}",
        f"{year - 1 if wrong == 'end' else year + 1 + number % 19}-01-15",
        "0" if wrong == "members" else str(5 + number % 80),
        str(number % 5),
        "much" if wrong == "budget" else f"{number % 10**6}.{number % 10}0",
        f"{number}" if wrong == "code" else f"C{number - 1}" if wrong == "twice" else f"C{number}",
        "99" if wrong == "region" else str(number % 12),
        "open" if wrong == "status" else "active",
        f"{number * 7 % 5000}|{(number * 7 + 1) % 5000}",
        f"https://example.org/source/{number % 200}",
    ]


def _describe(path: Path, kind: str, columns: dict[str, tuple[str, dict[str, str]]], links: dict[str, str]) -> None:
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": path.name,
        "tableSchema": {
            "aboutUrl": f"{kind}/{{id}}",
            "primaryKey": "id",
            "foreignKeys": [
                {"columnReference": name, "reference": {"resource": there, "columnReference": "id"}}
                for name, there in links.items()
            ],
            "columns": [
                {"name": "id", "titles": "id", "datatype": "string", "required": True, "suppressOutput": True},
                *({"name": name, "titles": name, "propertyUrl": iri, **more} for name, (iri, more) in columns.items()),
                {"name": "kind", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": f"{SSE}{kind.title()}"},
            ],
        },
    }
    path.with_name(f"{path.name}-metadata.json").write_text(json.dumps(described, indent=1), encoding="utf-8")


def _ontology() -> str:
    properties = {iri: "valueUrl" in more for iri, more in COLUMNS.values() if iri.startswith(SSE)}
    lines = [f"<{SSE}> a <http://www.w3.org/2002/07/owl#Ontology> ."]
    lines += [f"<{SSE}{name}> a <http://www.w3.org/2002/07/owl#Class> ." for name in CLASSES]
    for iri, is_link in properties.items():
        kind = "ObjectProperty" if is_link else "DatatypeProperty"
        lines.append(f"<{iri}> a <http://www.w3.org/2002/07/owl#{kind}> .")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), Path(sys.argv[3]))
        commit(Path(sys.argv[3]))
    else:
        edit(Path(sys.argv[2]))
