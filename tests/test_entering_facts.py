"""A programme, an event and a statistic entered in three ways, with what people write: always the same files."""

import csv
import datetime
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from ssekg.base.language import fold
from ssekg.editing.edits import Edits
from ssekg.editing.entry import new_entry
from ssekg.editing.identifiers import columns_of
from ssekg.editing.values import Values
from ssekg.editing.workbook.export import export
from ssekg.editing.workbook.reading import read_workbook
from ssekg.editing.workbook.selection import Selection
from ssekg.project.settings import Project
from tests.test_adding_a_programme import Rows

SOURCE: Final = "lancement-du-programme-tamkine"
STATED: Final = {"sources": SOURCE, "confidence": "stated"}
# As the files have them.
CODES: Final[Rows] = {
    "sources": (
        {
            "id": SOURCE,
            "title_ar": "انطلاق برنامج تمكين",
            "title_fr": "Lancement du programme Tamkine",
            "publisher": "MAP",
            "kind": "source-press",
            "url": "https://map.example/tamkine",
            "date": "2025-03-12",
            "language": "fr",
            "confidence": "stated",
        },
    ),
    "programmes": (
        {
            "id": "programme-tamkine",
            "class": "Programme",
            "name_ar": "برنامج تمكين",
            "name_fr": "Programme Tamkine",
            "name_en": "Tamkine programme",
            "owners": "regional-council-fes-meknes",
            "start": "2025-03",
            "places": "fes-meknes",
            "target_groups": "women|cooperatives",
            **STATED,
        },
    ),
    "participations": (
        {"record": "programme/programme-tamkine", "institution_id": "odco", "role": "partner", **STATED},
        {"record": "programme/programme-tamkine", "institution_id": "entraide-nationale", "role": "partner", **STATED},
    ),
    "amounts": (
        {
            "record": "programme/programme-tamkine",
            "key": "total",
            "kind": "total",
            "amount": "25000000",
            "currency": "MAD",
            "stage": "programmed",
            **STATED,
        },
    ),
    "statuses": (
        {"record": "programme/programme-tamkine", "key": "launched", "status": "launched", "date": "2025-03", **STATED},
    ),
    "events": (
        {
            "id": "atelier-de-lancement-de-tamkine",
            "class": "Event",
            "name_ar": "ورشة انطلاق تمكين",
            "name_fr": "Atelier de lancement de Tamkine",
            "name_en": "Launch workshop of Tamkine",
            "kind": "workshop",
            "scope": "regional",
            "start": "2025-03-11",
            "end": "2025-03-14",
            "place_name": "Fès",
            "places": "fes-meknes",
            **STATED,
        },
    ),
    "observations": (
        {
            "id": f"number-of-cooperatives-fes-meknes-2024-{SOURCE}",
            "indicator": "number-of-cooperatives",
            "place_id": "fes-meknes",
            "period": "2024",
            "source_id": SOURCE,
            "value": "5431",
            "unit": "unit-cooperatives",
            "confidence": "stated",
        },
    ),
}
KINDS: Final = {"programmes": "programme", "events": "event", "observations": "observation"}
# As people say it: headings and names in their language, without identifiers, numbers and dates as they write them.
Said = Mapping[str, Sequence[Mapping[str, Any]]]
FRENCH: Final[Said] = {
    "sources": (
        {
            "Titre en arabe": "انطلاق برنامج تمكين",
            "Titre en français": " Lancement du programme Tamkine\N{NO-BREAK SPACE}",
            "Éditeur": "MAP",
            "Type de source": "presse",
            "Adresse": "https://map.example/tamkine",
            "Date": "12 mars 2025",
            "Langue de la source": "français",
            "Degré de confiance": "énoncé",
        },
    ),
    "programmes": (
        {
            "Classe": "programme",
            "Nom en arabe": "برنامج تمكين",
            "Nom en français": "Programme Tamkine",
            "Nom en anglais": "Tamkine programme",
            "Porteur": "Conseil de la region Fes-Meknes",
            "Début": "mars 2025",
            "Territoire": "Fès-Meknès",
            "Public": "Femmes|coopératives",
            "Sources": "Lancement du programme Tamkine",
            "Degré de confiance": "Énoncé",
        },
    ),
    "participations": (
        {
            "Fiche": "Programme Tamkine",
            "Institution": "ODCO",
            "Rôle": "partenaire",
            "Sources": "Lancement du programme Tamkine",
            "Degré de confiance": "Énoncé",
        },
        {
            "Fiche": "Programme Tamkine",
            "Institution": "Entraide nationale",
            "Rôle": "partenaire",
            "Sources": "Lancement du programme Tamkine",
            "Degré de confiance": "Énoncé",
        },
    ),
    "amounts": (
        {
            "Fiche": "Programme Tamkine",
            "Type de montant": "montant total",
            "Montant": "25\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000,00",
            "Monnaie": "DH",
            "Étape": "programme",
            "Sources": "Lancement du programme Tamkine",
            "Degré de confiance": "Énoncé",
        },
    ),
    "statuses": (
        {
            "Fiche": "Programme Tamkine",
            "État": "lance",
            "Date": "mars 2025",
            "Sources": "Lancement du programme Tamkine",
            "Degré de confiance": "Énoncé",
        },
    ),
    "events": (
        {
            "Classe": "Événement",
            "Nom en arabe": "ورشة انطلاق تمكين",
            "Nom en français": "Atelier de lancement de Tamkine",
            "Nom en anglais": "Launch workshop of Tamkine",
            "Type": "atelier",
            "Portée": "régional",
            "Début": datetime.date(2025, 3, 11),
            "Fin": "14/03/2025",
            "Ville": "Fès",
            "Région": "Fès-Meknès",
            "Sources": "Lancement du programme Tamkine",
            "Degré de confiance": "Énoncé",
        },
    ),
    "observations": (
        {
            "Indicateur": "nombre de coopératives",
            "Lieu": "Fès-Meknès",
            "Période": 2024,
            "Source": "Lancement du programme Tamkine",
            "Valeur": "5\N{NO-BREAK SPACE}431",
            "Unité": "coopératives",
            "Degré de confiance": "Énoncé",
        },
    ),
}
ARABIC: Final[Said] = {
    "sources": (
        {
            "العنوان بالعربية": "انطلاق برنامج تمكين",
            "العنوان بالفرنسية": "Lancement du programme Tamkine",
            "الناشر": "MAP",
            "نوع المصدر": "صحافة",
            "العنوان الإلكتروني": "https://map.example/tamkine",
            "التاريخ": "١٢ مارس ٢٠٢٥",
            "لغة المصدر": "الفرنسية",
            "درجة الموثوقية": "مصرح به",
        },
    ),
    "programmes": (
        {
            "الصنف": "برنامج",
            "الاسم بالعربية": "برنامج تمكين",
            "الاسم بالفرنسية": "Programme Tamkine",
            "الاسم بالإنجليزية": "Tamkine programme",
            "صاحب المبادرة": "مجلس جهة فاس مكناس",
            "البداية": "مارس 2025",
            "المجال الترابي": "فاس مكناس",
            "الفئة": "النساء|التعاونيات",
            "المصادر": "انطلاق برنامج تمكين",
            "درجة الموثوقية": "مصرح به",
        },
    ),
    "participations": (
        {
            "البطاقة": "برنامج تمكين",
            "المؤسسة": "مكتب تنميه التعاون",
            "الصفة": "شريك",
            "المصادر": "انطلاق برنامج تمكين",
            "درجة الموثوقية": "مصرح به",
        },
        {
            "البطاقة": "برنامج تمكين",
            "المؤسسة": "التعاون الوطني",
            "الصفة": "شريك",
            "المصادر": "انطلاق برنامج تمكين",
            "درجة الموثوقية": "مصرح به",
        },
    ),
    "amounts": (
        {
            "البطاقة": "برنامج تمكين",
            "نوع المبلغ": "المبلغ الاجمالي",
            "المبلغ": "٢٥٠٠٠٠٠٠",
            "العملة": "درهم",
            "المرحلة": "مبرمج",
            "المصادر": "انطلاق برنامج تمكين",
            "درجة الموثوقية": "مصرح به",
        },
    ),
    "statuses": (
        {
            "البطاقة": "برنامج تمكين",
            "الوضعية": "أعطيت انطلاقته",
            "التاريخ": "مارس 2025",
            "المصادر": "انطلاق برنامج تمكين",
            "درجة الموثوقية": "مصرح به",
        },
    ),
    "events": (
        {
            "الصنف": "تظاهرة",
            "الاسم بالعربية": "ورشة انطلاق تمكين",
            "الاسم بالفرنسية": "Atelier de lancement de Tamkine",
            "الاسم بالإنجليزية": "Launch workshop of Tamkine",
            "النوع": "ورشة",
            "النطاق": "جهوي",
            "البداية": datetime.date(2025, 3, 11),
            "النهاية": "١٤ مارس ٢٠٢٥",
            "المدينة": "Fès",
            "الجهة": "فاس-مكناس",
            "المصادر": "انطلاق برنامج تمكين",
            "درجة الموثوقية": "مصرح به",
        },
    ),
    "observations": (
        {
            "المؤشر": "عدد التعاونيات",
            "المكان": "جهة فاس مكناس",
            "الفترة": "٢٠٢٤",
            "المصدر": "انطلاق برنامج تمكين",
            "القيمة": "٥٬٤٣١",
            "الوحدة": "تعاونية",
            "درجة الموثوقية": "مصرح به",
        },
    ),
}


