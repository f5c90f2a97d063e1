"""What looks like personal data of children: found by its form, masked in place, and nothing else taken for it."""

import re
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from child_impact.reading.privacy import BIRTH, EMAIL, IDENTITY, NAME, PHONE, STUDENT, WECHAT, hidden, masked, sightings
from child_impact.reading.yaml12 import read_yaml

WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]
PROVINCES = ("11", "15", "22", "31", "37", "46", "54", "65", "71", "83")


def check(first17):
    """The check character by the definition of GB 11643 (ISO 7064 MOD 11-2), not by a table."""
    rest = (12 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True)) % 11) % 11
    return "X" if rest == 10 else str(rest)


@st.composite
def identities(draw):
    """Valid resident identity numbers."""
    area = draw(st.sampled_from(PROVINCES)) + draw(st.from_regex(r"\A[0-9]{4}\Z"))
    born = draw(st.dates(date(1900, 1, 1), date(2040, 12, 31))).strftime("%Y%m%d")
    first17 = area + born + draw(st.from_regex(r"\A[0-9]{3}\Z"))
    return first17 + check(first17)


def digits(text):
    return re.sub(r"[^0-9Xx]", "", text)


AROUND = st.sampled_from(["", "身份证号", "身份证号：", "学生王某，", "（", "ID: ", "张三-", "编号"])


@given(identities(), AROUND, st.sampled_from(["", " ", "-"]), st.booleans())
def test_every_valid_identity_number_is_found_and_masked(number, before, gap, wide):
    """With spaces, dashes, full-width digits or a small x: found as one, and no more than its first two digits are left."""
    written = gap.join((number[:6], number[6:14], number[14:])).replace("X", "x")
    if wide:
        written = written.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    (one,) = sightings(f"{before}{written}，见附件")
    assert one.what in (IDENTITY, STUDENT)
    hidden_text = masked(f"{before}{written}，见附件")
    assert digits(hidden_text.translate({0xFF10 + digit: ord("0") + digit for digit in range(10)})) == number[:2]
    assert len(hidden_text) == len(f"{before}{written}，见附件")


@given(identities(), st.integers(0, 10))
def test_a_wrong_check_character_is_no_identity_number(number, shift):
    """Of the eleven characters that could stand last, one makes an identity number."""
    last = "0123456789X"[("0123456789X".index(number[-1]) + shift) % 11]
    assert bool(sightings(number[:-1] + last)) == (shift == 0)


@given(identities(), st.sampled_from("GL"))
def test_student_numbers_made_of_identity_numbers(number, letter):
    """G or L before an identity number is a student number."""
    (one,) = sightings(f"学籍{letter}{number}")
    assert one.what is STUDENT
    assert number[2:] not in masked(f"学籍{letter}{number}")


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["{}", "电话{}", "+86{}", "手机：{}；", "({})", "家长 {}"]))
def test_mobile_numbers(number, form):
    """Eleven digits that begin with 13 to 19, alone or after the country code, in one piece or in three."""
    parted = f"{number[:3]}-{number[3:7]}-{number[7:]}"
    for written in (number, parted, parted.replace("-", " ")):
        (one,) = sightings(form.format(written))
        assert one.what is PHONE
        assert number[-8:] not in digits(masked(form.format(written)))


@given(
    st.sampled_from(["010", "021", "0431", "0755"]),
    st.from_regex(r"\A[2-9][0-9]{6,7}\Z"),
    st.sampled_from(["{}-{}", "({}){}", "（{}）{}", "{} {}"]),
)
def test_landlines(area, number, form):
    """An area code and seven or eight digits."""
    (one,) = sightings("座机：" + form.format(area, number))
    assert one.what is PHONE


