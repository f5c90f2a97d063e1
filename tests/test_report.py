"""What the reports of the shipped cases must and must not say, in both languages."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment, Verdict
from child_impact.dossier.facts import Dossier
from child_impact.dossier.read import read_dossier
from child_impact.reading.text import LANGUAGES, Language
from child_impact.report.markup import escape
from child_impact.report.render import Writer
from child_impact.report.templates import Templates
from child_impact.rulebook.model import Rulebook

CASES = Path(__file__).parent.parent / "cases"
DAYS = {"xicheng-guangnei": date(2022, 3, 28), "longgang-huilongpu": date(2020, 4, 20), "miyun-tanying": date(2023, 8, 14)}


def render_markdown(assessment: Assessment, language: Language, document: str = "assessment") -> str:
    return Writer(assessment, language, Templates()).plain(document)


@pytest.fixture(scope="module")
def assessments(rulebook: Rulebook) -> dict[str, Assessment]:
    assessor = Assessor(rulebook, rulebook.profiles["default"])
    read = {name: read_dossier((CASES / f"{name}.yaml").read_bytes(), f"cases/{name}.yaml", rulebook.vocabulary) for name in DAYS}
    return {name: assessor.assess(dossier, DAYS[name], DAYS[name]) for name, dossier in read.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DAYS)
def test_a_report_reads_as_a_document(assessments: dict[str, Assessment], name: str, language: Language) -> None:
    """Every gap has a remedy and someone to do it."""
    text = render_markdown(assessments[name], language)

    assert text.endswith("\n")
    assert "\n\n\n" not in text
    for finding in assessments[name].findings:
        if finding.verdict in (Verdict.NOT_MET, Verdict.NOT_STATED):
            assert str(escape(finding.remedy.in_(language))) in text


@pytest.mark.parametrize("name", DAYS)
def test_not_stated_is_never_worded_as_a_breach(assessments: dict[str, Assessment], name: str) -> None:
    """The rows of what is not stated say 未见说明, and no row says 不符合 unless a binding required demand is not met."""
    text = render_markdown(assessments[name], "zh")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "不符合" in line]

    assert not rows
    assert "未见说明" in text


@pytest.mark.parametrize("name", DAYS)
def test_the_two_languages_say_the_same(assessments: dict[str, Assessment], name: str) -> None:
    """Both reports have the same number of gaps, questions and rows."""
    zh, en = (render_markdown(assessments[name], language) for language in LANGUAGES)

    assert [line.count("|") for line in zh.splitlines() if line.startswith("|")] == [
        line.count("|") for line in en.splitlines() if line.startswith("|")
    ]


def test_a_long_report_says_what_it_leaves_out(rulebook: Rulebook) -> None:
    """Every point that the analysis names is listed below it, and lists that are cut say so."""
    dossier = read_dossier((CASES / "jilin-plan-2022.yaml").read_bytes(), "cases/jilin-plan-2022.yaml", rulebook.vocabulary)
    text = render_markdown(Assessor(rulebook, rulebook.profiles["default"]).assess(dossier, date(2022, 6, 1)), "zh")
    analysis, listed = text[text.index("## 五、") : text.index("## 六、")], text[text.index("## 六、") :]
    named = set(re.findall(r"（第(\d+)项", analysis))
    rows = set(re.findall(r"^\| (\d+) \|", listed, re.MULTILINE))

    assert named
    assert named <= rows
    assert re.search(r"另有\d+项参照要求未逐项列出", listed)
    assert re.search(r"  - 另有\d+项，见附件1各条“未核对”。", text[text.index("## 九、") :])
    assert text.count("未核对：") > 1
    assert re.search(r"另有\d+项已具备，见附件5。", analysis)
    assert re.search(r"另有\d+个问题见机器可读版。", text)


@pytest.mark.parametrize("name", DAYS)
def test_advice_is_not_among_what_is_to_be_put_right(assessments: dict[str, Assessment], name: str) -> None:
    """The analysis keeps apart what applies here and what is only a reference, as the tables below it do."""
    text = render_markdown(assessments[name], "zh")
    applying = text[text.index("## 六、") : text.index("## 七、")]
    rows = set(re.findall(r"^\| (\d+) \|", applying, re.MULTILINE))
    put_right = re.findall(r"^需补正：.*$", text, re.MULTILINE)

    assert put_right
    assert {number for line in put_right for number in re.findall(r"（第(\d+)项", line)} == rows


@pytest.mark.parametrize("name", DAYS)
def test_both_evaluators_ran(assessments: dict[str, Assessment], name: str) -> None:
    """The shipped cases are judged by durable-rules and the plain evaluator alike, where durable-rules can be loaded."""
    assert assessments[name].cross_checked == assessments[name].inference.startswith("durable-rules")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DAYS)
def test_the_kept_assessments_are_current(assessments: dict[str, Assessment], name: str, language: Language) -> None:
    """cases/assessments/ holds what the program writes today; `make generated` writes it anew."""
    kept = CASES / "assessments" / f"{name}.{language}.md"

    assert kept.read_text(encoding="utf-8") == render_markdown(assessments[name], language)


def test_the_timeline_has_hearing_measures_and_decision_in_order(rulebook: Rulebook, dossier: Callable[..., Dossier]) -> None:
    """What is dated stands there in its order, the day of the assessment among it."""
    given = dossier(
        "decision_on: 2026-09-01\n"
        "consultations: [{id: c1, with: [children], ended_on: 2026-03-20}]\n"
        "changes: [{id: noise, class: noise, answer: {value: reduced, note: works at night stop}, answer_on: 2026-08-15}]\n"
    )
    text = render_markdown(Assessor(rulebook, rulebook.profiles["default"]).assess(given, date(2026, 6, 1), date(2026, 6, 1)), "en")
    days = re.findall(r"^\| (\d+ \w+ 2026) \|", text, re.MULTILINE)

    assert days == ["20 March 2026", "1 June 2026", "15 August 2026", "1 September 2026"]
