"""What parsers refuse is reported in the words of the reader, at its place: each saying of the installed versions."""

from pathlib import Path
from typing import Final

import pytest

from ssekg.base.language import LANGUAGES
from ssekg.base.messages import text
from ssekg.base.said import Said
from ssekg.sources import parser_messages
from ssekg.sources.load import Sources
from tests.graphs import cut
from tests.sources.rdf.test_file import file

RDF_HEAD: Final = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/" xml:base="http://b/">\n'
)
LONG: Final = "x" * 17_000_000

# By format, what is refused (between ⟦ and ⟧) and the code of what is said.
TURTLE: Final = [
    ('<a> <p> "x" ⟦⟧', "dot"),
    ('<a> <p> ⟦"""open⟧', "end"),
    ("⟦<http://h/50%>⟧ a <T> .", "iri-percent"),
    ("<a> a ⟦<http://h/%g0>⟧ .", "iri-percent"),
    ("@prefix x: <http://x/> . x⟦:a%⟧q a x:T .", "iri-percent"),
    ("<a> a ⟦<two words>⟧ .", "iri"),
    ("<a> a ⟦<http://h/a|b>⟧ .", "iri"),
    ("<a> a ⟦<http://h/#1#2>⟧ .", "iri"),
    ("<a> a ⟦<T . <b>⟧ a <T> .", "iri"),
    ("<a> a ⟦<T\n . <b>⟧ a <T> .", "iri-open"),
    ("⟦<http://h:port/>⟧ a <T> .", "iri-host"),
    ("⟦<http://[h/>⟧ a <T> .", "iri-host"),
    ("<a> a <T>\n⟦<b>⟧ a <T> .", "dot"),
    ("@prefix ⟦a⟧ <http://x> .", "prefix-line"),
    ("⟦y:a⟧ a <T> .", "prefix"),
    ("<a> <p> ⟦.⟧", "object"),
    ("<a> ⟦p⟧ 1 .", "predicate"),
    ("<a> <p> 1 . ⟦]⟧", "subject"),
    ("<a> <p> ⟦«⟧x» .", "sign"),
    ("<a> <p> 'x'@en⟦_⟧GB .", "sign"),
    ("<a> <p> [ <q> 1 ⟦.⟧", "bracket"),
    (r"<a> <p> '⟦\d⟧' .", "escape"),
    (r"<a> <p> '⟦\udddd⟧' .", "escape"),
    ("<a> <p> 'x⟦\n⟧' .", "line"),
    ("<a> <p> 'x'@⟦ ⟧.", "language"),
    (f"⟦⟧<a> <p> '{LONG}' .", "long"),
]
LINES: Final = [
    ("⟦<a>⟧ <x:p> <x:b> .", "iri-relative"),
    ("<x:a> <x:p> ⟦1⟧ .", "lines"),
    ("<x:a> <x:p> <x:b>⟦⟧", "dot"),
]
XML: Final = [
    ("<x:T>⟦⟧", "end"),
    ("<x:T><x:p>⟦⟧\x02</x:p></x:T>", "token"),
    ("<x:T><x:p>R&⟦⟧ D</x:p></x:T>", "token"),
    ("<x:T><x:p>⟦⟧&#2;</x:p></x:T>", "token"),
    ("<x:T>⟦⟧&nbsp;</x:T>", "xml-undeclared-entity"),
    ("<x:T></⟦⟧x:U>", "xml-tag"),
    ("<x:T r:about='a' ⟦⟧r:about='b'/>", "xml-attribute-twice"),
    ("</r:RDF>⟦⟧<x:T/>", "xml-after-end"),
    ("<x:T ⟦about⟧='http://h/1'/>", "xml-attribute"),
    ("<x:T><x:p ⟦resource⟧='http://h/1'/></x:T>", "xml-attribute"),
    ("<x:T ⟦colour⟧='red'/>", "xml-namespace"),
    ("<x:T/>\n<⟦Boat⟧ r:about='http://h/1'/>", "xml-namespace"),
    ("<x:T><⟦name⟧>x</name></x:T>", "xml-namespace"),
    ("<x:T/>\n <⟦y:⟧T r:about='http://h/1'/>", "xml-prefix"),
    ("<x:T ⟦y:⟧a='1'/>", "xml-prefix"),
    ("<x:T r:ID='a'/>\n<x:U/><x:T r:ID='⟦a⟧'/><x:T r:ID='a'/>", "xml-id-twice"),
    ("<x:T r:nodeID='⟦a b⟧'/>", "xml-name"),
    ("<x:T r:ID='⟦1a⟧'/>", "xml-name"),
    ("⟦<x:T r:about='a' r:nodeID='b'/>⟧", "xml-both"),
    ("<x:T>⟦قارب⟧</x:T>", "xml-text"),
    ("<x:T><x:p>a⟦<x:U/>⟧</x:p></x:T>", "xml-mixed"),
    ("<x:T r:about='a'>\n<r:⟦Description⟧>x</r:Description></x:T>", "xml-reserved"),
    ("<x:T r:⟦aboutEach⟧='a'/>", "xml-reserved"),
    ("<x:T><x:p xml:lang='⟦a_b⟧'>x</x:p></x:T>", "language-tag"),
    ("<x:T>\n<x:é r:resource='⟦two words⟧'/></x:T>", "iri"),
    ("<x:T r:about='⟦%⟧'/>", "iri-percent"),
    ("<x:T>" * 999 + "⟦⟧<x:T>", "deep"),
]
WHOLE_XML: Final = [
    ("⟦⟧words", "xml-none"),
    (" ⟦⟧<?xml version='1.0'?><x/>", "xml-before-start"),
    ("<?xml version='1.0' encoding='⟦ISO-8859-15⟧'?><x/>", "xml-encoding"),
    ("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'⟦⟧>]><x/>", "entity"),
    ("⟦<Ontology xmlns='http://www.w3.org/2002/07/owl#' ontologyIRI='http://h/o'/>⟧", "owl-xml"),
]
JSON: Final = [
    ('{"a": 1,⟦}⟧', "json"),
    ('{"a" ⟦1⟧}', "json"),
    ("{⟦'⟧a': 1}", "json"),
    ('{"a": ⟦y⟧es}', "json"),
    ('{"a": "⟦\\x⟧"}', "json"),
    ('{"a": "x⟦⟧\n"}', "json"),
    ("{} ⟦{⟧}", "json"),
    ("[1 ⟦2⟧]", "json"),
    ('{"a": ⟦"⟧x', "end"),
    ("[" * 500 + "⟦[⟧", "deep"),
]
# What is another thing than its name says.
WHOLE: Final = [
    ("x.ttl", "<a> a <T> .\n⟦<<<<<<< HEAD⟧\n<b> a <T> .\n=======\n<c> a <T> .\n>>>>>>> mine\n", "conflict"),
    ("x.trig", "<a> a <T> .\n<b> a <T> .\n=======\n<c> a <T> .\n⟦>>>>>>> mine⟧\n", "conflict"),
    ("x.jsonld", '{"a": 1,\n⟦<<<<<<< HEAD⟧\n"b": 2}', "conflict"),
    ("x.rdf", "<a>\n⟦<<<<<<< HEAD⟧\n</a>", "conflict"),
    ("x.ttl", f"⟦⟧<?xml version='1.0'?>\n{RDF_HEAD.replace('r:RDF', 'rdf:RDF')}</rdf:RDF>", "format"),
    ("x.nt", '⟦⟧{"@id": "x:a", "x:p": 1}', "format"),
    ("x.rdf", "⟦⟧# Boats\n@prefix x: <http://x/> .\nx:a a x:T .", "format"),
    ("x.jsonld", "⟦⟧PREFIX x: <http://x/>\nx:a a x:T .", "format"),
    ("x.owl", '⟦⟧[{"@id": "x:a", "x:p": 1}]', "format"),
    ("x.ttl", "⟦⟧<!DOCTYPE html>\n<html><body>404</body></html>", "html"),
    ("x.rdf", "⟦⟧<html lang='fr'><br></html>", "html"),
]
CASES: Final = [
    *(("x.ttl", *case) for case in TURTLE),
    *(("x.nt", *case) for case in LINES),
    *(
        ("x.rdf", RDF_HEAD + text + ("" if "⟦⟧" in text and code in {"end", "deep"} else "</r:RDF>"), code)
        for text, code in XML
    ),
    *(("x.rdf", *case) for case in WHOLE_XML),
    *(("x.jsonld", *case) for case in JSON),
    *WHOLE,
]