def by_hand(project: Project) -> dict[Path, bytes]:
    """The tables with the rows at their ends, as somebody writes them in a text editor."""
    contents = {}
    for name, rows in CODES.items():
        path = project.root / "data" / f"{name}.csv"
        text = io.StringIO()
        columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        csv.DictWriter(text, columns, lineterminator="\n").writerows(rows)
        contents[path] = path.read_bytes() + text.getvalue().encode()
    return contents


def filled_in(edits: Edits, said: Said, language: str) -> bytes:
    """The workbook in a language with what somebody has written below its rows."""
    wanted = ["programme/moazara", "event/sness-8", "observation/number-of-cooperatives-morocco-2004-reussir-assises2"]
    book = openpyxl.load_workbook(io.BytesIO(export(edits, Selection.of(edits, wanted), language)))
    titles = {}
    for table in edits.tables.values():
        assert table.description is not None
        titles[table.name.removesuffix(".csv")] = table.description.title[language]
    for name, rows in said.items():
        sheet = next(each for each in book.worksheets if titles[name].startswith(each.title.rstrip("…")))
        headings = [str(each.value or "").removesuffix(" *") for each in sheet[1]]
        for row in rows:
            number = sheet.max_row + 1
            for heading, value in row.items():
                values = str(value).split("|") if isinstance(value, str) else [value]
                first = headings.index(heading if heading in headings else f"{heading} 1")
                for place, each in enumerate(values, start=first + 1):
                    sheet.cell(number, place).value = each
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def edits(project: Project) -> Edits:
    return Edits(project)


