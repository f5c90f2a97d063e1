"""What all tests share: the rulebook that comes with the program, a way to write a dossier, and the command line."""

import contextlib
import gc
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from child_impact.cli.main import main
from child_impact.dossier.facts import Dossier
from child_impact.dossier.read import read_dossier
from child_impact.engine.door import load
from child_impact.rulebook.model import Rulebook
from child_impact.rulebook.store import open_rulebook
from child_impact.vocabulary.model import Vocabulary

settings.register_profile("child-impact", deadline=None)  # how long an example takes says nothing: machines are busy
settings.load_profile("child-impact")

RULES = "tests/bad/minimal-rules"
HEADER = {"id": "d1", "title": "Test", "kind": "project", "types": "[park]", "place": "'220000'", "stage": "scheme"}

_NOTICE = re.compile(rb"^child-impact.*durable-rules .*\n", re.MULTILINE)


def without_notice(said: bytes) -> bytes:
    """Return what was said on standard error as it is where durable-rules serves: without the line that says that it does not."""
    return said if load() is not None else _NOTICE.sub(b"", said)


Read = Callable[..., Dossier]
Command = Callable[..., subprocess.CompletedProcess[bytes]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of what takes long: every document of every shipped dossier, and many random conditions."""
    said = "make every shipped dossier in every document, format and language (very long), or in every format but pdf (some minutes)"
    parser.addoption("--every", choices=("all", "but-pdf"), help=said)
    parser.addoption("--every-fact", action="store_true", help="leave out every fact of the probes, one by one, and not a sample of them")
    parser.addoption("--conditions", type=int, default=600, help="how many random conditions are tried on what a dossier denies")


def text_of_dossier(text: str = "", **header: str | None) -> str:
    """Return the text of a dossier: a valid header, changed by `header` (None leaves a key out), and `text` below it."""
    lines = [f"{key}: {value}" for key, value in (HEADER | header).items() if value is not None]
    return "\n".join([*lines, text, ""])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what only durable-rules can show where it is not installed; where nothing may be skipped, it fails instead."""
    if load() is None and not os.environ.get("CHILD_IMPACT_REQUIRE_ALL"):
        for item in items:
            if item.get_closest_marker("durable_rules"):
                item.add_marker(pytest.mark.skip(reason="durable-rules is not installed"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def rulebook(_own_cache: None) -> Rulebook:
    """The rulebook that comes with the program."""
    return open_rulebook()


@pytest.fixture(scope="session")
def small_rules(pytestconfig: pytest.Config) -> Path:
    """The small rules directory: a park where children were heard is ready, and is sent back where that is not stated."""
    return pytestconfig.rootpath / RULES


@pytest.fixture(scope="session")
def vocabulary(rulebook: Rulebook) -> Vocabulary:
    """The vocabulary that comes with the program."""
    return rulebook.vocabulary


@pytest.fixture(scope="session")
def dossier(vocabulary: Vocabulary) -> Read:
    """A reader of dossiers: `dossier("scale: {site_area: 5}", place="'110000'", id=None)`. The header is supplied."""

    def read(text: str = "", **header: str | None) -> Dossier:
        return read_dossier(text_of_dossier(text, **header).encode(), "test.yaml", vocabulary)

    return read


@pytest.fixture(scope="session")
def dossier_text() -> Callable[..., str]:
    """The text of a dossier, as `dossier_file` writes it."""
    return text_of_dossier


@pytest.fixture
def dossier_file(tmp_path: Path) -> Callable[..., Path]:
    """A writer of dossiers: `dossier_file("a.yaml", "scale: {site_area: 5}", id="a")` gives the path of the file."""

    def write(name: str, text: str = "", **header: str | None) -> Path:
        path = tmp_path / name
        path.write_text(text_of_dossier(text, **header), encoding="utf-8")
        return path

    return write


def run_here(arguments: Sequence[str], cwd: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program's outermost door on these words, with streams of its own, and return what a process would."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(cwd or "."):
        patch.setattr(sys, "argv", ["child-impact", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code
        finally:
            gc.enable()  # a process would have ended
    for stream in (out, err):
        stream.flush()
    assert code is None or isinstance(code, int), code
    return subprocess.CompletedProcess(arguments, int(code or 0), out.buffer.getvalue(), err.buffer.getvalue())


@pytest.fixture(scope="session")
def command(_own_cache: None) -> Command:
    """The command line, as a user runs it: `command("assess", "a.yaml", "--lang", "en", cwd=…)`. It runs in this process, which is fast."""

    def run(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return run_here([*map(str, arguments)], cwd, stdin)

    return run


@pytest.fixture(scope="session")
def process(_own_cache: None) -> Command:
    """The command line in a process of its own, for what only that shows: the interpreter's start and end, and what outlives neither."""

    def run(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        line = [sys.executable, "-m", "child_impact", *map(str, arguments)]
        done = subprocess.run(line, cwd=cwd, input=stdin, capture_output=True, check=False, env=dict(os.environ), timeout=120)
        done.stderr = without_notice(done.stderr)
        return done

    return run
