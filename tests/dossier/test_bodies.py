"""Bodies count where the file knows them; what is added in words never counts, and is kept."""

import pytest

from child_impact.reading.text import Text

TASK = "commitments: [{id: t1, topic: myopia, lead: LEAD}]"


def lead(dossier, written, text="", **header):
    """Return the body of the one task of a dossier, or None where it is not stated, and the warnings."""
    said = dossier(TASK.replace("LEAD", written) + "\n" + text, **header)
    fact = said.lists["commitments"].entities[0].facts.get("lead")
    return (fact.value.zh if fact is not None else None), [one.say("en") for one in said.warnings]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "市教育局",
            "教育局",
            "XX省卫生健康委",
            "由市民政局牵头",
            "县教育局基教科",
            "各街道办事处",
            "村（居）民委员会",
            "属地街道（广安门内街道）",
        ),
        *("教育主管部门", "health_department", "甲、乙和市妇联", "相关部门、市妇联", "北京市发展和改革委员会", "市教育局等"),
        *("district education bureau", "The County Education Bureau", "Ministry of Education of China", "housing, women’s federation"),
    ],
)
def test_a_public_body_is_known_by_what_its_name_ends_in(dossier, name):
    """Departments, roles and offices are known, alone, among others and with the words around them; they stay as written."""
    assert lead(dossier, f"'{name}'") == (name, [])


@pytest.mark.parametrize(
    "name", ["有关部门", "由相关部门负责", "甲", "责任单位", "有关教育部门", "城市", "relevant departments", "somebody"]
)
def test_what_names_nobody_is_not_stated(dossier, name):
    """A name that fits every town, or that nobody knows, is not stated; the warning names the line and what to do; the name is kept."""
    stated, warnings = lead(dossier, name)

    assert stated is None
    assert len(warnings) == 1
    assert warnings[0].startswith("test.yaml:7:")
    assert "full name" in warnings[0]


@pytest.mark.parametrize("name", ["建设单位", "本单位", "甲乙置业", "甲乙置业工程部", "the proponent"])
def test_the_proponent_is_known_where_the_header_names_it(dossier, name):
    """By its name, by a part of it, and by what a file calls its own proponent; without a header nobody knows who that is."""
    assert lead(dossier, name, owner="甲乙置业") == (name, [])
    assert lead(dossier, name)[0] is None


def test_an_organisation_is_known_where_it_is_listed_with_its_kind(dossier):
    """Listed by name and kind it is known; by name alone it is not."""
    listed = "organisations: [{id: o, name: 甲乙物业, kind: 物业服务企业}]"

    assert lead(dossier, "甲乙物业", listed) == ("甲乙物业", [])
    assert lead(dossier, "甲乙物业", "organisations: [{id: o, name: 甲乙物业}]")[0] is None


def test_a_note_is_kept_beside_the_value(dossier):
    """A value may carry a note in one language or both; a note alone states nothing, with a warning, and is kept for print."""
    text = "children: {use_the_place: {值: 是, 说明: 放学后}, number: {说明: {中文: 约百人, 英文: about a hundred}}}"
    said = dossier(text)

    assert said.facts["children.use_the_place"].note == Text("放学后", "放学后")
    assert "children.number" not in said.facts
    assert said.remarks["children.number"].note == Text("约百人", "about a hundred")
    assert "has a note and no value" in said.warnings[0].say("en")
