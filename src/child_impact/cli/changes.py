"""What changed in a rules directory since a revision, as git tells it."""

import shutil
import subprocess
from pathlib import Path

from msgspec import Struct

from ..reading.text import Text


class NoHistory(Exception):
    """Git cannot tell what changed. Its argument is the reason and what to do, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Change(Struct, frozen=True):
    """A file that differs from the revision: its posix path in the directory, and what it was (None: not there)."""

    file: str
    old: bytes | None


def changes(directory: Path, revision: str) -> list[Change]:
    """Return what differs below a directory from a revision, what is not committed and what is new included.

    Raises `NoHistory` where there is no git, no repository or no such revision.
    """
    if _git(directory, "rev-parse", "--is-inside-work-tree") is None:
        raise NoHistory(
            Text(
                f"{directory} 不在 git 仓库中：请去掉 --changed，或写准则编号、--file",
                f"{directory} is in no git repository; leave out --changed, or name ids or --file",
            )
        )
    commit = _git(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise NoHistory(
            Text(
                f"git 中没有版本“{revision}”：版本紧跟 --changed（如 --changed main），准则编号写在前面",
                f"git knows no revision “{revision}”; it stands right after --changed (as in --changed main), ids stand before",
            )
        )
    since = commit.decode().strip()
    differing = _git(directory, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", since, "--", ".")
    new = _git(directory, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    names = sorted({name for listed in (differing, new) if listed for name in listed.decode(errors="surrogateescape").split("\0") if name})
    return [Change(name, _git(directory, "show", f"{since}:./{name}")) for name in names]


def _git(directory: Path, *arguments: str) -> bytes | None:
    """Return what git prints, or None where it fails. Raises `NoHistory` where it is not installed."""
    git = shutil.which("git")
    if git is None:
        reason = Text(
            "没有安装 git，--changed 用不了：请写准则编号或 --file", "git is not installed, and --changed needs it; name ids or --file"
        )
        raise NoHistory(reason)
    done = subprocess.run((git, "-C", str(directory), *arguments), capture_output=True, check=False)  # noqa: S603 - a program and words
    return done.stdout if done.returncode == 0 else None
