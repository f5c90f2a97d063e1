"""Reading dossiers: what is stated, stated as none and not stated, what it rests on, and where it stands in the file."""

from datetime import date
from decimal import Decimal

import pytest

from child_impact.dossier.facts import Dossier, Strength
from child_impact.dossier.read import read_dossier
from child_impact.reading.problems import DossierRefused
from child_impact.reading.text import Text
from child_impact.vocabulary.values import PartialDate

CHINESE = """\
编号: guangnei
名称: {中文: 小学扩建, 英文: School extension}
类别: 项目
类型: [中小学, 公园]
地点: 北京市西城区广安门内街道
阶段: 方案
规模: {用地面积: 1200.50}
听取意见:
  各项:
    - {编号: 座谈会, 对象: [儿童, 监护人], 结束日期: 2026年3月8日}
  列全: 是
"""
ENGLISH = """\
id: guangnei
title: {zh: 小学扩建, en: School extension}
kind: project
types: [park, school]
place: '110102'
stage: scheme
scale: {site_area: 1200.5}
consultations:
  items:
    - {id: 座谈会, with: [guardians, children], ended_on: 2026-03-08}
  complete: true
"""
MIXED = """\
编号: guangnei
title: {zh: 小学扩建, en: School extension}
类别: project
types: [中小学, park]
地点: 北京市西城区
stage: 方案
规模: {site_area: 1200.5}
consultations:
  各项:
    - {编号: 座谈会, with: [儿童, guardians], 结束日期: 2026-3-8}
  complete: 是
"""


def values(dossier: Dossier) -> dict[str, object]:
    lists = {entity.path: entity for listing in dossier.lists.values() for entity in listing.entities}
    below = {fact.path: fact.value for entity in lists.values() for fact in entity.facts.values()}
    return {path: fact.value for path, fact in dossier.facts.items()} | below | {path: entity.id for path, entity in lists.items()}


def refused(dossier, text: str = "", **header: str | None) -> list[str]:
    with pytest.raises(DossierRefused) as caught:
        dossier(text, **header)
    return [problem.say("en") for problem in caught.value.problems]


class TestTwoLanguages:
    """Keys and values may be Chinese, English or both; the facts are the same."""

    def test_chinese_english_and_mixed_spellings_state_the_same_facts(self, vocabulary):
        """Three spellings of one dossier are read to the same values under the same canonical paths."""
        read = [values(read_dossier(text.encode(), "a.yaml", vocabulary)) for text in (CHINESE, ENGLISH, MIXED)]
        assert read[0] == read[1] == read[2]
        assert read[0]["scale.site_area"] == Decimal("1200.5")
        assert read[0]["consultations[0].with"] == {"children", "guardians"}

    def test_full_width_keys_and_values_are_understood(self, dossier):
        """Full-width letters and figures that an input method leaves are folded."""
        assert dossier("ｓｃａｌｅ: {site_area: 5}\ndecision_on: ２０２６－０３").facts["scale.site_area"].value == 5

    def test_both_spellings_of_one_key_are_a_duplicate(self, dossier):
        """用地面积 and site_area side by side are refused; the message names both and the line of the first."""
        (problem,) = refused(dossier, "scale:\n  用地面积: 5\n  site_area: 5")
        assert "“site_area” is the same as “用地面积” in line 8" in problem

    def test_a_text_in_one_language_stands_for_both(self, dossier):
        """A title given once is shown in either language; given twice, each has its own."""
        assert dossier(title="Park").text("title") == Text("Park", "Park")
        assert dossier(title="{en: Park}").text("title") == Text("Park", "Park")
        assert dossier(title="{zh: 公园, en: Park}").text("title") == Text("公园", "Park")


STATES = [
    ("children.use_the_place", "children: {{use_the_place: {}}}", "是", True, False),
    ("scale.site_area", "scale: {{site_area: {}}}", "12.5", Decimal("12.5"), Decimal(0)),
    ("scale.classes", "scale: {{classes: {}}}", "12", Decimal(12), Decimal(0)),
    ("decision_on", "decision_on: {}", "2026-03-08", PartialDate.of(date(2026, 3, 8)), None),
    ("owner", "owner: {}", "建设局", Text("建设局", "建设局"), None),
    ("works.nature", "works: {{nature: {}}}", "新建", "new", None),
    ("children.ages", "children: {{ages: {}}}", "[0至3岁]", frozenset({"under_3"}), frozenset()),
]


