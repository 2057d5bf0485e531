"""Synthetic data on organisations of the SSE, with a known number of mistakes.

`python benchmarks/generator.py 100000 DIR` writes data and shapes (13 core constraints and 2 in SPARQL, one of which
looks across organisations) and prints how many results a validator has to find. The same number of triples gives the
same files.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TRIPLES_EACH: Final = 15
SSE: Final = "https://w3id.org/ssekg/ontology#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCT: Final = "http://purl.org/dc/terms/"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
BASE: Final = "https://example.org/id/"

SHAPES: Final = """\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/shapes#> .

<https://example.org/shapes> sh:declare [
    sh:prefix "sse" ; sh:namespace "https://w3id.org/ssekg/ontology#"^^xsd:anyURI ] .

:Organisation a sh:NodeShape ;
    sh:targetClass sse:Organisation ;
    sh:property :label , :start , :end , :members , :women , :budget , :code , :region , :status ;
    sh:sparql :dates , :twice .

:label a sh:PropertyShape ; sh:path rdfs:label ; sh:uniqueLang true ; sh:minCount 3 .
:start a sh:PropertyShape ; sh:path sse:start ; sh:datatype xsd:date ; sh:maxCount 1 .
:end a sh:PropertyShape ; sh:path sse:end ; sh:datatype xsd:date .
:members a sh:PropertyShape ; sh:path sse:members ; sh:datatype xsd:integer ; sh:minInclusive 1 .
:women a sh:PropertyShape ; sh:path sse:women ; sh:datatype xsd:integer .
:budget a sh:PropertyShape ; sh:path sse:budget ; sh:datatype xsd:decimal .
:code a sh:PropertyShape ; sh:path sse:code ; sh:pattern "^C[0-9]+$" .
:region a sh:PropertyShape ; sh:path sse:within ; sh:nodeKind sh:IRI ; sh:class sse:Region .
:status a sh:PropertyShape ; sh:path sse:status ; sh:in ( "active" "closed" ) .

:dates sh:prefixes <https://example.org/shapes> ;
    sh:message "The end comes before the start."@en , "النهاية قبل البداية."@ar ;
    sh:select \"\"\"SELECT $this ?value WHERE {
        $this sse:start ?start ; sse:end ?value . FILTER (STR(?start) > STR(?value)) }\"\"\" .

:twice sh:prefixes <https://example.org/shapes> ;
    sh:message "{?value} has the same code."@en ;
    sh:select \"\"\"SELECT $this ?value WHERE {
        $this sse:code ?code . ?value sse:code ?code . FILTER (?value != $this) }\"\"\" .
"""

# The same without what is asked in SPARQL.
CORE_SHAPES: Final = SHAPES.replace(" ;\n    sh:sparql :dates , :twice .", " .")

# The mistake of every 100th organisation, and the results that it gives.
MISTAKES: Final = {"end": 1, "members": 1, "budget": 1, "code": 1, "region": 1, "status": 1, "label": 1, "twice": 2}
IN_SPARQL: Final = frozenset({"end", "twice"})


def statements(triples: int, *, mistakes: bool = True) -> Iterator[str]:
    """The lines of the data in N-Triples."""
    chance = random.Random(7)  # noqa: S311 - the same data every time
    for region in range(12):
        yield f"<{BASE}region/{region}> <{RDF}type> <{SSE}Region> .\n"
    for number in range(triples // TRIPLES_EACH):
        wrong = mistake(number) if mistakes else None
        about = f"<{BASE}organisation/{number}>"
        year = chance.randrange(1960, 2000)
        yield f"{about} <{RDF}type> <{SSE}Organisation> .\n"
        yield f'{about} <{RDFS}label> "تعاونية {number}"@ar .\n'
        yield f'{about} <{RDFS}label> "Coopérative {number}"@fr .\n'
        language = "fr" if wrong == "label" else "en"
        yield f'{about} <{RDFS}label> "Cooperative {number}"@{language} .\n'
        end = year - 1 if wrong == "end" else year + chance.randrange(1, 20)
        yield f'{about} <{SSE}start> "{year}-05-{1 + number % 28:02}"^^<{XSD}date> .\n'
        yield f'{about} <{SSE}end> "{end}-01-15"^^<{XSD}date> .\n'
        yield f'{about} <{SSE}members> "{0 if wrong == "members" else chance.randrange(5, 90)}"^^<{XSD}integer> .\n'
        yield f'{about} <{SSE}women> "{chance.randrange(5)}"^^<{XSD}integer> .\n'
        budget = "much" if wrong == "budget" else f"{chance.randrange(10**6)}.{chance.randrange(10)}0"
        yield f'{about} <{SSE}budget> "{budget}"^^<{XSD}decimal> .\n'
        code = f"{number}" if wrong == "code" else f"C{number - 1}" if wrong == "twice" else f"C{number}"
        yield f'{about} <{SSE}code> "{code}" .\n'
        yield f"{about} <{SSE}within> <{BASE}region/{99 if wrong == 'region' else number % 12}> .\n"
        yield f'{about} <{SSE}status> "{"open" if wrong == "status" else "active"}" .\n'
        yield f"{about} <{DCT}source> <{BASE}source/{number % 200}> .\n"
        for partner in range(2):
            yield f"{about} <{SSE}partner> <{BASE}organisation/{(number * 7 + partner) % 5000}> .\n"


def mistake(number: int) -> str | None:
    """The mistake of an organisation, None for most."""
    return list(MISTAKES)[number // 100 % len(MISTAKES)] if number % 100 == 1 else None


def expected(triples: int, *, core_only: bool = False) -> int:
    """How many results the shapes give for the data."""
    found = (mistake(number) for number in range(triples // TRIPLES_EACH))
    return sum(MISTAKES[wrong] for wrong in found if wrong and not (core_only and wrong in IN_SPARQL))


def generate(triples: int, folder: Path, *, mistakes: bool = True) -> tuple[Path, Path]:
    """Write data and shapes to a folder; gives both files."""
    folder.mkdir(parents=True, exist_ok=True)
    data, shapes = folder / f"data-{triples}.nt", folder / "shapes.ttl"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(statements(triples, mistakes=mistakes))
    shapes.write_text(SHAPES, encoding="utf-8")
    shapes.with_name("core.ttl").write_text(CORE_SHAPES, encoding="utf-8")
    return data, shapes


if __name__ == "__main__":
    count, target = int(sys.argv[1]), Path(sys.argv[2])
    generate(count, target)
    print(f"{expected(count)} results")
