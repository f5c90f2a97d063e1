"""Where rules and templates are kept, and a cache of loaded rulebooks.

Loading the clauses of all sources takes seconds, so a loaded rulebook is kept in the user's cache directory under the hash of everything
that it was made from. A cache that cannot be read or written is no error: the rules are then loaded afresh.
"""

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from .. import __version__
from ..reading.problems import Place, Problem, RulesRefused
from ..reading.text import Text
from .model import Rulebook

T = TypeVar("T")

MAX_KEPT = 12


def packaged(folder: str) -> Path:
    """Return the directory of the rules or templates that come with the program, in a wheel or in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "data" / folder
    return installed if installed.is_dir() else package.parent.parent / folder


def open_rulebook(directory: Path | None = None) -> Rulebook:
    """Return the rulebook of a directory (None: the one that comes with the program).

    Raises `RulesRefused` if the rules are not valid.
    """
    files = rule_files(directory or packaged("rules"))
    sha256 = rules_digest(files)

    def load() -> Rulebook:
        from .load import load_rulebook  # needed only where nothing is kept, and slow to import

        return load_rulebook(files, sha256)

    return kept(f"rules-{sha256}", Rulebook, load)


def kept(key: str, type_: type[T], make: Callable[[], T]) -> T:
    """Return what `make` makes, from the cache where it was made before by the same program under the same key."""
    file = _cache_file(key)
    found = _cached(file)
    if isinstance(found, type_):
        return found
    made = make()
    _keep(file, made)
    return made


def rule_files(directory: Path) -> dict[str, bytes]:
    """Return the YAML files below a rules directory by their posix path."""
    paths = sorted(path for path in directory.rglob("*.yaml") if path.is_file())
    if not paths:
        what = Text("这里没有规则文件", "there are no rule files here")
        raise RulesRefused(
            [
                Problem(
                    Place(str(directory)),
                    what,
                    Text("请给出含 vocabulary、sources、criteria 等的规则目录", "name a directory with vocabulary, sources, criteria …"),
                )
            ]
        )
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}


def rules_digest(files: Mapping[str, bytes]) -> str:
    """Return the sha256 over the rule files, their names included."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def templates_digest(own: Path | None = None) -> str:
    """Return the sha256 over the templates of the program and those of a bureau over them, names included; hidden files do not count."""
    files: dict[str, bytes] = {}
    for name, directory in (("program", packaged("templates")), ("own", own)):
        for path in sorted(directory.rglob("*")) if directory else ():
            parts = path.relative_to(directory).parts if directory else ()
            if path.is_file() and not any(part.startswith(".") for part in parts):
                files["/".join((name, *parts))] = path.read_bytes()
    return rules_digest(files)


def cache_directory() -> Path:
    """Return the directory for what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "child-impact"


def _cache_file(key: str) -> Path:
    python = ".".join(map(str, sys.version_info[:3]))
    return cache_directory() / f"{key}-{__version__}-{python}-{_code_stamp()}.pickle"


def _code_stamp() -> str:
    package = Path(__file__).resolve().parent.parent
    return f"{max(path.stat().st_mtime_ns for path in package.glob('*/*.py')):x}"


def _cached(file: Path) -> object:
    try:
        return pickle.loads(file.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None


def _prune(directory: Path) -> None:
    """Forget all but the latest of what is kept: every change of a rule makes new files."""
    kept_files = sorted(directory.glob("*.pickle"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept_files[MAX_KEPT:]:
        old.unlink(missing_ok=True)


def _keep(file: Path, made: object) -> None:
    import tempfile  # slow to import, and needed only where nothing was kept

    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as handle:
            handle.write(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
        Path(handle.name).replace(file)
        _prune(file.parent)
    except OSError:
        return
