"""The routes beside the files of a release: what is asked for, and where the permanent IRIs lead."""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from ssekg.serve.api import document as document_of_api
from ssekg.serve.api import question, questions
from ssekg.serve.engines import made_once
from ssekg.serve.files import is_known
from ssekg.serve.headers import content_headers
from ssekg.serve.linked_data import document
from ssekg.serve.pages import record_page
from ssekg.serve.permanent_iris import MEDIA_TYPES, SEE_OTHER, Document, Lead, Wishes, quoted, relative
from ssekg.serve.problems import ProblemError
from ssekg.serve.release import Release
from ssekg.serve.release_files import ServedFile
from ssekg.serve.sparql import sparql

_VARY: Final = "Accept, Accept-Language"
# What is written in less than a few milliseconds need not be kept.
_QUICK: Final = 16 << 10
_MOVED: Final = 301
_OK: Final = 200


async def health(_: Request) -> Response:
    """Whether the server is alive."""
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


async def ready(request: Request) -> Response:
    """Whether a release is served, and which."""
    manifest = release_of(request).content.manifest
    return JSONResponse({"version": manifest.version, "graph": manifest.public.digest}, headers=_FRESH)


async def permanent(request: Request) -> Response:
    """Where a permanent IRI leads, or the document or page of a thing that is no file."""
    release, path = release_of(request), request.scope["path"][1:]
    given = request.headers
    wishes = Wishes(given.get("accept"), given.get("accept-language"), request.query_params.get("format"))
    made = release.iris.made(path)
    if made is not None:
        return await record_page(request, path, *made)
    folder = f"{path}/index.html"
    if folder in release.content.files:
        return _led(Lead(_MOVED, f"{path}/"), path, release)
    found = release.iris.find(path, wishes)
    if found is None:
        raise ProblemError("not-found", 404)
    return _led(found, path, release) if isinstance(found, Lead) else await _written(found, path, request)


def release_of(request: Request) -> Release:
    """The release that a request is answered from."""
    release: Release = request.scope["release"]
    return release


def _led(lead: Lead, path: str, release: Release) -> Response:
    is_elsewhere = "://" in lead.target
    location = quoted(lead.target) if is_elsewhere else relative(path) + quoted(lead.target)
    headers = {"Location": location, "Vary": _VARY, "Cache-Control": "no-cache"}
    if lead.status == SEE_OTHER:
        headers["Link"] = release.links.of(path, release.iris.things.get(path.removeprefix("id/")))
    return Response(status_code=lead.status, headers=headers)


async def _written(found: Document, path: str, request: Request) -> Response:
    release, thing, form = release_of(request), found.thing, found.form
    etag = f'"{thing.source.digest[:32]}-{form}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Link": release.links.of(path, thing)}
    if found.status == _OK and is_known(etag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    media_type = MEDIA_TYPES[form][0]
    if len(thing.source.content) > _QUICK and found.status == _OK:
        return await made_once(
            request,
            (thing.path, form),
            lambda: ServedFile.of(path, media_type, document(thing, form, release.project)),
            {"link": headers["Link"]},
        )
    content = document(thing, form, release.project)
    about = content_headers(path, media_type)
    if found.status != _OK:  # a tombstone, in the form that is wanted
        about["vary"] = _VARY
    return Response(content, found.status, headers | about)


_FRESH: Final = {"Cache-Control": "no-store"}
_METHODS: Final = ["GET", "HEAD"]
ROUTES: Final[Sequence[BaseRoute]] = (
    Route("/health", health, methods=_METHODS),
    Route("/ready", ready, methods=_METHODS),
    Route("/sparql", sparql, methods=[*_METHODS, "POST", "OPTIONS"]),
    Route("/api/", questions, methods=_METHODS),
    Route("/api/{name}", question, methods=_METHODS),
    Route("/openapi.json", document_of_api, methods=_METHODS),
    Route("/{path:path}", permanent, methods=_METHODS),
)
"""Every route; the last takes what is left."""
