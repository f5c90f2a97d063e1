"""`child-impact assess`: exit codes, where documents go, and the same bytes every time."""

import json
import os
import shutil
import sys

import pytest

from child_impact.assessment import assess
from child_impact.cli.main import main
from child_impact.engine.inference import Truths

HEARD = "consultations: {complete: true, items: [{id: c1, with: [children], ended_on: 2026-03-20}]}\n"
FAR = "works: {nature: new}\nchildren: {use_the_place: false, ages: []}\nchanges: none\nnearby: none\n"
DAY = ("--as-of", "2026-06-01")
OUTCOMES = ("not_due", "ready", "conditions", "send_back", "not_recommended")

RULES = "tests/bad/minimal-rules"


@pytest.fixture
def rules(pytestconfig):
    """The small rules directory: a park where children were heard is ready, and is sent back where that is not stated."""
    return pytestconfig.rootpath / RULES


@pytest.fixture
def ready(dossier_file):
    return dossier_file("ready.yaml", "听取意见: [{编号: c1, 对象: [儿童]}]", id="ready", place="'100000'")


@pytest.fixture
def sent_back(dossier_file):
    return dossier_file("sent-back.yaml", id="sent-back", place="'100000'")


@pytest.fixture
def not_due(dossier_file):
    return dossier_file("not-due.yaml", "children: {use_the_place: false}", id="not-due", place="'100000'", types="[road]")


@pytest.fixture
def broken(dossier_file):
    return dossier_file("broken.yaml", "scale: big", id="broken", place="'100000'", stage=None)


class TestExitCodes:
    """Each exit code means one thing."""

    def test_0_where_the_outcome_is_better_than_the_gate(self, command, rules, ready):
        """A dossier that is ready passes the default gate."""
        done = command("assess", ready, "--rules", rules, *DAY)
        assert done.returncode == 0
        assert "可以提请决策" in done.stdout.decode()

    def test_1_where_the_outcome_is_the_gate_or_worse(self, command, rules, sent_back):
        """A dossier that is sent back fails the default gate, and its document is written all the same."""
        done = command("assess", sent_back, "--rules", rules, *DAY)
        assert done.returncode == 1
        assert "退回补充" in done.stdout.decode()

    @pytest.mark.parametrize("gate", [*OUTCOMES, "never"])
    def test_fail_on_moves_the_gate(self, command, rules, ready, sent_back, not_due, gate):
        """An outcome fails where it is the named one or worse; with `never` none does."""
        for file, outcome in ((not_due, "not_due"), (ready, "ready"), (sent_back, "send_back")):
            done = command("assess", file, "--rules", rules, "--fail-on", gate, "--format", "json", *DAY)
            assert json.loads(done.stdout)["outcome"]["code"] == outcome
            fails = gate != "never" and OUTCOMES.index(outcome) >= OUTCOMES.index(gate)
            assert done.returncode == int(fails), (gate, outcome)

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("--format", "papyrus"),
            ("--lang", "fr"),
            ("--as-of", "2026-02-30"),
            ("--as-of", "soon"),
            ("--fail-on", "bad"),
            ("--profile", "unheard-of"),
            ("--rules", "no/such/directory"),
            ("--templates", "no/such/directory"),
            ("--unknown",),
        ],
    )
    def test_2_for_wrong_usage(self, command, sent_back, arguments):
        """A wrong option or no dossier at all is wrong usage: said on standard error, nothing written."""
        done = command("assess", *([sent_back] if arguments else []), *arguments)
        assert done.returncode == 2
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr

    def test_an_unknown_profile_is_answered_with_those_that_exist(self, command, sent_back):
        """The message names the profiles that may be chosen."""
        assert b"default" in command("assess", sent_back, "--profile", "unheard-of").stderr

    def test_3_where_the_rules_are_not_valid(self, command, rules, ready, tmp_path):
        """Broken rules are reported before any dossier is read."""
        copy = shutil.copytree(rules, tmp_path / "rules")
        (copy / "profiles" / "default.yaml").write_text("id: [a", encoding="utf-8")
        done = command("assess", ready, "--rules", copy)
        assert done.returncode == 3
        assert b"profiles/default.yaml:1" in done.stderr

    def test_4_where_the_dossier_is_not_valid(self, command, broken):
        """A dossier that cannot be assessed gives no document."""
        done = command("assess", broken)
        assert done.returncode == 4
        assert done.stdout == b""

    @pytest.mark.durable_rules
    def test_5_where_the_evaluators_differ(self, monkeypatch, capfd, sent_back):
        """If one evaluator were wrong, the two would differ: no verdict is shown, one sentence says so, and there is no traceback."""
        honest = Truths.of
        monkeypatch.setattr(Truths, "of", lambda self, key, entity: not honest(self, key, entity))
        monkeypatch.setattr(sys, "argv", ["child-impact", "assess", str(sent_back), *DAY])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capfd.readouterr()
        assert stopped.value.code == 5
        assert said.out == ""
        assert "EvaluatorsDiffer" in said.err
        assert "Traceback" not in said.err

    def test_5_where_the_program_itself_fails(self, monkeypatch, capfd, sent_back):
        """Any defect of the program ends in one sentence and exit code 5."""

        def fail(*_: object) -> None:
            raise ZeroDivisionError("a defect")

        monkeypatch.setattr(assess, "decide", fail)
        monkeypatch.setattr(sys, "argv", ["child-impact", "assess", str(sent_back), *DAY])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capfd.readouterr()
        assert stopped.value.code == 5
        assert said.out == ""
        assert said.err.splitlines()[-1] == f"child-impact: {sent_back}: internal error (ZeroDivisionError): a defect"


