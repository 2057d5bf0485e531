"""The texts of the pages of a project's own: which page a file in its folder `pages/` is the text of."""

import re
from pathlib import Path
from typing import Final

from ssekg.base.record_iris import file_name
from ssekg.project.settings import Project

_NAME: Final = re.compile(r"(?P<name>.+)\.(?P<tag>[A-Za-z0-9-]+)\.md")


def page_of_text(project: Project, file: Path) -> tuple[str, str] | None:
    """The path of a page below the folder of its language, and the language: `pages/audit.html` and `fr`.

    None for a file that is not called `NAME.TAG.md` with the tag of a language of the project.
    """
    found = _NAME.fullmatch(file.relative_to(project.root).as_posix())
    tag = found["tag"].lower() if found else ""
    if found is None or tag not in project.languages:
        return None
    return f"{'/'.join(map(file_name, found['name'].split('/')))}.html", tag
