"""Where rules and templates are kept, and a cache of loaded rulebooks.

Loading the clauses of all sources takes seconds, so a loaded rulebook is kept in the user's cache directory under the hash of everything
that it was made from. A cache that cannot be read or written is no error: the rules are then loaded afresh.
"""

import os
import pickle
import sys
import tempfile
from pathlib import Path

from .. import __version__
from ..reading.problems import Place, Problem, RulesRefused
from ..reading.text import Text
from .load import load_rulebook, rules_digest
from .model import Rulebook


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
    kept = _cache_file(sha256)
    cached = _cached(kept)
    if cached is not None:
        return cached
    rulebook = load_rulebook(files, __version__)
    _keep(kept, rulebook)
    return rulebook


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


def _cache_file(sha256: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    python = ".".join(map(str, sys.version_info[:3]))
    return Path(base) / "child-impact" / f"rules-{__version__}-{python}-{_code_stamp()}-{sha256}.pickle"


def _code_stamp() -> str:
    package = Path(__file__).resolve().parent.parent
    folders = ("conditions", "reading", "rulebook", "vocabulary")
    newest = max(path.stat().st_mtime_ns for folder in folders for path in (package / folder).glob("*.py"))
    return f"{newest:x}"


def _cached(file: Path) -> Rulebook | None:
    try:
        loaded = pickle.loads(file.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None
    return loaded if isinstance(loaded, Rulebook) else None


def _keep(file: Path, rulebook: Rulebook) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as handle:
            handle.write(pickle.dumps(rulebook, protocol=pickle.HIGHEST_PROTOCOL))
        Path(handle.name).replace(file)
    except OSError:
        return
