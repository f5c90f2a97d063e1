"""Words that say nothing are no answer: not stated, with a warning at their line. With what makes them definite they are answers."""

import pytest

EMPTY = [
    *(
        "待定",
        "（待定）",
        "另行 研究",
        "按有关规定执行",
        "由有关部门负责",
        "有关部门、相关单位",
        "加强管理，确保安全",
        "略",
        "——",
        "…",
        "主管部门",
    ),
    *("N/A", "n.a.", "TBD", "As required.", "by the relevant departments", "to be determined"),
]
ANSWERS = [
    *(
        "按GB 50099—2011第4.1.6条执行",
        "由市教育局负责",
        "2027年3月前另行制定方案",
        "专人负责（门卫2名，7:00–18:00）",
        "加强管理：每日两次巡查",
    ),
    *("暂无，2027年配套", "影响不大（新增高峰车流40辆）", "to clause 4.1.6", "家长自行接送", "主管部门（市教育局）"),
]


@pytest.mark.parametrize("words", EMPTY)
def test_empty_words_are_not_stated(dossier, words):
    """In a note, a body, a choice and a note beside a value they count as not stated; the warning quotes them and names the line."""
    lines = ["summary: WORDS", "operation: {maintainer: WORDS}", "works: {nature: WORDS}", "money: {total: {value: 5, note: WORDS}}"]
    text = "\n".join(lines).replace("WORDS", f"'{words}'")
    said = dossier(text)

    assert not {"summary", "operation.maintainer", "works.nature"} & said.facts.keys()
    assert said.facts["money.total"].note is None
    assert [one.place.line for one in said.warnings] == [7, 8, 9, 10]
    *answers, note = (one.what.en for one in said.warnings)
    assert all(f"says “{words}”, which is no answer" in one for one in answers)
    assert f"the note of “total” says “{words}”, which says nothing" in note  # the value beside it stands


@pytest.mark.parametrize("words", ANSWERS)
def test_words_that_are_definite_are_answers(dossier, words):
    """A clause, a body, a day, a number or a place beside the empty words makes an answer of them."""
    assert dossier(f"summary: '{words}'").facts["summary"].value.zh == words
