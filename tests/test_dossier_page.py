"""The pages on the dossier show what the program reads: every example in them is valid, and says the same in both languages."""

import re
from pathlib import Path

import pytest

from child_impact.dossier.facts import Dossier
from child_impact.dossier.read import read_dossier

DOCS = Path(__file__).parent.parent / "docs"
HEADER = {
    "zh-CN": "编号: guangnei\n名称: 小微公共空间\n类别: 项目\n类型: [公共空间]\n地点: 北京市西城区\n阶段: 立项或可研\n"
    "决策日期: 2022-03-28\n承办单位: 西城区政府广安门内街道办事处\n",
    "en": "id: guangnei\ntitle: small public spaces\nkind: project\ntypes: [public_space]\nplace: '110102'\nstage: feasibility\n"
    "decision_on: 2022-03-28\nowner: 西城区政府广安门内街道办事处\n",
}
WORDS = ("note", "name", "title")


def examples(language: str) -> list[str]:
    page = DOCS / ("dossier.md" if language == "en" else f"dossier.{language}.md")
    return re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def read(example: str, language: str, rulebook) -> Dossier:
    return read_dossier((HEADER[language] + example).encode(), "example.yaml", rulebook.vocabulary)


def said(dossier: Dossier) -> dict[str, object]:
    """What a dossier states beside words."""
    entities = [entity for one in dossier.lists.values() for entity in one.entities]
    facts = [*dossier.facts.values(), *(fact for entity in entities for fact in entity.facts.values())]
    return {fact.path: fact.value for fact in facts if fact.path.rpartition(".")[2] not in WORDS and not hasattr(fact.value, "zh")}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_example_is_read_without_a_warning(rulebook, language):
    """An officer who copies one is told nothing about it."""
    for example in examples(language):
        assert read(example, language, rulebook).warnings == (), example


def test_both_pages_state_the_same(rulebook):
    """Example by example: the same facts, whatever the words."""
    pairs = list(zip(examples("zh-CN"), examples("en"), strict=True))
    assert len(pairs) >= 6
    for zh, en in pairs:
        assert said(read(zh, "zh-CN", rulebook)) == said(read(en, "en", rulebook))
