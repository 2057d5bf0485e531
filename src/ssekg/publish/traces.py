"""What would give withheld things away, and the search for it in a text.

An IRI is found whole, relative to the instance base, as a prefixed name, and percent-encoded; a name of two words or
more whatever its case and diacritics. Both are found behind the escapes of Turtle, JSON, XML and HTML.
"""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

from ssekg.base.language import fold

# A text may be escaped for JSON, and then once more for HTML.
_ROUNDS: Final = 3
_LONGEST: Final = 500
# Pieces, up to some 100 MB: pages repeat what was said thousands of pages before.
_REMEMBERED: Final = 1 << 19
_ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TOKEN: Final = re.compile(r"[^\s\"<>{}|\\^`]*")
_TOKEN_BEFORE: Final = re.compile(r"[^\s\"<>{}|\\^`]*\Z")
_BOUNDARY: Final = re.compile(r"[^\w-]|\Z")
# Stands between lines and between words that no name has in between, and is a word of its own.
_BREAK: Final = "\0"


class Traces:
    """What would give withheld things away: their IRIs, and their names."""

    def __init__(
        self, iris: Iterable[str], names: Mapping[str, str], own: Collection[str], prefixes: Mapping[str, str]
    ) -> None:
        """Prepare the search.

        Args:
            iris: the IRIs that no public file may have.
            names: the names that none may have, each with the IRI of what is called so. Those of one word are left out,
                and of a name with quotation marks, the part between them.
            own: the instance base, and the other addresses that end with / and have the records under them.
            prefixes: the namespaces that files may have prefixes for.
        """
        self._base, *_ = self._own = tuple(own)
        self._local: dict[str, dict[str, str]] = defaultdict(dict)
        by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        for iri in iris:
            self._add(iri, by_namespace)
        self._start = re.compile("|".join(map(self._pattern, sorted(self._local, key=len, reverse=True))) or r"(?!)")
        self._names: dict[tuple[str, str], dict[tuple[str, ...], str]] = defaultdict(dict)
        for name, iri in names.items():
            for part in re.split('[<>"]', _plain(name)):
                words = tuple(_words([" ".join(part.split())]))
                if len(words) > 1:
                    self._names[words[0], words[1]][words] = iri
        self._seen: set[str] = set()

    def found_in(self, text: str) -> str | None:
        """The IRI of a withheld thing that a text gives away, None if it gives none away.

        The dumps say the same thing many times: a piece that was searched not long before is not searched again.
        """
        pieces = set(text.replace("<", '"').replace(">", '"').replace("\n", '"').split('"')) - self._seen
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        self._seen |= pieces
        readings = [reading for piece in pieces for reading in _readings(piece)]
        return self._iri_in("\n".join(readings)) or self._name_in(readings)

    def _add(self, iri: str, by_namespace: Mapping[str, str]) -> None:
        plain = _plain(iri)
        relative = plain.removeprefix(self._base)
        if relative != plain:
            kind, _, slug = relative.partition("/")
            starts, local = [f"{kind}/", f"{kind}:"], slug
        else:
            namespace = re.sub(r"[^#/:]*[#/]?\Z", "", plain)
            local = plain.removeprefix(namespace).rstrip("#/")
            starts = [namespace, *(f"{prefix}:" for prefix in [by_namespace.get(namespace)] if prefix)]
        for start in starts:
            self._local[start][local] = iri

    def _pattern(self, start: str) -> str:
        return rf"(?<![\w-]){re.escape(start)}"

    def _iri_in(self, text: str) -> str | None:
        for match in self._start.finditer(text):
            local = self._local[match[0]]
            rest = _TOKEN.match(text, match.end(), match.end() + _LONGEST)
            run = rest[0] if rest else ""
            for boundary in _BOUNDARY.finditer(run):
                iri = local.get(run[: boundary.start()])
                if iri and self._is_ours(text, match.start()):
                    return iri
        return None

    def _is_ours(self, text: str, start: int) -> bool:
        """Whether what starts here is not a path on somebody else's site."""
        before = _TOKEN_BEFORE.search(text, max(0, start - _LONGEST), start)
        head = before[0] if before else ""
        return "://" not in head or head.endswith(self._own) or head.startswith(self._own)

    def _name_in(self, lines: Iterable[str]) -> str | None:
        if not self._names:
            return None
        words = _words(lines)
        if self._names.keys().isdisjoint(pairwise(words)):
            return None
        for at, pair in enumerate(pairwise(words)):
            for name, iri in self._names.get(pair, {}).items():
                if tuple(words[at : at + len(name)]) == name:
                    return iri
        return None


def _plain(text: str) -> str:
    """A text without any escapes."""
    return _readings(text)[-1]


def _readings(text: str) -> list[str]:
    """A text as it is, and as it reads without escapes: of Turtle and JSON, of XML and HTML, of addresses."""
    readings = [text]
    for _ in range(_ROUNDS):
        if "\\" in text:
            text = _ESCAPED.sub(_unescaped, text)
            text = _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
        if "&" in text:
            text = html.unescape(text)
        if "%" in text:
            text = unquote(text)
        if text == readings[-1]:
            break
        readings.append(text)
    return readings


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else ""
    return " " if match[3] in "nrtbf" else match[3] if match[3] in "\\/'" else match[0]


class _Separators(dict[int, str | None]):
    """What is left of each character of a folded text: letters and digits, else a space, else a break."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        left: str | None = character
        if unicodedata.category(character) == "Cf":
            left = None
        elif character.isspace() or character in "-_'.":
            left = " "
        elif not character.isalnum():
            left = f" {_BREAK} "
        self[code] = left
        return left


_SEPARATORS: Final = _Separators()


def _words(lines: Iterable[str]) -> list[str]:
    """The folded words of some lines, with a break between lines, and where a name does not go on."""
    return fold(_BREAK.join(lines)).translate(_SEPARATORS).split()
