"""Which files have changed since a revision, as git knows it."""

import os
import shutil
import subprocess
from pathlib import Path

from ssekg.errors import AskedWronglyError, CannotRunError


def changed_files(folder: Path, revision: str) -> set[Path]:
    """The files, by their resolved paths, that have changed since the branch at work left a revision.

    These are those of later commits, those not committed, and those that git does not track yet and does not ignore.

    Args:
        folder: any folder of the repository.
        revision: a branch, a tag or a commit.

    Raises:
        AskedWronglyError: git does not know the revision.
        CannotRunError: there is no git, or the folder is in no repository.
    """
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top.returncode:
        problem = os.fsdecode(top.stderr).strip()
        raise CannotRunError("no-repository", folder=str(folder), problem=problem)
    root = Path(os.fsdecode(top.stdout.removesuffix(b"\n")))
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        raise AskedWronglyError("unknown-revision", revision=revision)
    start = os.fsdecode(commit.stdout).strip()
    # What others have done on that branch since is no change of this one.
    common = os.fsdecode(_git(root, "merge-base", start, "HEAD").stdout).strip()
    changed = _git(root, "diff", "--name-only", "--no-renames", "-z", common or start, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    names = (changed.stdout + untracked.stdout).split(b"\0")
    return {(root / os.fsdecode(name)).resolve() for name in names if name}


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which("git")
    if program is None:
        raise CannotRunError("no-git")
    command = [program, "-C", str(folder), *arguments]
    return subprocess.run(command, env=os.environ | {"LC_ALL": "C"}, capture_output=True, check=False)  # noqa: S603
