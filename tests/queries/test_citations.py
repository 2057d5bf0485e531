"""An answer is cited by its question, its parameters and the graph, in forms that other programs read."""

import io
import json
import re
from dataclasses import replace
from typing import Final

import pytest
from pybtex.database import parse_string

from ssekg.graph.canonical_hash import canonical_hash
from ssekg.queries.answers import Answer
from ssekg.queries.citations import CITATIONS, citation
from ssekg.queries.library import parse_own_query, parse_query
from tests.conftest import Cli
from tests.graphs import iri
from tests.queries.forms.answered import GRAPH, PROJECT, asked

PARAMETERS: Final = """#+ params:
#+   - name: place
#+     type: place
#+     label: {ar: "المكان", fr: "lieu", en: "place"}
"""


def with_parameter() -> Answer:
    answer = asked()
    return replace(
        answer, query=parse_query("amounts", PARAMETERS + answer.query.text), parameters={"place": [iri("place/a")]}
    )


def cited(form: str, language: str = "fr") -> str:
    return CITATIONS[form](citation(with_parameter(), PROJECT, language), language)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_sentence_has_all_that_makes_the_answer_again(language: str) -> None:
    sentence = cited("text", language)
    name = {"ar": "فاس", "fr": "Fès", "en": "Fès"}[language]
    for part in (
        name,
        PROJECT.name[language],
        PROJECT.version,
        PROJECT.date.isoformat(),
        canonical_hash(GRAPH.triples),
    ):
        assert part in sentence
    assert sentence.count("\n") == 1


def test_bibtex_is_read_by_another_program() -> None:
    entry = parse_string(cited("bibtex"), "bibtex").entries[f"ssekg-amounts-{PROJECT.version}"]
    assert entry.type == "misc"
    assert entry.fields["title"] == "{Montants}"
    assert entry.fields["year"] == str(PROJECT.date.year)
    assert entry.fields["url"] == PROJECT.site
    assert canonical_hash(GRAPH.triples) in entry.fields["note"]


def test_no_title_breaks_out_of_its_field() -> None:
    hostile = 'a } , note = {x} % & # $ _ ~ ^ \\ " @misc{y,'
    answer = replace(asked(), query=replace(asked().query, titles={"fr": hostile}))
    text = CITATIONS["bibtex"](citation(answer, PROJECT, "fr"), "fr")
    entries = parse_string(text, "bibtex").entries
    assert len(entries) == 1
    assert re.sub(r"\\text\w+\{\}", "?", next(iter(entries.values())).fields["title"]).count("note") == 1


@pytest.mark.parametrize("name", ["--sparql", "-", "my query, é", "سؤال"])
def test_a_query_of_ones_own_is_cited_by_its_text(name: str) -> None:
    query = parse_own_query(name, 'SELECT ?x { ?x ?p "}}" } # & so on')
    text = CITATIONS["bibtex"](citation(replace(asked(), query=query), PROJECT, "fr"), "fr")
    ((key, entry),) = parse_string(text, "bibtex").entries.items()
    assert re.fullmatch(r"ssekg-[A-Za-z0-9._-]+-[0-9.]+", key)
    assert entry.fields["title"] == "{Requête personnelle}"
    assert "SELECT ?x" in entry.fields["note"]
    assert "so on" in entry.fields["note"]


def test_csl_is_a_list_of_one_item() -> None:
    (item,) = json.load(io.StringIO(cited("csl")))
    assert (item["type"], item["title"], item["version"]) == ("dataset", "Montants", PROJECT.version)
    assert item["issued"] == {"date-parts": [[PROJECT.date.year, PROJECT.date.month, PROJECT.date.day]]}
    assert "Fès" in item["note"]


def test_a_canned_question_has_the_address_that_it_has_in_the_release(cli: Cli) -> None:
    done = cli("--lang", "fr", "query", "run", "womens-share", "--cite", "text")
    assert f"{PROJECT.site}queries/core/womens-share.rq" in done.stdout
    assert len(done.stdout.splitlines()) == 1
