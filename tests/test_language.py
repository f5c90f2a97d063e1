"""The page on the language of conditions has every word and every node of it, and what it shows is what the rules say."""

import re
from typing import get_args

import pytest
import yaml

from child_impact.conditions import syntax
from child_impact.conditions.keywords import BESIDE, KEYWORDS
from child_impact.conditions.names import CONTEXT_DATES
from child_impact.rulebook.norm_shapes import NormShape, QuantityShape
from child_impact.rulebook.shapes import AllowanceShape

PAGES = ("docs/language.md", "docs/language.zh-CN.md")
NODES = {node.__name__ for node in (*get_args(syntax.Condition), *get_args(syntax.Expression))}
WORDS = {
    *KEYWORDS,
    *(word for beside in BESIDE.values() for word in beside),
    *(op.value for op in syntax.Op),
    *(step.value for step in syntax.Step),
    *CONTEXT_DATES,
    *(name for shape in (NormShape, QuantityShape, AllowanceShape) for name in shape.__dataclass_fields__ if not name.startswith("_")),
}


@pytest.fixture(params=PAGES)
def page(request, pytestconfig):
    """The page in one language."""
    return (pytestconfig.rootpath / request.param).read_text(encoding="utf-8")


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_of_the_language_is_on_the_page(page, word):
    """A word that the parser knows stands in code on the page, as a key or by itself."""
    code = "\n".join(block or inline for block, inline in re.findall(r"```yaml\n(.*?)```|`([^`\n]+)`", page, re.DOTALL))
    assert re.search(rf"(?<![\w.-]){word}(?![\w-])", code), word


@pytest.mark.parametrize("node", sorted(NODES))
def test_every_node_is_on_the_page(page, node):
    """A node of the syntax tree is named, so that who adds one says when to use it."""
    assert f"`{node}`" in page


def test_what_the_page_shows_is_in_the_rules(page, pytestconfig):
    """Each requirement that the page gives as an example stands in a criterion as it is shown."""
    shown = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if block.startswith("require:")]
    files = (pytestconfig.rootpath / "rules" / "criteria").rglob("*.yaml")
    required = [one["require"] for file in files for one in yaml.safe_load(file.read_text(encoding="utf-8")).get("criteria", ())]
    assert shown
    for block in shown:
        assert yaml.safe_load(block)["require"] in required, block
