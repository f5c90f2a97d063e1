"""README.md and README.zh-CN.md say the same: sections, code, tables and their codes are held in step."""

import re

import pytest

SECTIONS = ("Two commands/两条命令", "The first half hour/最初半小时", "Documents/文书", "Forms/表单", "Completion in the shell/命令补全")
SECTIONS += ("A dossier/档案", "Verdicts/判定", "Exit codes/退出码", "The reviewer's record/审查记录", "How it judges/怎样判定")
SECTIONS += ("Where things are/内容在哪里", "What it does not do/不做什么")


@pytest.fixture
def pages(pytestconfig):
    return tuple((pytestconfig.rootpath / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))


def without_code(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def tables(text):
    """The tables of a page, each as its rows of cells, without the ruler."""
    rows = [line.strip("| ").split(" | ") if line.startswith("|") else None for line in without_code(text).splitlines()]
    found, current = [], []
    for row in [*rows, None]:
        if row is not None:
            current.append(row)
        elif current:
            found.append([one for one in current if set("".join(one)) - set("-: |")])
            current = []
    return found


def test_headings_stand_in_the_same_order(pages):
    """Both have the same headings of the same rank; each pair of names is known."""
    english, chinese = (re.findall(r"^(#+) (.+)$", without_code(page), re.MULTILINE) for page in pages)
    assert [rank for rank, _ in english] == [rank for rank, _ in chinese]
    assert [f"{one}/{other}" for (_, one), (_, other) in zip(english, chinese, strict=True)][1:] == list(SECTIONS)


def test_code_blocks_are_the_same(pages):
    """What a reader copies is the same in both, to the letter; what is said beside it is in the language of the page."""
    english, chinese = (
        [re.sub(r"\s+# .*", "", one) for one in re.findall(r"^```.*?^```$", page, re.MULTILINE | re.DOTALL)] for page in pages
    )
    assert english
    assert english == chinese


def test_tables_have_the_same_rows_and_codes(pages):
    """Each table has the same rows in both; codes, paths and first cells that are codes are the same."""
    english, chinese = map(tables, pages)
    assert len(english) == len(chinese) == 3
    for one, other in zip(english, chinese, strict=True):
        assert len(one) == len(other)
        for left, right in zip(one[1:], other[1:], strict=True):
            assert len(left) == len(right)
            assert left[0] == right[0]
            assert re.findall(r"`[^`]+`", " ".join(left)) == re.findall(r"`[^`]+`", " ".join(right))


def test_links_and_codes_in_the_text_are_the_same(pages):
    """Links lead to the same places, and what is set as code is the same in both, in whatever order a sentence needs."""
    for pattern in (r"\]\(([^)]+)\)", r"`([^`\n]+)`"):
        english, chinese = (sorted(one.replace(".zh-CN.md", ".md") for one in re.findall(pattern, without_code(page))) for page in pages)
        assert english == chinese


def test_lists_have_as_many_points(pages):
    """No point of a list is left out."""
    english, chinese = (len(re.findall(r"^- ", without_code(page), re.MULTILINE)) for page in pages)
    assert english == chinese > 0


def test_the_dossier_and_the_record_shown_go_together(pages, command, tmp_path):
    """The dossier on the page is valid, and the record shown after it is about it: nothing in it is unused."""
    shown = re.findall(r"^```yaml\n(.*?)^```$", pages[0], re.MULTILINE | re.DOTALL)
    dossier, record = tmp_path / "park.yaml", tmp_path / "park.review.yaml"
    dossier.write_text(shown[0], encoding="utf-8")
    record.write_text(shown[1], encoding="utf-8")
    done = command("assess", dossier, "--review", record, "--fail-on", "never", "--format", "none", "--lang", "en", "--quiet")

    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b"", done.stderr.decode()
