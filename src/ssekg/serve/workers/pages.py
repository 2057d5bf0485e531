"""What a worker does for the page of a record that is no file of the release: it makes it with the same template."""

from ssekg.serve.workers.contents import Contents
from ssekg.serve.workers.protocol import Message
from ssekg.serve.workers.refusals import NOT_FOUND, RefusedError


def make_page(contents: Contents, request: Message) -> Message:
    """The page of the record and in the language that the head of the request names.

    Raises:
        RefusedError: it has none.
    """
    try:
        _, content = contents.pages.page(request.head["iri"], request.head["language"])
    except KeyError:
        raise RefusedError("not-found", NOT_FOUND) from None
    return Message({}, content)
