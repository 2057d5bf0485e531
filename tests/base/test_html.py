"""Templates: a project's before the tool's, escaped by themselves, and clear about what is wrong with one."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from ssekg.base.errors import CannotRunError
from ssekg.base.html import Templates

HOSTILE = "</p><script>alert(1)</script>\"'&\u202eabc{{ 7 * 7 }}"
Write = Callable[..., Templates]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write templates of a project, and read them before the tool's."""

    def write_templates(**contents: str) -> Templates:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        for name, content in contents.items():
            (folder / name.replace("_", ".")).write_text(content, encoding="utf-8", newline="")
        return Templates("ssekg.reports", folder)

    return write_templates


def page(templates: Templates, name: str = "page.html", language: str = "en", words: str = "en") -> str:
    return templates.page(name, language, words, hostile=HOSTILE, texts={"fr": "Graphe", "wo": "Grafu"})


def problem(templates: Templates) -> tuple[str, str, str]:
    with pytest.raises(CannotRunError) as caught:
        page(templates)
    assert caught.value.code == "broken-template"
    for language in ("ar", "fr", "en"):
        assert str(caught.value.arguments["line"]) in caught.value.message(language)
    said = caught.value.message("en").partition(": ")[2]
    return str(caught.value.arguments["file"]), str(caught.value.arguments["line"]), said


MAIN = '{% extends "base.html" %}{% block title %}T{% endblock %}{% block main %}'


def test_what_a_page_is_given_stays_text(write: Write) -> None:
    templates = write(page_html=f'{MAIN}<p title="{{{{ hostile }}}}">{{{{ hostile }}}}</p>{{% endblock %}}')
    root = etree.fromstring(page(templates).encode(), etree.HTMLParser(encoding="utf-8"))
    (paragraph,) = root.iter("p")
    assert paragraph.text == paragraph.get("title") == HOSTILE
    assert root.xpath("//script") == []


def test_project_replaces_one_block_of_the_base_of_the_tool(write: Write) -> None:
    base = '{% extends "ssekg/base.html" %}{% block footer %}<footer>Council of {{ language }}</footer>{% endblock %}'
    made = page(write(page_html=MAIN + "<p>x</p>{% endblock %}", base_html=base))
    assert "<footer>Council of en</footer>" in made
    assert "<p>x</p>" in made
    assert made.startswith("<!DOCTYPE html>")


def test_project_replaces_the_style_and_the_policy_lets_it_through(write: Write) -> None:
    made = page(write(page_html=MAIN + "{% endblock %}", style_css="a{#b{color:red}\r\n}\r\n"))
    style = etree.fromstring(made.encode(), etree.HTMLParser(encoding="utf-8")).findtext(".//style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert style.endswith("}\na{#b{color:red}\n}\n")
    assert style.count("--ink:") == 1
    assert f"style-src 'sha256-{digest}'" in made


def test_words_of_another_language_are_marked(write: Write) -> None:
    templates = write(page_html=MAIN + '{{ say("report-title") }}|{{ texts | own }}{% endblock %}')
    title = '<span lang="fr" dir="ltr">Rapport de validation</span>'
    assert f"{title}|Grafu" in page(templates, language="wo", words="fr")
    assert "Rapport de validation|Graphe" in page(templates, language="fr-MA", words="fr")
    assert "Rapport de validation|Graphe" in page(templates, language="fr", words="fr")
    made = page(templates, language="ur", words="ar")
    assert '<html lang="ur" dir="rtl">' in made
    assert '<span lang="ar" dir="rtl">تقرير التحقق</span>|<span lang="fr" dir="ltr">Graphe</span>' in made


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("<p>\n{% if %}</p>", "2", "Expected an expression, got 'end of statement block'"),
        (MAIN + "\n\n{{ titel }}{% endblock %}", "3", "it asks for something that the page does not have ('titel' is"),
        (MAIN + "\n{{ texts.fr.nothing }}{% endblock %}", "2", "it asks for something that the page does not have"),
        (MAIN + "\n{{ 1 / 0 }}{% endblock %}", "2", "division by zero"),
        (
            MAIN + '\n{{ say("no-such-words") }}{% endblock %}',
            "2",
            "it asks for something that the page does not have ('no-such-words')",
        ),
        (
            MAIN + "{% endblock %}\n{% block mian %}x{% endblock %}",
            "2",
            "none of the templates that it extends has a block called",
        ),
        ('{% extends "base.html" %}{% block title %}{% endblock %}', "1", "it has no block called “main”, which is"),
        ('\n{% include "nothing.html" %}', "2", "there is no template called “nothing.html”"),
        ('\n{% extends "nothing.html" %}', "2", "there is no template called “nothing.html”"),
        ('\n{% extends "ssekg/nothing.html" %}', "2", "there is no template called “ssekg/nothing.html”"),
        ('\n{% extends "" %}', "2", "there is no template called “”"),
        ('\n{% include "../secret.html" %}', "2", "there is no template called “../secret.html”"),
        ('\n{% include "/etc/passwd" %}', "2", "there is no template called “/etc/passwd”"),
        ('\n{{ source("../secret.html") }}', "2", "there is no template called “../secret.html”"),
        ("\n{{ ''.__class__.__mro__ }}", "2", "access to attribute '__class__' of 'str' object is unsafe"),
        ("\n{{ say.__globals__ }}", "2", "access to attribute '__globals__' of 'function' object is unsafe"),
        ("\n{{ range(10000000) | list }}", "2", "Range too big"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "1", "it is nested too deeply."),
        ('\n{% include "page.html" %}', "2", "maximum recursion depth exceeded"),
        ('\n{% extends "page.html" %}', "2", "it extends itself. The template of the tool is called “ssekg/page.html”"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_with_its_place(
    write: Write, tmp_path: Path, template: str, line: str, said: str
) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    file, found, words = problem(write(page_html=template))
    assert (file, found) == ("templates/page.html", line)
    assert said in words


def test_block_that_the_base_does_not_have_is_refused(write: Write) -> None:
    base = "<html>{% block title %}{% endblock %}</html>"
    file, line, said = problem(write(page_html=MAIN + "x{% endblock %}", base_html=base))
    assert (file, line) == ("templates/page.html", "1")
    assert said == "none of the templates that it extends has a block called “main”."


def test_broken_template_is_blamed_where_it_is_and_not_where_it_is_used(write: Write) -> None:
    templates = write(page_html=MAIN + '{% include "part.html" %}{% endblock %}', part_html="\n\n\n{{ nothing }}")
    assert problem(templates)[:2] == ("templates/part.html", "4")


def test_template_that_is_not_utf8(write: Write, tmp_path: Path) -> None:
    templates = write()
    (tmp_path / "templates" / "page.html").write_bytes("a\nb\nété".encode("latin-1"))
    assert problem(templates) == ("templates/page.html", "3", "this is not UTF-8.")


def test_bug_in_the_tool_is_not_blamed_on_the_project(write: Write) -> None:
    with pytest.raises(Exception, match="undefined"):
        write().page("report.html", "en")


def test_link_must_not_lead_out_of_the_folder(write: Write, tmp_path: Path) -> None:
    templates = write(page_html='\n{% include "link.html" %}')
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (tmp_path / "templates" / "link.html").symlink_to(tmp_path / "secret.html")
    assert problem(templates) == ("templates/link.html", "1", "it is a link that leads out of the templates folder.")
    (tmp_path / "secret.html").rename(tmp_path / "templates" / "part.html")
    (tmp_path / "templates" / "link.html").unlink()
    (tmp_path / "templates" / "link.html").symlink_to("part.html")
    assert page(templates) == "\nsecret"
