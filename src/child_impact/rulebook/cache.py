"""What can be made again from the rules, kept in the user's cache directory, and never believed.

A kept file is data without code, read into the types that are asked for. It is used only where it and its directory belong to the user
and to nobody else, where its name says that it was made from the same things, and where its digest says that it is whole and was written
under that name. Whatever is wrong with it, the content is made afresh and kept again; a cache that cannot be used is no error.
"""

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
import pydantic_core
import yaml

from .. import __version__

T = TypeVar("T")

MAX_KEPT = 12
MAX_BYTES = 64 * 1024 * 1024
SUFFIX = ".cache"
_MARK = b"child-impact cache 1\n"
_DIGEST_BYTES = hashlib.sha256().digest_size
MAKERS = ("reading", "vocabulary", "dossier", "conditions", "rulebook", "engine")
"""The parts of the program that decide what a kept content is."""
_OTHERS_CAN_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def kept(made_from: str, type_: type[T], make: Callable[[], T]) -> T:
    """Return what `make` makes of the things that `made_from` names (a digest), from the cache where that was made before.

    `type_` is what the content is read into: msgspec records, and containers of them.
    """
    key = _key(made_from)
    directory = _own_directory()
    if directory is None:
        return make()
    file = directory / f"{key}{SUFFIX}"
    payload = _payload(file, key)
    if payload is not None:
        with contextlib.suppress(msgspec.DecodeError, ValueError, TypeError, RecursionError):  # written by no program that can be known
            return msgspec.msgpack.decode(payload, type=type_)
    made = make()
    _keep(file, key, msgspec.msgpack.encode(made))
    return made


def cache_directory() -> Path:
    """Return the directory for what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "child-impact"


def _key(made_from: str) -> str:
    """Return the name of a content: a digest over all that it depends on, the program and the libraries that read rules included."""
    libraries = f"python {sys.version}, msgspec {msgspec.__version__}, yaml {yaml.__version__}, pydantic_core {pydantic_core.__version__}"
    return hashlib.sha256(f"{made_from}\n{__version__}\n{libraries}\n{_program_digest()}".encode()).hexdigest()


@cache
def _program_digest() -> str:
    """Return the digest over the source of the program's parts that make what is kept."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for part in MAKERS:
        for path in sorted((package / part).glob("*.py")):
            source = path.read_bytes()
            digest.update(f"{part}/{path.name}\0{len(source)}\0".encode())
            digest.update(source)
    return digest.hexdigest()


def _own_directory() -> Path | None:
    """Return the cache directory, made where it is not there; None where it is another's or others can write to it."""
    try:
        directory = cache_directory()
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = directory.lstat()
        if not stat.S_ISDIR(state.st_mode) or not _is_ours(state):
            return None
        if state.st_mode & _OTHERS:
            directory.chmod(0o700)
    except (OSError, RuntimeError):  # RuntimeError: nobody's home is known
        return None
    return directory


def _is_ours(state: os.stat_result) -> bool:
    """Return whether a file or directory belongs to the user and nobody else can write to it, as far as the system tells."""
    if not hasattr(os, "geteuid"):
        return True  # Windows: what is below the user's profile is closed to others
    return state.st_uid == os.geteuid() and not state.st_mode & _OTHERS_CAN_WRITE


def _payload(file: Path, key: str) -> bytes | None:
    """Return what is kept in a file, or None where it is not there, not the user's own, or not as it was written under this key."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as opened:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or not _is_ours(state) or state.st_size > MAX_BYTES:
            return None
        try:
            data = opened.read(MAX_BYTES)
        except OSError:
            return None
    start = len(_MARK) + _DIGEST_BYTES
    payload = data[start:]
    return payload if data[:start] == _MARK + _digest(key, payload) else None


def _digest(key: str, payload: bytes) -> bytes:
    return hashlib.sha256(key.encode() + payload).digest()


def _keep(file: Path, key: str, payload: bytes) -> None:
    import tempfile  # slow to import, and needed only where nothing was kept

    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix="new-", suffix=SUFFIX)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(_MARK + _digest(key, payload) + payload)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            return
        _prune(file.parent)
    except OSError:
        return


def _prune(directory: Path) -> None:
    """Forget all but the latest of what is kept: every change of a rule makes new files."""
    found = sorted((path for path in directory.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in found[MAX_KEPT:]:
        old.unlink(missing_ok=True)
