"""What the documentation says of the formats is so."""

import re

import yaml

from ssekg.reports.formats import EXTENSIONS, FORMATS
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")


def test_every_format_and_extension_is_told() -> None:
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|", TEXT, re.MULTILINE)
    told = {extension: form for form, extensions in rows for extension in re.findall(r"`(\.\w+)`", extensions)}
    assert told == EXTENSIONS
    assert {form for form, _ in rows} == set(FORMATS) == set(re.findall(r"^## (\w+)$", TEXT, re.MULTILINE))


def test_workflow_uploads_the_report_that_it_writes() -> None:
    workflow = yaml.safe_load((ROOT / "starter/.github/workflows/validate.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["validate"]
    written = next(step["run"].split("-o ")[1] for step in job["steps"] if "validate" in step.get("run", ""))
    upload = next(step for step in job["steps"] if "upload-sarif" in step.get("uses", ""))
    assert written.endswith(".sarif")
    assert upload["with"]["sarif_file"] == written
    assert workflow["permissions"]["security-events"] == "write"
