"""Files in memory on a web server of this machine, with or without an endpoint beside them."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from urllib.parse import parse_qs, unquote, urlsplit

import pyoxigraph as ox

RESULTS = "application/sparql-results+json"


@contextmanager
def served(files: Mapping[str, bytes], store: ox.Store | None = None) -> Iterator[str]:
    """The address of a site that has these files and, if a store is given, answers queries at `sparql`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/sparql" and store is not None:
                self._answer(store, parse_qs(address.query)["query"][0])
                return
            content = files.get(unquote(address.path[1:]))
            self._send(404 if content is None else 200, guess_type(address.path)[0] or "text/plain", content or b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert store is not None
            self._answer(store, parse_qs(body)["query"][0])

        def _answer(self, store: ox.Store, query: str) -> None:
            try:
                found = store.query(query)
            except SyntaxError:
                problem = {"title": "<b>Line 2</b>", "line": "2", "column": "3"}
                self._send(400, "application/problem+json", json.dumps(problem).encode())
            else:
                assert not isinstance(found, ox.QueryTriples)
                content = found.serialize(format=ox.QueryResultsFormat.JSON)
                assert content is not None
                self._send(200, RESULTS, content)

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
