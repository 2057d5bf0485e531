"""The report as SARIF 2.1.0 (OASIS, with errata 01), for code scanning: rules, results, regions, three languages."""

import hashlib
import json
import re
from collections import Counter
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final
from urllib.parse import quote

from ssekg import __version__
from ssekg.base.codes import known_code
from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import sentences, title, why
from ssekg.base.said import identity
from ssekg.reports.wording import general_hint, hint_for, message, notation, origin

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
INFORMATION: Final = "https://w3id.org/ssekg"
# The folder that relative names start from; GitHub takes it for the root of the repository.
ROOT: Final = "%SRCROOT%"
LEVELS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_NAMES: Final = {"ar": "ssekg بالعربية", "fr": "ssekg en français", "en": "ssekg in English"}
_BLANK: Final = re.compile(r"_:[^\s>/|)]+")


def sarif_report(report: Report, shown: tuple[Finding, ...], language: str) -> str:
    """One run with the findings that are to be shown; the counts in its properties count all."""
    codes = sorted({finding.code for finding in shown})
    index = {code: number for number, code in enumerate(codes)}
    severities: dict[str, Severity] = {}
    for finding in shown:
        known = severities.setdefault(finding.code, finding.severity)
        if finding.severity.rank < known.rank:
            severities[finding.code] = finding.severity
    fingerprints = _Fingerprints()
    driver = {
        "name": "ssekg",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": INFORMATION,
        "language": language,
        "minimumRequiredLocalizedDataSemanticVersion": __version__,
        "rules": [
            _rule(code, language) | {"defaultConfiguration": {"level": LEVELS[severities[code]]}} for code in codes
        ],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "translations": [_translation(codes, other) for other in LANGUAGES if other != language],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "ssekg.toml"}}},
        "invocations": [{"executionSuccessful": True}],
        "properties": {
            "counts": {severity.value: report.count(severity) for severity in Severity},
            "files": report.files,
            "triples": report.triples,
        },
    }
    results = (_result(finding, index[finding.code], fingerprints.of(finding), language) for finding in shown)
    # One result per line: readable, and fit for tools that compare lines; json writes with indents ten times slower.
    lines = ",\n".join(_json(result) for result in results)
    head = _json({"$schema": SCHEMA, "version": "2.1.0"}).removesuffix("}")
    return f'{head}, "runs": [\n{_json(run).removesuffix("}")}, "results": [\n{lines}\n]}}]}}\n'


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)


def _rule(code: str, language: str) -> dict[str, Any]:
    known = known_code(code).name
    return {
        "id": code,
        "shortDescription": {"text": title(known, language)},
        "fullDescription": {"text": why(known, language)},
        "help": {"text": general_hint(known, language)},
    }


def _translation(codes: list[str], language: str) -> dict[str, Any]:
    """The texts of the rules in another language (SARIF 3.19.4)."""
    return {
        "name": _NAMES[language],
        "language": language,
        "contents": ["localizedData"],
        "semanticVersion": __version__,
        "localizedDataSemanticVersion": __version__,
        "associatedComponent": {"name": "ssekg"},
        "translationMetadata": {"name": _NAMES[language]},
        "isComprehensive": False,
        "rules": [_rule(code, language) for code in codes],
    }


def _result(finding: Finding, index: int, fingerprint: str, language: str) -> dict[str, Any]:
    advice = hint_for(finding, language)
    content = "\n".join(filter(None, (message(finding, language), origin(finding, language))))
    properties = {name: term for name, term in notation(finding).items() if term is not None}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{content}\n{advice}" if advice else content},
        "locations": [_location(finding.place) if finding.place else _nowhere(finding)],
        "partialFingerprints": {"ssekgFinding/v1": fingerprint},
    }
    if finding.others:
        result["relatedLocations"] = [_location(place) for place in finding.others]
    if properties:
        result["properties"] = properties
    return result


def _nowhere(finding: Finding) -> dict[str, Any]:
    """A thing that is in no file is named as a logical location."""
    return {"logicalLocations": [{"fullyQualifiedName": str(finding.focus or finding.code)}]}


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
    region = _region(place)
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.cell:
        location["logicalLocations"] = [{"fullyQualifiedName": place.cell, "kind": "member"}]
    return location


def _artifact(file: str) -> dict[str, str]:
    """The address of a file: relative to the project where the name is relative."""
    if PurePosixPath(file).is_absolute():
        return {"uri": "file://" + quote(file, errors="replace")}
    if PureWindowsPath(file).is_absolute():
        return {"uri": "file:///" + quote(PureWindowsPath(file).as_posix(), safe="/:", errors="replace")}
    return {"uri": quote(file.replace("\\", "/"), errors="replace"), "uriBaseId": ROOT}


def _region(place: Place) -> dict[str, int]:
    numbers = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {key: number for key, number in numbers.items() if number is not None} if place.line is not None else {}


class _Fingerprints:
    """Names findings so that they are known again when lines move; alike ones in a file are counted."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """A hash of the code, the file and the terms, then which of several such findings it is."""
        # A focus node names it with the other terms; else the arguments do, without those that may change without it.
        code = known_code(finding.code)
        passing = sentences(code.name).union(code.passing)
        words = [
            f"{name}={identity(argument)}"
            for name, argument in sorted(finding.arguments.items())
            if name not in passing
        ]
        terms = [term or "" for term in notation(finding).values()]
        file = finding.place.file if finding.place else ""
        # Labels of blank nodes differ from run to run.
        parts = [_BLANK.sub("_:", part) for part in (*terms, *([] if finding.focus else words))]
        content = "\0".join([finding.code, file, *parts]).encode("utf-8", "replace")
        name = hashlib.sha256(content).hexdigest()[:32]
        self.seen[name] += 1
        return f"{name}:{self.seen[name]}"
