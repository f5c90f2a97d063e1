"""Many dossiers: each is written when it is made, none costs another its document, and the bytes do not depend on `--jobs`."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from child_impact.assessment import assess
from child_impact.assessment.sarif import sarif_data
from child_impact.assessment.to_json import LEVELS_OF_SEVERAL, as_json
from child_impact.report.render import Writer

DAY = ("--as-of", "2026-06-01")
HEARD = "consultations: [{id: c1, with: [children], ended_on: 2026-03-20}]"


@pytest.fixture
def parks(dossier_file):
    """Dossiers: ready, sent back, one where children were heard twice, and one of a road that needs no assessment."""
    texts = (HEARD, "", f"{HEARD[:-1]}, {{id: c2, with: [children]}}]", "children: {use_the_place: false}")
    kinds = ("[park]", "[park]", "[park]", "[road]")
    return [
        dossier_file(f"{number}.yaml", text, id=f"d{number}", place="'100000'", types=types, title=f"Number {number}")
        for number, (text, types) in enumerate(zip(texts, kinds, strict=True))
    ]


@pytest.fixture
def broken(dossier_file):
    return dossier_file("broken.yaml", "scale: big", id="broken", place="'100000'")


@pytest.fixture
def begun(small_rules):
    """A run in another process: `with begun("assess", …) as running`. It does not outlive the test."""

    @contextmanager
    def begin(*arguments, **options):
        line = [sys.executable, "-m", "child_impact", *map(str, arguments), "--rules", str(small_rules), *DAY]
        running = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        try:
            yield running
        finally:
            running.kill()
            running.communicate()

    return begin


def names(directory):
    return {path.name for path in Path(directory).iterdir()}


def until(what, seconds=60):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


class TestStream:
    """Nothing waits for the last dossier."""

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_documents_are_there_before_the_next_dossier_is_read(self, begun, parks, tmp_path, jobs):
        """While the third dossier still comes through a pipe, the first two are written, each whole."""
        os.mkfifo(tmp_path / "pipe.yaml")
        out = tmp_path / "out"
        with begun("assess", *parks[:2], tmp_path / "pipe.yaml", "--document", "public", "--jobs", jobs, "-q", "-o", f"{out}/") as running:
            until(lambda: out.is_dir() and names(out) >= {"d0.public.zh.md", "d1.public.zh.md"})
            whole = {name: (out / name).read_bytes() for name in ("d0.public.zh.md", "d1.public.zh.md")}
            (tmp_path / "pipe.yaml").write_bytes(parks[2].read_bytes())
            assert running.wait(timeout=60) == 1
        assert names(out) == {f"d{number}.public.zh.md" for number in range(3)}
        assert all((out / name).read_bytes() == data for name, data in whole.items())

    def test_json_comes_as_it_is_made(self, begun, parks, tmp_path):
        """A reader of standard output has the first assessment before the second dossier is read."""
        os.mkfifo(tmp_path / "pipe.yaml")
        with begun("assess", parks[0], tmp_path / "pipe.yaml", "--format", "json", "-q") as running:
            assert running.stdout is not None
            head = b""
            while b'"questions"' not in head:
                head += running.stdout.read1()
            (tmp_path / "pipe.yaml").write_bytes(parks[1].read_bytes())
            data = json.loads(head + running.stdout.read())
            assert running.wait(timeout=60) == 1
        assert [one["dossier"]["id"] for one in data["assessments"]] == ["d0", "d1"]

    @pytest.mark.parametrize("jobs", ["1", "2"])
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
    def test_an_interruption_loses_only_the_one_at_hand(self, begun, parks, tmp_path, number, jobs):
        """Ended in any way while the third dossier is worked on, two are there and whole; no process stays behind."""
        os.mkfifo(tmp_path / "pipe.yaml")
        out = tmp_path / "out"
        line = ("assess", *parks[:2], tmp_path / "pipe.yaml", parks[3], "--format", "json", "--jobs", jobs, "-q", "-o", f"{out}/")
        with begun(*line, start_new_session=True) as running:
            until(lambda: out.is_dir() and {"d0.json", "d1.json"} <= names(out))
            os.killpg(running.pid, number) if number == signal.SIGINT else running.send_signal(number)
            assert running.stderr is not None
            said = running.stderr.read()
            running.wait(timeout=60)
        assert running.returncode == (-number if number == signal.SIGKILL else 128 + number)
        assert b"Traceback" not in said
        assert {name for name in names(out) if not name.startswith(".")} == {"d0.json", "d1.json"}
        assert {json.loads(path.read_bytes())["dossier"]["id"] for path in out.iterdir()} == {"d0", "d1"}
        until(lambda: not _is_running(running.pid))


def _is_running(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


class TestOneFile:
    """Several dossiers in one file are what they are alone."""

    @pytest.fixture
    def alone(self, call, small_rules):
        """The JSON of a dossier alone."""
        return lambda file: call("assess", file, "--rules", small_rules, "--format", "json", "--fail-on", "never", "-q", *DAY).stdout

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_json(self, command, small_rules, alone, parks, broken, jobs):
        """Each assessment has the text that it has alone, moved to the right; then what failed, and which dossiers were given."""
        line = ("assess", *parks, broken, "--rules", small_rules, "--format", "json", "--jobs", jobs, "-q", *DAY)
        done = command(*line)
        together = {
            "format": "child-impact/assessments/1",
            "assessments": [json.loads(alone(file)) for file in parks],
            "failed": [{"file": str(broken), "error": done.stderr.decode().splitlines()}],
            "inputs": [str(file) for file in (*parks, broken)],
        }
        assert done.returncode == 4
        assert json.loads(done.stdout) == together
        for file in parks:
            assert alone(file).rstrip("\n").replace("\n", "\n    ") in done.stdout.decode()

    def test_json_of_none(self, call, small_rules, broken, tmp_path):
        """Where no dossier can be assessed the list is empty, and the file is there all the same."""
        done = call("assess", broken, broken, "--rules", small_rules, "--format", "json", "-o", tmp_path / "a.json")
        data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
        assert done.exit_code == 4
        assert data["assessments"] == []
        assert len(data["failed"]) == 2

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_sarif(self, command, small_rules, alone, parks, broken, jobs):
        """A log put together piece by piece is the log of all, to the byte."""
        done = command("assess", *parks, broken, "--rules", small_rules, "--format", "sarif", "--jobs", jobs, "-q", *DAY)
        failed = [{"file": str(broken), "error": done.stderr.decode().splitlines()}]
        assert done.stdout.decode() == as_json(sarif_data([json.loads(alone(file)) for file in parks], failed, "zh"), LEVELS_OF_SEVERAL)

    def test_sarif_in_a_directory_is_one_log(self, call, small_rules, parks, tmp_path):
        """Beside the documents of each."""
        line = ("--format", "sarif", "--format", "md", "--document", "public", "--fail-on", "never", "-o", f"{tmp_path}/out/")
        assert call("assess", *parks[:2], "--rules", small_rules, *line, *DAY).exit_code == 0
        assert names(tmp_path / "out") == {"assessments.sarif", "d0.public.zh.md", "d1.public.zh.md"}

    def test_what_does_not_go_into_one_file(self, call, small_rules, parks, tmp_path):
        """Of several dossiers, JSON and Markdown together, or two documents, are refused before any is read."""
        for more in (("--format", "json", "--format", "md"), ("--format", "json", "--format", "sarif"), ("-o", tmp_path / "a.md")):
            done = call("assess", *parks[:2], "--rules", small_rules, *more, *DAY)
            assert (done.exit_code, done.stdout) == (2, "")
            assert "give -o a directory" in done.stderr
            assert "Number" not in done.stderr


class TestNoneCostsAnother:
    """What goes wrong with one dossier is said with its file; the others are written, and the highest exit code counts."""

    @pytest.fixture
    def run(self, call, small_rules, tmp_path):
        """`run(dossiers, …)` writes to a directory, and gives the result and what is there."""

        def assess(files, *more):
            done = call("assess", *files, "--rules", small_rules, "--document", "public", "-o", f"{tmp_path}/out/", *more, *DAY)
            return done, names(tmp_path / "out") if (tmp_path / "out").exists() else set()

        return assess

    def test_a_dossier_that_is_not_valid(self, run, parks, broken):
        """The other two are there; 4 goes before the gate."""
        done, there = run([parks[0], broken, parks[1]])
        assert done.exit_code == 4
        assert there == {"d0.public.zh.md", "d1.public.zh.md"}

    @pytest.mark.parametrize("where", ["judging", "writing"])
    def test_a_defect_of_the_program(self, run, parks, monkeypatch, where):
        """Any exception at one dossier ends in 5, at the end, and its file is named."""
        module, name = (assess, "Standing") if where == "judging" else (Writer, "plain")
        real = getattr(module, name)

        def fail(*given):
            dossier = given[2] if where == "judging" else given[0].assessment.dossier
            if dossier.code("id") == "d1":
                raise ZeroDivisionError("a defect")
            return real(*given)

        monkeypatch.setattr(module, name, fail)
        done, there = run(parks)
        assert done.exit_code == 5
        assert f"{parks[1]}: internal error (ZeroDivisionError): a defect" in done.stderr
        assert there == {"d0.public.zh.md", "d2.public.zh.md", "d3.public.zh.md"}

    def test_a_defect_that_questions_meet(self, call, small_rules, parks, monkeypatch):
        """`ask` of several goes on as well."""
        real = assess.Standing

        def fail(rulebook, profile, dossier, *more):
            if dossier.code("id") == "d0":
                raise ZeroDivisionError("a defect")
            return real(rulebook, profile, dossier, *more)

        monkeypatch.setattr(assess, "Standing", fail)
        done = call("ask", *parks[:2], "--rules", small_rules, "--format", "json", *DAY)
        data = json.loads(done.stdout)
        assert done.exit_code == 5
        assert data["failed"] == [{"file": str(parks[0]), "error": ["a defect"]}]
        assert len(data["dossiers"]) == 1

    def test_a_document_that_cannot_be_made_of_one(self, run, parks, tmp_path):
        """A template that fails on one dossier costs that dossier its documents, and is said once."""
        own = tmp_path / "own" / "zh"
        own.mkdir(parents=True)
        (own / "public.md.j2").write_text('{% if "1" in view.title or "2" in view.title %}{{ nothing }}{% endif %}x\n', encoding="utf-8")
        done, there = run(parks, "--templates", tmp_path / "own", "--lang", "zh", "--fail-on", "never")
        assert done.exit_code == 2
        assert done.stderr.count("public.md.j2:1") == 1
        assert all(f"{file}：文书未写出" in done.stderr for file in parks[1:3])
        assert there == {"d0.public.zh.md", "d3.public.zh.md"}

    def test_a_format_that_is_not_installed(self, run, parks, monkeypatch):
        """It is the same for all, and said before any dossier is judged."""
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        done, there = run(parks, "--format", "xlsx")
        assert (done.exit_code, there) == (2, set())
        assert len(done.stderr.splitlines()) == 1

    def test_a_record_about_none_of_many(self, run, parks, tmp_path):
        """It is said at the end, with 4; what was written stays."""
        (tmp_path / "r.yaml").write_text("dossier: unheard-of\n", encoding="utf-8")
        done, there = run(parks[:2], "--review", tmp_path / "r.yaml")
        assert done.exit_code == 4
        assert "unheard-of" in done.stderr.splitlines()[-1]
        assert len(there) == 2

    def test_the_disk_fills_up(self, small_rules, parks, tmp_path):
        """The run ends with 2 where it can go on for none; what was written is whole."""
        line = f"ulimit -f 8; exec {sys.executable} -m child_impact assess {' '.join(map(str, parks))} --rules {small_rules}"
        done = subprocess.run(["bash", "-c", f"{line} -q --as-of 2026-06-01 --format json -o {tmp_path}/a.json"], check=False, timeout=60)
        assert done.returncode == 2
        assert not (tmp_path / "a.json").exists()
        assert not [name for name in names(tmp_path) if name.startswith(".")]


class TestJobs:
    """Several processes."""

    def test_the_bytes_do_not_depend_on_it(self, command, small_rules, parks, broken, tmp_path):
        """Files, messages and exit code are those of one process, in the order of the arguments."""
        line = ("assess", *parks, broken, "--rules", small_rules, "--format", "md", "--format", "json", "--document", "public", *DAY)
        one, three = (command(*line, "-o", f"{tmp_path}/{jobs}/", "--jobs", jobs) for jobs in ("1", "3"))
        assert (one.returncode, one.stderr) == (three.returncode, three.stderr)
        first, second = ({path.name: path.read_bytes() for path in (tmp_path / jobs).iterdir()} for jobs in ("1", "3"))
        assert first == second
        assert len(first) == 8

    @pytest.mark.parametrize("said", ["0", "auto"])
    def test_as_many_as_processors(self, call, small_rules, parks, said):
        """0 and auto are numbers of processes too; a single dossier needs none."""
        assert call("screen", parks[0], "--rules", small_rules, "--jobs", said, *DAY).exit_code == 0

    @pytest.mark.parametrize("said", ["-1", "many", "1.5", ""])
    def test_what_is_no_number(self, call, small_rules, parks, said):
        """Anything else is wrong usage."""
        assert call("assess", parks[0], "--rules", small_rules, "--jobs", said).exit_code == 2

    @pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children cannot be listed here")
    def test_a_process_that_dies(self, begun, parks, tmp_path):
        """Killed while it works on a dossier it costs no other; that one is tried once more, alone."""
        os.mkfifo(tmp_path / "pipe.yaml")
        out = tmp_path / "out"
        line = ("assess", parks[0], tmp_path / "pipe.yaml", parks[2], "--document", "public", "--jobs", "2", "-q", "-o", f"{out}/")
        with begun(*line) as running:
            until(lambda: out.is_dir() and names(out) == {"d0.public.zh.md"})
            children = [Path("/proc", one) for one in Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()]
            workers = [one for one in children if b"spawn_main" in (one / "cmdline").read_bytes()]
            for one in workers:
                os.kill(int(one.name), signal.SIGKILL)
            until(lambda: not any(one.exists() for one in workers))  # or the pipe would be read by one that dies
            (tmp_path / "pipe.yaml").write_bytes(parks[1].read_bytes())
            assert running.wait(timeout=60) == 1
        assert names(out) == {f"d{number}.public.zh.md" for number in range(3)}
