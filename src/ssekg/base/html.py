"""Pages of HTML by Jinja2: escaped by default, each one file in a language and its direction that loads nothing.

A template is looked for among the project's own first, then among the tool's; `ssekg/NAME` is always the tool's, so
that a project's `base.html` can extend it.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, nodes, pass_context
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from ssekg.base.files import read_file, real
from ssekg.base.language import (
    FIRST_STRONG_ISOLATE,
    POP_DIRECTIONAL_ISOLATE,
    autonym,
    pick,
    ranges,
    readable_address,
    writing_direction,
)
from ssekg.base.messages import has_words, hint, text, worded_in
from ssekg.base.numbers import grouped
from ssekg.base.said import Said
from ssekg.base.template_blocks import Layer, require_blocks
from ssekg.base.template_errors import broken, in_templates

_OWN_MODULES: Final = __name__.partition(".")[0] + "."
_LONGEST_TITLE: Final = 69
_BEFORE_MARKS: Final = re.compile(r" (?=[?!:;»])|(?<=«) ")
OWN: Final = "ssekg/"
"""What the name of a template begins with that is the tool's, whatever the project has."""


class Templates:
    """The templates of a part of the tool, and of a project before them.

    Those of a project can't change what they are given, nor read another file than a template.
    """

    def __init__(self, package: str, folder: Path | None = None) -> None:
        """Templates in `templates/` of a package, for all pages in that of ssekg.base, and before both in `folder`."""
        own = tuple(files(name).joinpath("templates") for name in (package, "ssekg.base"))
        folder = folder if folder is not None and folder.is_dir() else None
        self._loader = _Loader(own, folder)
        self._required: set[str] = set()
        kind = Environment if folder is None else _Sandbox  # which takes time for each value
        self._environment = kind(
            loader=self._loader,
            autoescape=lambda name: name is None or name.endswith((".html", ".svg")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._shared: dict[tuple[object, ...], Markup] = {}
        self._environment.globals |= {"say": _say, "advise": _advise, "source": self.source, "shared": self._share}
        self._environment.filters |= {
            "autonym": autonym,
            "bdi": _bdi,
            "digest": _digest,
            "direction": writing_direction,
            "grouped": _grouped,
            "in_script": _in_script,
            "lines": _lines,
            "own": _own,
            "pick": pick,
            "readable": readable_address,
            "title_of_page": _title_of_page,
        }

    def page(self, name: str, language: str, words: str | None = None, /, **values: object) -> str:
        """A page in a language; `words` is the language of the tool's own words, if it has none in that language.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        return self.render(name, language=language, words=words or language, **values)

    def render(self, name: str, /, **values: object) -> str:
        """What a template makes of some values.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        with in_templates(self._loader.folder):
            if self._loader.folder is not None and name not in self._required:
                require_blocks(self._layers(name))
                self._required.add(name)
            return self._environment.get_template(name).render(values)

    def source(self, name: str) -> Markup:
        """The text of a style or script, as it is."""
        return Markup(self._loader.get_source(self._environment, name)[0])  # noqa: S704 - it is ours or the project's

    @pass_context
    def _share(self, context: Context, name: str, *shared: object) -> Markup:
        """What a template makes of the values of a page; it is made once for all pages that share some of them."""
        key = (name, *shared)
        if key not in self._shared:
            made = self._environment.get_template(name).render(context.get_all())
            self._shared[key] = Markup(made)  # noqa: S704 - the template has escaped it
        return self._shared[key]

    def _layers(self, name: str) -> list[Layer]:
        """A template and those that it extends, up to the one that extends none or decides when it is rendered.

        Raises:
            CannotRunError: one extends itself.
        """
        layers: dict[str, Layer] = {}
        while True:
            content, file, _ = self._loader.get_source(self._environment, name)
            try:
                tree = self._environment.parse(content, name, file)
            except RecursionError:
                raise broken(file, 1, Said("syntax-says-deep")) from None
            layers[name] = layer = Layer(file, self._loader.is_of_project(name), tree)
            if layer.extends is None or not isinstance(layer.extends.template, nodes.Const):
                return list(layers.values())
            name = str(layer.extends.template.value)
            if not self._loader.has(name):
                raise broken(file, layer.extends.lineno, Said("template-not-found", {"name": name}))
            if name in layers:
                raise broken(file, layer.extends.lineno, Said("template-extends-itself", {"name": OWN + name}))


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that does not look long at the values that pages are made of, which can't be changed."""

    def getattr(self, obj: object, attribute: str) -> object:
        """An attribute of something, as far as a template may have it."""
        if _is_own(type(obj).__module__) and not attribute.startswith("_") and hasattr(obj, attribute):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@cache
def _is_own(module: str) -> bool:
    return module.startswith(_OWN_MODULES)


class _Loader(BaseLoader):
    """Finds templates in the project's folder, which need not be there, and in the tool's."""

    def __init__(self, own: tuple[Traversable, ...], folder: Path | None) -> None:
        self.own = own
        self.folder = folder

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, None]:
        """The text of a template and the file that errors name.

        Raises:
            TemplateNotFound: there is none.
            CannotRunError: it can't be read.
        """
        content = self._content(template)
        if content is None:
            raise TemplateNotFound(template)
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n"), self.shown(template), None
        except UnicodeDecodeError as problem:
            line = content[: problem.start].count(b"\n") + 1
            raise broken(self.shown(template), line, Said("syntax-says-encoding")) from None

    def is_of_project(self, template: str) -> bool:
        """Whether the project has this template."""
        return self._file_of_project(template) is not None

    def shown(self, template: str) -> str:
        """The file of a template, as people should read it."""
        return f"{self.folder.name}/{template}" if self.folder and self.is_of_project(template) else template

    def _file_of_project(self, template: str) -> Path | None:
        if self.folder is None or template.startswith(OWN):
            return None
        path = self.folder.joinpath(*split_template_path(template))
        return path if os.path.lexists(path) else None

    def has(self, template: str) -> bool:
        """Whether there is a template called so."""
        return bool(template) and self._content(template) is not None

    def _content(self, template: str) -> bytes | None:
        path = self._file_of_project(template)
        if path is not None:
            if self.folder is not None and not real(path).is_relative_to(real(self.folder)):
                raise broken(self.shown(template), 1, Said("template-outside"))
            return read_file(path, self.shown(template))
        parts = split_template_path(template.removeprefix(OWN))
        found = (folder.joinpath(*parts) for folder in self.own)
        return next((file.read_bytes() for file in found if file.is_file()), None)


def words_language(language: str, default: str) -> str:
    """The language of the tool's own words on a page in `language`: that one if there are any, else the default."""
    return next(filter(has_words, ranges(language)), default)


@pass_context
def _say(context: Context, code: str, **arguments: str) -> Markup:
    """The message of a code in the page's words, marked with their language if the page is in another."""
    language, words = context["language"], context["words"]
    if not arguments:
        return _said(code, language, words)
    tag = worded_in(code, words)
    return _marked(text(code, tag, arguments), tag, language)


# Every page has the same words in its header and footer.
@lru_cache(maxsize=1 << 12)
def _said(code: str, language: str, words: str) -> Markup:
    tag = worded_in(code, words)
    return _marked(text(code, tag), tag, language)


@pass_context
def _advise(context: Context, code: str, **arguments: str) -> Markup:
    """The hint of a code, as `say`."""
    tag = worded_in(code, context["words"])
    return _marked(hint(code, tag, arguments) or "", tag, context["language"])


def _marked(words: str, tag: str, language: str) -> Markup:
    return _lines(words) if tag in ranges(language) else _in_language(_lines(words), tag)


@pass_context
def _own(context: Context, texts: Mapping[str, str]) -> Markup:
    """The text of a mapping by language that suits the page best, marked with its language if that is another."""
    chosen = pick(texts, context["language"]) or ""
    tags = [tag for tag, each in texts.items() if each == chosen]  # a name may be the same in several
    chosen = _spaced(chosen, tags)
    if not set(tags).isdisjoint(ranges(context["language"])):
        return escape(chosen)
    return _in_language(escape(chosen), tags[0]) if tags and tags[0] else _bdi(chosen)


def _spaced(words: str, tags: Iterable[str]) -> str:
    """French without a mark of punctuation alone on a line: the spaces before `?` and within `« »` do not break."""
    if not any(tag.partition("-")[0] == "fr" for tag in tags):
        return words
    return _BEFORE_MARKS.sub("\N{NO-BREAK SPACE}", words)


@pass_context
def _grouped(context: Context, number: int) -> str:
    """A number as people write it who read the page, in the country of the project if the page is of one."""
    country = context["project"].country if "project" in context else ""
    return grouped(Decimal(number), context["language"], country)


def _in_language(content: Markup, tag: str) -> Markup:
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, writing_direction(tag), content)


