"""Writing the documents of assessments: all are made before the first is written."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from ..assessment.model import Assessment
from ..assessment.to_json import LEVELS_OF_SEVERAL, SEVERAL, as_data, as_json
from ..reading.extras import FormatUnavailable
from ..reading.problems import TemplatesRefused
from ..reading.text import Language
from ..report.document import DOCUMENTS, making
from . import options
from .exits import Exit
from .files import IsInput, safe_name, shown_name, write_all

if TYPE_CHECKING:
    from ..report.render import Writer

MARKUP_FORMATS = ("md", "html", "pdf", "docx")
WORKBOOK = "xlsx"
BINARY = frozenset({"pdf", "docx", WORKBOOK})
FORMATS = (*MARKUP_FORMATS, WORKBOOK, "json", "sarif", "none")
ALL = "all"
MAIN = "assessment"


class Output(Struct, frozen=True):
    """What is to be written, and where to (None: standard output). `inputs` are the dossiers, `records` the reviewers' records of them."""

    formats: tuple[str, ...]
    documents: tuple[str, ...]
    target: str | None
    lang: Language
    templates: Path | None
    inputs: tuple[str, ...]
    records: tuple[str, ...] = ()

    @property
    def path(self) -> Path | None:
        """Return the file or directory to write to."""
        return Path(self.target) if self.target is not None else None

    @property
    def is_directory(self) -> bool:
        """Return whether documents go to a directory, each under a name of its own."""
        if self.target is None:
            return False
        there = os.path.isdir(self.target)  # noqa: PTH112 - where a path is too long, Path.is_dir raises
        return there or self.target.endswith(("/", os.sep))

    def chosen(self) -> tuple[str, ...]:
        """Return the documents to write: those named; else the whole set into a directory, and the report elsewhere."""
        if ALL in self.documents or (not self.documents and self.is_directory):
            return DOCUMENTS
        return tuple(dict.fromkeys(self.documents)) or (MAIN,)


def write(output: Output, done: Sequence[Assessment], failed: list[dict[str, Any]]) -> None:
    """Write what was asked for. Nothing is written where anything cannot be made; that ends the program with the code for wrong usage."""
    binary = BINARY.intersection(output.formats)
    if output.path is None and binary and sys.stdout.isatty():
        raise click.UsageError(f"{', '.join(sorted(binary))} is not for a screen: name a file with -o")
    try:
        made = list(_made(output, done, failed))
    except TemplatesRefused as refused:
        options.tell(refused, output.lang)
        sys.exit(Exit.USAGE)
    except FormatUnavailable as unavailable:
        click.echo(f"child-impact: {unavailable.text.in_(output.lang)}", err=True)
        sys.exit(Exit.USAGE)
    _place(output, made)


def _place(output: Output, made: list[tuple[str, bytes]]) -> None:
    """Write documents to standard output, to one file, or each under its name to a directory."""
    names = [name for name, _ in made]
    alike = [name.casefold() for name in names]  # as some file systems see them
    twice = next((name for name in names if alike.count(name.casefold()) > 1), None)
    if output.path is not None and twice is not None:
        raise click.UsageError(f"two dossiers would both be written to {twice}; give them ids that differ")
    if output.path is None:
        _print(output, made)
        return
    if len(made) > 1 and not output.is_directory:
        raise click.UsageError(f"{len(made)} files are to be written: give -o a directory (an existing one, or a path that ends with /)")
    into = output.path if output.is_directory else None
    files = {into / name if into is not None else output.path: data for name, data in made}
    inputs = [Path(name) for name in (*output.inputs, *output.records, *((output.templates,) if output.templates else ()))]
    try:
        write_all(files, inputs, into)
    except IsInput as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot write {output.path}: {error.strerror or error}") from None


def _print(output: Output, made: list[tuple[str, bytes]]) -> None:
    """Write to standard output. A file of what is no plain text stands there alone."""
    if len(made) > 1 and not set(output.formats) <= {"md", "json", "sarif"}:
        raise click.UsageError(f"{len(made)} files are to be written: give -o a directory (an existing one, or a path that ends with /)")
    for _, data in made:
        options.emit_or_refuse(data)


def _made(output: Output, done: Sequence[Assessment], failed: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    for format_ in dict.fromkeys(output.formats):
        with making(format_, done[0].dossier.file if len(done) == 1 else ""):
            if format_ == "json":
                yield from _as_json(output, done, failed)
            elif format_ == "sarif":
                yield _as_sarif(output, done, failed)
    formats = [format_ for format_ in dict.fromkeys(output.formats) if format_ in MARKUP_FORMATS]
    if not formats and WORKBOOK not in output.formats:
        return
    from ..report.render import Writer
    from ..report.templates import Templates

    templates = Templates(output.templates)
    for assessment in done:
        writer = Writer(assessment, output.lang, templates)
        name = safe_name(assessment.dossier.code("id"))
        if WORKBOOK in output.formats:
            from ..formats.workbook import workbook

            with making(f"xlsx.{output.lang}", assessment.dossier.file):
                data = workbook(writer.sheets())
            yield f"{name}.{output.lang}.{WORKBOOK}", data
        for code in output.chosen():
            stem = name if code == MAIN else f"{name}.{code}"
            for format_, data in _in_formats(writer, code, formats):
                yield f"{stem}.{output.lang}.{format_}", data


def _in_formats(writer: "Writer", code: str, formats: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield a document in each format; what two of them share is made once."""
    if "md" in formats:
        yield "md", writer.plain(code).encode()
    if set(formats) <= {"md"}:
        return
    from ..formats.html import as_html

    document = writer.document(code)
    html = as_html(document, writer.templates)
    if "html" in formats:
        yield "html", html.encode()
    if "pdf" in formats:
        from ..formats.pdf import as_pdf

        yield "pdf", as_pdf(html, document)
    if "docx" in formats:
        from ..formats.word import as_word

        yield "docx", as_word(document, writer.templates)


def _as_json(output: Output, done: Sequence[Assessment], failed: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    if len(output.inputs) == 1:
        for one in done:
            yield f"{safe_name(one.dossier.code('id'))}.json", as_json(as_data(one, output.templates)).encode()
        return
    together = {"format": SEVERAL, "assessments": [as_data(one, output.templates) for one in done], "failed": failed}
    together["inputs"] = [shown_name(name) for name in output.inputs]  # so that one left out is missed
    yield "assessments.json", as_json(together, LEVELS_OF_SEVERAL).encode()


def _as_sarif(output: Output, done: Sequence[Assessment], failed: list[dict[str, Any]]) -> tuple[str, bytes]:
    from ..assessment.sarif import sarif_data

    name = safe_name(done[0].dossier.code("id")) if len(output.inputs) == len(done) == 1 else "assessments"
    data = sarif_data([as_data(one, output.templates) for one in done], failed, output.lang)
    return f"{name}.sarif", as_json(data, LEVELS_OF_SEVERAL).encode()
