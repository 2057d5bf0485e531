"""Pages of a project's own: texts in Markdown, in its folder `pages/`, which a site shows beside its other pages.

`pages/audit.fr.md` is `pages/audit.html` in French. Other files in the folder, such as pictures and tables, are
published as they are. A link means on a page what it means in the folder of the project.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file
from ssekg.base.record_iris import PAGES_FOLDER
from ssekg.base.said import Said
from ssekg.project.page_texts import page_of_text
from ssekg.project.settings import Project

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[#/]")
_NO_LETTER: Final = re.compile(r"[^\w\- ]")
# What the skip link of every page leads to.
_MAIN: Final = "main"
_TABLE: Final = '<div class="wide" role="region" aria-labelledby="{}" tabindex="0"><table>\n'
Target = Callable[[str], str | None]
"""What a link leads to on a page, by what it leads to in the folder; None where nothing is there."""


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of a project's own: its path below the folder of a language, and its Markdown by language."""

    path: str
    texts: Mapping[str, str]

    @property
    def titles(self) -> Mapping[str, str]:
        """The first heading in each language, which is the title of the page; without one, its name."""
        return {tag: _title(_parsed(text)) or Path(self.path).stem for tag, text in self.texts.items()}

    def body(self, language: str, target: Target) -> Markup:
        """The text below the title; HTML in it is left out."""
        tokens = list(_without_title(_parsed(self.texts[language])))
        _prepare(tokens, target)
        return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704 - it has escaped the texts


def text_pages(project: Project) -> Sequence[TextPage]:
    """The pages of a project's own, in order.

    Raises:
        CannotRunError: a file can't be read, or is not UTF-8.
    """
    found: dict[str, dict[str, str]] = {}
    for file in project.files_in(PAGES_FOLDER):
        page = page_of_text(project, file)
        if page is not None:
            found.setdefault(page[0], {})[page[1]] = _text(file, project.shown(file))
    return [TextPage(path, texts) for path, texts in sorted(found.items())]


def link_target(project: Project, file: str, href: str) -> str:
    """What a link in a text in `pages/` leads to: an address, or a path in the site or in the folder of the project."""
    if _ELSEWHERE.match(href):
        return href
    address, mark, fragment = href.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(address)))
    page = page_of_text(project, project.root / path)
    return quote(f"{page[1]}/{page[0]}" if page else path) + mark + fragment


def _text(file: Path, shown: str) -> str:
    try:
        return read_file(file, shown).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRunError("unreadable-file", file=shown, problem=Said("syntax-says-encoding")) from None


def _parsed(text: str) -> list[Token]:
    return _MARKDOWN.parse(text)


def _title(tokens: Sequence[Token]) -> str:
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and before.tag == "h1":
            return _words(token)
    return ""


def _without_title(tokens: Sequence[Token]) -> Iterator[Token]:
    title = next((at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"), None)
    of_title = range(0) if title is None else range(title, title + 3)  # it begins, its text, it ends
    yield from (token for at, token in enumerate(tokens) if at not in of_title and token.type != "html_block")


def _prepare(tokens: Sequence[Token], target: Target) -> None:
    """Give headings anchors as GitHub does, tables a name, and links what they lead to."""
    anchor, taken = _MAIN, Counter([_MAIN])
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            name = _NO_LETTER.sub("", _words(tokens[index + 1]).lower()).replace(" ", "-") or "-"
            anchor = f"{name}-{taken[name]}" if taken[name] else name
            taken[name] += 1
            token.attrSet("id", anchor)
        elif token.type == "table_open":
            token.meta["name"] = anchor
        elif token.type in ("th_open", "td_open"):
            _align(token)
        elif token.type == "inline":
            _lead(token.children or (), target)


def _align(cell: Token) -> None:
    """A class instead of a style: pages have no styles in them."""
    if "right" in str(cell.attrs.pop("style", "")):
        cell.attrSet("class", "number")
    if cell.type == "th_open":
        cell.attrSet("scope", "col")


def _lead(inline: Sequence[Token], target: Target) -> None:
    is_open = True
    for token in inline:
        if token.type == "link_open":
            href = target(str(token.attrGet("href")))
            is_open = href is not None
            token.hidden = not is_open
            token.attrSet("href", href or "")
        elif token.type == "link_close":
            token.hidden = not is_open
        elif token.type == "image":
            source = target(str(token.attrGet("src")))
            token.attrSet("src", source or "")
            if not source:  # what it shows is said all the same
                token.type = "text"
        elif token.type == "code_inline":
            token.attrSet("dir", "ltr")
        elif token.type == "html_inline":
            token.type, token.content = "text", ""


def _words(inline: Token) -> str:
    return "".join(token.content for token in inline.children or () if token.type in ("text", "code_inline"))


def _table(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return _TABLE.format(tokens[index].meta["name"])


def _table_end(_renderer: object, _tokens: Sequence[Token], _index: int, _options: object, _env: object) -> str:
    return "</table></div>\n"


def _code(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return str(Markup('<pre dir="ltr" tabindex="0"><code>{}</code></pre>\n').format(tokens[index].content))


_MARKDOWN: Final = MarkdownIt("commonmark").enable("table")
for _type, _rule in (("table_open", _table), ("table_close", _table_end), ("fence", _code), ("code_block", _code)):
    _MARKDOWN.add_render_rule(_type, _rule)
