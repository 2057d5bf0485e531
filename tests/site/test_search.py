"""The search of a site in a real browser: the spellings that the command line finds, by the same folding."""

import json
import unicodedata
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pytest
from selenium import webdriver

from ssekg.base.language import fold
from ssekg.base.record_iris import RecordIri
from ssekg.base.words import significant_words
from ssekg.checks.run import CheckedGraph
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.library import read_queries
from ssekg.shacl.derivation import with_derived
from ssekg.site.own_terms import own_terms
from ssekg.site.search_index import Entry, Sort, search_files, search_index
from tests.browser import chromium
from tests.graph.test_lookup_table import LITTORAL, SPELLINGS, among

# What the script does without: it looks for words that are almost the same, not for whole names. The first has two
# letters wrong in a word of six, the second writes out what the name abbreviates.
LACKING: Final = frozenset({"Laayoune Saguia el Hamra", "universite sidi mohammed ben abdellah"})
FIRST: Final = 5
_TRICKY: Final = (
    "STRASSE Straße",
    "ΣΊΣΥΦΟΣ",
    "﷽",
    "١٢٫٥ ۱۲ १२ 𝟙𝟚 ²",
    "l’œuvre d'Æsop",
    "N° 12.34/5",
    "في الـبيت",
    "ﻻ لا",
    "İstanbul",
    "a\u200db",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as chrome:
        yield chrome


def opened(browser: webdriver.Chrome, folder: Path, files: dict[str, bytes]) -> None:
    """A page from the disk that loads an index."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "page.html").write_text(
        "<!DOCTYPE html><meta charset=utf-8><title>x</title><script src=search.js></script>"
    )
    browser.get((folder / "page.html").as_uri())


def addresses(graph: Graph) -> dict[str, str]:
    """The address of each record of a graph that the tests give a page."""
    records = ((iri, RecordIri.read(iri, graph.base)) for iri in graph.things)
    return {iri: f"{record.kind}/{record.name}" for iri, record in records if record and not record.part}


def found(browser: webdriver.Chrome, texts: list[str]) -> list[list[str]]:
    """The addresses that the search of the page finds for each text, the best first."""
    script = """
        const [texts, done] = arguments;
        Promise.all(texts.map((each) => searchIndex.find(each)))
          .then((found) => done(found.map((each) => each.map((match) => match.entry.address))));
    """
    answer: Any = browser.execute_async_script(script, texts)
    return list(answer)


def test_spellings_are_found_as_on_the_command_line(
    browser: webdriver.Chrome, project: Project, public: Public, tmp_path: Path
) -> None:
    terms = own_terms(public).values()
    opened(browser, tmp_path, dict(search_index(project, public, addresses(public), read_queries(project), terms)))
    missed = []
    answers = found(browser, [spelling for spelling, _, _ in SPELLINGS])
    for (spelling, sort, thing), answer in zip(SPELLINGS, answers, strict=True):
        members = among(public, sort)
        first = [each for each in answer if members is None or public.base + each in members][:FIRST]
        if thing not in first:
            missed.append((spelling, first))
    assert {spelling for spelling, _ in missed} == LACKING, missed


def test_terms_of_the_ontology_are_found_by_their_labels_and_as_they_are_written(
    browser: webdriver.Chrome, project: Project, public: Public, tmp_path: Path
) -> None:
    files = dict(search_index(project, public, addresses(public), read_queries(project), own_terms(public).values()))
    without = dict(search_index(project, public, addresses(public), read_queries(project)))
    assert len(files["search.js"]) < 1.1 * len(without["search.js"])
    opened(browser, tmp_path, files)
    texts = ["sse:owner", "صاحب المبادرة", "porteur", "Financial flow", "sse:Initiative", "class event series"]
    answers = found(browser, texts)
    expected = ["properties/owner"] * 3 + ["classes/FinancialFlow", "classes/Initiative", "classes/EventSeries"]
    assert [f"ontology/{each}" in answer[:FIRST] for each, answer in zip(expected, answers, strict=True)] == [True] * 6


@pytest.mark.parametrize("any_root", ["second"], indirect=True)
def test_names_of_another_project_are_found_in_its_languages(
    browser: webdriver.Chrome, any_checked: CheckedGraph, tmp_path: Path
) -> None:
    public = with_derived(any_checked.project, any_checked.graph)[1]
    opened(browser, tmp_path, dict(search_index(any_checked.project, public, addresses(public), ())))
    for (spelling, sort, thing), answer in zip(
        LITTORAL, found(browser, [each for each, _, _ in LITTORAL]), strict=True
    ):
        members = among(public, sort)
        first = next(each for each in answer if members is None or public.base + each in members)
        assert first == thing, spelling


def test_an_index_of_very_many_names_is_loaded_in_parts(browser: webdriver.Chrome, tmp_path: Path) -> None:
    sort = Sort(("cooperative", "تعاونية"), "cooperative")
    names = [
        (f"Cooperative {chr(97 + n % 26)}{chr(97 + n // 26)}ra {n}", "تعاونية الأمل" if n == 7 else "")
        for n in range(120)
    ]
    files = dict(search_files(("en", "ar"), [Entry(f"coop/{n}", sort, name) for n, name in enumerate(names)], 100))
    opened(browser, tmp_path, files)
    assert [answer[:1] for answer in found(browser, ["cooperative", "cooperative hara", "الامل", "dera 107"])] == [
        [],
        ["coop/7"],
        ["coop/7"],
        ["coop/107"],
    ]
    loaded: Any = browser.execute_script("return document.querySelectorAll('script').length")
    assert loaded < len(files) / 4


def test_the_script_folds_as_the_program_does(browser: webdriver.Chrome, public: Public) -> None:
    texts = sorted({name.text for name in public.name_index.names} | {each for each, _, _ in SPELLINGS} | {*_TRICKY})
    script = "return arguments[0].map((each) => [searchIndex.fold(each), searchIndex.significant(each)])"
    answer: Any = browser.execute_script(script, texts)
    differing = [
        (text, folded, fold(text), words)
        for text, (folded, words) in zip(texts, answer, strict=True)
        if folded != unicodedata.normalize("NFKD", fold(text)) or tuple(words) != significant_words(text)
    ]
    assert differing == []


def test_all_that_is_found_in_a_release_has_a_page(any_checked: CheckedGraph, any_release: Path) -> None:
    content = (any_release / "search.js").read_text(encoding="utf-8")
    begin = "searchIndex.begin("
    index = json.loads(content[content.rindex(begin) + len(begin) :].removesuffix(");\n"))
    found = {str(address) for address, *_ in index["entries"]}
    assert len(found) == len(index["entries"]) > 20
    assert not {each.partition("/")[0] for each in found} & set(any_checked.project.privacy.withheld)
    pages: dict[Path, str] = {}
    for language, address in product(any_checked.project.languages, sorted(found)):
        page, _, anchor = unquote(address).partition("#")
        path = any_release / language / f"{page}.html"
        if path not in pages:
            pages[path] = path.read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in pages[path], address
