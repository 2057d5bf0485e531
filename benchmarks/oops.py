"""How well ssekg finds the pitfalls of OOPS!, held against the reports that OOPS! expects of its own test ontologies.

`python benchmarks/oops.py FOLDER` takes a clone of github.com/oeg-upm/OOPS. Each term with a pitfall counts once,
and so does each pitfall of an ontology as a whole. Prints what is found and not expected (+), what is expected and not
found (-), and precision and recall over all pitfalls that ssekg looks for.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding
from ssekg.base.namespaces import namespace_of
from ssekg.base.said import Named, Several
from ssekg.checks.ontology_quality.run import check_ontology

RESOURCES = Path("src/test/resources")
# Pitfalls of an ontology as a whole: OOPS! names no term.
WHOLE = {"P10", "P36", "P38", "P39", "P41"}
# Pitfalls that several terms have together.
TOGETHER = {"P06", "P22", "P32"}
Pitfalls = set[tuple[str, str]]


def expected(clone: Path, name: str) -> Pitfalls:
    """The pitfalls in the report that a test ontology comes with.

    One has none: of it, and of P32, whose reports name the terms in another way, the answers of the old service count.
    """
    new = clone / RESOURCES / "data" / "output" / f"{name}.ttl"
    old = (clone / RESOURCES / "output-tests-oops-linkeddata-es" / f"test{name}.owl").read_text("utf-8")
    answers = re.findall(r"<oops:Code>(P\d+)</oops:Code>(.*?)</oops:Pitfall>", old, re.DOTALL)
    found = {code: set(re.findall(r"AffectedElement>\s*(http[^<\s]+)\s*<", content)) for code, content in answers}
    if new.is_file():
        reported: dict[str, set[str]] = defaultdict(set)
        for block in new.read_text("utf-8").split("\n\n"):
            if code := re.search(r'hasCode\s+"(P\d+)', block):
                reported[code[1]] |= set(re.findall(r'"(http[^"]+)"\^\^', block))
        found = {**reported, **{code: terms for code, terms in found.items() if code == "P32"}}
    return {
        (code, term)
        for code, terms in found.items()
        if f"OOPS-{code}" in CODES
        for term in ({""} if code in WHOLE else terms)
    }


def computed(path: Path) -> Pitfalls:
    """The pitfalls that ssekg finds in an ontology."""
    found: Pitfalls = set()
    for finding in check_ontology(path).findings:
        if finding.code.startswith("OOPS-"):
            code = finding.code.removeprefix("OOPS-")
            found |= {(code, "")} if code in WHOLE else {(code, term) for term in terms(code, finding)}
    return found


def terms(code: str, finding: Finding) -> set[str]:
    """The terms that a finding is about."""
    focus = getattr(finding.focus, "value", "")
    every = finding.arguments.get("all")
    if code not in TOGETHER or not isinstance(every, Several):
        return {focus}
    names = [part.short for part in every.parts if isinstance(part, Named)]
    return {name if name.startswith("http") else namespace_of(focus) + name.rpartition(":")[2] for name in names}


def main(clone: Path) -> None:
    """Compare all test ontologies."""
    right = wrong = missed = 0
    inputs = sorted((clone / RESOURCES / "data" / "input").glob("*.owl"))
    for path in inputs:
        want, have = expected(clone, path.stem), computed(path)
        right, wrong, missed = right + len(want & have), wrong + len(have - want), missed + len(want - have)
        for sign, others in (("+", have - want), ("-", want - have)):
            for code, term in sorted(others):
                print(f"{path.stem}: {sign} {code} {term}")
    print(f"{len(inputs)} ontologies: {right} found, {wrong} not expected, {missed} not found")
    print(f"precision {right / (right + wrong):.3f}, recall {right / (right + missed):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