def _bdi(content: object, direction: str = "") -> Markup:
    """Text isolated from the direction around it: its own is that of its first strong character, or the given one."""
    start = f'<bdi dir="{escape(direction)}">' if direction else "<bdi>"
    return Markup(f"{start}{escape(content)}</bdi>")  # noqa: S704 - it is escaped


def _lines(content: str) -> Markup:
    """A message: its isolates become elements, its lines stay lines."""
    marked = str(escape(content))
    if marked.count(FIRST_STRONG_ISOLATE) == marked.count(POP_DIRECTIONAL_ISOLATE):
        marked = marked.replace(FIRST_STRONG_ISOLATE, "<bdi>").replace(POP_DIRECTIONAL_ISOLATE, "</bdi>")
    return Markup(marked.replace("\n", "<br>"))  # noqa: S704 - it is escaped


def _title_of_page(content: str) -> str:
    """The words of a title, so many that search engines and tabs show them."""
    words = " ".join(Markup(content).striptags().split())  # noqa: S704 - what is left of it is a text again
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1].rstrip() + "…"


def _in_script(document: str) -> Markup:
    """The text of a JSON document, which can't end its element: in JSON `<` is only within texts."""
    return Markup(document.replace("<", "\\u003c"))  # noqa: S704 - scripts are not escaped


def _digest(content: str) -> str:
    """What a policy (CSP level 3) calls an inline style or script that it lets run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
