"""The engine of the query page: Oxigraph's WebAssembly, as the npm package oxigraph has it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file

_PACKAGE: Final = "package.json"
_FILES: Final = ("web.js", "web_bg.wasm", _PACKAGE)


@dataclass(frozen=True)
class QueryEngine:
    """An engine that is put into a release: its version, and its files by name."""

    version: str
    files: Mapping[str, bytes]

    @classmethod
    def read(cls, folder: Path) -> "QueryEngine":
        """The engine in the folder of the npm package.

        Raises:
            CannotRunError: there is none, or a file of it can't be read.
        """
        for name in _FILES:
            if not (folder / name).is_file():
                raise CannotRunError("no-engine", folder=str(folder), file=name)
        files = {name: read_file(folder / name, str(folder / name)) for name in _FILES}
        try:
            package = json.loads(files[_PACKAGE])
            version = package["version"] if package["name"] == "oxigraph" else None
        except (ValueError, KeyError, TypeError):
            version = None
        if not isinstance(version, str):
            raise CannotRunError("no-engine", folder=str(folder), file=_PACKAGE)
        return cls(version, files)