@pytest.mark.parametrize("said", [FRENCH, ARABIC], ids=["fr", "ar"])
def test_by_values(edits: Edits, said: Said) -> None:
    """What leads to the new records is given by identifier here: each of them is written before the next is given."""
    leading = {"Sources": "sources", "Source": "source_id", "Fiche": "record"}
    leading |= {"المصادر": "sources", "المصدر": "source_id", "البطاقة": "record"}
    for name, rows in said.items():
        for row, wanted in zip(rows, CODES[name], strict=True):
            given = [
                (heading, wanted[leading[heading]] if heading in leading else each)
                for heading, value in row.items()
                for each in str(value).split("|")
            ]
            assert new_entry(edits, KINDS.get(name, name), given).cells == wanted


def test_by_workbook(project: Project, edits: Edits, tmp_path: Path) -> None:
    """The files are, byte by byte, those of somebody who adds rows of codes: the same triples, with the same places."""
    french, arabic = tmp_path / "fr.xlsx", tmp_path / "ar.xlsx"
    french.write_bytes(filled_in(edits, FRENCH, "fr"))
    arabic.write_bytes(filled_in(edits, ARABIC, "ar"))
    wanted = by_hand(project)
    assert read_workbook(Edits(project), french, french.name).edits.contents() == wanted
    assert read_workbook(edits, arabic, arabic.name).edits.contents() == wanted


def test_nothing_changed(project: Project, edits: Edits, tmp_path: Path) -> None:
    """All tables of this project, whose headings are all different in each language."""
    for table in edits.tables.values():
        for language in project.languages:
            headings = [each.headings.get(language) for each in columns_of(table)]
            assert len(headings) == len(set(headings)), (table.name, language)
    path = tmp_path / "all.xlsx"
    path.write_bytes(export(edits, Selection.of(edits, ()), "ar"))
    outcome = read_workbook(Edits(project), path, path.name)
    assert outcome.problems == []
    assert outcome.edits.contents() == {}


def test_namesakes(edits: Edits) -> None:
    """The Arabic name of a commune means it where nothing else is called so; with its identifier always."""
    values, amounts = Values(edits.project, edits.graph), edits.tables["amounts.csv"]
    record = next(each for each in amounts.columns if each.name == "record")
    communes = {f"place/{row.cells['id']}": row.cells["name_ar"] for row in edits.tables["communes.csv"].rows}
    assert (len(communes), len(set(communes.values()))) == (1503, 1486)
    records = (labels for thing, labels in edits.graph.labels.items() if thing.value.startswith(edits.graph.base))
    called = Counter(name for labels in records for name in set(map(fold, labels.values())))
    alone = 0
    for commune, name in communes.items():
        meant = values.cell(amounts, record, name)
        assert meant in {commune, name}, name
        if called[fold(name)] > 1:
            assert meant == name
        alone += meant == commune
        assert values.cell(amounts, record, f"{name} ({commune})") == commune
    assert alone > 1300
