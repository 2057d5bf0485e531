"""Why a request is not answered: as a problem (RFC 9457) with a type that stays, in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import Response

from ssekg.base.language import LANGUAGES
from ssekg.base.messages import hint, text
from ssekg.base.namespaces import TOOL
from ssekg.base.said import Argument
from ssekg.serve.negotiation import best_language

MEDIA_TYPE: Final = "application/problem+json"


class ProblemError(Exception):
    """A request that is not answered.

    `code` names the entry `problem-{code}` of the message catalogues: its message says what happened, its hint what to
    do; both may have placeholders, which `arguments` fill. A `title` says it in words of its own, and `detail` then
    says what to do. `members` are told to programs beside. The type of the problem is `{TOOL}{code}`.
    """

    def __init__(
        self,
        code: str,
        status: int,
        *,
        title: str | None = None,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
        **arguments: Argument,
    ) -> None:
        """Keep what is to be said."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = dict(members or {})
        self.arguments = arguments


def problem_response(problem: ProblemError, headers: Headers, default_language: str) -> Response:
    """The answer to a request with these headers."""
    language = best_language(headers.get("accept-language"), LANGUAGES) or default_language
    code = f"problem-{problem.code}"
    said = {
        "type": TOOL + problem.code,
        "title": problem.title or text(code, language, problem.arguments),
        "status": problem.status,
        "detail": problem.detail if problem.title else hint(code, language, problem.arguments),
        **problem.members,
    }
    content = json.dumps({key: value for key, value in said.items() if value is not None}, ensure_ascii=False, indent=1)
    own = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return Response(content + "\n", problem.status, own | problem.headers, MEDIA_TYPE)
