"""Characters that XML can't hold are found in RDF files, however they are written; RDF/XML is never made of them."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import Prefixes
from ssekg.graph.canonical import written
from ssekg.sources.rdf.wellformed import check_xml
from tests.conftest import Cli
from tests.examples import empty_project
from tests.marked import validated, write_marked


def test_they_are_found_where_they_are_written(tmp_path: Path, cli: Cli) -> None:
    root = empty_project(tmp_path / "project")
    files = {
        "data/escaped.ttl": r'<place/a> <x:p> ⟦"a\u0001b"⟧, "\u007F", "\uFFFD" .',
        "data/twice.ttl": '<place/b> <x:p> ⟦"a\\uFFFFb\x02c"@fr⟧ .\n# \x02 here it does no harm',
        "data/lines.nt": '<x:a> <x:p> ⟦"\\u000B"⟧ .\n<x:a> <x:p> "\\n\\t\\r" .\n',
        "data/tree.jsonld": '{"@id": "x:a", "x:q": [⟦"\\u0000"⟧, "x"]}',
        "ontology/more.ttl": '<x:T> <http://www.w3.org/2000/01/rdf-schema#label> ⟦"""\n\x1f"""⟧ .',
    }
    spans = write_marked(root, files)
    found = validated(cli, root, exit_code=1)
    for name, expected in spans.items():
        assert [each.span for each in found[name] if each.code == "syntax-character"] == expected
    # What is found of the text as a whole is not repeated for a character in it.
    assert [each.span[:2] for each in found["data/twice.ttl"] if each.code == "text-control"] == [(2, 3)]
    assert "U+0001" in found["data/escaped.ttl"][0].message


def test_build_writes_no_xml_that_is_not_well_formed(tmp_path: Path, cli: Cli) -> None:
    root = empty_project(tmp_path / "project")
    (root / "data" / "a.ttl").write_text(r'<place/a> <x:p> "\u0001" .', encoding="utf-8")
    done = cli("--lang", "en", "build", "-o", "g.rdf", cwd=root)
    assert done.returncode == 3
    assert "U+0001" in done.stderr
    assert "place/a" in done.stderr
    assert not (root / "g.rdf").exists()
    assert cli("build", "-o", "g.nt", cwd=root).returncode == 0


@pytest.mark.parametrize("name", ["li", "about", "Description"])
def test_properties_of_its_own_syntax_are_refused(name: str) -> None:
    prefixes = Prefixes()
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    triple = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode(rdf + name), ox.NamedNode("x:b"))
    with pytest.raises(CannotRunError, match=f"rdf:{name}"):
        written([triple], ox.RdfFormat.RDF_XML, prefixes)
    assert written([triple], ox.RdfFormat.TURTLE, prefixes)


@given(st.text())
def test_rdf_xml_is_well_formed_and_holds_what_was_written_or_is_refused(text: str) -> None:
    triple = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal(text))
    try:
        content = written([triple], ox.RdfFormat.RDF_XML, Prefixes())
    except CannotRunError:
        content = (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><p xmlns="x:">%s</p>'
            b"</rdf:Description></rdf:RDF>" % text.encode().replace(b"&", b"").replace(b"<", b"").replace(b">", b"")
        )
        with pytest.raises(SyntaxError):
            check_xml(content, "x")
    else:
        check_xml(content, "x")
        assert [quad.triple for quad in ox.parse(content, ox.RdfFormat.RDF_XML)] == [triple]
