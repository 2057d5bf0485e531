"""The git repository of a project: which files have changed since a revision, and what it held then."""

import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from ssekg.base.errors import AskedWronglyError, CannotRunError


def changed_files(folder: Path, revision: str) -> set[Path]:
    """The files, by their resolved paths, that have changed since the branch at work left a revision.

    These are those of later commits, those not committed, and those that git does not track yet and does not ignore.

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
    changed = _git(root, "diff", "--name-only", "--no-renames", "-z", common or start, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    names = (changed.stdout + untracked.stdout).split(b"\0")
    return {(root / os.fsdecode(name)).resolve() for name in names if name}


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


def _root(folder: Path) -> Path:
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top.returncode:
        raise _not_readable(folder, top)
    return Path(os.fsdecode(top.stdout.removesuffix(b"\n")))


def _commit(root: Path, revision: str) -> str:
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
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
