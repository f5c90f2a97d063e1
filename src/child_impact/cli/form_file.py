"""Where a form goes: standard output, or a file that is not there yet, so that what a person filled in is never overwritten."""

from pathlib import Path

import click

from ..output.files import Target
from ..output.inputs import Inputs
from .saving import save

FORMATS = ("yaml", "xlsx")


class FormFile:
    """One output. Raises usage errors before anything is asked or computed."""

    def __init__(self, path: Path | None, format_: str) -> None:
        """Check that a form of this format can go there."""
        self.path = path
        self.format = format_
        if path is None and format_ == "xlsx":
            raise click.UsageError("a workbook needs a file to go to: add -o FILE.xlsx")
        if path is None:
            return
        try:
            target = Target(path, Inputs())
        except OSError as error:
            raise click.UsageError(f"cannot write {path}: {error.strerror or error}") from None
        if target.path.exists():
            raise click.UsageError(f"{path} exists and is not overwritten; name another file (--from keeps what is filled in there)")

    def write(self, content: str | bytes) -> None:
        """Write the whole form."""
        save(content if isinstance(content, bytes) else content.encode(), self.path, Inputs())
