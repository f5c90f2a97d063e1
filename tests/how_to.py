"""The how-to documents as transcripts: their commands are run anew. `python -m tests.how_to` writes what they give into the documents."""

import contextlib
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click.testing

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("docs/how-to-school.md", "docs/how-to-school.zh-CN.md")
ANSWERS = ROOT / "docs/how-to-school"
PROMPT = "$ child-impact "
BLOCK = re.compile(r"^```(console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

Call = Callable[..., click.testing.Result]


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """A new directory with the answers that the documents use, as the current one."""
    with tempfile.TemporaryDirectory() as directory, contextlib.chdir(directory):
        for file in ANSWERS.iterdir():
            shutil.copy(file, directory)
        yield Path(directory)


def again(document: str, call: Call) -> str:
    """Return a document with every command run anew: what it wrote, and its exit code where that is not 0."""
    return BLOCK.sub(lambda match: f"```console\n{_transcript(match[2], call)}```", (ROOT / document).read_text(encoding="utf-8"))


def _transcript(block: str, call: Call) -> str:
    shown = ""
    for line in (one for one in block.splitlines() if one.startswith("$ ")):
        done = call(*shlex.split(line.removeprefix(PROMPT)))
        shown += f"{line}\n{done.stdout}{done.stderr}"
        shown += f"[exit code {int(done.exit_code)}]\n" if done.exit_code else ""
    return shown


def _record() -> None:
    from child_impact.cli.main import cli

    for document in DOCUMENTS:
        with workplace():
            text = again(document, lambda *arguments: click.testing.CliRunner().invoke(cli, arguments, catch_exceptions=False))
        (ROOT / document).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _record()
