"""Figures of the server for Prometheus, on a port of their own: nobody who reads the site reads them."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server

from ssekg.base.errors import CannotRunError
from ssekg.base.files import reason
from ssekg.serve.exchange import Note

_HOST: Final = "127.0.0.1"
_SECONDS: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0)


class Metrics:
    """Counts requests by route, method and status, what was sent, and how long it took."""

    def __init__(self, port: int) -> None:
        """Let them be read on a port of this machine.

        Raises:
            CannotRunError: the port can't be taken.
        """
        registry = CollectorRegistry()
        self._requests = Counter("ssekg_requests", "Requests", ("route", "method", "status"), registry=registry)
        self._bytes = Counter("ssekg_sent_bytes", "Bytes of contents that were sent", registry=registry)
        self._seconds = Histogram(
            "ssekg_seconds", "Seconds of a request", ("route",), buckets=_SECONDS, registry=registry
        )
        self._engine = Counter("ssekg_engine_seconds", "Seconds that engines worked", registry=registry)
        try:
            start_http_server(port, _HOST, registry)
        except OSError as problem:
            raise CannotRunError("cannot-listen", address=f"{_HOST}:{port}", problem=reason(problem)) from None

    def __call__(self, note: Note) -> None:
        """Count a request."""
        self._requests.labels(note.route, note.method, str(note.status)).inc()
        self._bytes.inc(note.size)
        self._seconds.labels(note.route).observe(note.seconds)
        self._engine.inc(note.engine_seconds or 0)
