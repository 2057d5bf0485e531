"""The questions as an API: one address for each, its parameters as on the command line, an answer in many forms."""

import json
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from ssekg.base.spelling import nearest_name
from ssekg.queries.library import Query
from ssekg.serve.engines import QUESTIONS, asked_of, engines_of, made_once, reader_of
from ssekg.serve.files import ReadyFile, ready_response
from ssekg.serve.headers import is_to_keep
from ssekg.serve.negotiation import best_form, best_language
from ssekg.serve.problems import ProblemError
from ssekg.serve.question_forms import QuestionForm, forms_of
from ssekg.serve.release_files import ServedFile
from ssekg.serve.workers.protocol import Message

LANGUAGE: Final = "lang"
"""The field for the language of the answer, where no parameter of the question is called so."""
_NOT_FOUND: Final = 404
_NOT_ACCEPTABLE: Final = 406
_BAD_REQUEST: Final = 400
_MOST_FIELDS: Final = 1000
_VARY: Final = "Accept, Accept-Language, Accept-Encoding"


async def questions(request: Request) -> Response:
    """The questions that there are, each with its address, titles and parameters."""
    return await made_once(request, "questions", lambda: _questions(request), {})


def _questions(request: Request) -> ServedFile:
    found = [
        {
            "name": query.name,
            "href": query.name,
            "theme": query.theme,
            "titles": query.titles,
            "questions": query.questions,
            "parameters": [
                {"name": each.name, "type": each.type, "required": each.required, "labels": each.labels}
                for each in query.parameters
            ],
            "formats": list(forms_of(query)),
        }
        for query in engines_of(request).questions.values()
    ]
    content = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return ServedFile.of("api/index.json", "application/json", content)


async def question(request: Request) -> Response:
    """The answer to a question.

    Raises:
        ProblemError: there is no such question or form, or the question can't be answered as it is asked.
    """
    query, end, form = _named(request, request.path_params["name"])
    fields = _fields(request)
    is_parameter = any(each.name == LANGUAGE for each in query.parameters)
    language = _language(request, [] if is_parameter else [text for name, text in fields if name == LANGUAGE])
    given = sorted(pair for pair in fields if pair[1] and (is_parameter or pair[0] != LANGUAGE))
    key = (query.name, tuple(given), end, language)
    limits = request.scope["limits"]
    head = {
        "task": "question",
        "name": query.name,
        "given": given,
        "form": form.name,
        "language": language,
        "rows": limits.rows,
        "bytes": limits.answer,
    }
    return await _answer(request, key, head, form.media_type, f"{query.name}.{end}")


async def document(request: Request) -> Response:
    """The description of the API for programs (OpenAPI 3.1)."""
    language = _language(request, [text for name, text in _fields(request) if name == LANGUAGE])
    head = {"task": "openapi", "language": language, "bytes": request.scope["limits"].answer}
    return await _answer(request, ("openapi", language), head, "application/json", "openapi.json")


async def _answer(request: Request, key: Hashable, head: Mapping[str, Any], media_type: str, path: str) -> Response:
    """An answer that is kept or, if it is not, that of a worker; `path` is what it is saved as."""
    kept = engines_of(request).kept
    found = kept.get(key)
    if found is None:
        reply = await asked_of(request, QUESTIONS, Message(head))
        own = {"vary": _VARY, "content-language": head["language"]}
        if is_to_keep(path):
            own["content-disposition"] = f'attachment; filename="{path}"'
        file = ServedFile.of(path, media_type, reply.body)
        found = ReadyFile(file, own, shared=not request.scope["release"].whole)
        kept.keep(key, found)
    kept.remember(request.scope, request.headers, key)
    return await ready_response(found, request)


def _named(request: Request, name: str) -> tuple[Query, str, QuestionForm]:
    """The question and the form that a path names, with the end of the path; without an end, the form that is wanted.

    Raises:
        ProblemError: there is no such question, or it has no such form.
    """
    known = engines_of(request).questions
    query, end = known.get(name), ""
    if query is None:
        stem, _, end = name.rpartition(".")
        query = known.get(stem)
    if query is None:
        nearest = nearest_name(name.partition(".")[0], known)
        raise ProblemError("no-such-question", _NOT_FOUND, members={"near": [nearest] if nearest else []})
    forms = forms_of(query)
    if end and end not in forms:
        raise ProblemError("no-such-form", _NOT_FOUND, members={"formats": list(forms)}, forms=", ".join(forms))
    wanted = {each: (form.media_type, *form.others) for each, form in forms.items()}
    chosen = end or best_form(request.headers.get("accept"), wanted)
    if chosen is None:
        raise ProblemError("not-acceptable", _NOT_ACCEPTABLE, members={"formats": list(forms)}, forms=", ".join(forms))
    return query, chosen, forms[chosen]


def _language(request: Request, named: Sequence[str]) -> str:
    """The language of an answer: as it is named, else as the client wants it of those that the project has words in."""
    languages = tuple(request.scope["release"].project.worded_languages)
    for each in named:
        tag = each.lower()
        if tag not in languages:
            raise ProblemError("no-such-language", _BAD_REQUEST, languages=", ".join(languages))
        return tag
    wanted = best_language(request.headers.get("accept-language"), languages)
    reader = reader_of(request)
    return wanted or (reader if reader in languages else languages[0])


def _fields(request: Request) -> list[tuple[str, str]]:
    try:
        content = request.scope["query_string"].decode("ascii")
        return parse_qsl(content, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise ProblemError("not-unicode", _BAD_REQUEST) from None
