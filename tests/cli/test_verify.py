"""`child-impact verify`: a saved assessment is run again, and every difference is named."""

import functools
import json
import random
import shutil
import sys

import pytest

from child_impact.assessment.to_json import LEVELS_OF_SEVERAL, as_json

HEARD = "听取意见: [{编号: c1, 对象: [儿童]}]"
DAY = ("--as-of", "2026-06-01")


@pytest.fixture
def rules(small_rules, tmp_path):
    return shutil.copytree(small_rules, tmp_path / "rules")


@pytest.fixture
def park(dossier_file):
    return dossier_file("park.yaml", HEARD, id="park", place="'100000'")


@pytest.fixture
def saved(call, park, rules, tmp_path):
    file = tmp_path / "park.json"
    assert call("assess", park, "--rules", rules, "--format", "json", "-o", file, *DAY).exit_code == 0
    return file


@pytest.fixture
def verify(call, rules):
    return lambda file, *more, **stdin: call("verify", file, "--rules", rules, *more, **stdin)


def edit(file, change):
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(as_json(data), encoding="utf-8")


def test_the_same_is_0(verify, saved):
    """Nothing changed: said in both languages."""
    for language, said in (("zh", "与保存的评价一致"), ("en", "the same as saved")):
        done = verify(saved, "--lang", language)
        assert done.exit_code == 0, done.stdout
        assert said in done.stdout


def test_through_the_real_command_with_the_rules_that_come_with_it(command, dossier_file, tmp_path):
    """A dossier named by a relative path is found from the same directory, and from no other."""
    dossier_file("park.yaml")
    file = tmp_path / "park.json"
    assert command("assess", "park.yaml", "--format", "json", "-o", file, "--fail-on", "never", cwd=tmp_path).returncode == 0
    assert command("verify", "park.json", cwd=tmp_path).returncode == 0
    (tmp_path / "elsewhere").mkdir()
    done = command("verify", file, "--lang", "en", cwd=tmp_path / "elsewhere")
    assert done.returncode == 4
    assert "the path is looked for from here" in done.stderr.decode()


def test_a_changed_dossier_is_named_with_the_findings(verify, saved, dossier_file):
    """The bytes are said to differ, and the outcome and the finding that changed with them."""
    dossier_file("park.yaml", "", id="park", place="'100000'")
    done = verify(saved)
    assert done.exit_code == 1
    assert "档案内容：" in done.stdout
    assert "结论：可以提请决策 → 退回补充" in done.stdout
    assert "新出现（1）\n  - 听取儿童意见：符合 → 未见说明" in done.stdout
    assert "规则：" not in done.stdout
    said = verify(saved, "--lang", "en").stdout
    assert "Inputs that changed\n  - dossier: " in said
    assert "outcome: Ready → Send back" in said


def test_a_change_of_the_dossier_that_changes_no_finding(verify, saved, park):
    """A comment more is another dossier with the same findings."""
    park.write_text(park.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    done = verify(saved, "--lang", "en")
    assert done.exit_code == 1
    assert "The findings are the same." in done.stdout


def test_a_changed_line_is_a_detail(verify, saved, park):
    """The same verdict on a fact of another line is named as such."""
    park.write_text("# first\n" + park.read_text(encoding="utf-8"), encoding="utf-8")
    done = verify(saved, "--lang", "en")
    assert done.exit_code == 1
    assert "Same verdict on other facts, clauses or words (1): Children are heard" in done.stdout


def test_changed_rules_are_named(verify, saved, rules):
    """Other rules have another hash."""
    with (rules / "derived" / "derived.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    done = verify(saved)
    assert done.exit_code == 1
    assert "规则：" in done.stdout
    assert "档案内容：" not in done.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["rulebook"].update(version="0.0.0"), "version of the rules: 0.0.0 → "),
        (lambda data: data["program"].update(version="0.0.0"), "program version: 0.0.0 → "),
        (lambda data: data.pop("program"), "program version: "),
        (lambda data: data["engine"].update(inference="my own"), "inference: my own → "),
        (lambda data: data["engine"].update(cross_checked=not data["engine"]["cross_checked"]), "cross-checked: "),
        (lambda data: data["rulebook"].update(profile="gone"), "no profile “gone” any more"),
        (lambda data: data["counts"].update(met=7), "Different although the inputs are the same (was the file edited?): counts.met"),
        (lambda data: data["findings"][0].update(verdict="not_stated"), "Closed (1)\n  - Each consultation has a date (c1): not stated"),
        (lambda data: data["findings"][0].update(remedy={"zh": "无", "en": "none"}), "Same verdict on other facts"),
        (lambda data: data["findings"].append(data["findings"][0]), "(was the file edited?): findings"),
        (lambda data: data["outcome"].update(code="conditions"), "outcome: conditions → Ready"),
        (lambda data: data.update(remark="looks good"), "(was the file edited?): remark"),
        (lambda data: data.pop("counts"), "(was the file edited?): counts"),
    ],
)
def test_every_other_change_is_named(verify, saved, change, said):
    """Version, engine, profile, and whatever somebody edited in the file."""
    edit(saved, change)
    done = verify(saved, "--lang", "en")
    assert done.exit_code == 1
    assert said in done.stdout


