"""What can go wrong for a user: a few errors that know their exit code and their words."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ssekg.base.messages import hint, text
from ssekg.base.said import Argument

if TYPE_CHECKING:  # it brings the engine along, which the help of the command line does without
    from ssekg.base.findings import Finding


class SsekgError(Exception):
    """An error that people meet.

    `code` names an entry of the message catalogues whose placeholders `arguments` fill; the entry says what
    happened and what to do, in every language. `exit_code` is what the command line ends with.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, code: str, **arguments: Argument) -> None:
        """Keep the code and the arguments; the English texts serve those who read a traceback."""
        self.code = code
        self.arguments = arguments
        super().__init__(self.message("en"))
        advice = hint(code, "en", arguments)
        if advice:
            self.add_note(advice)

    def __reduce__(self) -> tuple[object, ...]:
        """The error as it goes from one process to another."""
        return _again, (type(self), self.code, self.arguments)

    def message(self, language: str) -> str:
        """What happened, in `language`."""
        return text(self.code, language, self.arguments)

    def hint(self, language: str) -> str | None:
        """What to do, in `language`; None if there is nothing to say."""
        return hint(self.code, language, self.arguments)


def _again(kind: type[SsekgError], code: str, arguments: Mapping[str, Argument]) -> SsekgError:
    return kind(code, **arguments)


class AskedWronglyError(SsekgError):
    """The request can't be met as asked: no such query or term, a parameter missing or of the wrong type."""

    exit_code = 2


class CannotRunError(SsekgError):
    """The work could not be done: a file missing or unreadable, a broken project, disk, network, store."""


class BrokenShapesError(CannotRunError):
    """Shapes that no engine can work with: the `findings` say where and why; `texts` are the texts of their files."""

    def __init__(self, file: str, findings: "Sequence[Finding]", texts: Mapping[str, str]) -> None:
        """Keep the findings; `file` names the files for people."""
        self.findings = tuple(findings)
        self.texts = texts
        super().__init__("broken-shapes-found", file=file)


class RefusedError(SsekgError):
    """The work was done, but its result is refused until something is fixed: a version that goes backwards."""

    exit_code = 1
