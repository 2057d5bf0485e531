"""How an answer is cited: the question, what was asked for, and the very graph that was asked, by version and hash."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ssekg.base.language import joined, pick, without_isolates
from ssekg.base.messages import text
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.library import Query

_BIBTEX: Final = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "{": "\\textbraceleft{}",  # braces are counted even behind a backslash
    "}": "\\textbraceright{}",
    **{character: f"\\{character}" for character in "%&#$_"},
}
_NOT_IN_KEYS: Final = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True)
class Citation:
    """What makes an answer again: `parameters` are what was asked for, in words; `digest` is the hash of the graph."""

    name: str
    title: str
    question: str
    parameters: str
    dataset: str
    publisher: str
    version: str
    date: date
    digest: str
    licence: str
    address: str

    def facts(self, language: str) -> list[tuple[str, str]]:
        """All of it, each with what it is."""
        facts = {
            "source-title": self.title,
            "sheet-question": self.question,
            "cited-parameters": self.parameters,
            "cited-dataset": self.dataset,
            "source-publisher": self.publisher,
            "cited-version": self.version,
            "cited-date": self.date.isoformat(),
            "cited-digest": self.digest,
            "site-licence": self.licence,
            "source-address": self.address,
        }
        return [(text(code, language), value) for code, value in facts.items() if value]


def citation(answer: Answer, project: Project, language: str) -> Citation:
    """The citation of an answer over the graph of a project."""
    query = answer.query
    address = _address(query, project)
    name = _NOT_IN_KEYS.sub("-", query.name).strip("-") or "query"
    return Citation(
        name=f"{project.id}-{name}-{project.version}",
        title=answer.title(language),
        # Nobody else has a query of one's own.
        question=pick(query.questions, language) or ("" if address else query.text.strip()),
        parameters=joined(_parameters(answer, language), language),
        dataset=pick(project.name, language) or project.id,
        publisher=project.publisher,
        version=project.version,
        date=project.date,
        digest=answer.graph.digest,
        licence=project.licence,
        address=address or project.site,
    )


def as_text(cited: Citation, language: str) -> str:
    """A sentence for a list of references."""
    values = {
        "title": f"{cited.title} ({cited.parameters})" if cited.parameters else cited.title,
        "publisher": cited.publisher,
        "dataset": cited.dataset,
        "version": cited.version,
        "date": cited.date.isoformat(),
        "digest": cited.digest,
        "address": cited.address,
    }
    return without_isolates(text("citation", language, values)) + "\n"


def as_bibtex(cited: Citation, language: str) -> str:
    """An entry of BibTeX."""
    fields = {
        "title": f"{{{_escaped(cited.title)}}}",
        "author": f"{{{_escaped(cited.publisher)}}}",
        "year": str(cited.date.year),
        "month": str(cited.date.month),
        "howpublished": _escaped(cited.dataset),
        "version": cited.version,
        "url": cited.address,
        "note": _escaped(_note(cited, language)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{cited.name},\n" + ",\n".join(lines) + "\n}\n"


def as_csl(cited: Citation, language: str) -> str:
    """A list with one item of CSL-JSON, as Zotero and citation processors read it."""
    item = {
        "id": cited.name,
        "type": "dataset",
        "title": cited.title,
        "author": [{"literal": cited.publisher}],
        "container-title": cited.dataset,
        "publisher": cited.publisher,
        "version": cited.version,
        "issued": {"date-parts": [[cited.date.year, cited.date.month, cited.date.day]]},
        "URL": cited.address,
        "note": _note(cited, language),
        "language": language,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


CITATIONS: Final[Mapping[str, Callable[[Citation, str], str]]] = {
    "text": as_text,
    "bibtex": as_bibtex,
    "csl": as_csl,
}


def _note(cited: Citation, language: str) -> str:
    digest = without_isolates(text("citation-digest", language, {"digest": cited.digest}))
    return " ".join(filter(None, (cited.question, f"({cited.parameters})" if cited.parameters else "", digest)))


def _parameters(answer: Answer, language: str) -> list[str]:
    found = []
    for parameter in answer.query.parameters:
        terms = answer.parameters.get(parameter.name, ())
        if terms:
            label = pick(parameter.labels, language) or parameter.name
            names = joined((answer.name(term, language).text for term in terms), language)
            found.append(without_isolates(text("citation-parameter", language, {"name": label, "value": names})))
    return found


def _address(query: Query, project: Project) -> str:
    """Where the release has the question, "" for one's own."""
    for path in project.query_files:
        if path.stem == query.name and path.read_text("utf-8-sig") == query.text:
            return project.site + path.relative_to(project.root).as_posix()
    return ""


def _escaped(words: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in words)