def test_the_day_of_the_saved_run_counts_not_today(verify, saved):
    """The recorded as-of is used again: a planned event that has passed since changes nothing."""
    assert json.loads(saved.read_text(encoding="utf-8"))["rulebook"]["as_of"] == "2026-06-01"
    assert verify(saved).exit_code == 0


def test_several_assessments_are_verified_each(call, verify, park, rules, dossier_file, tmp_path):
    """In a file of several each is run again, those that failed then too; the exit code is the highest."""
    other = dossier_file("other.yaml", HEARD, id="other", place="'100000'")
    broken = dossier_file("broken.yaml", "children: many", id="broken", place="'100000'")
    file = tmp_path / "all.json"
    call("assess", park, other, broken, "--rules", rules, "--format", "json", "-o", file, *DAY)
    done = verify(file, "--lang", "en")
    assert done.exit_code == 0
    assert [line.rpartition(": ")[2] for line in done.stdout.splitlines()] == [
        "the same as saved",
        "the same as saved",
        "cannot be read, as when it was saved",
    ]
    broken.write_bytes(other.read_bytes())
    done = verify(file, "--lang", "en")
    assert done.exit_code == 1
    assert "can be read now" in done.stdout
    park.unlink()
    done = verify(file, "--lang", "en")
    assert done.exit_code == 4
    assert "other.yaml: the same as saved" in done.stdout


def test_a_dossier_from_standard_input_cannot_be_read_again(call, verify, park, rules, tmp_path):
    """The message says what to do instead."""
    file = tmp_path / "piped.json"
    call("assess", "-", "--rules", rules, "--format", "json", "-o", file, *DAY, stdin=park.read_bytes())
    done = verify(file, "--lang", "en")
    assert done.exit_code == 4
    assert "save the dossier in a file" in done.stderr


def test_a_dossier_that_is_no_longer_valid_is_refused_with_its_problems(verify, saved, dossier_file):
    """The dossier's own problems are told, with their places."""
    dossier_file("park.yaml", "children: many", id="park", place="'100000'")
    done = verify(saved)
    assert done.exit_code == 4
    assert "park.yaml:7" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is not JSON"),
        ("# Report", "this is not JSON"),
        (b"\xff\xfe{", "not UTF-8"),
        ("[" * 100_000, "nesting"),
        ("1" * 5000, "a number"),
        ("[]", "no saved assessment"),
        ("{}", "no saved assessment"),
        ('{"format": 1}', "no saved assessment"),
        ('{"format": "child-impact/questions/1"}', "its format is “child-impact/questions/1”"),
        ('{"format": "child-impact/assessment/2"}', "which this program does not read"),
        ('{"format": "child-impact/assessments/2"}', "which this program does not read"),
        ('{"format": "child-impact/assessment/1"}', "“findings” is missing"),
        ('{"format": "child-impact/assessments/1"}', "should be lists"),
        ('{"format": "child-impact/assessments/1", "assessments": [7]}', "“assessments.0”"),
    ],
)
def test_a_file_that_is_no_assessment_is_refused(verify, text, said):
    """Each with a message that says what it is instead, and exit code 4."""
    done = verify("-", "--lang", "en", stdin=text)
    assert done.exit_code == 4
    assert done.stdout == ""
    assert said in done.stderr
    assert " → " in done.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["dossier"].update(file=7),
        lambda data: data["dossier"].update(file="a\0b"),
        lambda data: data["templates"].update(directory="a\0b"),
        lambda data: data.update(review={"file": "a\0b"}),
        lambda data: data.update(review={}),
        lambda data: data["dossier"].update(file="x" * 5000),
        lambda data: data["dossier"].update(file="\ud800"),
        lambda data: data["rulebook"].update(as_of="soon"),
        lambda data: data["findings"][0].update(verdict="fine"),
        lambda data: data["findings"][0].update(entity="c1"),
        lambda data: data.update(findings={}),
        lambda data: data.update(outcome=None),
    ],
)
def test_a_damaged_assessment_is_refused(verify, saved, change):
    """A value that no run writes ends in 4, never in a traceback."""
    data = json.loads(saved.read_text(encoding="utf-8"))
    change(data)
    saved.write_text(json.dumps(data), encoding="utf-8")
    for language in ("zh", "en"):
        done = verify(saved, "--lang", language)
        assert done.exit_code == 4
        assert done.stderr


