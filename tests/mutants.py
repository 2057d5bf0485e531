"""Mutants of a small project: its files with something deleted, doubled, swapped or put in, by a seed.

Run as a module, this is a process that makes some of them and runs a command on each, in a process of its own whose
time is limited; it writes those on which ssekg fails as lines of JSON.
"""

import importlib
import json
import os
import pkgutil
import random
import re
import resource
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import ssekg
from ssekg.base.errors import CannotRunError
from tests.sources.tables.sheets import write_ods, write_xlsx

PROJECT: Final = Path(__file__).parent / "data" / "second_project"
SECONDS: Final = 30
KINDS: Final = {
    "table": "data/*.csv",
    "description": "data/*-metadata.json",
    "data": "data/*.ttl",
    "ontology": "ontology/*.ttl",
    "shapes": "shapes/*.ttl",
    "query": "queries/*.rq",
    "settings": "ssekg.toml",
    "workbook": "data/*.csv",
}
# What is found in files that went through the wrong programs, or that were made to do harm.
_WORDS: Final = """
\ufeff \u202e \ufffd \x1b[2J é e\u0301 فاس 😀 \\ " ' { } [ ] ( ) < > <> <a b> <http://[> http://[ ../.. %zz {a {+a}
/etc/passwd file:///etc/passwd _: _:b0 a:b : ; , . @ @ar @@ ^^ "x"^^xsd:date # % 0 -1 + - 1e999 NaN INF 0000 2023-13
2023-02-30 0000-00-00 true null [] {} "a ''' 1.2.3 sh:path sh:or rdf:nil ?x =1 \\u0000 SELECT FILTER GRAPH UNION
"""
NASTY: Final = (
    *("", " ", "\0", "\n", "\r", "\t", '"\n', "SERVICE <http://127.0.0.1:9/> {}", "(COUNT(*) AS ?n)", *_WORDS.split()),
    *("9" * 30, "9" * 5000, "x" * 100_000, "[" * 3000, "(" * 3000, "{" * 3000, "[ " * 100 + "] " * 100, "\n" * 1000),
)
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 10**40, "", "x", " ", "\0", "{", "http://[", "../x", "ar", "zz-zz", "a b"),
    *([], {}, [[]], [{}], [None], ["x", "x"], {"": ""}, {"@id": "x"}, {"ar": 1}, {"base": "date"}, {"format": "["}),
    *({"base": "integer", "minimum": "x"}, {"base": "string", "format": "(a+)+$"}, "x" * 100_000, [1] * 1000),
)
PROPERTIES: Final = ("name", "url", "datatype", "lang", "separator", "null", "default", "dialect", "titles", "x")
_SETTINGS: Final = """
"" "x" "http://[" "\\u0000" 0 -1 1.5 inf nan true [] {} [[]] ["x"] {ar="x"} 1979-05-27 07:32:00 1979-05-27T07:32:00Z
"""
TOML: Final = (*_SETTINGS.split(), '["' + "x" * 100_000 + '"]', "[" * 500 + "]" * 500)
TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
Change = Callable[[random.Random, bytes], bytes]


def mutant(number: int) -> tuple[str, dict[str, bytes | None]]:
    """What the mutant of this number changes: its kind, and the new content of files, None for one that is gone."""
    chance = random.Random(number)  # noqa: S311 - the same for everybody
    kind = chance.choice(list(KINDS))
    path = chance.choice(sorted(PROJECT.glob(KINDS[kind])))
    name = path.relative_to(PROJECT).as_posix()
    content = path.read_bytes()
    if kind == "workbook":
        suffix = chance.choice([".xlsx", ".ods"])
        return kind, {name: None, name.replace(".csv", suffix): _workbook(chance, path, suffix)}
    changes: list[Change] = [_bytes, _bytes, _lines, _tokens, _tokens, _whole]
    changes += {"table": [_cells] * 6, "description": [_json] * 8, "settings": [_toml] * 6}.get(kind, [_tokens] * 4)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        content = chance.choice(changes)(chance, content)
    return kind, {name: content}


def _span(chance: random.Random, length: int) -> slice:
    start = chance.randint(0, length)
    return slice(start, min(length, start + int(chance.expovariate(1 / 8)) + 1))


def _bytes(chance: random.Random, content: bytes) -> bytes:
    one, other = _span(chance, len(content)), _span(chance, len(content))
    before, within, after = content[: one.start], content[one], content[one.stop :]
    nasty = chance.choice([b"\0", b"\xff", b"\xed\xa0\x80", b"\x80", *(each.encode() for each in NASTY)])
    return chance.choice(
        [before + after, before + within * 2 + after, before + content[other] + after, before + nasty + after]
    )


def _lines(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines.insert(at, b"\n")
        case _:
            lines = lines[::-1]
    return b"".join(lines)


def _tokens(chance: random.Random, content: bytes) -> bytes:
    tokens = TOKEN.findall(content.decode(errors="replace")) or [""]
    at = chance.randrange(len(tokens))
    new = chance.choice([chance.choice(tokens), chance.choice(NASTY), ""])
    tokens[at] = chance.choice([new, new, tokens[at] + new])
    return "".join(tokens).encode(errors="replace")


def _whole(chance: random.Random, content: bytes) -> bytes:
    match chance.randrange(7):
        case 0:
            return content[: chance.randint(0, len(content))]
        case 1:
            encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "cp1256"])
            return content.decode(errors="replace").encode(encoding, "replace")
        case 2:
            return content.replace(b"\n", chance.choice([b"\r\n", b"\r", b""]))
        case 3:
            return b"\xef\xbb\xbf" * chance.randint(1, 2) + content
        case 4:
            return chance.randbytes(500)
        case 5:
            return content * 3
        case _:
            return content.swapcase()


