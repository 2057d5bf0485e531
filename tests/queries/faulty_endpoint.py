"""What a query may meet at an address, by its path: errors, silence, pages, answers that end too early."""

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Final

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
IN_JSON: Final = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"http://a.example/"}}]}}'
IN_XML: Final = (
    b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results><result>'
    b'<binding name="x"><uri>http://a.example/</uri></binding></result></results></sparql>'
)
IN_TRIPLES: Final = b'<http://a.example/> <http://b.example/> "\\u00E9"@fr .\n'
PAGE: Final = b"<html><h1>Welcome to the \x1b[31mportal</h1></html>"

# By path: the status, the headers and the content.
ANSWERS: Final[dict[str, tuple[int, dict[str, str], bytes]]] = {
    "json": (200, {"Content-Type": JSON}, IN_JSON),
    "xml": (200, {"Content-Type": XML}, IN_XML),
    "unnamed": (200, {}, IN_JSON),
    "tsv": (200, {"Content-Type": "text/tab-separated-values"}, b"?x\n<http://a.example/>\n"),
    "page": (200, {"Content-Type": "text/html"}, PAGE),
    "lying": (200, {"Content-Type": JSON}, PAGE),
    "yes": (200, {"Content-Type": JSON}, b'{"head":{},"boolean":true}'),
    "other": (200, {"Content-Type": JSON}, IN_JSON.replace(b'"x"', b'"y"')),
    "empty": (200, {"Content-Type": JSON}, b""),
    "cut-json": (200, {"Content-Type": JSON, "Content-Length": "500"}, IN_JSON[:-3]),
    "cut-blanks": (200, {"Content-Type": JSON, "Content-Length": "500"}, IN_JSON),
    "cut-xml": (200, {"Content-Type": XML}, IN_XML.removesuffix(b"</sparql>")),
    "partial": (206, {"Content-Type": JSON}, IN_JSON),
    "rows": (200, {"Content-Type": JSON, "X-SPARQL-MaxRows": "1"}, IN_JSON),
    "anytime": (200, {"Content-Type": JSON, "X-SQL-State": "S1TAT", "X-SQL-Message": "timeout"}, IN_JSON),
    "wordy": (400, {"Content-Type": "text/plain"}, b"Virtuoso 37000 Error SP030: no such function\n" + b"x" * 5_000),
    "triples": (200, {"Content-Type": "application/n-triples"}, IN_TRIPLES),
    "turtle": (200, {"Content-Type": "text/turtle;charset=utf-8"}, IN_TRIPLES.replace(b" .", b".")),
    "no-triples": (200, {"Content-Type": "application/n-triples"}, b"# Empty NT\n"),
    "cut-triples": (200, {"Content-Type": "application/n-triples", "Content-Length": "500"}, IN_TRIPLES),
    "partial-triples": (206, {"Content-Type": "application/n-triples"}, IN_TRIPLES),
    "few-triples": (200, {"Content-Type": "application/n-triples", "X-SPARQL-MaxRows": "1"}, IN_TRIPLES),
    "moved": (302, {"Location": "/guarded"}, b""),
}


class Faulty(BaseHTTPRequestHandler):
    """The server; `asked` keeps the method and path of each request, `Authorization` included where there is one."""

    asked: ClassVar[list[tuple[str, str, str | None]]] = []
    stopped: ClassVar[threading.Event] = threading.Event()

    def do_GET(self) -> None:
        """Answer as the path says."""
        name = self.path.partition("?")[0].strip("/")
        self.asked.append((self.command, name, self.headers["Authorization"]))
        if name == "silent":
            self.stopped.wait(20)
        elif name in {"slow", "endless-headers", "endless"}:
            self._drip(name)
        elif name == "no-http":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        elif name == "guarded" and self.headers["Authorization"] not in {"Basic bWU6c8OpY3JldA==", "Bearer letmein"}:
            self._send(401, {}, b"")
        elif name.startswith("busy-") and sum(each[1] == name for each in self.asked) < 3:
            self._send(429, {"Retry-After": "0"}, b"")
        elif name == "always-busy":
            self._send(503, {"Retry-After": "3600"}, b"")
        elif name.isdecimal():
            self._send(int(name), {}, PAGE)
        else:
            self._send(*ANSWERS.get(name, ANSWERS["json"]))

    def do_POST(self) -> None:
        """Answer as the path says."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _drip(self, name: str) -> None:
        if name != "endless-headers":
            self.send_response(200)
            self.end_headers()
        with suppress(OSError):  # nobody listens any longer
            while not self.stopped.wait(0 if name == "endless" else 0.05):
                self.wfile.write(b" " * (65_536 if name == "endless" else 1))

    def log_message(self, *_arguments: object) -> None:
        """Keep the output of the tests readable."""


def served(handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """A server on the loopback that runs until it is shut down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
