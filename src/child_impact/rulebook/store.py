"""Where rules and templates are, and rulebooks opened from there. Loading one takes a second, so it is kept (see `cache`)."""

import hashlib
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from ..reading.problems import Place, Problem, RulesRefused
from ..reading.text import Text
from .cache import kept
from .model import Rulebook

T = TypeVar("T")

MAX_FILES, MAX_BYTES = 5000, 50_000_000
"""Of a rules directory; the one that comes with the program has some 200 files of 3 MB."""

_opened: weakref.WeakValueDictionary[str, Rulebook] = weakref.WeakValueDictionary()


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
    already = _opened.get(sha256)
    if already is not None:
        return already

    def load() -> Rulebook:
        from .load import load_rulebook  # needed only where nothing is kept, and slow to import

        return load_rulebook(files, sha256)

    rulebook = kept(f"rules {sha256}", Rulebook, load)
    _opened[sha256] = rulebook
    return rulebook


def kept_of(rulebook: Rulebook, what: str, type_: type[T], make: Callable[[], T]) -> T:
    """Return what `make` makes of a rulebook, kept under the name `what` where the rulebook is one that was opened here.

    Of any other, a part of one for instance, its digest does not say what it holds: nothing is kept of it.
    """
    if _opened.get(rulebook.sha256) is not rulebook:
        return make()
    return kept(f"{what} {rulebook.sha256}", type_, make)


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
    bytes_ = sum(path.stat().st_size for path in paths)
    if len(paths) > MAX_FILES or bytes_ > MAX_BYTES:
        what = Text(
            f"这里有 {len(paths)} 个规则文件、{bytes_} 字节，太多了", f"there are {len(paths)} rule files of {bytes_} bytes here, too many"
        )
        limits = Text(
            f"上限 {MAX_FILES} 个、{MAX_BYTES} 字节；请核对目录", f"the limit is {MAX_FILES} of {MAX_BYTES} bytes; is this the directory?"
        )
        raise RulesRefused([Problem(Place(str(directory)), what, limits)])
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
