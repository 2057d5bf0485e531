"""Texts in the reader's language and direction, and look-ups that forgive how people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.language import direction, fold, from_locale, is_right_to_left, isolate, joined, pick, preference

DIACRITICS = "ًٌٍَُِّْٰ"
TATWEEL = "ـ"


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"ar": "وزارة", "fr": "Ministère", "en": "Ministry"}, "ar", "وزارة"),
        ({"ar": "وزارة", "fr": "Ministère", "en": "Ministry"}, "en", "Ministry"),
        ({"ar": "وزارة", "fr": "Ministère"}, "en", "Ministère"),
        ({"fr": "Ministère", "en": "Ministry"}, "ar", "Ministère"),
        ({"ar": "وزارة", "en": "Ministry"}, "fr", "Ministry"),
        ({"ar": "وزارة"}, "en", "وزارة"),
        ({"fr": "Ministère", "": "MTESS"}, "en", "Ministère"),
        ({"zgh": "ⵜⴰⵎⴰⵡⴰⵙⵜ", "": "MTESS"}, "fr", "MTESS"),
        ({"zgh": "ⵜⴰⵎⴰⵡⴰⵙⵜ"}, "fr", "ⵜⴰⵎⴰⵡⴰⵙⵜ"),
        ({}, "fr", None),
    ],
)
def test_the_best_text_is_picked(texts: dict[str, str], language: str, expected: str | None) -> None:
    assert pick(texts, language) == expected


def test_own_language_comes_first_then_french() -> None:
    assert preference("ar") == ("ar", "fr", "en")
    assert preference("fr") == ("fr", "en", "ar")
    assert preference("en") == ("en", "fr", "ar")


def test_only_arabic_is_written_from_right_to_left() -> None:
    assert [is_right_to_left(language) for language in ("ar", "fr", "en")] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مكتب تنمية التعاون (ODCO)", "rtl"),
        ("ODCO : مكتب تنمية التعاون", "ltr"),
        ("«مكتب» ODCO", "rtl"),
        ("112-12 القانون", "rtl"),
        ("2023: Fès", "ltr"),
        ("שלום", "rtl"),
        ("1 234,50 %", None),
        ("١٢٣", None),
        ("", None),
    ],
)
def test_first_strong_character_gives_the_direction(text: str, expected: str | None) -> None:
    assert direction(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "wrapped"),
    [
        ("ODCO", "ar", True),
        ("مكتب (ODCO)", "ar", True),
        ("مكتب", "ar", False),
        ("2023-03-17", "ar", True),
        ("19 200 000", "ar", True),
        ("2023-03-17", "fr", False),
        ("2023", "ar", False),
        ("مكتب", "fr", True),
        ("Le مكتب", "en", True),
        ("שלום", "fr", True),
        ("Ministère", "fr", False),
        ("١٢٣", "en", False),
        ("", "ar", False),
    ],
)
def test_runs_of_the_other_direction_are_isolated(text: str, language: str, wrapped: bool) -> None:
    assert isolate(text, language) == (f"\u2068{text}\u2069" if wrapped else text)
    assert isolate(isolate(text, language), language) == isolate(text, language)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "ar_MA.UTF-8"}, "ar"),
        ({"LANG": "fr_MA.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fr.UTF-8"}, "fr"),
        ({"LANG": "EN_us"}, "en"),
        ({"LC_MESSAGES": "ar_MA", "LANG": "fr_MA"}, "ar"),
        ({"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "ar_MA", "LANG": "fr_MA"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_MA"}, "fr"),
        ({"LC_ALL": "C", "LANG": "fr_MA"}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "de_DE.UTF-8"}, None),
        ({}, None),
    ],
)
def test_language_of_the_locale(environment: dict[str, str], expected: str | None) -> None:
    assert from_locale(environment) == expected


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("fes-meknes", "Fès-Meknès"),
        ("FÈS-MEKNÈS", "Fès-Meknès"),
        ("L'oeuvre", "L’Œuvre"),
        ("  Entraide \u00a0 nationale\n", "Entraide nationale"),
        ("الاقتصاد", "الإقتصاد"),
        ("ادارة", "إدارة"),
        ("اسيا", "آسيا"),
        ("اكاديمية", "أكاديمية"),
        ("التحاق", "ٱلتحاق"),
        ("مسوول", "مسؤول"),
        ("هييه", "هيئة"),
        ("جمعيه", "جمعية"),
        ("مستشفي", "مستشفى"),
        ("التعاون", "الـتـعـاون"),
        ("مكتب", "مَكْتَبٌ"),
        ("الله", "اللّٰه"),
        ("القانون 112-12", "القانون ١١٢-١٢"),
        ("2023", "۲۰۲۳"),
        ("مكتبة", "ﻣﻜﺘﺒﺔ"),
        ("tm", "™"),
        ("strasse", "Straße"),
        ("Béni Mellal Khénifra", "Béni Mellal-Khénifra"),
        ("Béni Mellal – Khénifra", "Béni Mellal-Khénifra"),
        ("بني ملال ـ خنيفرة", "بني ملال-خنيفرة"),
        ("\N{RIGHT-TO-LEFT MARK}بني ملال\N{LEFT-TO-RIGHT MARK}", "بني ملال"),
        ("\N{FIRST STRONG ISOLATE}Settat\N{POP DIRECTIONAL ISOLATE}", "Settat"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}Set\N{SOFT HYPHEN}tat\N{ZERO WIDTH SPACE}", "Settat"),
        ("Béni\N{NARROW NO-BREAK SPACE}Mellal", "Béni Mellal"),
        ("l'agriculture", "l‘agriculture"),
        ("l’agriculture", "l`agriculture"),
        ("l´agriculture", "lʼagriculture"),
        ("programme Ouadi", "programme « Ouadi »"),
        ("programme “Ouadi”", 'programme "Ouadi"'),
        ("برنامج الوادي", "برنامج „الوادي“"),
        ("اكادير", "أڭادير"),
        ("المملکة المغربیة", "المملكة المغربية"),
        ("loi 21.19", "loi 21-19"),
        ("القانون 21/19", "القانون ٢١-١٩"),
    ],
)
def test_spelling_variants_fold_together(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(
    ("one", "other"), [("فاس", "طاس"), ("جهة", "جبهة"), ("Fès", "Fez"), ("112-12", "112-21"), ("a b", "ab")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("أإآٱابتةثجحخدذرزسشصضطظعغفقكلمنهوؤيئى ", min_size=1), st.data())
def test_diacritics_and_tatweel_make_no_difference(text: str, data: st.DataObject) -> None:
    marks = st.text(DIACRITICS + TATWEEL, max_size=2)
    decorated = "".join(letter + ("" if letter == " " else data.draw(marks)) for letter in text)
    assert fold(decorated) == fold(text)


def test_lists_have_the_comma_of_their_language() -> None:
    assert joined(["فاس", "مكناس"], "ar") == "فاس، مكناس"
    assert joined(["Fès", "Meknès"], "fr") == "Fès, Meknès"
    assert joined(["Fès"], "en") == "Fès"
