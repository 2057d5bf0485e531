"""What a server takes from its clients and gives them at most: settings with defaults, each of which has a number."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from ssekg.base.errors import AskedWronglyError
from ssekg.base.spelling import nearest_name, suggestion

# Larger numbers of seconds, bytes or MiB the system and the server do not take.
_MOST: Final = 10**12


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server, in seconds, bytes, MiB or how many; docs/serving.md says what each is for."""

    timeout: float = 10
    question_timeout: float = 5
    memory: int = 512
    rows: int = 100_000
    answer: int = 16 << 20
    workers: int = 2
    waiting: int = 16
    client_requests: int = 2
    client_seconds: float = 60
    client_errors: int = 30
    kept_answers: int = 64 << 20
    address: int = 8 << 10
    headers: int = 32 << 10
    body: int = 256 << 10
    headers_timeout: float = 5
    body_timeout: float = 10
    reading_timeout: float = 30
    connections: int = 512


def read_limits(given: Iterable[str], **others: float | None) -> Limits:
    """The limits with some set as `name=value`, or by keyword unless None.

    Raises:
        AskedWronglyError: there is no limit of that name, or its value is no positive number, or too large.
    """
    known = {field.name.replace("_", "-"): field for field in fields(Limits)}
    values = {name: value for name, value in others.items() if value is not None}
    for each in given:
        name, sign, text = each.partition("=")
        if not sign or name not in known:
            nearest = suggestion(nearest_name(name, known))
            raise AskedWronglyError("no-such-limit", name=name, known=", ".join(known), **nearest)
        kind = int if known[name].type is int else float
        try:
            values[known[name].name] = kind(text)
        except ValueError:
            raise AskedWronglyError("bad-limit", name=name, value=text, most=str(_MOST)) from None
    for name, value in values.items():
        if not 0 < value <= _MOST:
            raise AskedWronglyError("bad-limit", name=name.replace("_", "-"), value=str(value), most=str(_MOST))
    return Limits(**values)  # type: ignore[arg-type]
