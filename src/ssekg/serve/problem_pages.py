"""Why a request is not answered, as a page for people: the same words as the problem has for programs."""

from functools import cache
from typing import Final
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from ssekg.base.html import Templates
from ssekg.serve.negotiation import best_form, best_language
from ssekg.serve.permanent_iris import HTML, MEDIA_TYPES, quoted, relative
from ssekg.serve.problems import MEDIA_TYPE, ProblemError
from ssekg.serve.release import Release

_FORMS: Final = {"problem": (MEDIA_TYPE, "application/json"), HTML: MEDIA_TYPES[HTML]}


def problem_page(problem: ProblemError, scope: Scope, release: Release) -> Response | None:
    """The page that says why, None for who does not ask for pages."""
    headers = Headers(scope=scope)
    if best_form(headers.get("accept"), _FORMS) != HTML:
        return None
    project, path = release.project, scope["path"][1:]
    languages = project.worded_languages
    language = best_language(headers.get("accept-language"), languages) or (
        project.default_language if project.default_language in languages else languages[0]
    )
    content = _templates().page(
        "problem.html",
        language,
        code=f"problem-{problem.code}",
        title=problem.title,
        detail=problem.detail,
        arguments=problem.arguments,
        up=relative(path),
        home=quoted(release.iris.home(language)),
        name=project.name,
        leads=_leads(problem, path, release),
    )
    own = {"Content-Language": language, "Vary": "Accept, Accept-Language", "Cache-Control": "no-store"}
    return Response(content, problem.status, own | problem.headers, "text/html")


def _leads(problem: ProblemError, path: str, release: Release) -> dict[str, str]:
    """Where the page leads: to what was probably meant, or to the forms that there are, by address."""
    base, members = release.project.base, problem.members
    meant = [*members.get("near", ()), *filter(None, [members.get("replaced_by")])]
    things = dict(_lead(iri, base, relative(path)) for iri in meant)
    forms = {each["href"]: each["type"] for each in members.get("formats", ()) if isinstance(each, dict)}
    return things | forms


def _lead(iri: str, base: str, up: str) -> tuple[str, str]:
    if not iri.startswith(base):
        return iri, iri
    name = unquote(iri.removeprefix(base))
    return f"{up}id/{quoted(name)}", name


@cache
def _templates() -> Templates:
    return Templates("ssekg.serve")
