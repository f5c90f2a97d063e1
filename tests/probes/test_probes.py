"""Files that a planner would know to be wrong: two sound ones, and what a small change of them must come to."""

import copy
from datetime import date
from pathlib import Path

import pytest
import yaml

from child_impact import Assessor, DossierRefused, read_dossier

HERE = Path(__file__).parent
PROBES = yaml.safe_load((HERE / "probes.yaml").read_text("utf-8"))
SOUND = ("school", "park")
DAY = date(2026, 12, 1)


def sound(name):
    return yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))


def held(facts, key):
    """Return what holds the last part of a path of keys, and how that part is found in it."""
    *way, last = key.split(".")
    for part in way:
        facts = entry(facts, part) if "各项" in facts else facts.setdefault(part, {})
    return facts, last


def entry(whole, name):
    return next(one for one in whole["各项"] if one["编号"] == name)


def put(facts, key, value):
    whole, last = held(facts, key)
    if "各项" not in whole:
        whole[last] = copy.deepcopy(value)
    else:
        whole["各项"].append({"编号": last} | value)


def drop(facts, key):
    whole, last = held(facts, key)
    if "各项" in whole:
        whole["各项"].remove(entry(whole, last))
    else:
        del whole[last]


def changed(probe):
    """Return the facts of a probe."""
    facts = sound(probe["of"]) if "of" in probe else dict(probe["new"])
    for key, value in probe.get("set", {}).items():
        put(facts, key, value)
    for key in probe.get("drop", ()):
        drop(facts, key)
    return facts


@pytest.fixture(scope="module")
def judged(rulebook):
    """An assessment of facts: on a day given, or as on a day that is today."""
    with Assessor(rulebook) as assessor:

        def assess(facts, today=None):
            text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)
            dossier = read_dossier(text.encode(), rulebook, "probe.yaml")
            return assessor.assess(dossier, None if today else DAY, today or DAY)

        yield assess


def verdicts(assessment):
    """Return the verdict of each finding by criterion and, where entries are judged, by entry too; what does not apply has its place as well."""
    found = {}
    for one in assessment.findings:
        said = "planned" if one.strength == "planned" else str(one.verdict)
        found[f"{one.criterion.id}/{one.entity.id}" if one.entity and one.entity.id else one.criterion.id] = said
    return found
