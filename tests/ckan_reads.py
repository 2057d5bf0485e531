"""What CKAN itself makes of catalogues: run in an environment with ckan and ckanext-dcat, which ssekg never depends on.

    python ckan_reads.py FILE…

Prints a JSON object: by file and locale the packages that the RDF parser of ckanext-dcat gives, each with the name that
the harvester would choose, and the tags that CKAN's validators refuse.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from ckan.common import config
from ckan.lib.munge import munge_title_to_name
from ckan.logic.validators import tag_length_validator, tag_name_validator
from ckan.plugins.toolkit import Invalid
from ckanext.dcat.processors import RDFParser


def packages(path: Path, locale: str) -> list[dict[str, Any]]:
    """The packages as the harvester's gather stage has them before they are stored."""
    config["ckan.locale_default"] = locale
    parser = RDFParser()
    parser.parse(path.read_text(encoding="utf-8"), _format=path.suffix.removeprefix("."))
    assert parser.next_page() is None
    found: list[dict[str, Any]] = []
    for package in parser.datasets():
        name = re.sub("-+", "-", munge_title_to_name(package["title"]))
        taken = [other["name"] for other in found]
        if name in taken:
            name = f"{name}-{len([other for other in taken if other.startswith(name + '-')]) + 1}"
        refused = [tag["name"] for tag in package["tags"] if not is_taken(tag["name"])]
        found.append(package | {"name": name, "refused_tags": refused})
    return found


def is_taken(tag: str) -> bool:
    """Whether CKAN takes a tag."""
    try:
        tag_length_validator(tag, {})
        tag_name_validator(tag, {})
    except Invalid:
        return False
    return True


if __name__ == "__main__":
    answers = {name: {locale: packages(Path(name), locale) for locale in ("fr", "ar", "en")} for name in sys.argv[1:]}
    json.dump(answers, sys.stdout)