@pytest.mark.parametrize(
    ("text", "what", "shown"),
    [
        ("王小明，2015年3月2日生", BIRTH, "王**，****年*月*日生"),
        ("学生王小明（男，2015年3月出生）", BIRTH, "学生王**（男，****年*月出生）"),
        ("王小明出生日期：2015-03-02", BIRTH, "王**出生日期：****-**-**"),
        ("王小明生于2015年3月2日。", BIRTH, "王**生于****年*月*日。"),
        ("欧阳小明，2015年3月2日出生", BIRTH, "欧***，****年*月*日出生"),
        ("学生姓名：王小明", NAME, "学生姓名：王**"),
        ("姓名：王小明，男，8岁", NAME, "姓名：王**，男，8岁"),
        ("王小明（8岁）发言", NAME, "王**（8岁）发言"),
        ("王小明 wxm@qq.com", EMAIL, "王** w**@**.***"),
        ("家长李芳：lifang@163.com", EMAIL, "家长李*：l*****@***.***"),
        ("微信号：wxm_2015", WECHAT, "微信号：w**_****"),
        ("学号：20230115", STUDENT, "学号：20******"),
        ("证件220102140101123", IDENTITY, "证件22*************"),
    ],
)
def test_other_forms(text, what, shown):
    """Names beside birth dates and ages, labelled names and numbers, private addresses: what is masked and what is left."""
    assert [one.what for one in sightings(text)] == [what]
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2022-220000-48-01-123456",
        "项目代码2022-220000-48-01-123456",
        "吉发改社会联〔2022〕387号",
        "京规自发（2023）13812345678号",
        "91220101MA0Y8T6L5X",
        "12220000412759123X",
        "220102001001GB00012",
        "宗地编号220102201503021",
        "130000",
        "热线12345、12355、110、12309",
        "电话：0431-12345",
        "400-820-8820",
        "116.13812345678,43.1381234567890123",
        "投资13812345678元",
        "建筑面积13812345678平方米",
        "编号13812345678",
        "20220101-20251231",
        "2020-2025",
        "2015年9月1日以后出生的儿童",
        "长春市2015年9月1日以后出生的儿童",
        "吉林省，2015年9月1日以后出生的儿童",
        "何时，2015年3月生效",
        "吴中区，2015年3月出生人口下降",
        "高年级（8岁）学生",
        "高中生（16岁）",
        "李家村（3岁以下）",
        "周边5岁以下儿童",
        "微信公众号：changchunfabu",
        "意见发至 zxb@jl.gov.cn",
        "张伟 zhang@jl.gov.cn",
        "张伟 zhang@school.edu.cn",
        "儿童姓名：不公开",
        "学生姓名、联系方式均不收集",
        "审查人：王建国",
        "联系人：王建国",
    ],
)
def test_what_is_no_personal_data_of_a_child(text):
    """Numbers of documents, projects, parcels and hotlines, coordinates, cohorts, officials and offices are left as they are."""
    assert sightings(text) == []
    assert masked(text) == text


@given(st.text())
@example("1" * 100_000)
@example("1生" * 50_000)
@example("日" + " " * 100_000)
@example("王" * 3000 + "生")
def test_any_text_can_be_searched(text):
    """Whatever a person writes: spans lie in the text in order, masking keeps length and is done in one go."""
    ends = 0
    for one in sightings(text):
        assert ends <= one.start < one.end <= len(text)
        ends = one.end
    assert len(masked(text)) == len(text)


@given(st.integers(0, 10**17))
def test_a_bare_figure_of_a_dossier_is_a_figure(number):
    """A plain number in YAML is no telephone number, however it looks, unless its key says so."""
    assume(len(str(number)) < 18)
    tree, found = hidden(read_yaml(f"投资: {number}".encode(), "a.yaml"))
    assert found == []
    assert tree.get("投资").text == str(number)


def test_the_tree_is_masked_in_keys_and_values_with_their_lines():
    """Each sighting has its line, in keys, lists and values; a name seen beside a birth date is masked elsewhere too."""
    text = "概况: 王小明，2015年3月2日生\n13812345678: a\nb: [x, '电话13912345678']\n电话: 13712345678\n其他: 王小明同学"
    tree, found = hidden(read_yaml(text.encode(), "a.yaml"))
    assert [problem.place.line for problem in found] == [1, 2, 3, 4]
    written = repr(tree) + "".join(problem.say(language) for problem in found for language in ("zh", "en"))
    for secret in ("小明", "2015", "2345678"):
        assert secret not in written


def test_shipped_texts_give_no_warning(pytestconfig):
    """No line of the rules, templates, cases and documents of this project is taken for personal data."""
    root = pytestconfig.rootpath
    paths = [
        path
        for folder in ("rules", "cases", "templates")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and path.suffix != ".docx"
    ]
    assert len(paths) > 50
    for path in [*paths, root / "docs" / "clauses.md"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert sightings(line) == [], (path, line)
