"""The command line at a terminal and in pipes: no traceback on any path, colour, progress, aligned tables, help, exit codes."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path

import click
import click.testing
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from child_impact.cli.exits import Exit
from child_impact.cli.main import cli
from child_impact.dossier.read import read_dossier
from child_impact.reading.problems import DossierRefused

DAY = ("--as-of", "2026-06-01")
FULL = Path("/dev/full")
CODE = re.compile(r"^\| (\d) \| (.+) \|$", re.MULTILINE)


def shell(line, cwd, rules, **environment):
    """Run a line of a shell with `child-impact` on the path."""
    names = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "RULES": str(rules)}
    return subprocess.run(
        ["bash", "-c", line], cwd=cwd, capture_output=True, check=False, env=dict(os.environ) | names | environment, timeout=120
    )


def commands(group=cli, name="child-impact"):
    """Every command with its full name."""
    found = {name: group}
    if isinstance(group, click.Group):
        context = click.Context(group)
        for one in group.list_commands(context):
            found |= commands(group.get_command(context, one), f"{name} {one}")
    return found


@pytest.fixture
def park(dossier_file):
    return dossier_file("park.yaml", id="park", place="'100000'")


class TestNoTraceback:
    """Whatever goes wrong ends in a sentence and the exit code of the contract."""

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("assess .", 4, "."),
            ("assess missing.yaml", 4, "missing.yaml"),
            ("assess park.yaml/x", 4, "park.yaml/x"),
            ("assess ''", 4, "→"),
            ("assess binary", 4, "UTF-8"),
            ("assess nested.yaml", 4, "nested.yaml"),
            ("assess braces.yaml", 4, "braces.yaml"),
            ("assess empty.yaml", 4, "empty.yaml:1:1"),
            ("assess - <&-", 4, "<stdin>"),
            ("assess /dev/null", 4, "/dev/null"),
            ("assess park.yaml -o no/such/place.md", 2, "no directory no/such"),
            ("assess park.yaml --lang en -o park.yaml", 2, "not overwritten"),
            ("assess park.yaml --lang en -o park.yaml/x", 2, "cannot write"),
            ("assess park.yaml --lang en -o /proc/x.md", 2, "cannot write"),
            ("assess park.yaml --templates .", 2, "templates"),
            ("assess park.yaml --templates broken", 2, "assessment.md.j2:1"),
            ("assess park.yaml --templates wordless", 2, "verdict.mett"),
            ("assess park.yaml >&-", 2, "closed"),
            ("rules show consultation.herd", 2, "did you mean"),
            ("explain park.yaml nothing.like-it", 2, "rules list"),
            ("screen missing.yaml", 4, "missing.yaml"),
            ("ask .", 4, "."),
            ("diff park.yaml empty.yaml", 4, "empty.yaml"),
            ("verify binary", 4, "UTF-8"),
            ("verify nested.yaml", 4, "nested.yaml"),
            ("verify empty.yaml", 4, "empty.yaml"),
        ],
    )
    def test_a_table_of_bad_paths(self, pytestconfig, park, small_rules, line, code, said):
        """Directories, missing, binary, empty and endlessly nested files, outputs that cannot be written, templates that are none."""
        here = park.parent
        (here / "binary").write_bytes(bytes(range(256)) * 20)
        (here / "nested.yaml").write_text("[" * 100_000, encoding="utf-8")
        (here / "braces.yaml").write_text("{a: " * 50_000, encoding="utf-8")
        (here / "empty.yaml").write_bytes(b"")
        (here / "broken" / "zh").mkdir(parents=True)
        (here / "broken" / "zh" / "assessment.md.j2").write_text("{% if %}", encoding="utf-8")
        shutil.copy(pytestconfig.rootpath / "templates" / "words.yaml", here / "broken")
        (here / "wordless").mkdir()
        (here / "wordless" / "words.yaml").write_text("verdict: {mett: {zh: 符合, en: met}}", encoding="utf-8")
        command, _, rest = line.partition(" ")
        more = "" if command == "rules" else ' --rules "$RULES"'
        first, _, second = rest.partition(" ")
        written = f"child-impact {command} {first}{more} {second}" if command != "rules" else f'child-impact {line} --rules "$RULES"'
        done = shell(written, here, small_rules)
        spoken = done.stderr.decode()
        assert done.returncode == code, spoken
        assert said in spoken
        assert "Traceback" not in spoken
        assert "internal error" not in spoken
        assert done.stdout == b""
        assert not [path.name for path in here.iterdir() if path.name.startswith(".")]

    @pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
    @pytest.mark.parametrize(
        "command", ["assess park.yaml", "assess park.yaml --format json", "rules list", "schema", "screen park.yaml", "rules lint"]
    )
    def test_a_full_disk(self, park, small_rules, command):
        """Where standard output cannot be written, the exit code is 2 and the sentence says why."""
        done = shell(f'child-impact {command} --rules "$RULES" > /dev/full', park.parent, small_rules)
        assert done.returncode == 2
        assert b"No space left" in done.stderr
        assert b"Traceback" not in done.stderr

    @pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
    def test_a_device_is_written_to_and_never_replaced(self, park, small_rules):
        """-o on a device writes to it: a full one is said to be full, and /dev/null stays what it is."""
        assert shell('child-impact assess park.yaml --rules "$RULES" -o /dev/full', park.parent, small_rules).returncode == 2
        assert shell('child-impact assess park.yaml --rules "$RULES" -o /dev/null', park.parent, small_rules).returncode == 1
        assert FULL.is_char_device()
        assert Path(os.devnull).is_char_device()

    @pytest.mark.parametrize(
        "command", ["assess park.yaml", "rules list", "schema", "explain park.yaml consultation.heard", "ask park.yaml"]
    )
    def test_a_reader_that_has_seen_enough(self, park, small_rules, command):
        """`| head -c 1` and a reader that never reads: nothing is said, and the gate's exit code is not lost."""
        rules = "" if command in ("rules list", "schema") else ' --rules "$RULES"'
        expected = 1 if command.startswith("assess") else 0
        for reader in ("head -c 1", "true"):
            done = shell(
                f"child-impact {command}{rules} {'-q' if expected else ''} | {reader}; echo ${{PIPESTATUS[0]}} >&2",
                park.parent,
                small_rules,
            )
            assert done.stderr.decode().split() == [str(expected)]

    def test_file_names_that_are_no_utf8(self, park, small_rules):
        """A file name of other bytes can be assessed; where it is shown, the bytes that are no letters are replaced."""
        name = os.fsdecode(b"\xb9\xab\xd4\xb0.yaml")
        shutil.copy(park, park.parent / name)
        run = [sys.executable, "-m", "child_impact", "assess"]
        for form in ("md", "json", "sarif", "none"):
            line = [*run, str(park.parent / name), "--format", form, "--rules", str(small_rules)]
            done = subprocess.run(line, capture_output=True, check=False)
            assert done.returncode == 1
            done.stdout.decode()
            assert b"Traceback" not in done.stderr
        assert subprocess.run([*run, os.fsdecode(b"\xff.yaml")], capture_output=True, check=False).returncode == 4

    def test_a_terminal_that_knows_no_chinese(self, park, small_rules):
        """Documents are UTF-8 whatever the locale, messages show what they can."""
        done = shell("child-impact assess missing.yaml park.yaml --format json", park.parent, small_rules, PYTHONIOENCODING="ascii")
        assert done.returncode == 4
        assert json.loads(done.stdout)["assessments"][0]["dossier"]["id"] == "park"
        assert b"missing.yaml" in done.stderr

    @given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
    @settings(max_examples=300)
    def test_any_bytes_are_read_or_refused(self, vocabulary, data):
        """Whatever bytes are read as a dossier: it is refused with its problems, or read; nothing else is raised."""
        with suppress(DossierRefused):
            read_dossier(data, "a.yaml", vocabulary)

    @given(st.data())
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    def test_a_valid_dossier_damaged_anywhere(self, vocabulary, pytestconfig, data):
        """A shipped example with some bytes cut, doubled or changed is read, or refused with its problems."""
        whole = (pytestconfig.rootpath / "cases" / "examples" / "pocket-park.yaml").read_bytes()
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 40)))
        put = data.draw(
            st.sampled_from([b"", whole[start:end] * 2])
            | st.binary(max_size=20)
            | st.text("[]{}:,-#&*!|>'\"%@` \n\t无是", max_size=12).map(str.encode)
        )
        with suppress(DossierRefused):
            read_dossier(whole[:start] + put + whole[end:], "a.yaml", vocabulary)


