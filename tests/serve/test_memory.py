"""What a server keeps in memory has bounds, whoever asks for however much."""

from pathlib import Path

import pytest

from ssekg.publish.release import publish
from ssekg.serve import release as served
from ssekg.serve.release_files import SMALL, ServedFile
from tests.publish.small import small


def test_a_crawler_has_not_every_file_kept_in_all_codings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "_MOST_READY", 3)
    publish(small(tmp_path / "project"), tmp_path / "public")
    release = served.read_release(tmp_path / "public")
    for path in release.content.files:
        found = release.ready(path)
        assert found is not None
        found.answer("br, zstd, gzip", None)
    assert len(release._ready) == 3
    assert all(not file._coded for file in release.content.files.values() if len(file.content) <= SMALL)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip"])
def test_what_takes_long_to_code_is_coded_once(coding: str) -> None:
    large, little = (ServedFile.of("page.html", "text/html", b"<p>Kayar</p>" * count) for count in (SMALL, 20))
    assert not large.is_at_hand(coding)
    assert large.in_coding(coding) is large.in_coding(coding)
    assert large.is_at_hand(coding)
    assert little.is_at_hand(coding)