def _cells(chance: random.Random, content: bytes) -> bytes:
    rows = [line.split(b",") for line in content.split(b"\n")]
    row = chance.choice(rows)
    at = chance.randrange(len(row))
    match chance.randrange(5):
        case 0:
            row.insert(at, row[at])
        case 1:
            for each in rows:
                each[at : at + 1] = [] if chance.random() < 0.5 else each[at : at + 1] * 2
        case 2:
            return b";".join(b",".join(each) + b"\n" for each in rows)
        case _:
            row[at] = chance.choice(NASTY).encode(errors="surrogatepass")
    return b"\n".join(b",".join(each) for each in rows)


def _json(chance: random.Random, content: bytes) -> bytes:
    try:
        whole = json.loads(content)
    except ValueError:
        return _bytes(chance, content)
    holders = [each for each in _holders(whole) if each]
    if not holders:
        return content
    holder = chance.choice(holders)
    key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    other = chance.choice(holders)
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[
                chance.choice(["name", "url", "datatype", "lang", "separator", "null", "default", "dialect", "x"])
            ] = holder[key]
        case 2:
            holder[key] = json.loads(json.dumps(other))
        case _:
            holder[key] = chance.choice(VALUES)
    return json.dumps(whole, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")


def _holders(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from _holders(each)


def _toml(chance: random.Random, content: bytes) -> bytes:
    lines = content.decode(errors="replace").split("\n")
    settings = [at for at, line in enumerate(lines) if re.match(r"[\w-]+ *=", line)] or [0]
    at = chance.choice(settings)
    key = lines[at].partition("=")[0]
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines[at] = key[1:] + "x =" + lines[at].partition("=")[2]
        case _:
            lines[at] = f"{key}= {chance.choice(TOML)}"
    return "\n".join(lines).encode(errors="replace")


def _workbook(chance: random.Random, table: Path, suffix: str) -> bytes:
    """The table as a workbook, of which a part is changed, or the whole."""
    rows = [line.split(",") for line in table.read_text(encoding="utf-8").splitlines()]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table{suffix}"
        (write_xlsx if suffix == ".xlsx" else write_ods)(path, {table.stem: rows})
        content = path.read_bytes()
    if chance.random() < 0.2:
        return chance.choice([_bytes, _whole])(chance, content)
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(result, "w") as after:
        names = before.namelist()
        changed = chance.choice(names + [name for name in names if "sheet" in name or "content" in name] * 5)
        for name in names:
            part = before.read(name)
            after.writestr(name, chance.choice([_bytes, _tokens, _whole])(chance, part) if name == changed else part)
    return result.getvalue()


def command(number: int, kind: str, changed: str) -> list[str]:
    """What to run on a mutant: each in its turn, so that many numbers try all."""
    forms = ("text", "json", "sarif", "github", "junit", "html", "turtle")
    query = Path(changed).stem
    commands = [["validate", "--format", forms[number // 3 % len(forms)]]] * 3 + [["publish", "--dry-run"], ["build"]]
    if kind == "query":
        commands += [["query", "list"], ["query", "show", query], ["query", "run", query], ["query", "run", changed]]
    elif kind == "settings":
        commands += [["query", "list"], ["fmt", "--check"], ["describe", "quai"]]
    elif kind != "workbook":
        commands += [["fmt", "--check", changed], ["fmt", "--diff", changed], ["validate", changed]]
    return ["--lang", ("ar", "fr", "en")[number % 3], *commands[number % len(commands)]]


def failure(number: int, folder: Path) -> dict[str, Any] | None:
    """Make a mutant in a copy of the project and run a command on it; what went wrong, or None."""
    kind, changes = mutant(number)
    for name, content in changes.items():
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content)
    arguments = command(number, kind, next(iter(changes)))
    log = folder / "log"
    child = os.fork()
    if child == 0:
        _run(arguments, folder, log)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    told = log.read_text(encoding="utf-8", errors="replace")
    for name in changes:
        before = PROJECT / name
        if before.exists():
            shutil.copy(before, folder / name)
        else:
            (folder / name).unlink()
    if code in {0, 1, 2, 3} and "Traceback" not in told:
        return None
    return {"number": number, "changed": list(changes), "run": arguments, "exit": code, "end": told[-1500:]}


def _run(arguments: list[str], folder: Path, log: Path) -> None:
    """Be the process of one command, ended by the system when its time is up."""
    from ssekg.cli import run

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.chdir(folder)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(handle, 2)
    code = 70
    try:
        code = run(arguments)
        sys.stderr.flush()
    finally:
        os._exit(code)


def main(first: int, count: int, step: int) -> None:
    """Try every `step`-th mutant from `first`, below `count`."""
    for module in pkgutil.walk_packages(ssekg.__path__, "ssekg.", lambda _: None):
        with suppress(CannotRunError):  # Spark may not be there
            importlib.import_module(module.name)  # once, not in each process
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(PROJECT, copy)
        for number in range(first, count, step):
            found = failure(number, copy)
            if found:
                sys.stdout.write(json.dumps(found) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
