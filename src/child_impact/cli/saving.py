"""Writing one document to a file or to standard output."""

from pathlib import Path

import click

from ..output.files import write_whole
from ..output.inputs import Inputs
from . import options


def save(data: bytes, output: Path | None, inputs: Inputs) -> None:
    """Write a document to a file (None: standard output), whole or not at all. Raises a usage error where it cannot be written."""
    if output is None:
        options.emit_or_refuse(data)
        return
    try:
        write_whole(output, data, inputs)
    except OSError as error:  # an input that would be overwritten among them
        raise click.UsageError(f"cannot write {output}: {error.strerror or error}") from None
