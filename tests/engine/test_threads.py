"""Threads may share an assessor, and may each have one of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from child_impact.assessment.assess import Assessor
from child_impact.assessment.to_json import as_data, as_json
from child_impact.dossier.read import read_dossier

DAY = date(2026, 6, 1)
CASES = ("cases/miyun-tanying.yaml", "cases/longgang-huilongpu.yaml", "cases/examples/pocket-park.yaml", "cases/extremes/worst-policy.yaml")
TIMES = 4


@pytest.fixture
def dossiers(vocabulary, pytestconfig):
    return [read_dossier((pytestconfig.rootpath / case).read_bytes(), case, vocabulary) for case in CASES]


def texts(assessor, dossiers):
    return [as_json(as_data(assessor.assess(dossier, DAY, DAY))) for dossier in dossiers]


@pytest.mark.parametrize(("shared", "closed"), [(True, True), (False, True), (False, False)], ids=["one for all", "one each", "let go"])
def test_threads_get_what_one_after_the_other_gets(shared, closed, rulebook, dossiers):
    """Four threads at once, all dossiers in each, in another order each: every assessment is the one that a single thread gets."""
    profile = rulebook.profiles["default"]
    one = Assessor(rulebook, profile)
    expected = dict(zip(CASES, texts(one, dossiers), strict=True))

    def work(number):
        order = dossiers[number:] + dossiers[:number]
        mine = one if shared else Assessor(rulebook, profile)
        found = dict(zip((dossier.file for dossier in order), texts(mine, order), strict=True))
        if not shared and closed:
            mine.close()
        return found

    with ThreadPoolExecutor(TIMES) as pool:
        for found in pool.map(work, range(TIMES)):
            assert found == expected
    one.close()
