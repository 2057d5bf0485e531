"""`ssekg describe` in words: names, classes, statements, parts, mentions, and sources as they are cited."""

from typing import Final

import pytest

from ssekg.graph.store import Graph
from ssekg.guides.portrait import portrait
from tests.conftest import Cli
from tests.graphs import BASE, ONTOLOGY, iri, parsed

GRAPH: Final = Graph(
    BASE,
    parsed("""
<programme/nour> a sse:Programme ; skos:prefLabel "Nour"@fr, "نور"@ar ; sse:within <place/sud> ;
  dct:source <source/press> .
<programme/nour#budget> a sse:Budget ; sse:budgetOf <programme/nour> ; sse:amount 40 ; dct:source <source/press> .
<place/sud> skos:prefLabel "Sud"@fr .
<event/fair> skos:prefLabel "Foire"@fr ; sse:about <programme/nour> .
<source/press> dct:title "Un reportage"@fr ; sse:publisherName "Le Journal" ; dct:issued "2023-05" ;
  schema:url "https://press.example/a" ; schema:name "internal" .
"""),
    [
        *ONTOLOGY,
        *parsed("""
@prefix tool: <https://w3id.org/ssekg/tool#> .
sse:within rdfs:label "dans"@fr . sse:about rdfs:label "parle de"@fr . sse:Budget rdfs:label "Budget"@fr .
sse:amount rdfs:label "montant"@fr .  sse:Programme rdfs:label "Programme"@fr .
sse:publisherName tool:role tool:Citation . dct:issued tool:role tool:Citation . schema:url tool:role tool:Citation .
"""),
    ],
)


def test_all_that_is_known_is_told_once() -> None:
    assert portrait(GRAPH, iri("programme/nour"), "fr").splitlines() == [
        "Nour",
        "  \N{FIRST STRONG ISOLATE}نور\N{POP DIRECTIONAL ISOLATE}",
        "  Programme",
        "  https://example.org/id/programme/nour",
        "",
        "  dans: Sud",
        "",
        "  Budget (programme/nour#budget)",
        "    montant: 40",
        "    Sources\N{NO-BREAK SPACE}:",
        "      Un reportage, Le Journal, 2023-05, https://press.example/a",
        "",
        "Mentionné par\N{NO-BREAK SPACE}:",
        "  parle de:",
        "    Foire",
        "",
        "Sources\N{NO-BREAK SPACE}:",
        "  Un reportage, Le Journal, 2023-05, https://press.example/a",
    ]


@pytest.mark.parametrize("name", ["Nulle-part-sur-Mer", "place/atlantis"])
def test_what_is_not_there_is_refused(cli: Cli, name: str) -> None:
    done = cli("describe", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"“{name}”" in done.stderr


def test_command(cli: Cli) -> None:
    done = cli("describe", "\N{RIGHT-TO-LEFT MARK}جهة الشرق\N{RIGHT-TO-LEFT MARK}", "--format", "turtle")
    assert done.returncode == 0, done.stderr
    assert "place:oriental a " in done.stdout
