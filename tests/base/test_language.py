"""Texts in the reader's language and direction, and look-ups that forgive how people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.language import (
    LANGUAGES,
    autonym,
    direction,
    fold,
    from_locale,
    is_right_to_left,
    isolate,
    joined,
    language_name,
    pick,
    plural_form,
    preference,
    ranges,
    readable_address,
    script,
)

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


@pytest.mark.parametrize(
    ("language", "written_in"),
    [
        ("ar", "Arab"),
        ("ar-MA", "Arab"),
        ("ary", "Arab"),
        ("fa", "Arab"),
        ("ur", "Arab"),
        ("ckb", "Arab"),
        ("ug", "Arab"),
        ("uz-AF", "Arab"),
        ("pa-PK", "Arab"),
        ("wo-Arab", "Arab"),
        ("ms-arab", "Arab"),
        ("he", "Hebr"),
        ("yi", "Hebr"),
        ("dv", "Thaa"),
        ("nqo", "Nkoo"),
        ("ff-Adlm-SN", "Adlm"),
        ("ar-Latn", "Latn"),
        ("ur-Latn-PK", "Latn"),
        ("sd-IN", "Deva"),
        ("pa", "Guru"),
        ("zgh", "Tfng"),
        ("wo", "Latn"),
        ("de-1996", "Latn"),
        ("es-419", "Latn"),
        ("xyz", "Latn"),
    ],
)
def test_script_says_which_way_a_language_runs(language: str, written_in: str) -> None:
    assert script(language) == written_in
    assert is_right_to_left(language) == (written_in in {"Arab", "Hebr", "Thaa", "Nkoo", "Adlm"})


def test_language_has_its_own_name() -> None:
    names = {"ar": "العربية", "fr": "Français", "en": "English", "wo": "Wolof", "xyz": "xyz", "en-x-sea": "en-x-sea"}
    assert {tag: autonym(tag) for tag in names} == names


def test_more_precise_tag_is_served_by_more_general_ones() -> None:
    assert ranges("fr") == ("fr",)
    assert ranges("zh-Hant-TW") == ("zh-Hant-TW", "zh-Hant", "zh")


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ar", {0: 4, 1: 0, 2: 1, 3: 2, 10: 2, 11: 3, 99: 3, 100: 4, 102: 4, 103: 2, 111: 3}),
        ("fr", {0: 0, 1: 0, 2: 2, 10**6: 1}),
        ("en", {0: 1, 1: 0, 2: 1}),
        ("ru", {1: 0, 2: 1, 5: 2, 21: 0}),
        ("wo", {0: 0, 1: 0, 7: 0}),
        ("xyz", {1: 0, 7: 0}),
    ],
)
def test_number_takes_the_plural_of_its_language(language: str, forms: dict[int, int]) -> None:
    assert {count: plural_form(count, language) for count in forms} == forms


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
        ("}", "ar", True),
        ("}", "fr", False),
        ("(مكتب)", "ar", False),
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
    assert joined(["فاس", "مکناس"], "fa") == "فاس، مکناس"
    assert joined(["פאס", "מקנס"], "he") == "פאס, מקנס"
    assert joined(["Fès", "Meknès"], "fr") == "Fès, Meknès"
    assert joined(["Fès"], "en") == "Fès"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://x.example/%d8%aa%D8%B9-1", "https://x.example/تع-1"),
        ("https://x.example/caf%C3%A9?q=%C3%A9%26%20", "https://x.example/café?q=é%26%20"),
        ("https://x.example/%E2%80%AE%FF%C3", "https://x.example/%E2%80%AE%FF%C3"),
        ("https://x.example/", "https://x.example/"),
    ],
)
def test_addresses_are_shown_with_their_letters_and_without_what_misleads(address: str, shown: str) -> None:
    assert readable_address(address) == shown


def test_languages_are_called_as_their_readers_call_them() -> None:
    assert [language_name("ar", reader) for reader in LANGUAGES] == ["العربية", "arabe", "Arabic"]
    assert language_name("xx-unknown", "fr") == "xx-unknown"
