"""The server as an ASGI application: files that are ready first, then the routes, then the permanent IRIs.

A request has to do with one release from its beginning to its end, so no answer is made of two.
"""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import BaseRoute, Router
from starlette.types import Receive, Scope, Send

from ssekg.serve.clients import Clients
from ssekg.serve.exchange import FILES, KEPT, Exchange, Note
from ssekg.serve.files import ReadyFile
from ssekg.serve.guard import GuardedBody, refuse_other_host, refuse_oversize
from ssekg.serve.limits import Limits
from ssekg.serve.problem_pages import problem_page
from ssekg.serve.problems import ProblemError, problem_response
from ssekg.serve.proxies import Proxies
from ssekg.serve.release import Release

SURPLUS: Final = "surplus"
"""What the scope of a request has that came in over the limit of connections."""
Observer = Callable[[Note], None]
# The client went before it was answered.
_GONE: Final = 499
_READ: Final = frozenset({"GET", "HEAD"})
_LOG: Final = logging.getLogger("ssekg.serve")


class Application:
    """Serves the release that is its `release` at the time."""

    def __init__(
        self,
        release: Release,
        limits: Limits,
        routes: Sequence[BaseRoute],
        observers: Sequence[Observer] = (),
        proxies: Proxies | None = None,
    ) -> None:
        """Serve a release.

        Args:
            release: what is served first; another takes its place by assignment.
            limits: what clients may do.
            routes: what is no file of a release. They find the release at `request.scope["release"]` and the limits at
                `request.scope["limits"]`, and raise a `ProblemError` where they do not answer.
            observers: who is given a note of each request.
            proxies: those that are believed for whom they ask; None for none.
        """
        self.release = release
        self.limits = limits
        self.clients = Clients(limits, time.monotonic)
        self._router = Router(routes, redirect_slashes=False)
        self._observers = observers
        self._proxies = proxies or Proxies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        release = self.release
        exchange = Exchange(scope, send, shared=not release.whole)
        route = FILES
        try:
            with release.in_use():
                route = await self._answer(release, scope, receive, exchange)
        except (ClientDisconnect, OSError):
            await self._give_up(400, scope, receive, exchange)
            exchange.status = exchange.status if exchange.size else _GONE
        except Exception:
            _LOG.exception("A request was not refused because of a bug of our own")
            await self._give_up(500, scope, receive, exchange)
        finally:
            note = exchange.note(route)
            for observer in self._observers:
                observer(note)

    async def _answer(self, release: Release, scope: Scope, receive: Receive, exchange: Exchange) -> str:
        """Answer from a release, or say why not; returns the route that it took."""
        headers = Headers(scope=scope)
        try:
            refuse_oversize(scope, headers, self.limits)
            if release.whole:
                refuse_other_host(headers)
            if SURPLUS in scope:
                raise ProblemError("busy", 503, headers={"Retry-After": "1"})
            ready, route = self._at_hand(release, scope, headers)
            if ready is not None:
                await exchange.send_ready(ready.answer(headers.get("accept-encoding"), headers.get("if-none-match")))
                return route
            self._proxies.read(scope)
            scope.update(app=self, release=release, limits=self.limits)
            await self._router(scope, GuardedBody(receive, self.limits), exchange)
        except ProblemError as problem:
            await self._refuse(problem, release, scope, receive, exchange)
        except HTTPException as problem:
            code = "wrong-method" if problem.status_code == 405 else "not-found"
            own = ProblemError(code, problem.status_code, headers=problem.headers, method=scope["method"])
            await self._refuse(own, release, scope, receive, exchange)
        except (ClientDisconnect, OSError):
            raise
        except Exception:
            _LOG.exception("A request was not answered because of a bug of our own")
            await self._refuse(ProblemError("own-bug", 500), release, scope, receive, exchange)
        return str(getattr(scope.get("route"), "path", FILES))

    @staticmethod
    async def _give_up(status: int, scope: Scope, receive: Receive, exchange: Exchange) -> None:
        """Say at least with a status that a request is not answered, should its client be there."""
        if not exchange.status:
            with suppress(OSError):
                await Response(status_code=status, headers={"Connection": "close"})(scope, receive, exchange)

    @staticmethod
    def _at_hand(release: Release, scope: Scope, headers: Headers) -> tuple[ReadyFile | None, str]:
        """What answers a request at once: a file of the release, or an answer that is kept."""
        if scope["method"] not in _READ:
            return None, FILES
        file = release.ready(scope["path"][1:])
        if file is not None or release.engines is None:
            return file, FILES
        kept = release.engines.kept.to(scope, headers)
        return (kept if kept and kept.is_at_hand(headers.get("accept-encoding")) else None), KEPT

    async def _refuse(
        self, problem: ProblemError, release: Release, scope: Scope, receive: Receive, exchange: Exchange
    ) -> None:
        if exchange.status:  # the answer has begun, and can only be cut short
            raise OSError
        headers, default = Headers(scope=scope), release.project.default_language
        response = problem_page(problem, scope, release) or problem_response(problem, headers, default)
        await response(scope, receive, exchange)