class TestTerminal:
    """What a person sees."""

    def watched(self, arguments, **environment):
        """Run with standard error on a terminal; return what it showed."""
        ours, theirs = pty.openpty()
        names = (
            {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")} | {"TERM": "xterm"} | environment
        )
        line = [sys.executable, "-m", "child_impact", *map(str, arguments)]
        with subprocess.Popen(line, stderr=theirs, stdout=subprocess.DEVNULL, env=names) as running:
            os.close(theirs)
            shown = b""
            while True:
                try:
                    read = os.read(ours, 4096)
                except OSError:
                    break
                if not read:
                    break
                shown += read
            running.wait(timeout=120)
        os.close(ours)
        return shown.decode()

    def test_colour_and_progress_on_a_terminal_only(self, park, dossier_file, small_rules):
        """On a terminal the outcome is coloured and several dossiers are counted; one is not, nor is anything in a pipe or with --quiet."""
        other = dossier_file("other.yaml", id="other", place="'100000'")
        line = ("assess", park, other, "--rules", small_rules, "--format", "none", *DAY)
        shown = self.watched(line)
        assert "[0/2]" in shown
        assert "[2/2]" in shown
        assert "\x1b[31m" in shown
        assert "/1]" not in self.watched((*line[:2], *line[3:]))
        assert self.watched((*line, "--quiet")) == ""
        assert "\x1b[31m" not in self.watched(line, NO_COLOR="1")

    def test_no_color_and_force_color(self, call, park, small_rules, monkeypatch):
        """In a pipe there is colour only where FORCE_COLOR asks for it; NO_COLOR goes before."""
        line = ("assess", park, "--rules", small_rules, "--format", "none", *DAY)
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        assert "\x1b" not in call(*line).stderr
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[31m" in call(*line).stderr
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b" not in call(*line).stderr

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_tables_are_aligned(self, call, rulebook, lang):
        """Titles begin in one column for all criteria, where a Chinese letter takes two."""
        lines = call("rules", "list", "--lang", lang).stdout.splitlines()
        assert len(lines) == len(rulebook.criteria)
        starts = set()
        for line, criterion in zip(lines, rulebook.criteria.values(), strict=True):
            before = line[: line.rindex(criterion.title.in_(lang))]
            starts.add(sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in before))
        assert len(starts) == 1

    def test_the_list_as_data(self, call, rulebook):
        """For scripts the list has codes and both titles."""
        data = json.loads(call("rules", "list", "--format", "json").stdout)
        assert [one["id"] for one in data["criteria"]] == list(rulebook.criteria)
        assert all(one["domain"] == rulebook.criteria[one["id"]].domain for one in data["criteria"])


class TestHelp:
    """Help teaches by example."""

    def test_the_list_says_what_each_command_says_of_itself(self):
        """The list of commands, which is shown without importing any, has the first sentence of each one's own help."""
        said = click.testing.CliRunner().invoke(cli, ["--help"], terminal_width=1000).stdout
        names = cli.list_commands(click.Context(cli))
        about = [cli.get_command(click.Context(cli), name).get_short_help_str(1000) for name in names]
        assert [line.strip() for line in said.partition("Commands:\n")[2].splitlines()] == [
            f"{name:{max(map(len, names))}}  {one}" for name, one in zip(names, about, strict=True)
        ]

    @pytest.mark.parametrize("name", commands())
    def test_every_command_has_an_example_that_can_be_parsed(self, call, name):
        """The help of every command shows calls of it, and their options exist."""
        said = call(*name.split()[1:], "--help").stdout
        shown = [line.strip() for line in said.splitlines() if line.strip().startswith("child-impact ")]
        assert shown, said
        known = commands()
        for line in shown:
            words = line.split(">")[0].split()
            called = " ".join(words[:3]) if " ".join(words[:3]) in known else " ".join(words[:2])
            assert called in known, line
            options = {option for one in known[called].params for option in one.opts}
            assert {word for word in words if word.startswith("-") and word != "-"} <= options, line


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/ci/README.md"])
def test_the_exit_codes_are_those_of_the_table(pytestconfig, page):
    """Each page that lists exit codes lists all of them, once and in order."""
    text = (pytestconfig.rootpath / page).read_text(encoding="utf-8")
    assert [int(code) for code, _ in CODE.findall(text)] == [one.value for one in Exit]