def test_a_file_that_cannot_be_read(verify, tmp_path):
    """A missing file and a directory end in 4 and are named; the message speaks of the saved assessment."""
    for path in (tmp_path / "missing.json", tmp_path):
        done = verify(path, "--lang", "en")
        assert done.exit_code == 4
        assert f"{path}: the saved assessment cannot be read" in done.stderr


class TestReview:
    """The reviewer's record is an input of the assessment."""

    @pytest.fixture
    def record(self, tmp_path):
        file = tmp_path / "review.yaml"
        file.write_text("dossier: park\nconditions: [{text: plant trees}]\n", encoding="utf-8")
        return file

    @pytest.fixture
    def reviewed(self, call, park, record, rules, tmp_path):
        file = tmp_path / "reviewed.json"
        given = ("--rules", rules, "--review", record, "--format", "json", "-o", file, *DAY)
        assert call("assess", park, *given).exit_code == 0
        return file

    def test_the_same_record_is_the_same(self, verify, reviewed, record):
        """The record is kept by its file and sha256, and read again."""
        kept = json.loads(reviewed.read_text(encoding="utf-8"))["review"]
        assert (kept["file"], len(kept["sha256"])) == (str(record), 64)
        assert verify(reviewed).exit_code == 0

    def test_a_changed_record_is_named(self, verify, reviewed, record):
        """As an input that changed, in both languages."""
        record.write_text("dossier: park\n", encoding="utf-8")
        for language, said in (("zh", "审查记录："), ("en", "reviewer's record: ")):
            done = verify(reviewed, "--lang", language)
            assert done.exit_code == 1
            assert said in done.stdout
            assert "was the file edited" not in done.stdout

    def test_a_record_that_is_gone_or_is_about_another_dossier(self, verify, reviewed, record):
        """Ends in 4 and says where it was looked for."""
        record.write_text("dossier: other\n", encoding="utf-8")
        assert verify(reviewed).exit_code == 4
        record.unlink()
        done = verify(reviewed, "--lang", "en")
        assert done.exit_code == 4
        assert "the reviewer's record cannot be read" in done.stderr
        assert "the path is looked for from here" in done.stderr

    def test_a_record_that_lies_elsewhere_now(self, verify, reviewed, record, tmp_path):
        """`--review` names it: the same content under another name is told as such."""
        moved = record.rename(tmp_path / "moved.yaml")
        done = verify(reviewed, "--review", moved, "--lang", "en")
        assert done.exit_code == 1
        assert "file of the reviewer's record: " in done.stdout
        assert "reviewer's record: " in done.stdout
        assert "The findings are the same." in done.stdout

    def test_an_assessment_without_a_record_verified_with_one(self, verify, saved, record):
        """The record is new."""
        done = verify(saved, "--review", record, "--lang", "en")
        assert done.exit_code == 1
        assert "reviewer's record: none → " in done.stdout


