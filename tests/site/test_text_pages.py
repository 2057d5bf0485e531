"""Pages of a project's own: its texts as pages of the site, with links that lead where they lead in its folder."""

from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import etree
from selenium import webdriver

from ssekg.base.errors import CannotRunError
from ssekg.base.language import LANGUAGES
from ssekg.checks.run import check_project, report_of
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, read_project
from ssekg.publish.parts.text_pages import text_pages
from ssekg.site.about_page import about_pages
from ssekg.site.layout import Site
from ssekg.site.text_pages import text_pages as texts_of
from tests.browser import assert_pages_fit
from tests.graphs import BASE, graph_of
from tests.publish.contexts import context_of
from tests.publish.small import small

TEXT = f"""<div dir="rtl">

# How *we* count <b>boats</b>

Told by [the quay]({BASE}place/quay), [the list](boats.csv), [the rules](../shapes/a.ttl#x), [nothing](../secret.txt),
[the other page](notes.fr.md#où), [here](#when-we-count), [bad](javascript:alert(1)) and `code`.
Also <script>alert("x")</script> 5 < 6

## When we count

| day | boats |
| --- | ---: |
| Monday | 7 |

```
a < b
```

</div>
"""
GRAPH = '<place/quay> a sse:Place ; skos:prefLabel "Quay"@en ; dct:source <source/s> .'


def pages_of(folder: Path, texts: dict[str, str]) -> dict[str, bytes]:
    """The pages and files of a small project with such files in `pages/`."""
    project = small(folder).project
    for name, text in texts.items():
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    context = context_of(project, graph_of(GRAPH), folder / "release", files=[("shapes/a.ttl", b"")])
    return dict(text_pages(context))


def test_what_programs_leave_beside_the_texts_is_not_published(tmp_path: Path) -> None:
    left = ("notes.en.md~", "notes.en.md.bak", "#notes.en.md#", "~$boats.xlsx", ".notes.en.md.swp", "Thumbs.db")
    made = pages_of(tmp_path, {"notes.en.md": "# Notes", "boats.csv": "a", **dict.fromkeys(left, "x")})
    assert {path for path in made if path.startswith("pages/")} == {"pages/boats.csv"}


def test_headings_have_anchors_of_their_own_and_pictures_that_are_not_there_their_words(tmp_path: Path) -> None:
    text = "# Boats\n\n## Main\n\n## Day\n\n# Day\n\n## ...\n\n![a quay](gone.png)\n"
    page = pages_of(tmp_path, {"count.en.md": text})["en/pages/count.html"]
    (article,) = etree.fromstring(page, etree.HTMLParser(encoding="utf-8")).xpath("//main//article")
    assert article.xpath("h1/text()") == ["Boats", "Day"]
    assert article.xpath("*[self::h1 or self::h2]/@id") == ["main-1", "day", "day-1", "-"]
    assert article.xpath("p//text()") == ["a quay"]
    assert not article.xpath(".//img")


def test_a_text_is_a_page_in_each_language_and_its_links_lead_on(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, {"count.en.md": TEXT, "notes.fr.md": "Rien.", "boats.csv": "a\n"})
    assert set(pages) == {
        "pages/boats.csv",
        *(f"{tag}/pages/{n}.html" for tag in LANGUAGES for n in ("count", "notes")),
    }
    root = etree.fromstring(pages["en/pages/count.html"], etree.HTMLParser(encoding="utf-8"))
    (article,) = root.xpath("//main//article")
    assert article.get("lang") is None
    assert article.xpath("string(h1)") == "How we count boats"
    links = {each.xpath("string()"): each.get("href") for each in article.xpath(".//a")}
    assert links == {
        "the quay": "../place/quay.html",
        "the list": "../../pages/boats.csv",
        "the rules": "../../shapes/a.ttl#x",
        "the other page": "../../fr/pages/notes.html#o%C3%B9",
        "here": "#when-we-count",
    }
    assert article.xpath("h2/@id") == ["when-we-count"]
    assert article.xpath("div[@class='wide']/@aria-labelledby") == ["when-we-count"]
    assert article.xpath(".//td[@class='number']/text()") == ["7"]
    assert article.xpath(".//pre/code/text()") == ["a < b\n"]
    assert "5 < 6" in article.xpath("string()")
    assert not article.xpath(".//script | .//b | .//@style | .//div[@dir]")


def test_a_text_that_is_in_one_language_only_is_marked_on_pages_in_others(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, {"count.en.md": TEXT})
    root = etree.fromstring(pages["ar/pages/count.html"], etree.HTMLParser(encoding="utf-8"))
    assert root.get("dir") == "rtl"
    (article,) = root.xpath("//main//article")
    assert (article.get("lang"), article.get("dir")) == ("en", "ltr")


def test_the_page_about_the_site_leads_to_them(tmp_path: Path) -> None:
    pages_of(tmp_path, {"count.en.md": TEXT})
    context = context_of(read_project(tmp_path), graph_of(GRAPH), tmp_path / "again")
    about = about_pages(context.site, context.text_pages)["en/about.html"].decode()
    assert '<a href="pages/count.html">How we count boats</a>' in about


def test_a_text_without_a_language_is_not_read_and_one_in_another_encoding_is_refused(tmp_path: Path) -> None:
    assert set(pages_of(tmp_path, {"count.md": TEXT, "count.sw.md": TEXT})) == {"pages/count.md", "pages/count.sw.md"}
    found = report_of(check_project(read_project(tmp_path))).findings
    assert [each.place.file for each in found if each.code == "file-unread" and each.place] == [
        "pages/count.md",
        "pages/count.sw.md",
    ]
    (tmp_path / "pages" / "other.en.md").write_bytes(b"# caf\xe9")
    with pytest.raises(CannotRunError) as refused:
        texts_of(read_project(tmp_path))
    assert "pages/other.en.md" in refused.value.message("en")


def test_the_pages_of_this_project_fit_and_their_links_lead_to_something(
    browser: webdriver.Chrome, project: Project, whole: Graph, public: Public, tmp_path: Path
) -> None:
    context = context_of(project, whole, tmp_path)
    vars(context)["public"] = public
    pages = dict(text_pages(context)) | dict(Site(project).assets())
    context.folder.add(pages.items())
    records = {
        page.partition("#")[0] for iri in context.addresses.with_page if (page := context.addresses.page_of(iri))
    }
    shown = [path for path in pages if path.endswith(".html")]
    for path in shown:
        root = etree.fromstring(pages[path], etree.HTMLParser(encoding="utf-8"))
        links = root.xpath("//article//a/@href")
        assert len(links) > 10
        for link in links:
            target = unquote(urljoin(f"/{path}", link).partition("#")[0]).lstrip("/")
            assert target in pages or target.partition("/")[2] in records, (path, link)
    assert_pages_fit(browser, [tmp_path / path for path in shown])
