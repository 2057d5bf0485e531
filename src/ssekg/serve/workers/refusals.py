"""Why a request gets no answer from a worker: as the code of a problem, whose words the server has."""

from typing import Final

BAD_REQUEST: Final = 400
NOT_FOUND: Final = 404
NOT_ACCEPTABLE: Final = 406
UNPROCESSABLE: Final = 422
UNAVAILABLE: Final = 503


class RefusedError(Exception):
    """A request that is not answered, with the status that says so; `arguments` fill the words of the problem."""

    def __init__(self, code: str, status: int, /, **arguments: str) -> None:
        """Keep what is to be said."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.arguments = arguments


class UnavailableError(RefusedError):
    """A request is not answered now; the next one may be. A worker was at it for `seconds`."""

    def __init__(self, code: str, seconds: float = 0, /, **arguments: str) -> None:
        """Keep what is to be said."""
        super().__init__(code, UNAVAILABLE, **arguments)
        self.seconds = seconds


class AnswerTooLargeError(RefusedError):
    """An answer has more rows or bytes than are sent."""

    def __init__(self, rows: int, size: int) -> None:
        """Say how many rows and bytes are."""
        super().__init__("answer-too-large", BAD_REQUEST, rows=str(rows), megabytes=f"{size / (1 << 20):g}")
