"""The guards against a list of ticks, as the command line prints them, and the best and worst proposals of each kind."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
EXCEPTIONS = yaml.safe_load((ROOT / "tests" / "guards.yaml").read_text(encoding="utf-8"))
EXTREMES = sorted(path.stem for path in (ROOT / "cases" / "extremes").glob("*.yaml"))
DAY = "2026-12-01"


@pytest.fixture(scope="module")
def printed(command) -> dict[str, Any]:
    """What `rules coverage` prints over all shipped dossiers."""
    done = command("rules", "coverage", "--format", "json", "--cases", "cases", "--as-of", DAY, cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def pairs(found: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in found}


@pytest.mark.parametrize("part", ["title", "remedy"])
def test_no_two_criteria_are_nearly_alike(printed, part):
    """Titles and remedies that share most of their letter pairs are those listed with a reason, and no others."""
    listed = EXCEPTIONS["alike_titles" if part == "title" else "alike_remedies"]
    assert pairs(printed["alike"][part]) == pairs([one["of"] for one in listed])
    assert all(one["why"] for one in listed)


def test_the_limits_hold_or_say_why_not(printed):
    """A limit that is not held is listed, and the output gives the reason in both languages."""
    broken = {one["guard"]: one["why"] for one in printed["limits"] if not one["holds"]}
    assert set(broken) == set(EXCEPTIONS["not_held"])
    assert all(why["zh"] and why["en"] for why in broken.values())


def test_ticks_are_few_in_every_shipped_case(printed):
    """No more than 40 % of the criteria that apply to any shipped dossier are ticks."""
    share = printed["cases"]["ticks_share"]
    assert 0 < share["most"] <= share["limit"] == 0.4


@pytest.mark.parametrize("verdict", ["never_met", "never_not_met"])
@pytest.mark.parametrize("kind", ["project", "policy", "plan", "consistency"])
def test_every_criterion_is_met_and_fails_somewhere(printed, verdict, kind):
    """Together the shipped proposals of a kind meet and fail every criterion that can apply to it, except those listed with a reason."""
    assert set(printed["cases"][verdict][kind]) == set(EXCEPTIONS[verdict][kind])


def test_every_criterion_shows_two_verdicts(printed):
    """Over the shipped dossiers every criterion shows at least two verdicts, or is listed by name."""
    assert set(printed["cases"]["one_verdict"]) == set(EXCEPTIONS["one_verdict"])


@pytest.mark.parametrize("name", EXTREMES)
def test_the_best_are_ready_and_the_worst_are_not(command, name):
    """A best proposal is ready with nothing failed; a worst one is sent back or not recommended."""
    done = command("assess", f"cases/extremes/{name}.yaml", "--format", "json", "--as-of", DAY, "--fail-on", "never", cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    assessment = json.loads(done.stdout)
    if name.startswith("best"):
        assert assessment["outcome"]["code"] == "ready"
        assert assessment["counts"]["not_met"] == assessment["counts"]["not_stated"] == 0
    else:
        assert assessment["outcome"]["code"] in ("send_back", "not_recommended")
        assert assessment["counts"]["not_met"] > assessment["counts"]["met"] or name == "worst-late-hearing"
