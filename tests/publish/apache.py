"""Debian's Apache on a port of its own of this machine, with a configuration of its own and no service installed."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PROGRAM: Final = "/usr/sbin/apache2"
MODULES: Final = Path("/usr/lib/apache2/modules")
LOADED: Final = ("mpm_event", "authz_core", "dir", "headers", "mime", "rewrite")
TYPES: Final = {
    ".html": "text/html",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".ttl": "text/turtle",
}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def serving(port: int, folders: dict[str, dict[str, bytes]], modules: tuple[str, ...] = LOADED) -> Iterator[Path]:
    """Serve folders of files by their path on the server while the context lasts; gives Apache's log of errors.

    A folder of its own below /tmp, since Apache gives up root's rights and the folders of pytest are closed.
    """
    assert Path(PROGRAM).exists(), "Apache is missing: see `make programs`"
    root = Path(tempfile.mkdtemp(prefix="ssekg-apache-", dir="/tmp"))
    try:
        root.chmod(0o755)
        for folder, files in folders.items():
            for name, content in files.items():
                path = root / "served" / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        (root / "apache.conf").write_text(configuration(root, port, modules), encoding="utf-8")
        process = subprocess.Popen([PROGRAM, "-f", root / "apache.conf", "-DFOREGROUND"])
        try:
            wait_until_it_answers(port, process, root / "errors.log")
            yield root / "errors.log"
        finally:
            process.terminate()
            process.wait(10)
    finally:
        shutil.rmtree(root)


def configuration(root: Path, port: int, modules: tuple[str, ...]) -> str:
    """As w3id.org has it: the folders decide by their .htaccess."""
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    return (
        "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in modules)
        + user
        + f"""ServerName localhost
Listen 127.0.0.1:{port}
PidFile {root}/apache.pid
ErrorLog {root}/errors.log
DefaultRuntimeDir {root}
StartServers 1
DocumentRoot {root}/served
<Directory {root}/served>
  Require all granted
  AllowOverride All
  Options FollowSymLinks
  DirectoryIndex index.html
</Directory>
TypesConfig /dev/null
"""
        + "".join(f"AddType {media_type} {suffix}\n" for suffix, media_type in TYPES.items())
    )


def wait_until_it_answers(port: int, process: "subprocess.Popen[bytes]", errors: Path) -> None:
    """Wait up to ten seconds; a server that ends tells why in its log."""
    for _ in range(200):
        if process.poll() is not None:
            break
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(errors.read_text(encoding="utf-8") if errors.exists() else "Apache does not start")
