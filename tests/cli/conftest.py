"""What the tests of commands share: commands called in this process, which is much faster than starting one each."""

from collections.abc import Callable
from pathlib import Path

import click.testing
import pytest

from child_impact.cli.main import cli

Call = Callable[..., click.testing.Result]


@pytest.fixture(scope="session")
def call(_own_cache: None) -> Call:
    """A command in this process: `call("ask", path, "--lang", "en")`. An exception that `main` would word is raised."""

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> click.testing.Result:
        return click.testing.CliRunner().invoke(cli, [str(one) for one in arguments], input=stdin, catch_exceptions=False)

    return run
