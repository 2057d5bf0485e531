"""A picture as PNG, by resvg."""

import re
from html import unescape
from typing import Final

from ssekg.base.errors import CannotRunError

# How many dots a pixel of the SVG becomes: the picture is 20 cm wide at 240 dots an inch.
_ZOOM: Final = 2
_TITLE: Final = re.compile(r"<title[^>]*>([^<]*)</title>")
_LETTER: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" font-family="DejaVu Sans, sans-serif">'
    '<text x="10" y="14" text-anchor="middle">{letter}</text></svg>'
)


def png(svg: str) -> bytes:
    """The PNG of a picture, with the fonts of this system.

    Raises:
        CannotRunError: the package that draws is not installed, or no font has the letters of the picture's title.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise CannotRunError("no-png") from None
    title = _TITLE.search(svg)
    letters = sorted({letter for letter in unescape(title[1]) if letter.isalpha()}) if title else []
    # Letters that no font has look alike: the last two of a title are in its own script if any are.
    pictures = {svg_to_bytes(svg_string=_LETTER.format(letter=letter)) for letter in letters[-2:]}
    if len(pictures) < len(letters[-2:]):
        raise CannotRunError("no-chart-font", letters=" ".join(letters[-2:]))
    return svg_to_bytes(svg_string=svg, zoom=_ZOOM)