@pytest.mark.parametrize(("name", "marked", "code"), CASES, ids=[f"{code}-{n}" for n, (_, _, code) in enumerate(CASES)])
def test_a_mistake_is_reported_in_words_and_at_its_place(tmp_path: Path, name: str, marked: str, code: str) -> None:
    before, _, rest = marked.partition("⟦")
    wrong, _, after = rest.partition("⟧")
    content = before + wrong + after
    sources = Sources()
    sources.add_data(file(tmp_path, content, name))
    (finding,) = sources.findings
    said = finding.arguments["problem"]
    assert isinstance(said, Said), said
    assert said.code == f"syntax-says-{code}"
    assert all(text(said.code, language, said.arguments) for language in LANGUAGES)
    place = finding.place
    if code == "long":
        return
    assert place is not None
    assert (place.line, place.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    if wrong:
        assert cut(content, place) == wrong


@pytest.mark.parametrize("form", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["x.ttl", "x.rdf", "x.jsonld"])
def test_utf_16_is_named(tmp_path: Path, name: str, form: str) -> None:
    content = {"x.ttl": "<a> a <b> .", "x.rdf": f"{RDF_HEAD}</r:RDF>", "x.jsonld": '{"x:p": 1}'}[name]
    sources = Sources()
    sources.add_data(file(tmp_path, ("" if form == "utf-16" else "\ufeff").encode(form) + content.encode(form), name))
    (finding,) = sources.findings
    assert finding.arguments["problem"] == Said("syntax-says-utf-16")
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (1, 1)


def test_all_sayings_are_provoked() -> None:
    others = {"syntax-says-encoding", "syntax-says-remote", "syntax-says-amplification"}
    assert {f"syntax-says-{code}" for _, _, code in CASES} >= set(parser_messages._SAYINGS.values()) - others


def test_characters_that_are_not_seen_are_named(tmp_path: Path) -> None:
    for content, token in (("<a> a <b c> .", "U+0020 SPACE"), ("<a> a <b^c> .", "^")):
        sources = Sources()
        sources.add_data(file(tmp_path, content))
        assert sources.findings[0].arguments["problem"] == Said("syntax-says-iri", {"token": token})


def test_a_token_of_a_hundred_thousand_characters_is_named_at_once() -> None:
    """Where its patterns would try each character of it, this would take minutes."""
    for token in ("x" * 100_000, "x y " * 25_000):
        said = parser_messages.in_words(
            f"Parser error at line 7 between columns 1 and 100001: {token} is not a valid predicate"
        )
        assert isinstance(said, Said)
        assert (said.code, str(said.arguments["token"])[:3]) == ("syntax-says-predicate", token[:3])