class TestSeveral:
    """Several dossiers at once: each is tried, the highest exit code counts."""

    def test_the_others_are_written_and_the_broken_one_is_named(self, command, rules, ready, sent_back, broken):
        """One broken dossier among three: exit code 4, two assessments, one entry under `failed` with its problems."""
        done = command("assess", broken, ready, sent_back, "--rules", rules, "--format", "json", *DAY)
        assert done.returncode == 4
        found = json.loads(done.stdout)
        assert found["format"] == "child-impact/assessments/1"
        assert [one["dossier"]["id"] for one in found["assessments"]] == ["ready", "sent-back"]
        (failed,) = found["failed"]
        assert failed["file"] == str(broken)
        assert len(failed["error"]) == 2

    def test_the_gate_counts_if_nothing_worse_happens(self, command, rules, ready, sent_back):
        """A dossier sent back makes the whole run end in 1, in whatever order."""
        for files in ((ready, sent_back), (sent_back, ready)):
            assert command("assess", *files, "--rules", rules, *DAY).returncode == 1

    @pytest.mark.durable_rules
    def test_an_internal_error_at_one_does_not_lose_the_others(self, monkeypatch, capfd, rules, ready, sent_back):
        """Where the evaluators differ on one dossier, the others are still assessed; the exit code is 5."""
        same, seen = assess._same, []

        def differ(where, condition, over, entity, evaluator, truths):
            seen.append(evaluator)
            if evaluator is seen[0]:
                raise assess.EvaluatorsDiffer(where)
            same(where, condition, over, entity, evaluator, truths)

        monkeypatch.setattr(assess, "_same", differ)
        arguments = ["assess", str(ready), str(sent_back), "--rules", str(rules), "--format", "json", *DAY]
        monkeypatch.setattr(sys, "argv", ["child-impact", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        found = json.loads(capfd.readouterr().out)
        assert stopped.value.code == 5
        assert [one["dossier"]["id"] for one in found["assessments"]] == ["sent-back"]
        assert [one["file"] for one in found["failed"]] == [str(ready)]

    def test_a_directory_takes_one_document_for_each(self, command, rules, ready, sent_back, tmp_path):
        """With a directory after -o each dossier has a document named after its id and language."""
        into = tmp_path / "out"
        into.mkdir()
        done = command("assess", ready, sent_back, "--rules", rules, "--document", "assessment", "-o", into, "--lang", "en", *DAY)
        assert done.returncode == 1
        assert done.stdout == b""
        assert sorted(path.name for path in into.iterdir()) == ["ready.en.md", "sent-back.en.md"]

    def test_two_dossiers_with_one_id_do_not_overwrite_each_other(self, command, rules, dossier_file, tmp_path):
        """The documents of the first stay; those of the second are refused as wrong usage, and both files are named."""
        into = tmp_path / "out"
        into.mkdir()
        files = [dossier_file(name, id="same", place="'100000'", title=title) for name, title in (("a.yaml", "One"), ("b.yaml", "Two"))]
        done = command("assess", *files, "--rules", rules, "-o", into, "--document", "public", "--lang", "en", *DAY)
        assert done.returncode == 2
        assert [path.name for path in into.iterdir()] == ["same.public.en.md"]
        assert "One" in (into / "same.public.en.md").read_text(encoding="utf-8")
        assert all(str(file) in done.stderr.decode().splitlines()[-1] for file in files)

    def test_several_documents_cannot_go_into_one_file(self, command, rules, ready, sent_back, tmp_path):
        """Markdown of two dossiers into one file is wrong usage."""
        done = command("assess", ready, sent_back, "--rules", rules, "-o", tmp_path / "out.md", *DAY)
        assert done.returncode == 2
        assert not (tmp_path / "out.md").exists()


class TestInputAndOutput:
    """Where dossiers come from and documents go."""

    def test_a_dash_reads_standard_input(self, command, rules, ready):
        """A dossier may come through a pipe; it is then named <stdin>."""
        done = command("assess", "-", "--rules", rules, "--format", "json", *DAY, stdin=ready.read_bytes())
        assert done.returncode == 0
        assert json.loads(done.stdout)["dossier"]["file"] == "<stdin>"

    def test_a_file_holds_what_standard_output_would(self, command, rules, ready, tmp_path):
        """-o FILE writes the same bytes and leaves standard output empty."""
        for form in ("md", "json"):
            printed = command("assess", ready, "--rules", rules, "--format", form, *DAY)
            written = command("assess", ready, "--rules", rules, "--format", form, "-o", tmp_path / "out", *DAY)
            assert written.stdout == b""
            assert written.returncode == printed.returncode == 0
            assert (tmp_path / "out").read_bytes() == printed.stdout

    def test_an_old_document_is_replaced_in_one_step(self, command, rules, ready, tmp_path):
        """The new document takes the place of the old one; no scratch file is left behind."""
        into = tmp_path / "out"
        into.mkdir()
        old = into / "report.md"
        old.write_text("old", encoding="utf-8")
        kept = old.open(encoding="utf-8")
        assert command("assess", ready, "--rules", rules, "-o", old, *DAY).returncode == 0
        assert [path.name for path in into.iterdir()] == ["report.md"]
        with kept:
            assert kept.read() == "old", "a reader of the old document is not disturbed"

    @pytest.mark.parametrize("through", ["itself", "a link", "another spelling"])
    def test_an_input_is_never_overwritten(self, command, rules, ready, tmp_path, through):
        """A document that would replace a dossier is wrong usage, also through a link or another spelling of the path."""
        target = ready
        if through == "a link":
            target = tmp_path / "link.yaml"
            target.symlink_to(ready)
        elif through == "another spelling":
            target = ready.parent / "." / ".." / ready.parent.name / ready.name
        before = ready.read_bytes()
        done = command("assess", ready, "--rules", rules, "-o", target, *DAY)
        assert done.returncode == 2
        assert ready.read_bytes() == before

    def test_a_target_that_cannot_be_written_is_wrong_usage(self, command, rules, ready, tmp_path):
        """A document into a directory that does not exist is wrong usage, said without a traceback."""
        done = command("assess", ready, "--rules", rules, "-o", tmp_path / "nowhere" / "out.md", *DAY)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert not (tmp_path / "nowhere").exists()

    def test_a_document_has_the_rights_that_the_user_gives_new_files(self, command, rules, ready, tmp_path):
        """Documents are readable as other new files are, not only by their owner."""
        command("assess", ready, "--rules", rules, "-o", tmp_path / "out.md", *DAY)
        other = tmp_path / "other"
        other.touch()
        assert (tmp_path / "out.md").stat().st_mode == other.stat().st_mode

    def test_quiet_leaves_standard_error_empty(self, command, rules, ready):
        """The summary goes to standard error, and --quiet drops it; the document is the same."""
        loud, quiet = (command("assess", ready, "--rules", rules, *DAY, *more) for more in ((), ("--quiet",)))
        assert "ready" in loud.stderr.decode()
        assert quiet.stderr == b""
        assert quiet.stdout == loud.stdout

    def test_quiet_still_says_what_is_wrong(self, command, broken):
        """Problems are no talk: --quiet does not hide them."""
        assert len(command("assess", broken, "--quiet").stderr.splitlines()) == 2


class TestSameBytes:
    """The same inputs give the same bytes."""

    def test_twice_and_from_anywhere(self, command, rules, ready, tmp_path):
        """A second run, another working directory and another seed of Python's hashes change nothing, if the path is typed alike."""
        first, second = tmp_path / "one", tmp_path / "two"
        for place in (first, second):
            place.mkdir()
            shutil.copy(ready, place / "a.yaml")
        for form in ("md", "json"):
            runs = []
            for seed, place in (("0", first), ("0", first), ("1", first), ("2", second)):
                os.environ["PYTHONHASHSEED"] = seed
                try:
                    runs.append(command("assess", "a.yaml", "--rules", rules, "--format", form, *DAY, cwd=place).stdout)
                finally:
                    del os.environ["PYTHONHASHSEED"]
            assert runs[0]
            assert len(set(runs)) == 1

    def test_the_day_is_the_only_clock(self, command, dossier_file, rules):
        """Without --as-of the stated day of decision counts, and --as-of goes before it."""
        file = dossier_file("dated.yaml", "decision_on: 2026-07-01", place="'100000'")
        stated, given = (
            json.loads(command("assess", file, "--rules", rules, "--format", "json", *more).stdout)["rulebook"] for more in ((), DAY)
        )
        assert stated["as_of"] == "2026-07-01"
        assert given["as_of"] == "2026-06-01"
        assert given["decision_horizon"] == stated["decision_horizon"] == "2026-07-01"


class TestRealRules:
    """The rules that come with the program, on the one criterion that all of it began with."""

    @pytest.mark.parametrize(
        ("text", "header", "verdict"),
        [
            (HEARD, {}, "met"),
            ("", {}, "not_stated"),
            ("consultations: none", {}, "not_met"),
            ("", {"types": "[industrial]"}, "undetermined"),
        ],
    )
    def test_children_heard(self, command, dossier_file, text, header, verdict):
        """Heard, not stated, nobody heard, and a factory of which little is known: four verdicts through the whole program."""
        file = dossier_file("a.yaml", text, **header)
        found = json.loads(command("assess", file, "--format", "json", "--fail-on", "never", *DAY).stdout)
        verdicts = {one["verdict"] for one in found["findings"] if one["criterion"] == "consultation.children-heard"}
        assert verdicts == {verdict}

    def test_a_factory_far_from_children_needs_no_assessment(self, command, dossier_file):
        """Where screening says no, the outcome is not_due and the exit code 0."""
        done = command("assess", dossier_file("a.yaml", FAR, types="[industrial]"), "--format", "json", *DAY)
        assert done.returncode == 0
        assert json.loads(done.stdout)["outcome"]["code"] == "not_due"
