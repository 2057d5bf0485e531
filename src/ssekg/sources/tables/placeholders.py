"""Words that people put into a cell which should be empty: n/a, néant, غير متوفر, TBD, a dash."""

import re
from functools import lru_cache
from typing import Final

from ssekg.base.language import fold

# Longer texts say more than that there is nothing.
_LONGEST: Final = 40
_DIGIT: Final = re.compile("[0-9]")
# Dashes, dots, question marks and the like, with nothing else. Symbols with a meaning of their own (%, €, +) are not.
_SIGNS: Final = re.compile(r"[\s\-–—−‐‑.…_/\\?؟*~ـ]+")
_AROUND: Final = " .()[]{}<>\"'«»“”"
_ENGLISH: Final = """
n/a, na, n.a, nan, null, nil, none, nothing, empty, blank, missing, unknown, undefined, unspecified, pending, todo,
to do, tbd, tba, tbc, not available, not applicable, not known, not specified, not provided, not given, not found,
no data, no value, no information, no info, unavailable, to be added, to be announced, to be completed, to be confirmed,
to be decided, to be defined, to be determined, to be filled in, to be specified, xxx, xx
"""
_FRENCH: Final = """
nd, n/d, n.d, nc, n/c, n.c, nr, n/r, n.r, s/o, s.o, neant, rien, vide, aucun, aucune, inconnu, inconnue, inconnus,
inconnues, indisponible, indetermine, indeterminee, manquant, manquante, sans objet, sans valeur, en attente,
pas disponible, pas de donnees, pas de donnee, pas d'information, pas d'informations, aucune donnee, aucune information,
a ajouter, a completer, a confirmer, a definir, a determiner, a preciser, a remplir, a renseigner, a venir, a verifier
"""
_ARABIC: Final = """
لا شيء, لا يوجد, لا توجد, لا ينطبق, لا تنطبق, بدون, مجهول, مجهولة, فارغ, فارغة, معدوم, لم يحدد, لم تحدد, لم يذكر,
لم تذكر, غير متوفر, غير متوفرة, غير متاح, غير متاحة, غير معروف, غير معروفة, غير محدد, غير محددة, غير موجود, غير موجودة,
غير معلوم, غير معلومة, غير مذكور, غير مذكورة, غير مدرج, غير مدرجة, لا معلومات, لا معطيات, لا بيانات, قيد الانتظار,
قيد التحديد, قيد الاستكمال, يحدد لاحقا, سيحدد لاحقا, يستكمل لاحقا, للاستكمال, للتحديد, في الانتظار
"""
# What French says of a thing after "non", in each gender and number.
_NON: Final = re.compile(
    r"non (applicables?|disponibles?|(affecte|attribue|communique|concerne|connu|defini|determine|fourni|indique"
    r"|precise|renseigne|specifie|trouve)e?s?)"
)
_WORDS: Final = frozenset(
    fold(" ".join(word.split())) for text in (_ENGLISH, _FRENCH, _ARABIC) for word in text.split(",")
)


@lru_cache(maxsize=1 << 12)
def means_nothing(text: str) -> bool:
    """Whether a text is just a word or symbol for "nothing" in Arabic, French or English, case and diacritics aside."""
    if len(text) > _LONGEST or _DIGIT.search(text):  # no such word has any
        return False
    if _SIGNS.fullmatch(text):
        return True
    folded = fold(text).strip(_AROUND)
    return folded in _WORDS or _NON.fullmatch(folded) is not None
