"""How the documents of every shipped case read, in both languages, to the people who get them."""

import re
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment, Verdict
from child_impact.dossier.facts import Dossier
from child_impact.dossier.read import read_dossier
from child_impact.reading.text import LANGUAGES, Language
from child_impact.report.document import DOCUMENTS
from child_impact.report.render import Writer
from child_impact.report.templates import Templates
from child_impact.rulebook.model import CriterionKind, Rulebook

CASES = Path(__file__).parent.parent / "cases"
FILES = sorted([*CASES.glob("*.yaml"), *CASES.glob("examples/*.yaml")])
DAYS = {
    "miyun-tanying": date(2023, 8, 14),
    "longgang-huilongpu": date(2020, 4, 20),
    "xicheng-guangnei": date(2022, 3, 28),
    "jilin-plan-2022": date(2022, 6, 1),
}
TODAY = date(2026, 7, 1)
CHINESE = r"[\u3400-\u9fff]"
FORBIDDEN = {
    "zh": [
        r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|not_stated|send_back",  # words of the machine
        r"违反|违规(?!开除)",  # what is not stated is no breach
        r"([、；，。：？])\1|[；，、：][。；，、：]|。[；，、：]|？。",  # marks doubled or run together
        r"（）|“”|《》|（[^（）\n]*（[^（）\n]*）[^（）\n]*）|“[^”\n]*“",  # nothing in brackets, or brackets in brackets
        rf"\([^()\n]*{CHINESE}[^()\n]*\)",  # narrow brackets around Chinese
        r"未见说明[：。]\s*(未见说明|材料未载)|由由|第第|项项|种类：|对象：[^；|]*；对象：",
        r"没有写0|万万|\d+个次",
    ],
    "en": [
        r"\bNone\b(?! among)|\bTrue\b|\bFalse\b|\{\{|not_stated|send_back",
        r"violat|breach",
        r"([;,:])\1|(?<!\.)\.\.(?!\.)|[;,:]\.|\.[;,:]|[?!]\.| [,;.](?= )|\( | \)",
        r"\(\)|“”|“[^”\n]*[“\"]|not stated[.:] not stated|kind: ",
        r"(?i)may?be more|one entry|none of them this|0 if none",
        r"\b1 (persons|children|people|papers|questions|entries|tasks|demands|points|more demands|further demands)\b",
        r"\b(?!1\b)\d+ (person|child|paper|question|entry|demand)\b",
        r"\d[\d\u00a0]* (persons|places|floor|lanes)\b|× ?10,000",
        r"\b[Aa] (?=[aeio]\w)(?!one\b|once\b)|\b[Aa]n (?=[bcdfgjklmnpqrstvwxyz])",
        r"^(To put right|May be improved|Expected as well|- Child-friendly \w+):.*; [A-Z][a-z]",  # capitals within a sentence
    ],
}
WRITTEN: dict[tuple[str, Language, str], str] = {}
CITATION = re.compile(r"[^\s|]*(〔\d{4}〕\d+号|令第\d+号)")  # numbers of Chinese documents stay as they are


@pytest.fixture(scope="module")
def assessments(rulebook: Rulebook) -> dict[str, Assessment]:
    """Every shipped case, assessed."""
    assessor = Assessor(rulebook, rulebook.profiles["default"])
    read = {path.stem: read_dossier(path.read_bytes(), f"cases/{path.name}", rulebook.vocabulary) for path in FILES}
    return {name: assessor.assess(dossier, TODAY, DAYS.get(name)) for name, dossier in read.items()}


@pytest.fixture
def written(rulebook: Rulebook, dossier: Callable[..., Dossier]) -> Callable[..., str]:
    """Write a document about a dossier: `written("ledger", "en", "scale: {site_area: 5}", types="[school]")`."""

    def write(document: str, language: Language, text: str = "", **header: str | None) -> str:
        assessor = Assessor(rulebook, rulebook.profiles["default"])
        return Writer(assessor.assess(dossier(text, **header), TODAY, TODAY), language, Templates()).plain(document)

    return write


