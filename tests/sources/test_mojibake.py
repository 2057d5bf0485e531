"""What programs make of Arabic and French in the wrong encoding is recognised, with what was meant."""

import pytest

from ssekg.base.findings import Severity
from ssekg.sources.mojibake import repaired
from ssekg.sources.suspicious_text import is_ordinary, oddities

FRENCH = ("Béni Mellal", "Khénifra", "Settat – Berrechid à l’été", "Coopérative de pêche « Océan »", "Sidi Slimané")
ARABIC = ("سوق الأحد", "تعاونية النساء", "جهة درعة – تافيلالت", "بني ملال، خنيفرة")


def misread(text: str, written: str, read_as: str) -> str:
    """A text as a program shows it that takes its bytes for another encoding; what that lacks is kept as a control."""
    return "".join(
        bytes([byte]).decode(read_as, "ignore") or bytes([byte]).decode("latin-1") for byte in text.encode(written)
    )


@pytest.mark.parametrize("read_as", ["cp1252", "latin-1", "cp1256", "mac_roman", "cp850", "cp437", "cp720"])
@pytest.mark.parametrize("text", [*FRENCH, *ARABIC])
def test_utf8_that_was_read_as_something_else(text: str, read_as: str) -> None:
    garbled = misread(text, "utf-8", read_as)
    assert garbled != text
    assert repaired(garbled) == text
    assert not is_ordinary(garbled)


@pytest.mark.parametrize("text", ["Khénifra", "سوق الأحد"])
def test_what_went_wrong_twice(text: str) -> None:
    assert repaired(misread(misread(text, "utf-8", "cp1252"), "utf-8", "cp1252")) == text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("cp850", "cp1252"),
        ("mac_roman", "cp1252"),
        ("cp1252", "mac_roman"),
        ("cp1252", "cp850"),
        ("cp850", "cp1256"),
        ("mac_roman", "cp1256"),
    ],
)
@pytest.mark.parametrize("text", ["Khénifra", "Sidi Slimané", "Français de Béchar", "Les élèves de Sidi Béchar"])
def test_french_in_single_bytes(text: str, written: str, read_as: str) -> None:
    garbled = misread(text, written, read_as)
    assert repaired(garbled) == text
    assert not is_ordinary(garbled)


@pytest.mark.parametrize("read_as", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("text", ["سوق الأحد", "تعاونية النساء", "المغرب"])
def test_arabic_in_single_bytes(text: str, read_as: str) -> None:
    assert repaired(misread(text, "cp1256", read_as)) == text


def test_a_text_that_is_garbled_in_part() -> None:
    assert repaired("Khأ©nifra سوق") == "Khénifra سوق"


def test_a_cell_is_warned_of_with_what_was_meant() -> None:
    assert list(oddities("Kh‚nifra")) == [("text-garbled", Severity.WARNING, {"meant": "Khénifra"})]


@pytest.mark.parametrize(
    "text",
    [
        *FRENCH,
        *ARABIC,
        *(
            "Škoda",
            "Žabljak",
            "Koštal",
            "Müller",
            "Łódź",
            "São Paulo",
            "İzmir",
            "Björk Guðmundsdóttir",
            "Þórr",
            "Ñandú",
        ),
        *(
            "ÉTÉ À FÈS",
            "naïveté",
            "«à»",
            "“é”",
            "l’État",
            "L’ÉTAT",
            "— été…",
            "Agadir–Inezgane",
            "50 µm",
            "37 °C",
            "Citroën™",
        ),
        *(
            "α-tocophérol",
            "日本",
            "Ελλάδα",
            "Москва",
            "══════════",
            "«««»»»",
            "ط، ب",
            "أ»",
            "Facebookو",
            "¿Qué?",
            "½ kg",
            "№ 5",
        ),
    ],
)
def test_what_is_right_is_let_be(text: str) -> None:
    assert repaired(text) is None
