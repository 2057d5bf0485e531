"""The git repository of a project: which lines have changed since a revision, and what it held then."""

import io
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Final

from ssekg.base.errors import AskedWronglyError, CannotRunError

# The new lines of a hunk: the first, and how many there are if not one (GNU diff, unified format).
_HUNK: Final = re.compile(rb"^@@ -[0-9,]+ \+([0-9]+)(?:,([0-9]+))? @@", re.MULTILINE)


def changed_lines(folder: Path, revision: str) -> dict[Path, list[range] | None]:
    """What has changed since the branch at work left a revision: the lines of each file, by its resolved path.

    The changes are those of later commits, those not committed, and the files that git does not track yet and does not
    ignore. Where lines were taken out, the two between which they were count. A file that is new, or is no text, has
    None: all of it has changed.

    Args:
        folder: any folder of the repository.
        revision: a branch, a tag or a commit.

    Raises:
        AskedWronglyError: git does not know the revision.
        CannotRunError: git is not installed, or the folder is not in a repository.
    """
    root = _root(folder)
    start = _commit(root, revision)
    # What others have done on that branch since is not a change of this one.
    common = os.fsdecode(_git(root, "merge-base", start, "HEAD").stdout).strip()
    names = _names(root, "ls-files", "--others", "--exclude-standard", "-z")
    known = _names(root, "diff", "--name-only", "--no-renames", "-z", common or start, "--")
    return {**dict.fromkeys(names), **{path: _lines(root, common or start, path) for path in known}}


def require_revision(folder: Path, revision: str) -> None:
    """Make sure that git knows a revision.

    Raises:
        AskedWronglyError: it does not.
        CannotRunError: git is not installed, or the folder is not in a repository.
    """
    _commit(_root(folder), revision)


def committed(folder: Path, path: Path) -> bytes | None:
    """What the last commit has in a file; None where there is no git, no repository, or no such file in it."""
    if shutil.which("git") is None or _git(folder, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        return None
    inside = path.resolve().relative_to(_root(folder).resolve())
    found = _git(folder, "show", f"HEAD:{inside.as_posix()}")
    return None if found.returncode else found.stdout


def extract(folder: Path, revision: str, target: Path) -> None:
    """Write what `folder` held at a revision into the folder `target`; the repository and its files stay untouched.

    Raises:
        AskedWronglyError: git does not know the revision.
        CannotRunError: git is not installed, the folder is not in a repository, or it did not exist yet.
    """
    commit = _commit(_root(folder), revision)
    archived = _git(folder, "archive", "--format=tar", commit)
    if archived.returncode:
        raise _not_readable(folder, archived)
    with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        archive.extractall(target, filter="data")


def _names(root: Path, *arguments: str) -> list[Path]:
    """The files that git names; that it can't say must not look as if there were none."""
    done = _git(root, *arguments)
    if done.returncode:
        raise _not_readable(root, done)
    return [(root / os.fsdecode(name)).resolve() for name in done.stdout.split(b"\0") if name]


def _lines(root: Path, start: str, path: Path) -> list[range] | None:
    """The lines of a file that differ from a commit; None where git knows no lines of it."""
    plain = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv")
    hunks = _HUNK.findall(_git(root, "diff", *plain, start, "--", f":(literal){path.relative_to(root)}").stdout)
    return [_new_lines(int(first), int(count or 1)) for first, count in hunks] or None


def _new_lines(first: int, count: int) -> range:
    return range(first, first + count) if count else range(first, first + 2)


def _root(folder: Path) -> Path:
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top.returncode:
        raise _not_readable(folder, top)
    return Path(os.fsdecode(top.stdout.removesuffix(b"\n")))


def _commit(root: Path, revision: str) -> str:
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode or found.stdout.startswith(b"^"):  # ^NAME is all that is not in NAME
        raise AskedWronglyError("unknown-revision", revision=revision)
    return os.fsdecode(found.stdout).strip()


def _not_readable(folder: Path, done: "subprocess.CompletedProcess[bytes]") -> CannotRunError:
    return CannotRunError("no-repository", folder=str(folder), problem=os.fsdecode(done.stderr).strip())


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which("git")
    if program is None:
        raise CannotRunError("no-git")
    command = [program, "-C", str(folder), *arguments]
    bare = os.environ | {"LC_ALL": "C"}
    return subprocess.run(command, env=bare, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
