"""Bad input of every kind ends with a message and the right exit code: no traceback, no hang, nothing read unasked."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from ssekg.cli import run
from tests.conftest import Cli
from tests.examples import SETTINGS_ALONE

DEEP: Final = 100_000
SHAPES: Final = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "<urn:S> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:property <urn:P> .\n"
    "<urn:P> sh:path <urn:p> ; sh:maxCount 1 ; sh:severity sh:Violation ;\n"
    '  sh:message "واحد"@ar, "Un"@fr, "One"@en .\n'
)
RDF: Final = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
NODE: Final = '<rdf:Description rdf:about="urn:a"><u:p>x</u:p></rdf:Description>'
LAUGHS: Final = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
# name of the file: content, exit code, code of the finding, line, column
FILES: Final[dict[str, tuple[str | bytes, int, str | None, int | None, int | None]]] = {
    "empty.ttl": ("", 0, "syntax-empty", 1, 1),
    "comment.ttl": ("# nothing\n", 0, "syntax-empty", 1, 1),
    "empty.nt": ("", 0, "syntax-empty", 1, 1),
    "empty.nq": ("", 0, "syntax-empty", 1, 1),
    "empty.trig": ("", 0, "syntax-empty", 1, 1),
    "empty.rdf": ("", 1, "syntax-error", 1, 1),
    "empty.jsonld": ("", 1, "syntax-error", 1, 1),
    "nothing.jsonld": ("{}", 0, "syntax-empty", 1, 1),
    **{
        f"binary.{kind}": (bytes(range(256)), 1, "syntax-error", 1, 1) for kind in ("ttl", "nt", "nq", "trig", "jsonld")
    },
    "binary.rdf": (bytes(range(256)), 1, "syntax-error", 1, 1),
    "cut.ttl": ("<urn:a> <urn:p> <urn", 1, "syntax-error", 1, 17),
    "cut.nt": ("<urn:a> <urn:p> <urn", 1, "syntax-error", 1, 17),
    "cut.nq": ("<urn:a> <urn:p> 'x", 1, "syntax-error", 1, 17),
    "cut.trig": ("<urn:g> {\n<urn:a> <urn:p> <urn", 1, "syntax-error", 2, 17),
    "cut.rdf": (f"{RDF}\n{NODE}", 1, "syntax-error", 2, len(NODE) + 1),
    "cut-in-a-tag.rdf": (f"{RDF}\n{NODE}</rdf", 1, "syntax-error", 2, len(NODE) + 1),
    "cut.jsonld": ('{"@id":\n"urn:a', 1, "syntax-error", 2, 1),
    "endless.ttl": ('<urn:a> <urn:p> """x\n' + "y\n" * 1000, 1, "syntax-error", 1, 17),
    "endless.nt": ('<urn:a> <urn:p> "x\n', 1, "syntax-error", 1, 17),
    "deep-brackets.ttl": ("<urn:a> <urn:p> " + "[ <urn:p> " * DEEP, 1, "syntax-error", 1, None),
    "deep-lists.ttl": ("<urn:a> <urn:p> " + "(" * DEEP, 1, "syntax-error", 1, None),
    "deep.jsonld": ("[" * DEEP, 1, "syntax-error", 1, None),
    "deep.rdf": (RDF + "<rdf:Description><u:p>" * DEEP, 1, "syntax-error", 1, None),
    "null.ttl": ('<urn:a> <urn:p> "x\0y" .', 0, "text-control", 1, 19),
    "null.jsonld": ('{"@id":"urn:a","urn:p":"x\0y"}', 1, "syntax-error", 1, None),
    "null.rdf": (RDF + "\0", 1, "syntax-error", 1, len(RDF) + 1),
    "lone.ttl": (b'<urn:a> <urn:p> "\xed\xa0\x80" .', 1, "syntax-error", 1, 18),
    "lone-escape.ttl": ('<urn:a> <urn:p> "\\ud800" .', 1, "syntax-error", 1, 18),
    "lone-escape.nt": ('<urn:a> <urn:p> "\\ud800" .', 1, "syntax-error", 1, 18),
    "lone-escape.jsonld": ('{"@id":"urn:a","urn:p":"\\ud800"}', 1, "syntax-error", 1, 24),
    "lone-reference.rdf": (RDF + NODE.replace("x", "&#xd800;"), 1, "syntax-error", 1, None),
    "iri.ttl": ("<urn:a b> <urn:p> 1 .", 1, "syntax-error", 1, 1),
    "iri.nt": ("<urn:{a}> <urn:p> <urn:b> .", 1, "syntax-error", 1, 1),
    "bidi.ttl": ('<urn:a> <urn:p> "a\u202eb" .', 0, "text-bidi-control", 1, 19),
    "bidi.jsonld": ('{"@id":"urn:a","urn:p":"\u202eb"}', 0, "text-bidi-control", 1, 25),
    "laughs.rdf": (f"<!DOCTYPE r [{LAUGHS}]>{RDF}{NODE.replace('x', '&a11;')}</rdf:RDF>", 1, "syntax-error", 1, None),
    "entity.rdf": (
        f'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>{RDF}</rdf:RDF>',
        1,
        "syntax-error",
        1,
        None,
    ),
    "remote.jsonld": ('{"@context":"http://localhost/c","@id":"urn:a","p":1}', 1, "syntax-error", None, None),
    "long.ttl": ('<urn:a> <urn:p> "' + "x" * 17_000_000, 1, "syntax-error", 1, None),
    "huge.ttl": ("<urn:a> <urn:p> " + "9" * 1_000_000 + " .", 0, None, None, None),
}


