"""The report as JUnit XML, for build servers without SARIF: one test suite per file, one test case per finding.

There is no standard; what is written here is valid against the schema of Jenkins' xUnit plugin (junit-10.xsd), which
most servers follow. Violations are failures; warnings and infos pass, with what they say as output.
"""

import re
from collections import defaultdict
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ssekg.base.findings import Finding, Report, Severity
from ssekg.reports.wording import hint_for, position, severity_name, summary, whole_message

# What XML 1.0 can't hold (production 2, Char).
_NO_CHARACTER: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(report: Report, shown: tuple[Finding, ...], language: str) -> str:
    """The findings that are to be shown by file; without findings one testcase that passes."""
    files: dict[str, list[Finding]] = defaultdict(list)
    for finding in shown:
        files[finding.place.file if finding.place else "ssekg"].append(finding)
    total = sum(finding.severity is Severity.VIOLATION for finding in shown)
    suites = [_suite(file, found, language) for file, found in files.items()]
    tests = len(shown) or 1
    if not shown:
        suites = [_passed(summary(report, language))]
    head = f'<testsuites name="ssekg" tests="{tests}" failures="{total}" errors="0">\n'
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + head + "".join(suites) + "</testsuites>\n"


def _passed(output: str) -> str:
    """A testsuite for a report without findings: some servers take a report without tests for a failure."""
    case = f'<testcase classname="ssekg" name="validate"><system-out>{_element(output)}</system-out></testcase>'
    return f'  <testsuite name="ssekg" tests="1" failures="0" errors="0">\n    {case}\n  </testsuite>\n'


def _suite(file: str, found: list[Finding], language: str) -> str:
    failures = sum(finding.severity is Severity.VIOLATION for finding in found)
    attributes = f'name={_attribute(file)} tests="{len(found)}" failures="{failures}" errors="0"'
    cases = "".join(_case(file, finding, language) for finding in found)
    return f"  <testsuite {attributes}>\n{cases}  </testsuite>\n"


def _case(file: str, finding: Finding, language: str) -> str:
    where = position(finding.place) if finding.place else str(finding.focus or "")
    content = whole_message(finding, language)
    name = f"{where} [{finding.code}]" if where else f"[{finding.code}]"
    advice = hint_for(finding, language)
    severity = severity_name(finding.severity, language)
    whole = f"{file}{':' + where if finding.place and where else ''}: {severity} [{finding.code}]\n{content}"
    body = _element(whole + (f"\n{advice}" if advice else ""))
    if finding.severity is Severity.VIOLATION:
        inner = f"<failure type={_attribute(finding.code)} message={_attribute(content)}>{body}</failure>"
    else:
        inner = f"<system-out>{body}</system-out>"
    return f"    <testcase classname={_attribute(file)} name={_attribute(name)}>{inner}</testcase>\n"


def _attribute(content: str) -> str:
    return quoteattr(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", content))


def _element(content: str) -> str:
    return escape(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", content), {"\r": "&#13;"})
