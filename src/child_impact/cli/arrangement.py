"""How documents are spread over files: what each dossier has for itself, what all share, and where it goes."""

import os
import sys
from pathlib import Path

import click
from msgspec import Struct

from ..output.documents import ALL, FORMATS, JSON, MAIN, SARIF
from ..output.inputs import Inputs
from ..report.document import DOCUMENTS
from .sinks import Directory, OneFile, Sink, StandardOutput

NONE = "none"
CHOICES = (*FORMATS, NONE)
_BINARY = frozenset({"pdf", "docx", "xlsx"})
_ONE_AFTER_THE_OTHER = frozenset({"md", JSON, SARIF})


class Arrangement(Struct, frozen=True):
    """What is to be made: for each dossier `documents` in `formats`, and `together` (of `json` and `sarif`) one file of all dossiers.

    `path` is the file or directory to write to, None standard output.
    """

    formats: tuple[str, ...]
    documents: tuple[str, ...]
    together: tuple[str, ...]
    path: Path | None
    is_directory: bool

    def sink(self, inputs: Inputs) -> Sink:
        """Return where documents go. Raises `CannotWrite` where nothing can be written there."""
        if self.path is None or not (self.formats or self.together):
            return StandardOutput()
        return Directory(self.path, inputs) if self.is_directory else OneFile(self.path, inputs)


def arrange(formats: tuple[str, ...], documents: tuple[str, ...], output: str | None, dossiers: int) -> Arrangement:
    """Return what is to be made of so many dossiers. Raises a usage error where it does not fit where it is to go.

    Without a choice of documents it is the report, or the whole set where `output` is a directory: one that exists, or a path that ends
    with a slash. There each dossier has a JSON file of its own; elsewhere several share one. A SARIF log is always one for all.
    """
    is_directory = output is not None and (
        os.path.isdir(output) or output.endswith(("/", os.sep))  # noqa: PTH112 - where a path is too long, Path.is_dir raises
    )
    named = tuple(dict.fromkeys(documents))
    chosen = DOCUMENTS if ALL in named or (not named and is_directory) else named or (MAIN,)
    asked = [one for one in dict.fromkeys(formats) if one != NONE]
    shared = {SARIF} if is_directory else {JSON, SARIF}
    together = tuple(one for one in asked if dossiers > 1 and one in shared)
    single = tuple(one for one in asked if one not in together)
    if output is None and sys.stdout is not None and sys.stdout.isatty() and (binary := _BINARY.intersection(asked)):
        raise click.UsageError(f"{', '.join(sorted(binary))} is not for a screen: name a file with -o")
    files = len(together) + dossiers * sum(1 if one in ("xlsx", JSON, SARIF) else len(chosen) for one in single)
    fits = output is None and set(asked) <= _ONE_AFTER_THE_OTHER and not together
    if files > 1 and not is_directory and not fits:
        raise click.UsageError(f"{files} files are to be written: give -o a directory (an existing one, or a path that ends with /)")
    return Arrangement(single, chosen, together, Path(output) if output is not None else None, is_directory)