def test_changed_templates_are_named(call, verify, park, rules, tmp_path):
    """A bureau's templates are found where they were; changed, moved or left out, they are told as an input of their own."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "words.yaml").write_text("verdict:\n  met: {zh: 具备, en: in place}\n", encoding="utf-8")
    file = tmp_path / "own.json"
    common = ("--rules", rules, "--templates", own, "--format", "json", "-o", file, *DAY)
    assert call("assess", park, *common).exit_code == 0
    assert verify(file).exit_code == 0
    (own / ".hidden").write_text("no template", encoding="utf-8")
    assert verify(file, "--templates", own).exit_code == 0
    moved = shutil.copytree(own, tmp_path / "moved")
    assert "Inputs that changed\n  - directory of templates: " in verify(file, "--templates", moved, "--lang", "en").stdout
    with (own / "words.yaml").open("a", encoding="utf-8") as words:
        words.write("# ours\n")
    done = verify(file, "--lang", "en")
    assert done.exit_code == 1
    assert "Inputs that changed\n  - templates: " in done.stdout
    assert "rules: " not in done.stdout
    shutil.rmtree(own)
    done = verify(file, "--lang", "en")
    assert done.exit_code == 4
    assert "the directory of templates is not here" in done.stderr


class TestEvaluator:
    """What was saved where durable-rules serves is verified where it does not, and the other way round."""

    @pytest.fixture
    def alone(self, monkeypatch):
        """The built-in evaluator serves alone."""
        monkeypatch.setitem(sys.modules, "durable_rules_engine", None)

    @pytest.fixture
    def by_durable_rules(self, saved):
        """As saved where durable-rules 2.0.28 serves."""
        edit(saved, lambda data: data["engine"].update(inference="durable-rules 2.0.28", cross_checked=True))
        return saved

    @pytest.mark.parametrize(("language", "said"), [("zh", "除求值器不同外与保存的评价一致"), ("en", "the same as saved, but for")])
    @pytest.mark.usefixtures("alone")
    def test_only_another_evaluator_is_0_with_a_note(self, verify, by_durable_rules, language, said):
        """The note names the one that served then and the one that serves now."""
        done = verify(by_durable_rules, "--lang", language)
        assert done.exit_code == 0, done.stdout
        assert said in done.stdout
        assert "durable-rules 2.0.28 → built-in evaluator" in done.stdout

    @pytest.mark.parametrize(
        "change",
        [
            lambda data: data["findings"][0].update(verdict="not_stated"),
            lambda data: data["findings"][0].update(remedy={"zh": "无", "en": "none"}),
            lambda data: data["outcome"].update(code="conditions"),
            lambda data: data["counts"].update(met=7),
            lambda data: data["rulebook"].update(sha256="0"),
            lambda data: data["engine"].update(remark="looks good"),
            lambda data: data["engine"].update(inference="durable-rules 2.0.27", cross_checked=False),
            lambda data: data["engine"].update(inference="my own"),
        ],
    )
    @pytest.mark.usefixtures("alone")
    def test_another_evaluator_and_anything_else_is_1(self, verify, by_durable_rules, change):
        """Another evaluator excuses nothing, nor one that this program has not."""
        edit(by_durable_rules, change)
        assert verify(by_durable_rules).exit_code == 1


class TestTampering:
    """A file is the same only if its bytes are those that this program writes: whatever a reader could be shown otherwise is noticed."""

    @pytest.fixture
    def several(self, call, park, rules, dossier_file, tmp_path):
        other = dossier_file("other.yaml", HEARD, id="other", place="'100000'")
        broken = dossier_file("broken.yaml", "children: many", id="broken", place="'100000'")
        file = tmp_path / "all.json"
        call("assess", park, broken, other, "--rules", rules, "--format", "json", "-o", file, *DAY)
        return file

    @pytest.mark.parametrize(
        ("before", "put"),
        [
            ('"outcome": {', '"outcome": {"code": "ready", "because": [], "steps": []}, "outcome": {'),
            ('"findings": [', '"findings": [], "findings": ['),
            ('"verdict": "met"', '"verdict": "not_met", "verdict": "met"'),
            ('"format": ', '"format": "child-impact/assessment/1", "format": '),
        ],
    )
    def test_a_key_given_twice_is_refused(self, verify, saved, before, put):
        """Readers take the first or the last, so the file says two things: no such file is read."""
        text = saved.read_text(encoding="utf-8")
        assert before in text
        saved.write_text(text.replace(before, put, 1), encoding="utf-8")
        done = verify(saved, "--lang", "en")
        assert done.exit_code == 4
        assert "is given twice" in done.stderr

    @pytest.mark.parametrize(
        "rewritten",
        [
            lambda text: "\ufeff" + text,
            lambda text: text + " ",
            lambda text: text.rstrip(),
            lambda text: text.replace("\n", "\r\n"),
            lambda text: json.dumps(json.loads(text), ensure_ascii=False),
            lambda text: json.dumps(json.loads(text), indent=2) + "\n",
            lambda text: text.replace("park", "p\\u0061rk", 1),
        ],
        ids=["mark", "space", "end", "line-ends", "one-line", "ascii", "escape"],
    )
    def test_the_same_written_otherwise_is_not_the_same(self, verify, saved, rewritten):
        """Nothing that it says differs, and its bytes do: said so, exit code 1."""
        saved.write_bytes(rewritten(saved.read_bytes().decode()).encode())
        for language, said in (("zh", "字节不同"), ("en", "bytes differ")):
            done = verify(saved, "--lang", language)
            assert done.exit_code == 1
            assert said in done.stdout

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda data: data["engine"].update(cross_checked=1), "cross-checked"),
            (lambda data: data["screening"].update(due=int(data["screening"]["due"])), "screening.due"),
            (lambda data: data["counts"].update(met=float(data["counts"]["met"])), "counts.met"),
            (lambda data: data["findings"][0].update(moot=0), "Same verdict on other facts, clauses or words"),
            (lambda data: data.update(approved=None), "approved"),
            (lambda data: data.update(approved={}), "approved"),
            (lambda data: data.update(approved=[]), "approved"),
            (lambda data: data["outcome"].update(approved=None), "outcome.approved"),
            (lambda data: data["findings"][0].update(approved=None), "Same verdict on other facts, clauses or words"),
            (lambda data: data.pop("review"), "review"),
            (lambda data: data.pop("warnings"), "warnings"),
            (lambda data: data.pop("questions"), "questions"),
            (lambda data: data["findings"].reverse(), "findings"),
            (lambda data: data.update(counts=data.pop("counts")), "*"),
            (lambda data: data.update(counts=dict(reversed(data["counts"].items()))), "counts.*"),
        ],
    )
    def test_what_looks_equal_and_is_not_is_named(self, verify, saved, change, said):
        """true is not 1, 3 not 3.0, nothing not a missing key, and order is part of the promise."""
        data = json.loads(saved.read_text(encoding="utf-8"))
        change(data)
        saved.write_text(as_json(data), encoding="utf-8")
        done = verify(saved, "--lang", "en")
        assert done.exit_code == 1
        assert said in done.stdout

    def test_several_are_the_same(self, verify, several):
        """The file names its inputs in their order, those that failed among them."""
        assert [path.rpartition("/")[2] for path in json.loads(several.read_text())["inputs"]] == ["park.yaml", "broken.yaml", "other.yaml"]
        done = verify(several, "--lang", "en")
        assert done.exit_code == 0, done.stdout

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda data: data["assessments"].pop(), "other.yaml” is missing"),
            (lambda data: data["assessments"].pop(0), "park.yaml” is missing"),
            (lambda data: data["assessments"].clear(), "park.yaml” is missing"),
            (lambda data: data["failed"].clear(), "broken.yaml” is missing"),
            (lambda data: data["assessments"].reverse(), "park.yaml” is missing, or stands elsewhere"),
            (lambda data: data["assessments"].append(data["assessments"][0]), "is none of the inputs"),
            (lambda data: data["inputs"].pop(), "is none of the inputs"),
            (lambda data: data["inputs"].append("more.yaml"), "more.yaml” is missing"),
            (lambda data: data.pop("inputs"), "the parts of the file should be"),
            (lambda data: data.update(inputs=None), "is none of the inputs"),
            (lambda data: data.update(approved=True), "the parts of the file should be"),
            (lambda data: data["failed"][0].update(error=["it is fine"]), "for other reasons than when it was saved"),
        ],
    )
    def test_one_left_out_of_several_is_missed(self, verify, several, change, said):
        """Number and order of the assessments, what failed, and why."""
        data = json.loads(several.read_text(encoding="utf-8"))
        change(data)
        several.write_text(as_json(data, LEVELS_OF_SEVERAL), encoding="utf-8")
        done = verify(several, "--lang", "en")
        assert done.exit_code == 1, done.output
        assert said in done.stdout

    def test_every_single_value_counts(self, verify, saved):
        """Each kind of value of a saved assessment changed, deleted or emptied in turn: never the same."""
        text = saved.read_text(encoding="utf-8")
        random_ = random.Random(9)
        for path in random_.sample(list(_paths(json.loads(text))), 60):
            for change in (lambda _: None, lambda old: [old], _turned):
                data = json.loads(text)
                *above, last = path
                holder = functools.reduce(lambda one, step: one[step], above, data)
                holder[last] = change(holder[last])
                if json.dumps(data) != json.dumps(json.loads(text)):
                    saved.write_text(as_json(data), encoding="utf-8")
                    assert verify(saved).exit_code in (1, 4), path


def _paths(node, above=()):
    for step, below in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*above, step)
        yield from _paths(below, (*above, step))


def _turned(old):
    """The likeliest value to be taken for the same: false for nothing, 1 for true, a number as a float."""
    return int(old) if isinstance(old, bool) else float(old) if isinstance(old, int) else old + " " if isinstance(old, str) else False
