"""`child-impact templates`."""

import shutil
from pathlib import Path

import click

from ..rulebook.store import packaged


@click.group()
def templates() -> None:
    """Get the templates of documents, for an office that wants its own.

    \b
    Export the originals, keep what you change and delete the rest:
      child-impact templates export our-templates
      child-impact assess park.yaml --templates our-templates -o documents/

    A file replaces the original of the same name. A template that begins with {% extends "program/zh/assessment.md.j2" %} changes single
    blocks of it. words.yaml replaces single words. document.docx is restyled in Word. Templates of an office run in a sandbox.
    """


@templates.command()
@click.argument("directory", type=click.Path(path_type=Path))
def export(directory: Path) -> None:
    """Copy the program's templates to DIRECTORY, which must not exist yet or be empty.

    \b
    Example:
      child-impact templates export our-templates
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise click.UsageError(f"{directory} is not empty; nothing there is overwritten. Name a new directory.")
    try:
        _copied(packaged("templates"), directory)
    except OSError as error:
        raise click.UsageError(f"cannot write {directory}: {error}") from None
    click.echo(f"{directory}: {sum(path.is_file() for path in directory.rglob('*'))} templates", err=True)


def _copied(source: Path, directory: Path) -> None:
    """Copy a directory whole, or leave nothing of it behind."""
    new = not directory.exists()
    try:
        shutil.copytree(source, directory, dirs_exist_ok=True, copy_function=shutil.copyfile)
    except BaseException:
        for path in () if new else directory.iterdir():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        if new:
            shutil.rmtree(directory, ignore_errors=True)
        raise
