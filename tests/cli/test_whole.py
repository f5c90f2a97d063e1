"""Every write is whole or an error with its exit code, whatever the place to write to and however Python buffers."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from child_impact.output.files import NewFile, Target, clear
from child_impact.output.inputs import Inputs

DAY = ("--as-of", "2026-06-01")
HEARD = "consultations: [{id: c1, with: [children], ended_on: 2026-03-20}]"
FULL = Path("/dev/full")
TO_FILES = ("assess", "screen", "review-form", "follow-up", "ask --format yaml", "new", "merge")


@pytest.fixture
def park(dossier_file):
    return dossier_file("park.yaml", HEARD, id="park", place="'100000'")


@pytest.fixture
def shell(park, small_rules):
    """Run a line of a shell beside the dossier, with `child-impact` on the path."""

    def run(line, **environment):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        names = os.environ | {"PATH": path, "RULES": str(small_rules)} | environment
        return subprocess.run(["bash", "-c", line], cwd=park.parent, capture_output=True, check=False, env=names, timeout=120)

    return run


@pytest.fixture
def writing(call, park, small_rules):
    """`writing("ask --format yaml", path)`: a command that writes to a file."""
    made = ("--kind", "project", "--type", "park", "--stage", "scheme", "--place", "220000", "--id", "p", "--title", "P")

    def run(line, path):
        command, *more = line.split()
        given = {"new": made, "merge": (park, park)}.get(command, (park,))
        rules = ("--rules", small_rules) if command != "new" else ()  # which offers what the small ones do not have
        day = DAY if command != "merge" else ()
        return call(command, *given, *more, *rules, *day, "--lang", "en", "-o", path)

    return run


class TestStandardOutput:
    """Standard output, with and without Python's buffer."""

    @pytest.mark.parametrize("unbuffered", ["", "1"])
    @pytest.mark.parametrize(
        "command",
        [
            'assess park.yaml --rules "$RULES"',
            'assess park.yaml --format json --rules "$RULES"',
            "schema",
            "rules list",
            "--help",
        ],
    )
    def test_a_disk_that_fills_up(self, shell, command, unbuffered):
        """Where only the first kilobyte can be written the exit code is 2 and a message says so."""
        done = shell(f"ulimit -f 1; child-impact {command} > out.txt", PYTHONUNBUFFERED=unbuffered)
        assert done.returncode == 2
        assert b"File too large" in done.stderr
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("unbuffered", ["", "1"])
    def test_a_large_document_is_the_same_either_way(self, shell, unbuffered):
        """A pipe that takes little at a time gets all of it."""
        done = shell("child-impact schema | (sleep 0.2; wc -c); child-impact schema > whole; wc -c < whole", PYTHONUNBUFFERED=unbuffered)
        first, second = done.stdout.split()
        assert first == second
        assert int(first) > 100_000

    @pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ('assess park.yaml --rules "$RULES" --as-of 2026-06-01 -o out.md 2> /dev/full', 0),
            ('assess park.yaml --rules "$RULES" --as-of 2026-06-01 > /dev/full 2> /dev/full', 2),
            ('assess missing.yaml --rules "$RULES" 2> /dev/full', 4),
        ],
    )
    def test_standard_error_that_cannot_be_written(self, shell, park, line, code):
        """What cannot be said is dropped; documents and the exit code stay what they are."""
        assert shell(f"child-impact {line}").returncode == code
        assert (park.parent / "out.md").exists() == (code == 0)

    @pytest.mark.parametrize(
        "command", ["--help", "--version", 'rules lint --rules "$RULES"', "schema", 'assess park.yaml park.yaml --rules "$RULES" -q']
    )
    def test_a_reader_that_leaves(self, shell, command):
        """It is no error of any command: nothing is said, and the exit code is the command's own."""
        alone = shell(f"child-impact {command} > all.txt")
        left = shell(f"child-impact {command} | true; exit ${{PIPESTATUS[0]}}")
        assert (left.returncode, left.stderr) == (alone.returncode, alone.stderr)

    def test_a_reader_of_a_named_pipe_that_leaves(self, shell):
        """With -o it is the same."""
        done = shell('mkfifo p; (head -c 1 p > first &); child-impact assess park.yaml --rules "$RULES" --as-of 2026-06-01 -q -o p')
        assert (done.returncode, done.stderr) == (0, b"")


