"""What the tests of commands share: commands called in this process, which is much faster than starting one each."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import click.testing
import pytest
from tests.conftest import without_notice

from child_impact.cli.main import cli

Call = Callable[..., click.testing.Result]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Rubbish is collected after a test that called `main` here, which runs without: memory would grow by gigabytes."""
    yield
    gc.enable()


@pytest.fixture(scope="session")
def call(_own_cache: None) -> Call:
    """A command in this process: `call("ask", path, "--lang", "en")`. An exception that `main` would word is raised."""

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> click.testing.Result:
        done = click.testing.CliRunner().invoke(cli, [str(one) for one in arguments], input=stdin, catch_exceptions=False)
        done.stderr_bytes = without_notice(done.stderr_bytes)
        return done

    return run
