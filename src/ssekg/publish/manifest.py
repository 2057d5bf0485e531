"""The manifest of a release: what it holds, with checksums; and, in another file, the tools that made it."""

import json
import platform
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ssekg import __version__
from ssekg.base.errors import CannotRunError
from ssekg.base.said import Said
from ssekg.catalogue.files import PublishedFile
from ssekg.graph.versions import MANIFEST, manifest_content
from ssekg.project.setting_rules import is_version

# The only file that may differ between two machines: it is in no list of checksums.
BUILD: Final = "build.json"
_ALGORITHM: Final = "RDFC-1.0 SHA-256"
_TOOLS: Final = ("csvw", "pyarrow", "pyoxigraph", "pyshacl", "rdflib", "shacl")


@dataclass(frozen=True, slots=True)
class Extent:
    """How many triples a graph has, and its canonical hash (RDFC-1.0 with SHA-256)."""

    triples: int
    digest: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When a record was withdrawn and why (the IRI of a concept), and what takes its place, None if nothing does."""

    date: str
    reason: str
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds.

    The dumps of the whole graph are called `id`; those for the public are called `public_id`, which is the same where
    nothing is withheld. `instances` counts the records of each kind, `sources` those that name each source. `withdrawn`
    says by its identifier what became of each withdrawn record, `vocabularies` which file is that of the vocabulary, or
    of a module of it, by its path below the home of the project. `query_engine` is the version of the engine of the
    query page, None without one.
    """

    id: str
    public_id: str
    name: Mapping[str, str]
    version: str
    date: str
    base: str
    site: str
    licence: str
    publisher: str
    whole: Extent
    public: Extent
    ontology_triples: int
    instances: Mapping[str, int]
    sources: Mapping[str, int]
    withdrawn: Mapping[str, Withdrawal]
    vocabularies: Mapping[str, str]
    files: tuple[PublishedFile, ...]
    query_engine: str | None = None

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of the release in a folder.

        Raises:
            CannotRunError: there is none, or it is damaged, or it names a file outside the folder.
        """
        if not (folder / MANIFEST).is_file():
            raise CannotRunError("no-release", folder=str(folder))
        content = manifest_content(folder)
        try:
            manifest = cls._of(content)
        except KeyError as missing:
            problem = Said("manifest-without", {"key": str(missing.args[0])})
        except (TypeError, AttributeError, ValueError) as wrong:
            problem = Said("manifest-wrong", {"problem": str(wrong)})
        else:
            return manifest
        raise CannotRunError("broken-release", folder=str(folder), problem=problem) from None

    def write(self) -> bytes:
        """The manifest as JSON: what `read` reads."""
        return _json(
            {
                "id": self.id,
                "public_id": self.public_id,
                "name": dict(self.name),
                "version": self.version,
                "date": self.date,
                "base": self.base,
                "site": self.site,
                "licence": self.licence,
                "publisher": self.publisher,
                "counts": {
                    "triples": self.whole.triples,
                    "public_triples": self.public.triples,
                    "ontology_triples": self.ontology_triples,
                    "instances": dict(self.instances),
                },
                "sources": dict(self.sources),
                "withdrawn": {identifier: asdict(each) for identifier, each in self.withdrawn.items()},
                "vocabularies": dict(self.vocabularies),
                "canonical_hash": {
                    "algorithm": _ALGORITHM,
                    "value": self.whole.digest,
                    "public": self.public.digest,
                },
                "query_engine": self.query_engine,
                "files": [asdict(file) for file in self.files],
            }
        )

    def extent_of(self, path: str) -> Extent | None:
        """What is in a dump of the graph, by its path in the release; None for other files."""
        stem = PurePosixPath(path.removesuffix(".gz")).stem if "/" not in path else ""
        return {self.public_id: self.public, self.id: self.whole}.get(stem)

    @classmethod
    def _of(cls, content: Mapping[str, Any]) -> "Manifest":
        """The manifest that `write` wrote.

        Raises:
            KeyError: something is missing.
            TypeError, ValueError: something is not as it should be.
        """
        counts, hashes = content["counts"], content["canonical_hash"]
        if not is_version(content["version"]):
            raise ValueError(f"version: {content['version']}")
        texts = {key: _text(content, key) for key in _TEXTS}
        return cls(
            **texts,
            name=dict(content["name"]),
            whole=Extent(_number(counts, "triples"), _text(hashes, "value")),
            public=Extent(_number(counts, "public_triples"), _text(hashes, "public")),
            ontology_triples=_number(counts, "ontology_triples"),
            instances=dict(counts["instances"]),
            sources=dict(content["sources"]),
            # Those of earlier versions of the tool have none of these.
            withdrawn={key: Withdrawal(**each) for key, each in content.get("withdrawn", {}).items()},
            vocabularies=dict(content.get("vocabularies", {})),
            files=tuple(_file(file) for file in content["files"]),
            query_engine=content.get("query_engine"),
        )


_TEXTS: Final = ("id", "public_id", "version", "date", "base", "site", "licence", "publisher")


def build_report() -> bytes:
    """The versions of the tools that shape the bytes of a release: the content of BUILD."""
    tools = {
        "ssekg": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    return _json({"tools": tools | {name: version(name) for name in _TOOLS}})


def _text(content: Mapping[str, Any], key: str) -> str:
    if not isinstance(content[key], str):
        raise TypeError(f"{key}: {content[key]}")
    return str(content[key])


def _number(content: Mapping[str, Any], key: str) -> int:
    if not isinstance(content[key], int):
        raise TypeError(f"{key}: {content[key]}")
    return int(content[key])


def _file(content: Mapping[str, Any]) -> PublishedFile:
    """A file of the release, which is inside its folder."""
    path = PurePosixPath(_text(content, "path"))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"path: {content['path']}")
    return PublishedFile(
        str(content["path"]), _number(content, "bytes"), _text(content, "sha256"), _text(content, "media_type")
    )


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
