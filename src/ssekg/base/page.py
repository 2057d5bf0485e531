"""A page of HTML that is one file: in a language and its direction, styled inside, loading nothing from anywhere."""

import base64
import hashlib
from html import escape
from importlib.resources import files

from ssekg.base.language import LANGUAGES, writing_direction
from ssekg.base.messages import text


def page(language: str, title: str, body: str, *, style: str = "", script: str = "", head: str = "") -> str:
    """The page as text.

    Its policy (CSP level 3) lets nothing be loaded, and no other style or script be run than those inside.

    Args:
        language: the language tag of the page.
        title: plain text for the title bar.
        body: what is in the body, as HTML.
        style: CSS that goes on from `page.css`, which all pages share.
        script: JavaScript to run at the end of the body; none if empty.
        head: further elements of the head, as HTML, each with its line end.
    """
    css = files(__package__).joinpath("page.css").read_text(encoding="utf-8") + style
    policy = f"default-src 'none'; img-src data:; style-src '{_hash(css)}'; "
    policy += f"script-src '{_hash(script)}'; " if script else ""
    policy += "base-uri 'none'; form-action 'none'"
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="{writing_direction(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
{head}<title>{escape(title)}</title>
<style>{css}</style>
</head>
<body>
{body}
{f"<script>{script}</script>{chr(10)}" if script else ""}</body>
</html>
"""


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def other_languages(name: str, language: str) -> str:
    """Links from the page `NAME.{language}.html` to the same in the other languages, each called by its own name."""
    links = " · ".join(
        f'<a href="{name}.{other}.html" hreflang="{other}" lang="{other}">{escape(text("language-own", other))}</a>'
        for other in LANGUAGES
        if other != language
    )
    return f'<nav aria-label="{escape(text("page-languages", language))}"><p>{links}</p></nav>'