class TestFiles:
    """-o of every command that has it."""

    @pytest.mark.parametrize("line", TO_FILES)
    def test_places_that_are_none(self, writing, park, line):
        """A link to itself, a link to nowhere, a directory, a file for a directory: wrong usage, a message, and nothing is left."""
        here = park.parent
        (here / "loop").symlink_to("loop")
        (here / "dangling").symlink_to("nowhere/x")
        (here / "folder").mkdir()
        before = sorted(here.iterdir())
        for name in ("loop", "dangling", "park.yaml/x", "nowhere/x", *(() if line in ("assess", "screen") else ("folder",))):
            done = writing(line, here / name)
            assert done.exit_code == 2, (name, done.stderr)
            assert str(here / name) in done.stderr, name
            assert sorted(here.iterdir()) == before

    @pytest.mark.parametrize("line", TO_FILES)
    def test_a_file_is_written_through_a_link_to_a_place_that_is_there(self, writing, park, line):
        """A link whose file is not there yet is written through; the link stays."""
        (park.parent / "link").symlink_to("real")
        done = writing(line, park.parent / "link")
        assert done.exit_code == 0, done.stderr
        assert (park.parent / "link").is_symlink()
        assert (park.parent / "real").stat().st_size > 0

    @pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights are other here")
    def test_what_may_not_be_changed(self, writing, park):
        """A file or a directory that the user may not write to stays as it is: wrong usage."""
        here = park.parent
        closed = here / "closed"
        closed.mkdir(mode=0o755)
        kept = here / "kept.md"
        kept.write_text("kept", encoding="utf-8")
        kept.chmod(0o444)
        for path in (here, *here.parents):
            if path.stat().st_uid == os.getuid() and path != Path(path.root):
                path.chmod(path.stat().st_mode | 0o055)
        here.chmod(0o777)
        nobody = 65534 if os.geteuid() == 0 else os.geteuid()
        if nobody == os.geteuid():
            closed.chmod(0o555)
        before = os.geteuid()
        os.seteuid(nobody)
        try:
            results = [writing("assess", target) for target in (kept, closed / "new.md", closed, f"{closed}/")]
        finally:
            os.seteuid(before)
        assert [done.exit_code for done in results] == [2] * 4
        assert all("Permission denied" in done.stderr for done in results)
        assert kept.read_text(encoding="utf-8") == "kept"
        assert list(closed.iterdir()) == []


class TestInputs:
    """-o is never one of the files that a run reads."""

    @pytest.fixture
    def rules(self, small_rules, tmp_path):
        """A copy of the small rules."""
        subprocess.run(["cp", "-r", small_rules, tmp_path / "rules"], check=True)
        return tmp_path / "rules"

    @pytest.mark.parametrize("command", ["assess", "screen", "follow-up"])
    @pytest.mark.parametrize("through", ["itself", "a symbolic link", "a hard link"])
    def test_rules(self, call, park, rules, tmp_path, command, through):
        """A file of the rules, by any of its names."""
        profile = rules / "profiles" / "default.yaml"
        before = profile.read_bytes()
        target = tmp_path / "name" if through != "itself" else profile
        if through == "a symbolic link":
            target.symlink_to(profile)
        elif through == "a hard link":
            target.hardlink_to(profile)
        done = call(command, park, "--rules", rules, "--lang", "en", "-o", target, *DAY)
        assert done.exit_code == 2
        assert "is an input and is not overwritten" in done.stderr
        assert profile.read_bytes() == before
        assert target.samefile(profile)

    def test_the_rules_and_templates_of_the_program(self, call, park, small_rules, tmp_path, pytestconfig):
        """They are read whether or not they are named."""
        for folder, name in (("templates", "words.yaml"), ("rules", "profiles/default.yaml")):
            target = tmp_path / folder
            target.hardlink_to(pytestconfig.rootpath / folder / name)
            done = call("assess", park, "--rules", small_rules, "--lang", "en", "-o", target, *DAY)
            assert done.exit_code == 2
            assert "is an input" in done.stderr

    def test_a_record_and_standard_input(self, shell, park):
        """A record that is given, and the file behind `-`."""
        record = park.parent / "park.review.yaml"
        record.write_text("dossier: park\n", encoding="utf-8")
        for line, kept in (("park.yaml --review park.review.yaml -o park.review.yaml", record), ("- < park.yaml -o park.yaml", park)):
            before = kept.read_bytes()
            done = shell(f'child-impact assess {line} --rules "$RULES" --lang en')
            assert done.returncode == 2
            assert b"is an input" in done.stderr
            assert kept.read_bytes() == before

    def test_what_a_saved_assessment_names(self, call, park, small_rules, tmp_path):
        """`follow-up` reads the dossier that a saved assessment is of."""
        saved = tmp_path / "park.json"
        assert call("assess", park, "--rules", small_rules, "--format", "json", "-o", saved, *DAY).exit_code == 0
        assert call("follow-up", saved, "--rules", small_rules, "-o", park, *DAY).exit_code == 2
        assert park.read_text(encoding="utf-8").startswith("id:")

    def test_one_dossier_in_the_way_costs_only_its_own_documents(self, call, dossier_file, small_rules, tmp_path):
        """In a directory, only the dossier whose document would take the place of an input is refused."""
        first = dossier_file("a.public.zh.md", HEARD, id="a", place="'100000'")
        second = dossier_file("b.yaml", HEARD, id="b", place="'100000'")
        done = call("assess", first, second, "--rules", small_rules, "-o", tmp_path, "--document", "public", *DAY)
        assert done.exit_code == 2
        assert first.read_text(encoding="utf-8").startswith("id:")
        assert {path.name for path in tmp_path.iterdir()} == {"a.public.zh.md", "b.yaml", "b.public.zh.md"}


