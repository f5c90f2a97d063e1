"""`new --from OLD`: keys that moved stand in their new places, comments and order stay, and nothing is lost."""

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.forms.random_dossiers import dossiers

from child_impact.dossier.old_vocabulary import with_old_keys
from child_impact.dossier.read import read_dossier
from child_impact.dossier.words import NONE
from child_impact.forms.renew import renewed
from child_impact.reading.nodes import Mapping, Scalar
from child_impact.reading.yaml12 import read_yaml
from child_impact.vocabulary.model import FieldType
from child_impact.vocabulary.moved import How
from child_impact.vocabulary.paths import vocabulary_name

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CASES = yaml.safe_load((HERE / "rewritten.yaml").read_text(encoding="utf-8"))
HEADER = "id: d1\ntitle: Test\nkind: project\ntypes: [park]\nplace: 全国\nstage: scheme\n"
SHIPPED = sorted(path for path in (ROOT / "cases").rglob("*.yaml") if "expected" not in path.parts)
OLD = sorted((HERE / "dossiers").iterdir())
MARKERS = ("未带入（旧键）：", "not carried over (old key): ")
NOT_STATED = {"", "~", "null", "未说明", "not stated"}


def rewritten(text, vocabulary):
    return renewed(text, "old.yaml", vocabulary)


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_an_old_dossier_is_rewritten_in_place(command, moved_rules, tmp_path, case):
    """The command gives the text that the table shows, a valid dossier, and a line for each fact that it could not carry over."""
    for newline in ("\n", "\r\n"):
        old, new = tmp_path / "old.yaml", tmp_path / f"new-{len(newline)}.yaml"
        text, wanted = ((HEADER + case[one]).replace("\n", newline) for one in ("old", "new"))
        old.write_bytes(text.encode())
        done = command("new", "--from", old, "--rules", moved_rules, "-o", new, "--lang", "en")
        assert done.returncode == 0, done.stderr.decode()
        made = new.read_bytes().decode()
        assert made == wanted if case["old"] != case["new"] else made.startswith(wanted)
        assert done.stderr.count(b"not carried over, kept as a comment") == case["left"], done.stderr.decode()


def test_what_is_rewritten_is_not_rewritten_again(today):
    """Of each text of the table the new one has no key that moved: it comes back byte for byte."""
    for case in CASES:
        again = rewritten(HEADER + case["new"], today)
        assert (again.text, again.moved, again.left) == (HEADER + case["new"], 0, [])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_dossier_has_no_key_that_moved(vocabulary, path):
    """No shipped dossier has an old key: it comes back byte for byte."""
    text = path.read_bytes().decode()
    done = rewritten(text, vocabulary)
    assert (done.text, done.moved) == (text, 0)


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_an_old_dossier_of_ours_loses_nothing(vocabulary, path):
    """Dossiers as they were shipped once are valid when they are rewritten, and whatever they said is said or listed."""
    text = path.read_bytes().decode()
    done = rewritten(text, vocabulary)
    read_dossier(done.text.encode(), path.name, vocabulary)
    assert_nothing_is_lost(text, done, vocabulary)
    kept = [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
    assert [line for line in kept if line not in done.text] == []


SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@SOME
@given(data=st.data(), flow=st.sampled_from([None, True, False]), width=st.sampled_from([40, 10**6]))
def test_any_old_dossier_loses_nothing(today, data, flow, width):
    """Any dossier that was valid is valid when it is rewritten; each fact stands where its line says, as it was, or is listed."""
    old = with_old_keys(today, FieldType.NOTE, as_it_was=True)
    drawn = data.draw(dossiers(old)) | {"place": "全国"}
    text = yaml.safe_dump(drawn, default_flow_style=flow, allow_unicode=True, width=width, sort_keys=False)
    before = read_dossier(text.encode(), "old.yaml", old)
    done = rewritten(text, today)
    after = read_dossier(done.text.encode(), "new.yaml", today)
    assert_nothing_is_lost(text, done, today)
    listed = {problem.place.line for problem in done.left}
    for path, fact in before.facts.items():
        move = today.moved.all.get(vocabulary_name(path))
        if move is None:
            assert after.facts[path].value == fact.value
        elif move.how in (How.VALUE, How.BODY) and fact.place.line not in listed:
            assert after.facts[move.to].value == fact.value
    again = rewritten(done.text, today)
    assert (again.text, again.left) == (done.text, [])


@SOME
@given(data=st.data())
def test_a_dossier_of_today_comes_back_as_it_is(today, data):
    """Whatever today's vocabulary allows, and however it is written, not a byte changes."""
    text = yaml.safe_dump(data.draw(dossiers(today)) | {"place": "全国"}, allow_unicode=True)
    assert rewritten(text, today).text == text


def assert_nothing_is_lost(text, done, vocabulary):
    """Each value of the old text is in the new one, in a comment of what was not carried over, or was read by a table."""
    nothings = {word for move in vocabulary.moved.all.values() for word in move.words if word in NONE}
    tables = nothings | {
        spelling
        for move in vocabulary.moved.all.values()
        for code, name in (move.values if move.how is How.TABLE else {}).items()
        for spelling in (code, *name)
    }
    there = Counter(values(done.text)) + Counter(one for said in comments(done.text) for one in values(said))
    assert Counter(one for one in values(text) if one not in tables) - there == Counter()
    assert sum(done.text.count(marker) for marker in MARKERS) >= len(done.left)


def values(text):
    """Return the values of a YAML text that say something."""

    def below(node):
        if isinstance(node, Scalar):
            return [] if node.text.strip() in NOT_STATED else [" ".join(node.text.split())]
        nodes = [value for _, value in node] if isinstance(node, Mapping) else node.items
        return [one for child in nodes for one in below(child)]

    return below(read_yaml(text.encode(), "test.yaml"))


def comments(text):
    """Return what was kept as comments: each the YAML that stood there."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        marker = next((one for one in MARKERS if line.startswith(f"# {one}")), None)
        if marker is not None:
            said = [line.removeprefix(f"# {marker}")]
            for more in lines[number + 1 :]:
                if not more.startswith("#") or any(more.startswith(f"# {one}") for one in MARKERS):
                    break
                said.append(more[2:])
            yield "\n".join(said)


def test_json_stays_json_where_nothing_is_left(today):
    """Keys and words that are added to JSON are in quotes."""
    old = {"id": "d1", "title": "Test", "hearings": [{"id": "a", "effect": "swing, moved", "host": "them"}], "caretaker": "us"}
    done = rewritten(json.dumps(old, ensure_ascii=False), today)
    assert yaml.safe_load(done.text)["hearings"] == [{"id": "a", "effect": {"note": "swing, moved"}, "by": "them"}]
    assert '{"note": "swing, moved"}' in done.text


def test_the_oracle_sees_what_is_lost(today):
    """The check of the tests above fails where a value is gone."""
    text = HEADER + "children: {colour: red, lost_area: 500}\n"
    done = rewritten(text, today)
    assert_nothing_is_lost(text, done, today)
    for word in ("red", "500"):
        done.text = rewritten(text, today).text.replace(word, "")
        with pytest.raises(AssertionError):
            assert_nothing_is_lost(text, done, today)
