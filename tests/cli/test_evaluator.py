"""Which evaluator serves is said: by `--version`, and on standard error where the built-in one serves alone."""

import sys

import pytest
from click.testing import CliRunner

from child_impact import __version__
from child_impact.cli.main import cli

ALONE = {"zh": "只用内置求值器", "en": "the built-in evaluator serves alone"}
JUDGING = [
    ("assess", "--fail-on", "never"),
    ("screen",),
    ("ask",),
    ("review-form",),
]


@pytest.fixture
def call():
    """A command in this process, with all that it says."""
    return lambda *given: CliRunner().invoke(cli, [str(one) for one in given], catch_exceptions=False)


@pytest.fixture
def alone(monkeypatch):
    """durable-rules is not installed."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)


@pytest.mark.durable_rules
def test_version_names_durable_rules(call):
    """Where it serves, with its version."""
    done = call("--version")
    assert done.exit_code == 0
    assert done.stdout == f"child-impact {__version__} (rules evaluated by durable-rules 2.0.28, cross-checked)\n"


@pytest.mark.usefixtures("alone")
def test_version_names_the_built_in_evaluator(call):
    """Where durable-rules is missing."""
    assert call("--version").stdout == f"child-impact {__version__} (built-in evaluator; durable-rules is not installed)\n"


@pytest.mark.durable_rules
@pytest.mark.parametrize("given", JUDGING)
def test_nothing_is_said_where_both_serve(call, dossier_file, given):
    """The usual case needs no words."""
    command, *options = given
    done = call(command, dossier_file("park.yaml"), "--lang", "en", *options)
    assert ALONE["en"] not in done.stderr


@pytest.mark.parametrize("given", JUDGING)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("alone")
def test_a_command_that_judges_says_so_in_one_line(call, dossier_file, given, language):
    """On standard error, in the language asked for; standard output holds the document alone."""
    command, *options = given
    done = call(command, dossier_file("park.yaml"), "--lang", language, *options)
    assert done.exit_code == 0, done.stderr
    assert [ALONE[language] in line for line in done.stderr.splitlines()].count(True) == 1
    assert ALONE[language] not in done.stdout.partition("\n")[0]


@pytest.mark.usefixtures("alone")
def test_quiet_is_quiet(call, dossier_file):
    """`--quiet` leaves it out; the JSON says it all the same."""
    done = call("assess", dossier_file("park.yaml"), "--quiet", "--fail-on", "never", "--format", "json")
    assert done.stderr == ""
    assert '"cross_checked": false' in done.stdout


@pytest.mark.usefixtures("alone")
def test_explain_diff_and_verify_say_so_too(call, dossier_file, small_rules, tmp_path):
    """Once a run, however many dossiers are judged."""
    rules = ("--rules", small_rules, "--lang", "en")
    park, other = dossier_file("park.yaml", place="'100000'"), dossier_file("other.yaml", id="other", place="'100000'")
    saved = tmp_path / "saved.json"
    call("assess", park, other, "--format", "json", "-o", saved, *rules)
    for command in (("explain", park, "consultation.heard"), ("diff", park, other), ("verify", saved)):
        done = call(*command, *rules)
        assert done.exit_code == 0, done.stderr
        assert done.stderr.count(ALONE["en"]) == 1, command