class TestThreeStates:
    """Stated, stated as none and not stated are three things for every type."""

    @pytest.mark.parametrize(("path", "text", "some", "value", "none"), STATES, ids=[state[0] for state in STATES])
    def test_stated_none_and_not_stated_are_kept_apart(self, dossier, path, text, some, value, none):
        """A value is that value; 无 is a stated fact of its own; blank, null, 未说明 and 不详 leave no fact at all."""
        assert dossier(text.format(some)).facts[path].value == value
        for word in ("无", "none", "没有"):
            fact = dossier(text.format(word)).facts[path]
            assert fact.value == none
            assert type(fact.value) is type(none)
        for word in ("", "null", "~", "未说明", "不详", "not stated"):
            assert path not in dossier(text.format(word)).facts

    @pytest.mark.parametrize("word", ["", "null", "未说明"])
    def test_a_wrapped_value_that_is_blank_is_not_stated(self, dossier, word):
        """Evidence alone states nothing: {value: , evidence: news} leaves no fact."""
        assert "scale.site_area" not in dossier(f"scale:\n  site_area: {{value: {word}, evidence: news}}").facts

    def test_an_empty_set_is_stated_as_none(self, dossier):
        """A set of values written [] says that there is none."""
        assert dossier("children: {ages: []}").facts["children.ages"].value == frozenset()

    def test_one_value_may_stand_for_a_set_of_one(self, dossier):
        """A set with one member needs no brackets."""
        assert dossier("children: {ages: 3至6岁}").facts["children.ages"].value == {"from_3_to_6"}

    @pytest.mark.parametrize(
        ("word", "value"), [("是", True), ("yes", True), ("true", True), ("否", False), ("no", False), ("false", False)]
    )
    def test_yes_and_no_are_understood_in_both_languages(self, dossier, word, value):
        """是 and 否, yes and no, true and false are booleans where a boolean is asked for."""
        assert dossier(f"children: {{use_the_place: {word}}}").facts["children.use_the_place"].value is value

    def test_a_blank_group_states_nothing(self, dossier):
        """A group without lines, or 未说明, is as if it were not there."""
        assert values(dossier("scale:\nworks: 未说明")) == values(dossier())


class TestLists:
    """An absent list is unknown, an empty one is empty, any other is open unless it says that it is complete."""

    @pytest.mark.parametrize("text", ["", "facilities:", "facilities: 未说明", "facilities: null"])
    def test_a_list_that_is_not_stated_is_absent(self, dossier, text):
        """Blank is not none: the list is not among those stated."""
        assert "facilities" not in dossier(text).lists

    @pytest.mark.parametrize(
        "text", ["facilities: []", "facilities: 无", "facilities: {items: []}", "facilities: {items: 无, complete: 否}"]
    )
    def test_an_empty_list_is_stated_and_complete(self, dossier, text):
        """[] and 无 say that there is nothing of the kind."""
        listing = dossier(text).lists["facilities"]
        assert listing.entities == ()
        assert listing.complete

    @pytest.mark.parametrize(
        ("text", "complete"),
        [
            ("facilities: [{id: a}]", False),
            ("facilities: {items: [{id: a}]}", False),
            ("facilities: {items: [{id: a}], complete: false}", False),
            ("facilities: {items: [{id: a}], complete: true}", True),
            ("设施: {各项: [{编号: a}], 列全: 是}", True),
        ],
    )
    def test_a_list_is_open_unless_it_says_that_it_is_complete(self, dossier, text, complete):
        """Only `complete: true` closes a list that has entries."""
        listing = dossier(text).lists["facilities"]
        assert [(entity.id, entity.path) for entity in listing.entities] == [("a", "facilities[0]")]
        assert listing.complete is complete

    def test_ids_are_unique_in_their_list_only(self, dossier):
        """The same id may stand in two lists, but not twice in one, also not in two widths."""
        assert dossier("facilities: [{id: a}]\ncrossings: [{id: a}]").lists.keys() == {"facilities", "crossings"}
        (problem,) = refused(dossier, "facilities:\n- {id: a}\n- {id: ａ}")
        assert "test.yaml:9:3: the id “a” is used in line 8 already" in problem


DOCUMENTS = "documents: [{id: eia, title: 环评}, {id: plan, title: 图纸}]\n"


