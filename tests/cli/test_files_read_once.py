"""A run of `ssekg validate` opens each file of the sources once, also those in which something is wrong."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from tests.graphs import PREFIXES
from tests.publish.small import QUERY, SETTINGS, SHAPES, VOCABULARY

# Python's own hook sees every file that is opened, by whomever.
SPY: Final = """
import os, sys
from pathlib import Path
def spy(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and Path(arguments[0]).is_file():
        print("opened", os.path.realpath(arguments[0]), file=sys.stderr)
sys.addaudithook(spy)
from ssekg.cli import main
sys.argv = ["ssekg", "validate"]
main()
"""
DESCRIPTION: Final = """
{"url": "boats.csv", "tableSchema": {"aboutUrl": "boat/{id}", "columns": [
  {"name": "id", "suppressOutput": true},
  {"name": "length", "propertyUrl": "https://example.org/length", "datatype": "integer"}]}}
"""
REORDERED: Final = "\u202ex"


def test_each_file_of_the_sources_is_opened_once(tmp_path: Path) -> None:
    contents = {
        "ssekg.toml": SETTINGS.replace("VERSION", "1.0.0").replace('"person"', ""),
        "DATA-LICENSE": "",
        "ontology/terms.ttl": f"{PREFIXES}{VOCABULARY} # {REORDERED}",
        "data/places.ttl": f"{PREFIXES}<place/a> a sse:Region ; sse:unknown [ sse:unknown 1 ] . # {REORDERED}",
        "data/broken.ttl": "<place/b> <x:p> .",
        "data/good.ttl": "<place/c> <https://example.org/p> 1 .",
        "data/boats.csv": "id,length\na,long\n",
        "data/boats.csv-metadata.json": DESCRIPTION,
        "shapes/places.ttl": f"{SHAPES} # {REORDERED}",
        "queries/all.rq": f"{QUERY} # {REORDERED}",
    }
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", SPY], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    opened = Counter(line.removeprefix("opened ") for line in done.stderr.splitlines() if line.startswith("opened "))
    folders = ("ontology", "data", "shapes", "queries")
    sources = [path for folder in folders for path in (tmp_path / folder).iterdir()]
    assert {path.name: opened[str(path)] for path in sources} == {path.name: 1 for path in sources}
    # There was something to report, with an excerpt, in all but one of them.
    assert {name for name in contents if f"\n{name}:" in f"\n{done.stdout}"} >= {
        *(name for name in contents if "/" in name and name not in {"data/good.ttl", "data/boats.csv-metadata.json"})
    }
