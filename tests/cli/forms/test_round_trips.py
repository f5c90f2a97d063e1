"""Whatever a dossier says, its forms say the same: the facts that are read from them are equal, one by one."""

import json

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from child_impact.dossier.facts import Dossier
from child_impact.dossier.read import read_dossier
from child_impact.reading.problems import Place

from .random_dossiers import dossiers

NOWHERE = Place("")
REQUIRED = {"id", "title", "kind", "types", "place", "stage"}
SOME = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # every example runs the command: to shrink takes longer than to read
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def said(dossier: Dossier):
    """Return all that a dossier says, without where it says it."""
    remarks = {path: (one.value, one.note) for path, one in dossier.remarks.items()}
    return _without_places(dossier.facts), {name: _list(one) for name, one in dossier.lists.items()}, remarks


def _list(one):
    entries = [[(e.id, _without_places(e.facts)) for e in entities] for entities in (one.entities, one.not_done, one.deferred)]
    return one.complete, entries, _without_places(one.lacks), _without_places(one.covers)


def _without_places(facts):
    return {name: (replace(fact, place=NOWHERE), type(fact.value)) for name, fact in facts.items()}


@pytest.fixture
def fresh(tmp_path):
    """Names of files that are not there yet."""
    count = iter(range(10**6))
    return lambda suffix: tmp_path / f"{next(count)}.{suffix}"


@SOME
@given(data=st.data(), lang=st.sampled_from(["zh", "en"]))
def test_a_workbook_says_what_the_dossier_says(call, vocabulary, fresh, data, lang):
    """From YAML to a workbook and back to YAML every fact stays: value, none, evidence, page, standing, completeness."""
    dossier, book, back = fresh("yaml"), fresh("xlsx"), fresh("yaml")
    dossier.write_text(json.dumps(data.draw(dossiers(vocabulary)), ensure_ascii=False), encoding="utf-8")
    first = said(read_dossier(dossier.read_bytes(), "a", vocabulary))
    done = call("new", "--from", dossier, "--format", "xlsx", "--lang", lang, "-o", book)
    assert done.exit_code == 0, done.stderr
    assert said(read_dossier(book.read_bytes(), "a", vocabulary)) == first
    done = call("new", "--from", book, "--lang", lang, "-o", back)
    assert done.exit_code == 0, done.stderr
    assert said(read_dossier(back.read_bytes(), "a", vocabulary)) == first


@SOME
@given(data=st.data(), lang=st.sampled_from(["zh", "en"]))
def test_answers_that_are_merged_say_the_whole(call, vocabulary, fresh, data, lang):
    """A dossier in two parts, the second brought back into the first as YAML or as a workbook, says what the whole says."""
    whole = data.draw(dossiers(vocabulary))
    later = set(data.draw(st.lists(st.sampled_from(sorted(whole)), unique=True))) - REQUIRED - {"documents"}
    files = {}
    for name, kept in (("whole", set(whole)), ("old", set(whole) - later), ("answers", later | REQUIRED | {"documents"})):
        files[name] = fresh("yaml")
        part = {key: value for key, value in whole.items() if key in kept}
        text = (
            json.dumps(part, ensure_ascii=False)
            if name != "old"
            else "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in part.items())
        )
        files[name].write_text(text, encoding="utf-8")
    if data.draw(st.booleans()):
        book = fresh("xlsx")
        done = call("new", "--from", files["answers"], "--format", "xlsx", "-o", book)
        assert done.exit_code == 0, done.stderr
        files["answers"] = book
    merged = fresh("yaml")
    done = call("merge", files["old"], files["answers"], "--lang", lang, "-o", merged)
    assert done.exit_code == 0, done.stderr
    expected = said(read_dossier(files["whole"].read_bytes(), "a", vocabulary))
    assert said(read_dossier(merged.read_bytes(), "a", vocabulary)) == expected
    for line in files["old"].read_text(encoding="utf-8").splitlines():
        assert line in merged.read_text(encoding="utf-8"), "what was there stays as it was written"


@SOME
@given(data=st.data(), lang=st.sampled_from(["zh", "en"]), style=st.sampled_from(["lines", "braces"]))
def test_questions_are_added_once_and_say_nothing(call, vocabulary, fresh, data, lang, style):
    """A form made of a dossier says what the dossier says, keeps its lines, and is the same when it is made again."""
    dossier, form, again = fresh("yaml"), fresh("yaml"), fresh("yaml")
    content = data.draw(dossiers(vocabulary))
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None if style == "braces" else False)
    dossier.write_text(f"# mine\n{text}# the end\n", encoding="utf-8")
    first = said(read_dossier(dossier.read_bytes(), "a", vocabulary))
    assert call("new", "--from", dossier, "--lang", lang, "-o", form).exit_code == 0
    assert said(read_dossier(form.read_bytes(), "a", vocabulary)) == first
    kept = iter(form.read_text(encoding="utf-8").splitlines())
    assert all(any(line.rstrip("},] ") in one for one in kept) for line in dossier.read_text(encoding="utf-8").splitlines())
    assert call("new", "--from", form, "--lang", lang, "-o", again).exit_code == 0
    assert again.read_text(encoding="utf-8") == form.read_text(encoding="utf-8")