class TestScratchFiles:
    """What a killed run left behind goes with the next one, and nothing else does."""

    def test_left_behind(self, call, park, small_rules, tmp_path):
        """A hidden file of a run that is gone is removed by the next that writes there; other files stay."""
        into = tmp_path / "out"
        into.mkdir()
        for name in (".child-impact-0123456789abcdef.tmp", ".child-impact-notes", "x.tmp"):
            (into / name).write_text("half", encoding="utf-8")
        for target in (into, into / "a.md"):
            (into / ".child-impact-0123456789abcdef.tmp").write_text("half", encoding="utf-8")
            assert call("assess", park, "--rules", small_rules, "--document", "public", "-o", target, *DAY).exit_code == 0
        assert {path.name for path in into.iterdir()} == {".child-impact-notes", "x.tmp", "park.public.zh.md", "a.md"}

    def test_what_is_being_written_now_is_left_alone(self, tmp_path):
        """Two runs into one directory do not take each other's files."""
        with NewFile(Target(tmp_path / "a", Inputs())) as new:
            new.write(b"1")
            clear(tmp_path)
            new.write(b"2")
            new.place()
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"12")]

    def test_many_writers_of_one_file(self, tmp_path):
        """Whoever is last wins, with a whole file, and nothing is left."""
        target = tmp_path / "a"

        def write(letter):
            for _ in range(30):
                clear(tmp_path)
                with NewFile(Target(target, Inputs())) as new:
                    for _ in range(20):
                        new.write(letter * 1000)
                    new.place()

        threads = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b", b"c")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        data = target.read_bytes()
        assert len(data) == 20_000
        assert len(set(data)) == 1
        assert list(tmp_path.iterdir()) == [target]

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_interrupted(self, park, small_rules, tmp_path, number):
        """A run that is ended while it waits for its dossier leaves the old file and nothing else; the exit code is that of the signal."""
        into = tmp_path / "out"
        into.mkdir()
        (into / "a.json").write_text("old", encoding="utf-8")
        os.mkfifo(tmp_path / "pipe.yaml")
        line = [sys.executable, "-m", "child_impact", "assess", park, tmp_path / "pipe.yaml", "--rules", small_rules, "--format", "json"]
        with subprocess.Popen([*map(str, line), *DAY, "-o", str(into / "a.json")], stderr=subprocess.PIPE) as running:
            assert running.stderr is not None
            running.stderr.readline()  # the first is judged
            running.send_signal(number)
            said = running.stderr.read()
            assert running.wait(timeout=60) == 128 + number
        assert b"Traceback" not in said
        assert [(path.name, path.read_text(encoding="utf-8")) for path in into.iterdir()] == [("a.json", "old")]
