"""The forms in which an answer is written, in one table: a new one is an entry here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ssekg.base.errors import AskedWronglyError
from ssekg.queries.answers import Answer
from ssekg.queries.forms.sheet import Wish, sheet

Writer = Callable[[Answer, Wish], str | bytes]


@dataclass(frozen=True)
class Form:
    """A form: how the names of its files end, what writes it, and whether it can have names beside the identifiers.

    `has_labels` is whether it has them unless told otherwise, None for a form that is exactly SPARQL's.
    """

    suffix: str
    write: Writer
    has_labels: bool | None = True


def is_exact(form: str, labels: bool | None) -> bool:
    """Whether a form holds exactly what an engine gives, given whether names are wanted, None for what is usual."""
    has_labels = FORMS[form].has_labels
    return has_labels is None or (form in _EXACT_WITH_IDS and not (has_labels if labels is None else labels))


def written(answer: Answer, form: str, wish: Wish, *, labels: bool | None = None) -> str | bytes:
    """An answer in one of FORMS.

    Args:
        answer: the answer.
        form: its name.
        wish: for whom.
        labels: whether names are wanted beside the identifiers, None for what is usual in the form.

    Raises:
        AskedWronglyError: the form can't have what is wanted, or the answer is none for it.
        CannotRunError: a package that it needs is not installed.
    """
    chosen = FORMS[form]
    with_labels = chosen.has_labels if labels is None else labels
    refused = ["--labels"] * bool(labels) + ["--sources"] * wish.with_sources
    if is_exact(form, labels) and refused:
        raise AskedWronglyError("answer-is-exact", option=refused[0], form=form)
    return chosen.write(answer, replace(wish, with_labels=bool(with_labels)))


def _table(answer: Answer, wish: Wish) -> str:
    from ssekg.queries.forms.text_table import as_table

    return as_table(sheet(answer, wish, only_names=True))


def _csv(answer: Answer, wish: Wish) -> str:
    if wish.with_labels:
        from ssekg.queries.forms.delimited import as_csv

        return as_csv(sheet(answer, wish))
    from ssekg.queries.forms.exact import as_csv as exactly

    return exactly(answer.exact)


def _tsv(answer: Answer, wish: Wish) -> str:
    if wish.with_labels:
        from ssekg.queries.forms.delimited import as_tsv

        return as_tsv(sheet(answer, wish))
    from ssekg.queries.forms.exact import as_tsv as exactly

    return exactly(answer.exact)


def _json(answer: Answer, _: Wish) -> str:
    from ssekg.queries.forms.exact import as_json

    return as_json(answer.exact)


def _xml(answer: Answer, _: Wish) -> str:
    from ssekg.queries.forms.exact import as_xml

    return as_xml(answer.exact)


def _markdown(answer: Answer, wish: Wish) -> str:
    from ssekg.queries.forms.markdown import as_markdown

    return as_markdown(sheet(answer, wish))


def _workbook(answer: Answer, wish: Wish) -> bytes:
    from ssekg.queries.forms.workbook import as_workbook, refuse_what_is_too_large

    # Before the sources of a million rows are looked for.
    refuse_what_is_too_large(len(answer.rows[: answer.limit]), len(answer.columns))
    return as_workbook(sheet(answer, replace(wish, with_sources=True)))


def _parquet(answer: Answer, wish: Wish) -> bytes:
    from ssekg.queries.forms.parquet import as_parquet

    return as_parquet(sheet(answer, wish))


def _turtle(answer: Answer, _: Wish) -> bytes:
    from ssekg.queries.forms.graphs import as_turtle

    return as_turtle(answer)


def _jsonld(answer: Answer, _: Wish) -> bytes:
    from ssekg.queries.forms.graphs import as_jsonld

    return as_jsonld(answer)


FORMS: Final[Mapping[str, Form]] = {
    "table": Form(".txt", _table),
    "csv": Form(".csv", _csv),
    "tsv": Form(".tsv", _tsv, has_labels=False),
    "json": Form(".json", _json, has_labels=None),
    "xml": Form(".xml", _xml, has_labels=None),
    "md": Form(".md", _markdown),
    "xlsx": Form(".xlsx", _workbook),
    "parquet": Form(".parquet", _parquet),
    "turtle": Form(".ttl", _turtle, has_labels=None),
    "jsonld": Form(".jsonld", _jsonld, has_labels=None),
}
_EXACT_WITH_IDS: Final = frozenset({"csv", "tsv"})
