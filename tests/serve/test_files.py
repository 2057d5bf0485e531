"""The files of a release over HTTP: the same bytes, in the coding that is taken, and not twice."""

import gzip
from pathlib import Path

import brotli
import pytest
import zstandard

from tests.publish.any_release import AnyRelease
from tests.serve.server import Served

UNPACKED = {"br": brotli.decompress, "zstd": zstandard.decompress, "gzip": gzip.decompress}


def test_every_public_file_is_served_as_it_is_and_no_other(any_served: tuple[Served, AnyRelease]) -> None:
    server, release = any_served
    hidden = {
        f"{release.id}{end}"
        for form in (".ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld")
        for end in (form, f"{form}.gz")
    }
    some = [path for number, path in enumerate(release.paths) if number % 29 == 0 or "/" not in path]
    for path in some:
        answer = server.ask(path)
        if path in hidden:
            assert answer.status == 404, path
        else:
            assert (answer.status, answer.content) == (200, (release.folder / path).read_bytes()), path


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*", "br"),
        ("x-gzip", "gzip"),
        ("identity", None),
        ("br;q=high", None),
        ("deflate", None),
    ],
)
def test_content_is_in_the_coding_that_is_wanted_most(served: Served, accepted: str | None, coding: str | None) -> None:
    plain = served.ask("en/index.html", Accept_Encoding="identity").content
    answer = served.ask("en/index.html", Accept_Encoding=accepted)
    assert answer.headers.get("content-encoding") == coding
    assert (UNPACKED[coding](answer.content) if coding else answer.content) == plain
    assert "Accept-Encoding" in answer.headers["vary"]


def test_none_of_the_codings_there_are(served: Served) -> None:
    answer = served.ask("en/index.html", Accept_Encoding="deflate, identity;q=0")
    assert (answer.status, answer.media_type) == (406, "application/problem+json")


def test_what_a_client_has_is_not_sent_again(served: Served) -> None:
    tags = {
        coding: served.ask("void.ttl", Accept_Encoding=coding).headers["etag"] for coding in ("br", "gzip", "identity")
    }
    assert len(set(tags.values())) == 3
    for named in (tags["br"], f"W/{tags['br']}", f'"other", {tags["br"]}', "*"):
        answer = served.ask("void.ttl", Accept_Encoding="br", If_None_Match=named)
        assert (answer.status, answer.content, answer.headers["etag"]) == (304, b"", tags["br"])
        assert "content-length" not in answer.headers or answer.headers["content-length"] == "0"
    for named in (tags["gzip"], '"other"', tags["br"].strip('"')):
        assert served.ask("void.ttl", Accept_Encoding="br", If_None_Match=named).status == 200


@pytest.mark.parametrize(
    "path", ["en/index.html", "void.ttl", "", "id/programme/moazara", "id/programme/moazara.ttl", "no"]
)
def test_head_is_get_without_content(served: Served, path: str) -> None:
    got, head = served.ask(path), served.ask(path, "HEAD")
    assert head.content == b""
    assert head.status == got.status
    varying = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in varying} == {
        k: v for k, v in got.headers.items() if k not in varying
    }


def test_large_files_come_whole_and_packed_as_the_release_has_them(served: Served, release: Path) -> None:
    name = "ssekg-without-persons.nt"
    assert served.ask(name).content == (release / name).read_bytes()
    answer = served.ask(name, Accept_Encoding="gzip, br")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == (release / f"{name}.gz").read_bytes()


def test_pages_are_for_themselves_and_data_for_everybody(served: Served) -> None:
    page, data = served.ask("en/index.html"), served.ask("void.ttl")
    for answer in (page, data):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in page.headers
    assert page.headers["content-language"] == "en"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    assert data.headers["access-control-allow-origin"] == "*"
    assert data.headers["cross-origin-resource-policy"] == "cross-origin"
    assert 'rel="license"' in data.headers["link"]


def test_what_is_known_under_its_usual_address(served: Served, release: Path) -> None:
    void = served.ask(".well-known/void")
    assert (void.media_type, void.content) == ("text/turtle", (release / ".well-known" / "void").read_bytes())
    assert served.ask("robots.txt").media_type == "text/plain"
    assert served.ask("health").content == b"ok\n"
    assert b'"version"' in served.ask("ready").content