@contextmanager
def no_network() -> Iterator[None]:
    """Nothing may connect, nor look up a name."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


def found(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code, the findings and what was said on standard error, of the command in this process."""
    with no_network():
        code = run(["--lang", "en", *map(str, arguments)])
    output = capsys.readouterr()
    return code, json.loads(output.out)["findings"] if output.out else [], output.err


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path, shapes: Path) -> Path:
    """A project with one table, `data/t.csv`."""
    for name in ("data", "shapes", "queries", "ontology"):
        (tmp_path / "p" / name).mkdir(parents=True)
    root = tmp_path / "p"
    (root / "ssekg.toml").write_text(SETTINGS_ALONE, encoding="utf-8")
    shapes.rename(root / "shapes" / "s.ttl")
    (root / "data" / "t.csv").write_text("id,n\na,1\n", encoding="utf-8")
    (root / "data" / "t.csv-metadata.json").write_text(json.dumps(described()), encoding="utf-8")
    return root


def described(**changes: Any) -> dict[str, Any]:
    columns = [{"name": "id"}, {"name": "n", "datatype": "integer", "propertyUrl": "http://example.org/n"}]
    schema = {"aboutUrl": "thing/{id}", "columns": columns}
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "t.csv",
        "tableSchema": schema | changes.pop("schema", {}),
    } | changes


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_named_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shapes: Path, name: str
) -> None:
    content, expected, finding, line, column = FILES[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, findings, _ = found(capsys, "validate", path, "--shapes", shapes, "--format", "json")
    assert code == expected
    assert [each["code"] for each in findings] == ([finding] if finding else [])
    if line is not None:
        assert findings[0]["line"] == line
    if column is not None:
        assert findings[0]["column"] == column


@pytest.mark.parametrize(
    "name", ["cut.ttl", "remote.jsonld", "deep.rdf", "laughs.rdf", "entity.rdf", "iri.ttl", "empty.ttl"]
)
@pytest.mark.parametrize(("language", "foreign"), [("ar", "Parser"), ("fr", "Unexpected")])
def test_what_is_usual_is_said_in_the_language_of_the_reader(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shapes: Path, name: str, language: str, foreign: str
) -> None:
    path = tmp_path / name
    content = FILES[name][0]
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    run(["--lang", language, "validate", str(path), "--shapes", str(shapes), "--format", "json"])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert foreign not in finding["message"]
    assert finding["hint"]


def unreadable(tmp_path: Path) -> dict[str, Path]:
    paths = {name: tmp_path / f"{name}.ttl" for name in ("fifo", "dangling", "loop", "device", "folder", "missing")}
    os.mkfifo(paths["fifo"])
    paths["dangling"].symlink_to("nowhere.ttl")
    paths["loop"].symlink_to("loop.ttl")
    paths["device"].symlink_to("/dev/zero")
    paths["folder"].mkdir()
    return paths


@pytest.mark.parametrize("kind", ["fifo", "dangling", "loop", "device", "folder", "missing"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_is_no_file_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shapes: Path, kind: str, language: str
) -> None:
    path = unreadable(tmp_path)[kind]
    assert run(["--lang", language, "validate", str(path), "--shapes", str(shapes)]) == 3
    output = capsys.readouterr()
    assert output.out == ""
    assert f"{kind}.ttl" in output.err
    assert "Errno" not in output.err


@pytest.mark.parametrize("kind", ["fifo", "dangling", "loop", "device", "folder"])
@pytest.mark.parametrize(
    "where", ["data/t.csv", "data/t.csv-metadata.json", "data/x.ttl", "shapes/x.ttl", "queries/x.rq"]
)
def test_what_is_no_file_in_a_project_is_refused(
    capsys: pytest.CaptureFixture[str], small: Path, tmp_path: Path, where: str, kind: str
) -> None:
    path = small / where
    path.unlink(missing_ok=True)
    unreadable(tmp_path)[kind].rename(path)
    code, _, said = found(capsys, "--project", small, "validate", "--format", "json")
    if kind == "folder" and where != "data/t.csv":  # a folder is one, whatever its name
        assert code < 3
    else:
        assert code == 3
        assert "can’t be opened" in said
    code, _, said = found(capsys, "--project", small, "query", "run", "x")
    assert code in {2, 3}
    assert "bug" not in said


def test_a_folder_is_searched_and_an_empty_one_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shapes: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    code, _, said = found(capsys, "validate", folder, "--shapes", shapes)
    assert code == 3
    assert str(folder) in said
    (folder / "a.ttl").write_text("<urn:a> <urn:p> 1, 2 .", encoding="utf-8")
    arguments: list[str | Path] = [folder, folder / "a.ttl", "--shapes", shapes, "--format", "json"]
    code, findings, _ = found(capsys, "validate", *arguments)
    assert (code, len(findings)) == (1, 1), "the file counts once"


def test_shapes_without_a_file_to_check_are_a_mistake(capsys: pytest.CaptureFixture[str], shapes: Path) -> None:
    code, _, said = found(capsys, "validate", "--shapes", shapes)
    assert code == 2
    assert "--shapes" in said


SELECTS: Final = {
    "FROM": "SELECT $this FROM <file:///etc/passwd> { $this ?p ?o }",
    "from": "SELECT $this from<file:///etc/passwd> { $this ?p ?o }",
    "SERVICE": "SELECT $this { SERVICE <http://localhost/> { $this ?p ?o } }",
    "deep": "SELECT $this " + "{" * DEEP,
}


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("select", SELECTS)
def test_a_query_of_a_shape_leaves_nothing_and_ends_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shapes: Path, select: str, engine: str
) -> None:
    shape = f'<urn:S> <http://www.w3.org/ns/shacl#sparql> [ <http://www.w3.org/ns/shacl#select> "{SELECTS[select]}" ] .'
    shapes.write_text(SHAPES + shape, encoding="utf-8")
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    code, _, said = found(capsys, "validate", tmp_path / "a.ttl", "--shapes", shapes, "--engine", engine)
    assert code == 3
    assert "shapes.ttl" in said
    assert ("two hundred" in said or "nest" in said) if select == "deep" else select.upper() in said


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("path", ['"x"', "[]"])
def test_an_ill_formed_path_is_reported_at_its_place(
    cli: Cli, tmp_path: Path, shapes: Path, path: str, engine: str
) -> None:
    shapes.write_text(SHAPES.replace("sh:path <urn:p>", f"sh:path {path}"), encoding="utf-8")
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    done = cli("validate", tmp_path / "a.ttl", "--shapes", shapes, "--engine", engine)
    assert (done.returncode, done.stdout) == (3, "")
    line = next(number for number, text in enumerate(shapes.read_text().splitlines(), 1) if "sh:path" in text)
    assert f"shapes.ttl:{line}:" in done.stderr
    assert "shape-ill-formed" in done.stderr


def test_the_reference_engine_says_no_more_than_the_report(cli: Cli, tmp_path: Path, shapes: Path) -> None:
    date = '"2022-02-30"^^<http://www.w3.org/2001/XMLSchema#date>'
    (tmp_path / "a.ttl").write_text(f"<urn:a> <urn:p> {date} .", encoding="utf-8")
    done = cli("validate", tmp_path / "a.ttl", "--shapes", shapes, "--engine", "pyshacl")
    assert (done.returncode, done.stderr) == (0, "")


DESCRIPTIONS: Final[dict[str, Any]] = {
    "a step up": described(url="../t.csv"),
    "a step up later": described(url="a/../../t.csv"),
    "absolute": described(url="/etc/passwd"),
    "http": described(url="http://localhost/t.csv"),
    "no file": described(url="."),
    "null character": described(url="t\0.csv"),
    "dialect elsewhere": described(dialect="http://localhost/d.json"),
    "dialect in a file": described(dialect="/etc/passwd"),
    "schema elsewhere": described() | {"tableSchema": "http://localhost/s.json"},
    "context elsewhere": described() | {"@context": "http://localhost/c.json"},
    "open brace": described(schema={"aboutUrl": "thing/{id"}),
    "lone surrogate": described(schema={"aboutUrl": "thing/\ud800{id}"}),
    "nested": "[" * DEEP,
    "broken": '{"url": "t.csv"',
}


@pytest.mark.parametrize("case", DESCRIPTIONS)
def test_a_description_that_leads_away_or_is_none_is_one_finding(
    capsys: pytest.CaptureFixture[str], small: Path, case: str
) -> None:
    content = DESCRIPTIONS[case]
    text = content if isinstance(content, str) else json.dumps(content)
    (small / "data" / "t.csv-metadata.json").write_text(text, encoding="utf-8")
    code, findings, _ = found(capsys, "--project", small, "validate", "--format", "json", "--only", "table-description")
    assert code == 1
    assert [each["file"] for each in findings] == ["data/t.csv-metadata.json"]


def test_mistakes_are_in_the_file_that_was_read_whatever_the_description_names(
    capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    table, other = small / "data" / "t.csv", small / "data" / "other.csv"
    (small / "data" / "t.csv-metadata.json").write_text(json.dumps(described(url="other.csv")), encoding="utf-8")
    table.write_text("id,n\na,1\nb,x\n", encoding="utf-8")
    other.write_text("id,n\na,x\n", encoding="utf-8")

    def places(*paths: Path) -> list[tuple[str, int]]:
        _, told, _ = found(
            capsys, "--project", small, "validate", *paths, "--format", "json", "--only", "table-datatype"
        )
        return [(each["file"], each["line"]) for each in told]

    assert places() == places(table) == [("data/t.csv", 3)]
    table.unlink()
    assert places() == [("data/other.csv", 2)]


def test_a_number_without_end_is_a_finding(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    (small / "data" / "t.csv").write_text(f"id,n\na,{'9' * 1_000_000}\n", encoding="utf-8")
    code, findings, _ = found(capsys, "--project", small, "validate", "--format", "json", "--only", "table-datatype")
    assert code == 1
    assert [(each["line"], each["column"]) for each in findings] == [(2, 3)]
    assert len(findings[0]["message"]) < 1000


def test_two_queries_of_one_name_are_found_and_not_guessed(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    (small / "queries" / "more").mkdir()
    for folder in (small / "queries", small / "queries" / "more"):
        (folder / "x.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    code, findings, _ = found(capsys, "--project", small, "validate", "--format", "json", "--only", "query-twice")
    assert code == 1
    assert [each["file"] for each in findings] == ["queries/x.rq"]
    assert "queries/more/x.rq" in findings[0]["message"]
    code, _, said = found(capsys, "--project", small, "query", "run", "x")
    assert code == 2
    assert "queries/x.rq" in said


@pytest.mark.parametrize(
    "name",
    ["with space.ttl", "عربي.ttl", "quote\"'.ttl", "line\nbreak.ttl", "per%20cent.ttl", "#?.ttl", b"no-text-\xff.ttl"],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit", "html", "turtle"])
def test_files_may_have_any_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shapes: Path, name: str | bytes, form: str
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text("<urn:a> <urn:p> 1, 2 .", encoding="utf-8")
    assert run(["validate", str(path), "--shapes", str(shapes), "--format", form]) == 1
    assert capsys.readouterr().out


@pytest.mark.parametrize("output", ["missing/x.ttl", ".", "/dev/full", "file/x.ttl", "x" * 300])
@pytest.mark.parametrize("command", [["build"], ["validate"]])
def test_what_cannot_be_written_is_said(
    capsys: pytest.CaptureFixture[str], small: Path, tmp_path: Path, command: list[str], output: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, said = found(capsys, "--project", small, *command, "-o", tmp_path / output)
    assert code == 3
    assert "can’t be written" in said


def test_a_file_is_written_whole_or_left_as_it_was(
    capsys: pytest.CaptureFixture[str], small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "graph.nt"
    target.write_text("what was there", encoding="utf-8")
    before = {path.name for path in tmp_path.iterdir()}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        code, _, said = found(capsys, "--project", small, "build", "-o", target)
    assert code == 3
    assert "no space left" in said
    assert target.read_text(encoding="utf-8") == "what was there"
    assert {path.name for path in tmp_path.iterdir()} == before
    assert found(capsys, "--project", small, "build", "-o", target)[0] == 0
    assert "thing/a" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("redirection", "expected"), [(">/dev/full", 3), (">&-", 0), ("| head -c 1 >/dev/null", 0)])
@pytest.mark.parametrize("command", ["build", "query list", "validate"])
def test_standard_output_that_takes_nothing(small: Path, command: str, redirection: str, expected: int) -> None:
    (small / "queries" / "x.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    ssekg = Path(sys.executable).with_name("ssekg")
    line = f"{ssekg} --lang en --project {small} {command} {redirection}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == (1 if command == "validate" and expected == 0 else expected), done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_remote_context_is_never_asked_for(cli: Cli, tmp_path: Path, shapes: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked: list[object] = []
        server.settimeout(0.1)

        def listen() -> None:
            while not done.is_set():
                try:
                    asked.append(server.accept())
                except TimeoutError:
                    continue

        done = threading.Event()
        listener = threading.Thread(target=listen)
        listener.start()
        context = f"http://127.0.0.1:{server.getsockname()[1]}/context.jsonld"
        path = tmp_path / "a.jsonld"
        path.write_text(json.dumps({"@context": context, "@id": "urn:a", "p": 1}), encoding="utf-8")
        result = cli("validate", path, "--shapes", shapes)
        done.set()
        listener.join()
    assert result.returncode == 1
    assert asked == []


def test_a_large_file_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path, shapes: Path) -> None:
    path = tmp_path / "large.ttl"
    path.write_text('<urn:a> <urn:p> "' + "x" * 15_000_000 + '", "y" .\n' + "# comment\n" * 500_000, encoding="utf-8")
    code, findings, _ = found(capsys, "validate", path, "--shapes", shapes, "--format", "json")
    assert code == 1
    assert [each["code"] for each in findings] == ["shacl-max-count"]
