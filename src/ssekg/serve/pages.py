"""The pages of records that are no files of a release, made for who asks for them."""

from starlette.requests import Request
from starlette.responses import Response

from ssekg.serve.engines import PAGES, engines_of, replied
from ssekg.serve.files import ready_response
from ssekg.serve.release import Release
from ssekg.serve.release_files import ServedFile
from ssekg.serve.workers.protocol import Message

_HTML = "text/html"


async def record_page(request: Request, path: str, iri: str, language: str) -> Response:
    """The page of a record in a language, which is at a path: the same bytes as if it were a file.

    Raises:
        ProblemError: the record has none, or too many others ask.
    """
    release: Release = request.scope["release"]
    kept = engines_of(request).kept
    found = kept.get(path)
    if found is None:
        limit = request.scope["limits"].answer
        reply = await replied(
            request, PAGES, Message({"task": "page", "iri": iri, "language": language, "bytes": limit})
        )
        found = release.prepared(ServedFile.of(path, _HTML, reply.body))
        kept.keep(path, found)
    kept.remember(request.scope, request.headers, path)
    return await ready_response(found, request)