class TestSupport:
    """What a fact rests on: a document with its page, and whether it is done or planned."""

    def test_a_fact_with_a_listed_document_is_evidenced(self, dossier):
        """The citation is the title of the document and the page."""
        fact = dossier(DOCUMENTS + "scale: {site_area: {value: 5, evidence: eia, page: 12}}").facts["scale.site_area"]
        assert (fact.value, fact.strength, fact.evidence) == (5, Strength.EVIDENCED, "环评, 12")

    def test_a_bare_fact_is_asserted(self, dossier):
        """A value without evidence is the officer's word."""
        fact = dossier("scale: {site_area: 5}").facts["scale.site_area"]
        assert (fact.strength, fact.evidence) == (Strength.ASSERTED, None)

    def test_evidence_that_names_no_document_is_a_warning(self, dossier):
        """The fact stays asserted, the dossier stays valid, and the warning names the place and both ways out."""
        read = dossier(DOCUMENTS + "scale:\n  site_area: {value: 5, evidence: 批复}")
        assert read.facts["scale.site_area"].strength is Strength.ASSERTED
        (warning,) = read.warnings
        assert warning.say("zh").startswith("test.yaml:9:35：出处“批复”不在“材料”列表中")

    def test_documents_may_be_listed_after_what_they_support(self, dossier):
        """The order of the file does not matter to evidence."""
        assert dossier("scale: {site_area: {value: 5, evidence: eia}}\n" + DOCUMENTS).warnings == ()

    def test_an_entity_hands_its_evidence_and_standing_to_its_fields(self, dossier):
        """Fields inherit from their entity what they do not say themselves."""
        fields = "kind: nursing_room, area: {value: 8, evidence: plan, page: 3, standing: done}, number: {value: 1, page: 7}"
        entity = (
            dossier(DOCUMENTS + f"facilities: [{{id: a, evidence: eia, page: 2, standing: planned, {fields}}}]")
            .lists["facilities"]
            .entities[0]
        )
        assert {name: (fact.strength, fact.evidence) for name, fact in entity.facts.items()} == {
            "kind": (Strength.PLANNED, "环评, 2"),
            "area": (Strength.EVIDENCED, "图纸, 3"),
            "number": (Strength.PLANNED, "环评, 7"),
        }

    def test_a_field_with_another_document_does_not_take_the_page_of_its_entity(self, dossier):
        """A page belongs to its document: the entity's page is not put to the field's own evidence."""
        read = dossier(DOCUMENTS + "facilities: [{id: a, evidence: eia, page: 2, area: {value: 8, evidence: plan}}]")
        assert read.lists["facilities"].entities[0].facts["area"].evidence == "图纸"

    def test_a_plan_stays_a_plan_even_with_a_document(self, dossier):
        """`standing: planned` is weaker than any evidence."""
        fact = dossier(DOCUMENTS + "decision_on: {value: 2026-07-01, evidence: eia, standing: 计划}").facts["decision_on"]
        assert (fact.strength, fact.evidence) == (Strength.PLANNED, "环评")


