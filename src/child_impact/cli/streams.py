"""Standard output that is written whole or is an error, and standard error that is neither."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TextIO


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """Within it, what is written to standard output is written whole, or an `OSError` is raised.

    Python's own stream does not do so with PYTHONUNBUFFERED, where a short write is taken for a whole one. A reader that has seen enough
    (`| head`) is no error: the rest is dropped. What cannot be said on standard error is dropped too; it is talk, and no reason to lose a
    document or its exit code.
    """
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _over(sys.stdout, _Output), _over(sys.stderr, _Talk)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def emit(data: bytes) -> None:
    """Write a document to standard output, whatever the terminal's locale. Raises `OSError` where it cannot be written.

    A reader that has seen enough is no error.
    """
    if sys.stdout is None:
        raise OSError("standard output is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        discard_output()
    except OSError:
        discard_output()
        raise


def discard_output() -> None:
    """Let go of what could not be written, or the interpreter would try once more as it ends."""
    with contextlib.suppress(OSError, AttributeError):  # a stream that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Output(io.TextIOWrapper):
    def write(self, text: str, /) -> int:
        with _letting_readers_go():
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with _letting_readers_go():
            super().flush()


class _Talk(io.TextIOWrapper):
    def write(self, text: str, /) -> int:
        with contextlib.suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            super().flush()


@contextlib.contextmanager
def _letting_readers_go() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        discard_output()


def _over(stream: TextIO, kind: type[io.TextIOWrapper]) -> TextIO:
    """Return a stream of our own to the same file; a terminal that cannot show a letter is shown its number.

    What is no file (a stream that was put in its place) or is closed stays as it is.
    """
    try:
        stream.flush()
        raw = io.FileIO(stream.fileno(), "w", closefd=False)
    except (AttributeError, OSError, ValueError):
        return stream
    return kind(io.BufferedWriter(raw), encoding=stream.encoding, errors="backslashreplace", line_buffering=True)
