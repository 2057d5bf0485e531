"""The questions as an API: the same answers as on the command line, and a description that holds."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import openpyxl
import pyarrow.parquet
import pytest

from tests.conftest import ROOT, Cli
from tests.publish.any_release import AnyRelease
from tests.serve.server import Answer, Served

HOSTILE: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\r\nSet-Cookie: a=b",
    "} UNION { ?s ?p ?o",
    "\x00",
    "\u202e",
    "=cmd()",
    "../../etc/passwd",
)
# What schemathesis looks at. That a name of nothing is refused is no fault: a schema can't have all names.
CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "unsupported_method",
)


@pytest.fixture(scope="module")
def api(any_served: tuple[Served, AnyRelease]) -> Served:
    """The server of either project."""
    return any_served[0]


@pytest.fixture(scope="module")
def document(api: Served) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(api.ask("openapi.json?lang=fr").content)
    return found


def get(server: Served, name: str, accept: str | None = None, **parameters: str | list[str]) -> Answer:
    return server.ask(f"api/{name}?{urlencode(parameters, doseq=True)}", Accept=accept)


def example(operation: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["example"][0] for each in operation["parameters"] if "example" in each}


def test_every_question_answers_its_example_in_every_form(api: Served, document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        operation = methods["get"]
        [forms] = [each["schema"]["enum"] for each in operation["parameters"] if each["name"] == "format"]
        for form in forms if operation["operationId"] in list(map(_name, document["paths"]))[:3] else forms[:1]:
            answer = api.ask(f"{path[1:].replace('{format}', form)}?{urlencode(example(operation))}")
            assert answer.status == 200 or form in {"svg", "png"}, (path, form, answer.content)
            assert answer.media_type in {*operation["responses"]["200"]["content"], "application/problem+json"}


def _name(path: str) -> str:
    return path.removeprefix("/api/").partition(".")[0]


def test_every_question_is_described_in_every_language(api: Served, document: dict[str, Any]) -> None:
    questions = json.loads(api.ask("api/").content)
    assert [_name(path) for path in document["paths"]] == [each["name"] for each in questions]
    for each in questions:
        operation = document["paths"][f"/api/{each['name']}.{{format}}"]["get"]
        assert operation["summary"] == each["titles"]["fr"]
        assert operation["x-questions"] == each["questions"]
        assert {"429", "400", "503"} < set(operation["responses"])
        named = {parameter["name"]: parameter for parameter in operation["parameters"]}
        for parameter in each["parameters"]:
            assert named[parameter["name"]]["required"] == parameter["required"]
            assert parameter["labels"]["fr"] in named[parameter["name"]]["description"]


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_the_answer_is_that_of_the_command_line(form: str, served: Served, cli: Cli) -> None:
    regions = ["Fès-Meknès", "الرباط"]
    answer = get(served, f"budgets-by-region.{form}", lang="fr", region=regions)
    parameters = [text for value in regions for text in ("-p", f"region={value}")]
    said = cli("--lang", "fr", "query", "run", "budgets-by-region", *parameters, "--format", form)
    assert answer.content.decode().replace("\r\n", "\n") == said.stdout.replace("\r\n", "\n")
    assert answer.headers["content-language"] == "fr"


def test_tables_and_pictures_for_people(served: Served) -> None:
    book = get(served, "cooperatives-by-region-and-year.xlsx", lang="ar")
    assert book.headers["content-disposition"] == 'attachment; filename="cooperatives-by-region-and-year.xlsx"'
    assert openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0].sheet_view.rightToLeft
    table = pyarrow.parquet.read_table(io.BytesIO(get(served, "cooperatives-by-region-and-year.parquet").content))
    assert table.num_rows > 12
    assert get(served, "cooperatives-by-region-and-year.svg").content.startswith(b"<svg")
    assert get(served, "cooperatives-by-region-and-year.png").content.startswith(b"\x89PNG")


def test_the_form_by_what_is_wanted(served: Served) -> None:
    assert get(served, "budgets-by-region").media_type == "application/sparql-results+json"
    assert get(served, "budgets-by-region", "text/csv, application/json;q=0.5").media_type == "text/csv"
    assert get(served, "budgets-by-region", "image/svg+xml").media_type == "image/svg+xml"
    assert get(served, "budgets-by-region", "audio/ogg").status == 406
    assert get(served, "budgets-by-region.mp3").status == 404
    near = json.loads(get(served, "budget-by-region.csv").content)
    assert near["near"] == ["budgets-by-region"]


def test_an_answer_is_kept(served: Served) -> None:
    first = get(served, "laws-over-time.csv", lang="en")
    again = served.ask("api/laws-over-time.csv?lang=en", If_None_Match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert served.ask("api/laws-over-time.csv?lang=en", "HEAD").headers["etag"] == first.headers["etag"]
    assert get(served, "laws-over-time.csv", lang="ar").headers["etag"] != first.headers["etag"]
    assert get(served, "laws-over-time.csv", lang="en").content == first.content
    assert _engine_times(served)[-1] == "-"


def _engine_times(server: Served) -> list[str]:
    """What the log has of the time of engines, once it is written."""
    time.sleep(1)
    lines = map(str.split, server.log.read_text("utf-8").splitlines())
    return [line[-1] for line in lines if {"/api/{name}", "kept"} & set(line)]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"region": "nowhere"}, "parameter-thing"),
        ({"regoin": "fes-meknes"}, "unknown-parameter"),
        ({"lang": "xx"}, "no-such-language"),
    ],
)
def test_what_is_asked_wrongly(parameters: dict[str, str], code: str, served: Served) -> None:
    answer = served.ask(f"api/budgets-by-region.csv?{urlencode(parameters)}", Accept_Language="ar")
    problem = json.loads(answer.content)
    assert (answer.status, problem["type"].rpartition("#")[2]) == (400, code)
    assert answer.headers["content-language"] == "ar"
    assert problem["detail"]


def test_the_problem_says_how_to_ask(served: Served) -> None:
    asked = "api/budgets-by-region.csv?regoin=fes-meknes"
    problem = json.loads(served.ask(asked, Accept_Language="en").content)
    assert problem["detail"].startswith("Its parameters: region")
    page = served.ask(asked, Accept_Language="en", Accept="text/html").content.decode()
    assert "<p>Its parameters: region" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_value_is_a_text_or_refused(text: str, served: Served) -> None:
    for form in ("csv", "json", "svg", "md", "xlsx"):
        answer = served.ask(f"api/budgets-by-region.{form}?region={quote(text)}")
        assert answer.status == 400
        assert answer.media_type == "application/problem+json"
        assert "set-cookie" not in answer.headers
        assert str(ROOT).encode() not in answer.content
    assert served.ask(f"api/{quote(text, safe='')}").status == 404


def test_the_description_holds(api: Served, any_root: Path, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", "--checks", ",".join(CHECKS)]
    options = [
        "--max-examples",
        "3" if any_root != ROOT else "1",  # of the larger project, there are many more questions
        "--seed",
        "1",
        "--generation-database",
        "none",
        "--phases",
        "examples,fuzzing",
    ]
    done = subprocess.run(
        [*command, *options, "--no-color", f"http://127.0.0.1:{api.port}/openapi.json"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert api.ask("health").status == 200
