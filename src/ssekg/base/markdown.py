"""Markdown: texts that stay as they are, and pages that run in the direction of their language."""

import re
from typing import Final

from ssekg.base.language import is_right_to_left

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|])")


def escaped(words: str) -> str:
    """Words in which nothing is taken for markup."""
    return _MARKUP.sub(r"\\\1", words)


def right_to_left(markdown: str, language: str) -> str:
    """Markdown that is shown in the direction of its language."""
    return f'<div dir="rtl">\n\n{markdown}\n</div>\n' if is_right_to_left(language) else markdown
