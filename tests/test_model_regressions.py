"""What once was wrong in the graph, and what makes its statistics a well-formed cube, asked of the release."""

import tomllib
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from tests.published import HEAD, holds, rows_of, store_of

DATA: Final = Path(__file__).parent / "data"
FAULTS: Final[list[dict[str, Any]]] = tomllib.loads((DATA / "model_regressions.toml").read_text("utf-8"))["fault"]
CUBE: Final[dict[str, Any]] = tomllib.loads((DATA / "data_cube.toml").read_text("utf-8"))
CONSTRAINTS: Final[list[dict[str, Any]]] = CUBE["constraint"]
# Of RDFS, the rules by which triples follow from an ontology: rdfs2, 3, 7 and 9; 5 and 11 are the paths.
RDFS: Final = """
INSERT { ?x ?above ?y } WHERE { ?x ?property ?y . ?property rdfs:subPropertyOf+ ?above } ;
INSERT { ?x a ?class } WHERE { ?property rdfs:domain ?class . ?x ?property ?y FILTER(isIRI(?class)) } ;
INSERT { ?y a ?class } WHERE { ?property rdfs:range ?class . ?x ?property ?y FILTER(isIRI(?class) && isIRI(?y)) } ;
INSERT { ?x a ?above } WHERE { ?x a ?class . ?class rdfs:subClassOf+ ?above FILTER(isIRI(?above)) }
"""


def ontology_in(release: Path) -> list[Path]:
    return sorted((release / "ontology").glob("*.ttl"))


@pytest.fixture(scope="module")
def alone(release: Path) -> ox.Store:
    """The graph of the release, without the ontology."""
    return store_of(release / "ssekg.ttl")


@pytest.fixture(scope="module")
def explained(release: Path) -> ox.Store:
    """With the ontology, what everybody may see: about persons, who are withheld, nothing is derived."""
    return store_of(release / "ssekg-without-persons.ttl", *ontology_in(release))


def number_of(entry: dict[str, Any]) -> str:
    return str(entry.get("number", entry["name"]))


@pytest.mark.parametrize("fault", FAULTS, ids=number_of)
def test_nothing_has_the_fault(fault: dict[str, Any], alone: ox.Store, explained: ox.Store) -> None:
    store = explained if fault.get("needs_ontology") else alone
    assert rows_of(store, fault["select"]) == []


@pytest.fixture(scope="module", params=["alone", "with what the ontology entails"])
def cube(request: pytest.FixtureRequest, release: Path) -> ox.Store:
    """The graph with what the abbreviated forms of a cube leave out."""
    if request.param == "alone":
        return made_whole(store_of(release / "ssekg.ttl"))
    store = store_of(release / "ssekg.ttl", *ontology_in(release))
    store.update(HEAD + RDFS)
    return made_whole(store)


def made_whole(store: ox.Store) -> ox.Store:
    for update in CUBE["whole"]:
        store.update(HEAD + update)
    return store


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=number_of)
def test_the_cube_is_well_formed(constraint: dict[str, Any], cube: ox.Store) -> None:
    assert not holds(cube, constraint["ask"]), constraint["name"]


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=number_of)
def test_a_broken_cube_is_found(constraint: dict[str, Any], alone: ox.Store) -> None:
    """One change to the cube of the release breaks the constraint."""
    broken = ox.Store()
    broken.bulk_extend(alone)
    made_whole(broken).update(HEAD + constraint["breaks"])
    assert holds(broken, constraint["ask"])


def test_all_constraints_are_there() -> None:
    assert [constraint["number"] for constraint in CONSTRAINTS] == list(range(1, 22))
