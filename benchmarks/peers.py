"""What other programs do with the same data: `python benchmarks/peers.py PROGRAM ask|write|diff FILE [TARGET]`.

`ask` reads the file of N-Triples and answers one question, `write` writes it as Turtle, and `diff`, of rdflib only,
tells in which triples TARGET differs. PROGRAM is `rdflib`, `maplib`, which has to be run by a Python that has it, or
`virtuoso`, which is started in a folder of its own and only asked.
"""

import logging
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

# 4 GB, as its documentation has them for a machine with 8 GB.
BUFFERS: Final = 340_000
QUESTION: Final = """\
SELECT ?region (COUNT(*) AS ?n) (SUM(?members) AS ?all) {
  ?organisation <https://w3id.org/ssekg/ontology#within> ?region ; <https://w3id.org/ssekg/ontology#members> ?members
} GROUP BY ?region ORDER BY ?region"""


def rdflib(what: str, data: str, target: str) -> None:
    """Do it with rdflib."""
    import rdflib

    logging.getLogger("rdflib").setLevel(logging.ERROR)  # it writes pages about numbers that are none
    graph = rdflib.Graph().parse(data, format="nt")
    if what == "ask":
        print(*graph.query(QUESTION), sep="\n")
    elif what == "diff":
        other = rdflib.Graph().parse(target, format="nt")
        print((graph - other).serialize(format="nt"), (other - graph).serialize(format="nt"))
    else:
        graph.serialize(target, format="turtle")


def maplib(what: str, data: str, target: str) -> None:
    """Do it with maplib, whose triples are columns of polars."""
    from maplib import Model

    model = Model()
    model.read(data, format="ntriples")
    if what == "ask":
        print(model.query(QUESTION))
    else:
        model.write(target, format="turtle")


def virtuoso(what: str, data: str, _: str) -> None:
    """Have Virtuoso load the file, and ask it."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.queries.virtuoso import running_virtuoso

    if what != "ask":
        raise SystemExit("Virtuoso is only asked")
    with tempfile.TemporaryDirectory() as folder, running_virtuoso(Path(folder), BUFFERS) as server:
        # It reads files in its own folder only.
        server.load_file(Path(shutil.copy(data, folder)), "https://example.org/graph")
        command = ["curl", "--silent", "--fail", server.address, "--data-urlencode", f"query={QUESTION}"]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    program, wanted, file, *rest = sys.argv[1:]
    {"rdflib": rdflib, "maplib": maplib, "virtuoso": virtuoso}[program](wanted, file, rest[0] if rest else "")
