"""Words for "nothing" in Arabic, French and English, however they are typed; what only looks like one is left alone."""

import pytest

from ssekg.sources.tables.placeholders import means_nothing


@pytest.mark.parametrize(
    "text",
    [
        *("N/A", "n/a", "N.A.", "(na)", "NaN", "NULL", "None", "nil", "TBD", "To be confirmed", "unknown", "XXX"),
        *("-", "--", "—", "?", "؟", "...", "…", "/", "ـ", "- -"),
        *(
            "néant",
            "Neant",
            "NÉANT",
            "ne\u0301ant",
            "n.d.",
            "N/D",
            "nc",
            "s.o.",
            "à compléter",
            "A COMPLETER",
            "inconnue",
        ),
        *("non renseigné", "Non communiquées", "non disponible", "sans objet", "pas d’information", " rien "),
        *("غير متوفر", "غير متوفرة", "غير مُتَوفِّر", "لا شيء", "لا يوجد", "مجهول", "غير معروف", "يحدد لاحقًا", "للإستكمال"),
    ],
)
def test_what_means_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "no", "non", "لا", "Nador", "%", "€", "+", "x", "NAN-12", "Non applicable aux coopératives"),
        *(
            "inconnu du public",
            "Aucune région",
            "Fès",
            "A",
            "الجهة غير معروفة في السجل",
            "نادي",
            "لا شيء يضيع",
            "Rienne",
        ),
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert not means_nothing(text)
