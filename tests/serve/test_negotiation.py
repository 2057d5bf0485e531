"""What clients say they want, read as RFC 9110 and RFC 4647 say."""

import pytest

from ssekg.serve.negotiation import best_form, best_language, codings, wishes
from ssekg.serve.permanent_iris import MEDIA_TYPES
from tests.serve.server import BROWSER


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("text/*", "html"),
        ("application/*;q=0.9, text/turtle;q=0.8", "html"),
        ("text/turtle;q=0.8, application/rdf+xml", "rdf"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.95", "ttl"),
        ("application/rdf+xml;q=0.50,application/n-triples;q=0.501", "nt"),
        ("text/turtle;charset=utf-8;q=0.2, application/rdf+xml;q=0.3", "rdf"),
        ("TEXT/TURTLE ; Q=1.000 , application/ld+json;q=0.999", "ttl"),
        ("text/turtle;q=1;level=2", "ttl"),
        ("text/turtle, */*", "ttl"),
        ("text/turtle;q=0.4,*/*;q=0.8", "html"),
        ("text/html;q=0.3,text/turtle;q=0.4", "ttl"),
        ("text/turtle;q=0.9, text/html;q=0.9", "html"),
        ("text/turtle;q=0, */*;q=0.1", "html"),
        ("text/html;q=0, */*", "jsonld"),
        ('application/ld+json;profile="a, text/turtle;q=1", text/turtle;q=0.5', "jsonld"),
        ("text/turtle;q=0", None),
        ("text/turtle;q=high", None),
        ("text/turtles, xtext/turtle", None),
        ("image/png", None),
    ],
)
def test_the_form_that_is_wanted_most(accept: str | None, form: str | None) -> None:
    assert best_form(accept, MEDIA_TYPES) == form


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, None),
        ("*", None),
        ("ar", "ar"),
        ("fr-MA, ar;q=0.9", "fr"),
        ("de, fr;q=0.3, ar;q=0.7", "ar"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("EN-us", "en"),
        ("wo", None),
        ("frr", None),
    ],
)
def test_the_language_that_is_wanted_most(accepted: str | None, language: str | None) -> None:
    assert best_language(accepted, ("ar", "fr", "en")) == language


def test_codings_in_the_order_in_which_they_are_wanted() -> None:
    assert codings("gzip;q=0.5, zstd, br;q=0.5") == ("zstd", "br", "gzip", "identity")
    assert codings("*;q=0") == ()


@pytest.mark.parametrize("header", ["," * 5000, '"' * 5000, ";q=" * 3000, "a;" * 4000, '"\\' * 4000])
def test_nonsense_is_read_in_no_time(header: str) -> None:
    assert best_form(header, MEDIA_TYPES) in {None, "html"}
    assert best_language(header, ("ar",)) is None


def test_a_header_without_end_takes_no_longer_than_others() -> None:
    hostile = '"\\' * 1_000_000
    assert wishes(hostile).keys() <= {hostile[:2048]}
    assert wishes(f"text/html, {hostile}")["text/html"] == 1
    assert wishes(";;, ;q=1,,") == {}