class TestDates:
    """Dates known to the day, the month or the year, and plans that their day overtakes."""

    @pytest.mark.parametrize(
        ("written", "first", "last", "shown"),
        [
            ("2026-03-08", date(2026, 3, 8), date(2026, 3, 8), "2026-03-08"),
            ("2026年3月8日", date(2026, 3, 8), date(2026, 3, 8), "2026-03-08"),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
            ("2026年12月", date(2026, 12, 1), date(2026, 12, 31), "2026-12"),
            ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
            ("'2026'", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ],
    )
    def test_a_partial_date_is_the_interval_of_days_it_may_be(self, dossier, written, first, last, shown):
        """A month is all its days, a year too, and is shown as it is known."""
        value = dossier(f"decision_on: {written}").facts["decision_on"].value
        assert value == PartialDate(first, last)
        assert str(value) == shown

    def test_a_planned_event_counts_until_its_last_possible_day(self, dossier, rulebook):
        """A plan for March counts on 31 March and is not stated on 1 April; what is done does not lapse."""
        read = dossier(
            "decision: {risk_assessed_on: {value: 2026-03, standing: planned}, legality_reviewed_on: {value: 2026-03, standing: done}}"
        )
        assert "decision.risk_assessed_on" in read.as_of(date(2026, 3, 31), rulebook.vocabulary).facts
        lapsed = read.as_of(date(2026, 4, 1), rulebook.vocabulary).facts
        assert "decision.risk_assessed_on" not in lapsed
        assert "decision.legality_reviewed_on" in lapsed

    def test_a_planned_entity_lapses_with_its_date(self, dossier, rulebook):
        """Once the day of a planned consultation has passed, nothing about it is stated any longer, but the entry remains."""
        read = dossier(
            "consultations: [{id: a, standing: planned, with: [children], ended_on: 2026-03-08, step: {value: 施工阶段, standing: done}}]"
        )
        assert len(read.as_of(date(2026, 3, 8), rulebook.vocabulary).lists["consultations"].entities[0].facts) == 3
        lapsed = read.as_of(date(2026, 3, 9), rulebook.vocabulary).lists["consultations"].entities
        assert [(entity.id, list(entity.facts)) for entity in lapsed] == [("a", ["step"])]

    @pytest.mark.parametrize("standing", ["", ", standing: done"])
    def test_an_event_that_lies_ahead_is_planned_whatever_it_says_of_itself(self, dossier, rulebook, standing):
        """A hearing of March is planned in February, with all that is said of it, and so is a test; what may have happened is not."""
        read = dossier(
            f"consultations: [{{id: a, with: [children], ended_on: 2026-03-08{standing}}}, {{id: b, with: [guardians], ended_on: 2026-02}}]"
            f"\nsite: {{soil_tested_on: {{value: 2026-03-02{standing}}}}}\nworks: {{ends_on: 2027-01}}"
        ).as_of(date(2026, 2, 20), rulebook.vocabulary)
        ahead, begun = read.lists["consultations"].entities
        assert {fact.strength for fact in ahead.facts.values()} == {Strength.PLANNED}
        assert {fact.strength for fact in begun.facts.values()} == {Strength.ASSERTED}
        assert read.facts["site.soil_tested_on"].strength is Strength.PLANNED
        assert read.facts["works.ends_on"].strength is Strength.ASSERTED, "when works end is a schedule and no event"


class TestCounts:
    """Where nobody of a kind took part, that kind was not heard."""

    @pytest.mark.parametrize(
        ("count", "heard"),
        [
            ("children_heard: 0", {"guardians"}),
            ("children_heard: none", {"guardians"}),
            ("people_heard: 0", set()),
            ("children_heard: 3", None),
        ],
    )
    def test_a_count_of_nobody_takes_them_out_of_who_was_heard(self, dossier, count, heard):
        """And says so, with the line of the count; any other count changes nothing."""
        read = dossier(f"consultations: [{{id: a, with: [children, guardians], {count}}}]")
        assert read.lists["consultations"].entities[0].facts["with"].value == ({"children", "guardians"} if heard is None else heard)
        assert ["is 0" in warning.what.en for warning in read.warnings] == ([] if heard is None else [True])


class TestNumbers:
    """Numbers are exact decimals within stated limits."""

    @pytest.mark.parametrize("written", ["0.1", "0.000001", "1200.50", "123456789.123456", "1e3", "0o17", "0x1F", "999999999999999"])
    def test_a_number_is_exactly_what_was_written(self, dossier, written):
        """No binary fraction comes between the file and the fact."""
        value = dossier(f"scale: {{site_area: {written}}}").facts["scale.site_area"].value
        assert value == (int(written, 0) if written[:2] in ("0o", "0x") else Decimal(written))

    @pytest.mark.parametrize("written", ["0.0000001", "1.0000000000000000000000000000001", "1234567890.1234567"])
    def test_more_than_six_places_are_refused(self, dossier, written):
        """A figure that could not be kept exact is refused rather than rounded, however long it is."""
        assert "at most 6 decimal places" in refused(dossier, f"scale: {{site_area: {written}}}")[0]

    def test_a_whole_number_may_be_written_with_zeros_after_the_point(self, dossier):
        """12.0 classes are twelve classes; 12.5 are refused."""
        assert dossier("scale: {classes: 12.0}").facts["scale.classes"].value == 12
        assert "should be a whole number" in refused(dossier, "scale: {classes: 12.5}")[0]


class TestHeader:
    """The header is required, since everything else is read in its light."""

    @pytest.mark.parametrize("key", ["id", "title", "kind", "types", "place", "stage"])
    @pytest.mark.parametrize("value", [None, "", "未说明", "无"])
    def test_each_key_of_the_header_is_required(self, dossier, key, value):
        """A key that is absent, blank or none is one problem, and the remedy asks its question."""
        (problem,) = refused(dossier, **{key: value})
        assert f"“{key}”" in problem
        assert problem.endswith("?")

    @pytest.mark.parametrize(
        ("kind", "stage"),
        [("project", "drafting"), ("project", "in_force"), ("policy", "scheme"), ("plan", "feasibility"), ("政策", "验收")],
    )
    def test_the_stage_must_fit_the_kind(self, dossier, kind, stage):
        """A stage of another kind is refused with the stages that fit."""
        (problem,) = refused(dossier, kind=kind, stage=stage)
        assert "does not fit the kind" in problem
        assert "choose from" in problem

    @pytest.mark.parametrize(("kind", "stage"), [("project", "post_evaluation"), ("policy", "for_comment"), ("规划", "起草")])
    def test_a_stage_that_fits_is_read(self, dossier, kind, stage):
        """Each kind has stages of its own."""
        assert dossier(kind=kind, stage=stage).code("stage")

    @pytest.mark.parametrize(
        ("place", "code"),
        [
            ("吉林省", "220000"),
            ("吉林省长春市", "220100"),
            ("吉林省长春市朝阳区南湖街道", "220100"),
            ("北京市西城区", "110102"),
            ("'110102'", "110102"),
            ("110102", "110102"),
            ("'220102'", "220102"),
            ("全国", "100000"),
        ],
    )
    def test_a_place_is_a_name_the_beginning_of_an_address_or_a_code(self, dossier, place, code):
        """The longest known name that an address begins with counts; any code of a known province is taken."""
        assert dossier(place=place).code("place") == code

    @pytest.mark.parametrize(
        ("place", "unknown"),
        [
            ("江苏省常州市天安区", "天安区"),
            ("吉林省长春市朝阳区南湖街道", "朝阳区"),
            ("北京市西城区广安门内街道", None),
            ("北京市西城区市场街", None),
            ("吉林省长春市", None),
        ],
    )
    def test_a_division_that_is_not_known_is_not_passed_over(self, dossier, place, unknown):
        """The one above it counts, and the warning says which part is not known; a street is no division."""
        assert [unknown in one.what.en for one in dossier(place=place).warnings] == [True] * (unknown is not None)

    @pytest.mark.parametrize("place", ["西城区", "朝阳", "'2201'", "'990000'", "'22010a'", "[吉林省]"])
    def test_a_place_that_cannot_be_told_is_refused(self, dossier, place):
        """A name without its province, and a code of no province, are refused rather than guessed."""
        assert len(refused(dossier, place=place)) == 1


class TestPlaces:
    """Facts know their line, and problems are all reported at once."""

    def test_a_fact_knows_the_line_of_its_key(self, dossier):
        """The line of a fact is the line of its key, in the officer's file."""
        read = dossier("scale:\n  site_area:\n    value: 5\n    page: 3\nfacilities:\n  - id: a\n    area: 8\n")
        assert read.facts["scale.site_area"].place[:2] == ("test.yaml", 8)
        assert read.lists["facilities"].entities[0].facts["area"].place[:2] == ("test.yaml", 13)

    def test_every_problem_is_reported_at_once_in_the_order_of_the_file(self, dossier):
        """Header, groups, lists and entities are all read before the dossier is refused."""
        found = refused(
            dossier, "scale: {site_area: big, sise: 3}\nfacilities:\n- {id: a, kind: x}\n- {id: a}\n", types="[x]", stage="drafting"
        )
        assert [problem.split(":")[1] for problem in found] == ["4", "7", "7", "9", "10"]

    def test_a_derived_fact_can_never_be_stated(self, dossier, rulebook):
        """No derived fact is a key of a dossier: each has one definition, in the rules."""
        for one in rulebook.derived.values():
            if one.over is None:
                assert any("unknown key" in problem for problem in refused(dossier, f"{one.id}: true"))

    def test_the_hash_is_over_the_bytes_of_the_file(self, vocabulary):
        """Two files that state the same are told apart by their hash."""
        first, second = (read_dossier(text.encode(), "a.yaml", vocabulary) for text in (ENGLISH, ENGLISH + "\n"))
        assert values(first) == values(second)
        assert first.sha256 != second.sha256
