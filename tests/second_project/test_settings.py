"""Settings that the ontology and the data make wrong, on the second project."""

from pathlib import Path

import pytest

from ssekg.base.language import LANGUAGES
from tests.conftest import Cli


def test_a_prefix_that_the_ontology_uses_otherwise_is_refused(cli: Cli, littoral: Path) -> None:
    settings = littoral / "ssekg.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[prefixes]\n", '[prefixes]\nlit = "https://example.org/other#"\n'), "utf-8"
    )
    for language in LANGUAGES:
        done = cli("--lang", language, "validate", cwd=littoral)
        assert (done.returncode, done.stdout) == (3, "")
        assert "prefixes.lit" in done.stderr
        assert "ssekg.toml" in done.stderr


@pytest.mark.parametrize("command", ["validate", "publish"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_withheld_kind_that_nothing_has_is_refused_with_the_nearest(
    cli: Cli, littoral: Path, command: str, language: str
) -> None:
    """Otherwise a slip of the pen would publish everybody."""
    settings = littoral / "ssekg.toml"
    settings.write_text(settings.read_text("utf-8").replace('["officer"]', '["oficer"]'), encoding="utf-8")
    done = cli("--lang", language, command, cwd=littoral)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "oficer" in done.stderr
    assert "officer" in done.stderr
    assert "ssekg.toml" in done.stderr
    assert not (littoral / "public").exists()