def plain(assessment: Assessment, language: Language, document: str) -> str:
    """Return a document of a shipped case; each is written once."""
    key = (assessment.dossier.file, language, document)
    if key not in WRITTEN:
        WRITTEN[key] = Writer(assessment, language, Templates()).plain(document)
    return WRITTEN[key]


def body(text: str) -> str:
    """Return a report without its annexes."""
    return re.split(r"^## (?:Annex|附件)", text, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_document_says_what_it_must_not(assessments: dict[str, Assessment], document: str, language: Language) -> None:
    """No machine words, no slips of grammar or punctuation, in any document of any shipped case."""
    for name, assessment in assessments.items():
        text = plain(assessment, language, document)
        for pattern in FORBIDDEN[language]:
            found = re.search(pattern, body(text), re.MULTILINE)
            assert found is None, f"{name}: {text[max(0, found.start() - 60) : found.end() + 60]}"
        assert "\n\n\n" not in text
        assert text.endswith("\n")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_english_document_is_in_english(assessments: dict[str, Assessment], document: str) -> None:
    """Places, facts and papers are named in English; only the numbers of Chinese documents are not."""
    for name, assessment in assessments.items():
        text = CITATION.sub("", plain(assessment, "en", document))
        lines = [line for line in text.splitlines() if re.search(CHINESE, line)]
        assert lines == [], name


def test_every_place_has_an_english_name(rulebook: Rulebook) -> None:
    """Each division that the vocabulary names; one that it does not name goes by what it lies in."""
    vocabulary = rulebook.vocabulary
    for code in vocabulary.places.values():
        assert re.fullmatch(r"[A-Z][A-Za-z, ]+", vocabulary.place(code).en)
    assert vocabulary.place("110105") == ("北京市（区划代码110105）", "Beijing (division code 110105)")


class TestTheReport:
    def test_says_at_the_head_what_it_is_how_large_and_for_whom(self, assessments: dict[str, Assessment]) -> None:
        """The signer need not read on to know the proposal, and the conclusion comes before the first section."""
        for name, assessment in assessments.items():
            for language, labels in (
                ("zh", ("规模：", "受影响儿童：", "评价结论：")),
                ("en", ("Size: ", "Children affected: ", "Conclusion: ")),
            ):
                head = plain(assessment, language, "assessment").split("\n## ")[0]
                places = [head.find(label) for label in labels]
                assert -1 < places[0] < places[1] < places[2], name

    def test_credits_strengths_before_gaps(self, assessments: dict[str, Assessment]) -> None:
        """What is in place stands before what is lacking, at the head as in the analysis."""
        for name, assessment in assessments.items():
            head = plain(assessment, "zh", "assessment").split("\n## ")[0]
            met = any(finding.verdict is Verdict.MET and finding.criterion.kind is CriterionKind.REVIEW for finding in assessment.findings)
            assert met == ("\n已具备：" in head), name
            if met and "时限为" in head:
                assert head.index("\n已具备：") < head.index("时限为"), name

    def test_gives_the_steps_with_their_dates(self, assessments: dict[str, Assessment]) -> None:
        """What the outcome turns on comes first, what may become a condition next, and what waits for later stages last."""
        text = plain(assessments["miyun-tanying"], "zh", "assessment")
        steps = text[text.index("| 时限 |") : text.index("先决问题：")].splitlines()[2:]

        assert steps[0] == "| 可研批复前 | 补齐必备事项（第1至3项）；答复先决问题（见下） |"
        assert steps[1].startswith("| 可研批复前；或列为条件，方案审定前落实 | 补齐应有事项")
        assert [line.split(" | ")[0] for line in steps[2:] if line] == ["| 方案审定前", "| 施工图审查通过前", "| 竣工验收通过前"]

    def test_tells_present_pupils_from_new_ones(self, assessments: dict[str, Assessment]) -> None:
        """A school in use that grows: how many bear the works follows from the figures, and is called derived."""
        text = plain(assessments["miyun-tanying"], "en", "assessment")

        assert "| Present pupils | about 960 (1440 − 480; derived, not the roll); at school during the works" in text
        assert "Present pupils" not in plain(assessments["large-school"], "en", "assessment")

    def test_says_what_the_conclusion_would_become(self, assessments: dict[str, Assessment]) -> None:
        """Once what it turns on is settled, and once the rest is."""
        text = plain(assessments["miyun-tanying"], "zh", "assessment")

        assert "补齐并符合要求的，结论改为“有条件通过”；其余应有事项也补齐的，改为“可以提请决策”。" in text
        assert "查实有不符合的，仍为“退回补充”。" in text
        assert "结论改为" not in plain(assessments["pocket-park"], "zh", "assessment")

    def test_names_what_would_make_the_conclusion_worse(self, written: Callable[..., str]) -> None:
        """A demand that bars approval and is not stated yet: not met, it would change the outcome."""
        text = "facilities: [{id: room, kind: kindergarten_room}]"
        report = written("assessment", "en", text, types="[kindergarten]", stage="scheme")

        assert "If “No rooms for small children lie below ground” turns out not to be met, it becomes “Not recommended”." in report

    def test_is_in_proportion(self, assessments: dict[str, Assessment]) -> None:
        """The body of a report on a pocket park takes no more than a few pages; the annexes may be long."""
        assert len(body(plain(assessments["pocket-park"], "zh", "assessment"))) < 5000
        for name in DAYS:
            if name != "jilin-plan-2022":
                assert len(body(plain(assessments[name], "zh", "assessment"))) < 6500, name

    def test_says_which_papers_it_rests_on(self, assessments: dict[str, Assessment]) -> None:
        """And that no others were checked."""
        text = plain(assessments["miyun-tanying"], "en", "assessment")

        assert "The dossier rests on 1 paper: Laodong Wubao, 14 August 2023 (news report)." in text


def test_request_and_ledger_count_as_the_report_does(assessments: dict[str, Assessment]) -> None:
    """A point has the same number in the report, the request and the ledger, and each has someone and a time."""
    for name, assessment in assessments.items():
        rows = {}
        for document in ("assessment", "request", "ledger"):
            text = body(plain(assessment, "zh", document))
            rows[document] = dict(re.findall(r"^\| (\d+) \| ([^|]+) \|", text, re.MULTILINE))
        assert rows["assessment"] == rows["request"] == rows["ledger"], name


def test_a_request_keeps_apart_what_must_be_answered(assessments: dict[str, Assessment]) -> None:
    """Questions that no required or expected demand waits for are not asked as if they were due."""
    text = plain(assessments["miyun-tanying"], "en", "request")
    due, optional = text.split("Questions that may be answered as well")

    assert "How are the works kept apart from children" in due
    assert "How much does the estimate set aside for accessibility?" in optional
    assert "item 2)" in due


class TestCounts:
    """Numbers, units and the words around them."""

    @pytest.mark.parametrize(
        ("number", "said"),
        [(0, "0 children heard"), (1, "1 child heard"), (2, "2 children heard"), (12000, "12\u00a0000 children heard")],
    )
    def test_children_heard(self, written: Callable[..., str], number: int, said: str) -> None:
        """One child, two children."""
        text = f"consultations: [{{id: a, with: [children], children_heard: {number}, ended_on: 2026-03-01}}]"

        assert f"; {said}." in written("public", "en", text)

    def test_english_has_units_where_they_say_something(self, written: Callable[..., str]) -> None:
        """“Classes: 1”, not “1 classes”; an area has its unit; money is in yuan."""
        text = "scale: {classes: 1, site_area: 12345.5}\nmoney: {total: 26000, for_children: 12.5}"
        report = written("assessment", "en", text, types="[school]")

        assert "| Classes when complete | 1 (line" in report
        assert "| Site area | 12\u00a0345.5\u00a0m² (line" in report
        assert "| Total cost | 260 million yuan (line" in report
        assert "| Part spent on facilities, safety and services for children | 125\u00a0000 yuan (line" in report

    def test_chinese_keeps_its_units(self, written: Callable[..., str]) -> None:
        """人, 个班, 万元."""
        report = written("assessment", "zh", "scale: {classes: 1, pupils: 30}\nmoney: {total: 26000}", types="[school]")

        assert "| 建成后班级数 | 1个班（" in report
        assert "| 建成后学生数 | 30人（" in report
        assert "| 总投资 | 26000万元（" in report


class TestThePageForChildren:
    """One page, short sentences, nothing promised."""

    @pytest.mark.parametrize("kind", ["child_good", "child_open", "child_fact", "child_thing"])
    def test_its_words_are_short(self, kind: str) -> None:
        """No clause is longer than a child of ten takes in at once."""
        for text in Templates().words()[kind].values():
            said = text.zh.replace("{number}", "1440")
            assert max(len(clause) for clause in re.split(r"[，。？、；：]", said)) <= 15, said
            assert len(text.en.split()) <= 12, text.en

    def test_its_sentences_are_short(self, assessments: dict[str, Assessment]) -> None:
        """Leaving aside what the proposal is called."""
        for name, assessment in assessments.items():
            for language, most in (("zh", 15), ("en", 12)):
                text, _, colophon = plain(assessment, language, "children").rstrip("\n").rpartition("\n")
                assert assessment.rulebook.version in colophon  # for grown-ups
                text = re.sub(r"“[^”]*”|＿+|^#+ |^- ", "", text, flags=re.MULTILINE)
                parts = re.split(r"[，。？！、；：\n]" if language == "zh" else r"[.?!\n]", text)
                sizes = [len(part) if language == "zh" else len(part.split()) for part in parts]
                assert max(sizes) <= most, f"{name}: {parts[sizes.index(max(sizes))]}"

    def test_it_frightens_and_blames_nobody(self, assessments: dict[str, Assessment]) -> None:
        """No injury, danger, death or fault; no promise in the name of others."""
        for assessment in assessments.values():
            for language in LANGUAGES:
                text = re.sub(r"“[^”]*”", "", plain(assessment, language, "children"))
                assert not re.search(r"死|伤|危险|害|事故|错|不合格|一定会|保证|danger|injur|hurt|harm|death|fault|wrong|promise", text)

    def test_it_does_not_ask_to_wait_for_a_decision_that_is_taken(self, assessments: dict[str, Assessment]) -> None:
        """A policy in force."""
        text = plain(assessments["hebei-rural-schools"], "en", "children")

        assert "Grown-ups have decided on something." in text
        assert "before they decide" not in text


@pytest.mark.skipif(find_spec("weasyprint") is None, reason="the extra pdf is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_public_gets_fits_its_pages(assessments: dict[str, Assessment], language: Language) -> None:
    """The page for children is one page of A4, the summary for the public at most two, for every shipped case."""
    from weasyprint import HTML

    from child_impact.formats.html import as_html

    for name, assessment in assessments.items():
        for document, most in (("children", 1), ("public", 2)):
            page = as_html(Writer(assessment, language, Templates()).document(document), Templates())
            assert len(HTML(string=page).render().pages) <= most, f"{name}: {document}"


class TestThePublicSummary:
    """For a parent: short, and without what only the office needs."""

    def test_it_has_no_codes(self, assessments: dict[str, Assessment]) -> None:
        """No hashes, lines, files or codes."""
        for assessment in assessments.values():
            for language in LANGUAGES:
                text = plain(assessment, language, "public")
                assert not re.search(r"SHA|[0-9a-f]{16}|\.yaml|第\d+(、\d+)*行|\blines? \d|第\d+项|\bitems? \d|\w+-\w+:\w+", text)

    def test_it_is_short(self, assessments: dict[str, Assessment]) -> None:
        """One to two pages, however long the proposal."""
        for name, assessment in assessments.items():
            assert len(plain(assessment, "zh", "public")) < 1500, name
            assert len(plain(assessment, "en", "public").split()) < 700, name
