"""An earlier state of the project, taken out of git into a folder of its own; the working tree is only read."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from msgspec import Struct

from stadtnetz.git import GitMissingError, ask

__all__ = ["GitError", "Present", "Revision", "clean_commit", "find_revision", "present", "unpack"]

_MAIN = ("origin/HEAD", "origin/main", "main", "origin/master", "master")
"""What the main branch may be called, the surest first."""
_PARTS = ("site.yaml", "content", "templates", "docs")
"""What a site is made from."""
_PROGRAM = ("stadtnetz", "build.py", "requirements.lock")
"""What makes it, where that stands beside it."""


class GitError(Exception):
    """A revision can't be had. `reason` is "none" (no repository), "unknown" (no such revision), "empty" (no site)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Revision(Struct, frozen=True):
    """A commit, and what it was asked for as."""

    commit: str
    name: str


def find_revision(root: Path, name: str = "") -> Revision:
    """Return a commit by any name that git knows; without a name, where this branch left the main one.

    Raises GitError outside a repository, and for a name that git does not know.
    """
    if _git(root, "rev-parse", "--git-dir") is None:
        raise GitError("none")
    if name:
        commit = _commit(root, name)
        if commit is None:
            raise GitError("unknown", name)
        return Revision(commit, name)
    head = _commit(root, "HEAD")
    if head is None:
        raise GitError("unknown", "HEAD")
    for main in _MAIN:
        if _commit(root, main) is not None:
            base = _git(root, "merge-base", "HEAD", main)
            if base is not None:
                return Revision(base.decode().strip(), main)
    return Revision(head, "HEAD")


class Present(Struct, frozen=True):
    """The commit that is checked out, None outside a repository; `clean` where the files at hand are those of it."""

    commit: str | None
    clean: bool = False


def present(root: Path) -> Present:
    """Return the present commit.

    A site that lies inside somebody else's repository without being part of it is not that of its commit.
    """
    asked = ("status", "--porcelain=v2", "--branch", "--ignored=matching", "--untracked-files=normal")
    try:
        answer = _git(root, *asked, "--", *_PARTS, *_PROGRAM) or b""
    except GitError:
        return Present(None)
    lines = answer.decode("utf-8", "replace").splitlines()
    named = (line.removeprefix(_HEAD) for line in lines if line.startswith(_HEAD))
    commit = next((name for name in named if name != "(initial)"), None)
    return Present(commit, commit is not None and not any(map(_differs, lines)))


_HEAD = "# branch.oid "


def clean_commit(root: Path) -> str | None:
    """Return the commit whose files are at hand; None outside a repository, and where anything of a site differs."""
    found = present(root)
    return found.commit if found.clean else None


def _differs(line: str) -> bool:
    """Tell whether a line of git's status names something that is not as committed.

    Of what git ignores only whole folders and the site itself count; the rest are editors' leftovers.
    """
    if line.startswith("! "):
        return line.endswith(("/site.yaml", " site.yaml", "/")) and not line.endswith("__pycache__/")
    return not line.startswith("# ")


def unpack(root: Path, revision: Revision, folder: Path) -> None:
    """Write the site's files of a revision into a folder. Raises GitError where there is no site in it."""
    listed = _git(root, "ls-tree", "--name-only", revision.commit) or b""
    parts = [part for part in _PARTS if part in listed.decode("utf-8", "replace").splitlines()]
    archive = _git(root, "archive", "--format=tar", revision.commit, "--", *parts) if parts else None
    if archive is None:
        raise GitError("empty", revision.name)
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter=_inside)  # noqa: S202 - the filter keeps everything inside


def _inside(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """Leave out what would lead out of the folder; the build would refuse it as well."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def _commit(root: Path, name: str) -> str | None:
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return None if found is None else found.decode().strip()


def _git(root: Path, *arguments: str) -> bytes | None:
    """Ask git; None where it says no. Raises GitError where there is no git."""
    try:
        return ask(root, *arguments)
    except GitMissingError as error:
        raise GitError("none") from error
