"""Strict YAML: the core schema of YAML 1.2, exact positions, and everything else refused with a reason."""

import re
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from child_impact.reading.letters import unseen
from child_impact.reading.nodes import Mapping, Scalar, Sequence, plain_data
from child_impact.reading.problems import InputRefused, Place, Problem
from child_impact.reading.yaml12 import MAX_BYTES, MAX_DEPTH, read_yaml


def read(text: str) -> Any:
    return plain_data(read_yaml(text.encode(), "a.yaml"))


def problems(data: str | bytes, **limits: int) -> tuple[Problem, ...]:
    with pytest.raises(InputRefused) as refused:
        read_yaml(data if isinstance(data, bytes) else data.encode(), "a.yaml", **limits)
    return refused.value.problems


def places(found: tuple[Problem, ...]) -> list[tuple[int | None, int | None]]:
    return [(problem.place.line, problem.place.column) for problem in found]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000),
        ("-7", -7),
        ("+7", 7),
        ("1.50", Decimal("1.50")),
        (".5", Decimal("0.5")),
        ("0.1", Decimal("0.1")),
        ("9007199254740993", 9007199254740993),
    ],
)
def test_plain_scalars_follow_the_core_schema(written, meant):
    """Booleans, null and numbers are those of YAML 1.2, and numbers are exact."""
    found = read(f"a: {written}")["a"]
    assert found == meant
    assert isinstance(found, bool) == isinstance(meant, bool)


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "no",
        "yes",
        "on",
        "off",
        "y",
        "2026-03-08",
        "2026-03-08T10:00:00Z",
        "12:30",
        "1_000",
        "0b101",
        "1,5",
        "是",
        "=",
        "1e",
        "0o8",
        "<<",
    ],
)
def test_what_older_yaml_would_change_stays_text(written):
    """NO, dates, times and numbers with underscores are words, as they were typed."""
    assert read(f"a: {written}") == {"a": written}


@pytest.mark.parametrize("written", ["012", "true", "null", "", "1.5", "2026-03-08"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quoted_scalars_stay_text(written, quote):
    """What stands in quotes is text, whatever it looks like."""
    assert read(f"a: {quote}{written}{quote}") == {"a": written}


def test_a_number_beyond_any_exponent_is_text_and_no_traceback():
    """An exponent that no number can have leaves a word, not an error of the program."""
    assert read("a: 1e99999999999999999999") == {"a": "1e99999999999999999999"}


def test_infinity_and_not_a_number_are_no_numbers():
    """.inf and .nan have no number, and are known for what they are."""
    for written in (".inf", "-.INF", ".NaN"):
        scalar = read_yaml(written.encode(), "a.yaml")
        assert isinstance(scalar, Scalar)
        assert scalar.number() is None
        assert scalar.is_not_finite()


def test_block_and_folded_text_is_read_whole():
    """A block of text keeps its lines."""
    assert read("a: |\n  第一行\n  第二行\nb: >\n  one\n  two\n") == {"a": "第一行\n第二行\n", "b": "one two\n"}


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    """Files that Windows editors save with a byte order mark are read like others."""
    assert plain_data(read_yaml(b"\xef\xbb\xbfid: a", "a.yaml")) == {"id": "a"}


def test_an_empty_file_is_null():
    """An empty file is an empty value at its first line."""
    node = read_yaml(b"", "a.yaml")
    assert isinstance(node, Scalar)
    assert node.is_null()
    assert node.place == Place("a.yaml", 1, 1)


def test_positions_count_characters_of_chinese_text():
    """Lines and columns of keys, values and items are counted from 1 in characters, not bytes."""
    root = read_yaml("名称: 河滨公园\n规模: {用地面积: 5, 班级数: 六}\n设施:\n  - 编号: 甲\n".encode(), "a.yaml")
    assert isinstance(root, Mapping)
    (title, park), (scale, figures), (_, facilities) = root
    assert (title.place, park.place) == (Place("a.yaml", 1, 1), Place("a.yaml", 1, 5))
    assert scale.place == Place("a.yaml", 2, 1)
    assert isinstance(figures, Mapping)
    assert [(key.place.column, value.place.column) for key, value in figures] == [(6, 12), (15, 20)]
    assert isinstance(facilities, Sequence)
    assert facilities.items[0].place == Place("a.yaml", 4, 5)


def test_a_key_given_twice_is_refused_at_its_second_place():
    """The message names the key and the line where it stood first; all repetitions are reported."""
    found = problems("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert places(found) == [(2, 11), (3, 1)]
    assert "“a”" in found[1].what.en
    assert "line 1" in found[1].what.en


@pytest.mark.parametrize(("first", "second"), [("id", "ｉｄ"), ("é", "e\u0301"), ("1", "１")])
def test_keys_are_one_key_after_folding(first, second):
    """Full-width and decomposed spellings of a key are the same key."""
    assert len(problems(f'"{first}": 1\n"{second}": 2')) == 1


def test_anchors_aliases_and_tags_are_refused_one_by_one():
    """Nothing in the file stands for something written elsewhere or is of a type of its own."""
    assert places(problems("a: &x 1\nb: *x\nc: !!str 1\nd: !local {e: 1}\n")) == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_second_document_is_refused():
    """One file holds one document, even if the second is empty."""
    assert places(problems("a: 1\n---\nb: 2\n")) == [(2, 1)]
    assert places(problems("a: 1\n---\n")) == [(2, 1)]


def test_depth_is_bounded():
    """The limit of nesting is accepted, one level more is refused, and ten thousand are no danger."""
    assert read("[" * (MAX_DEPTH - 1) + "1" + "]" * (MAX_DEPTH - 1))
    for depth in (MAX_DEPTH, 10_000):
        assert "nested" in problems("[" * depth + "1" + "]" * depth)[0].what.en


def test_size_is_bounded():
    """A file above the limit is refused with both sizes, without a line."""
    found = problems(b"a: 12345", max_bytes=7)
    assert places(found) == [(None, None)]
    assert "8 bytes" in found[0].what.en
    assert "7" in found[0].what.en
    assert len(problems(b" " * (MAX_BYTES + 1))) == 1


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_other_encodings_are_refused_with_the_way_out(encoding):
    """A file saved in another encoding is told to be saved as UTF-8."""
    found = problems("编号: 甲\n名称: 公园\n".encode(encoding))
    assert found[0].what.en == "the file is not UTF-8"
    assert found[0].place.line == 1


def test_the_line_of_a_wrong_byte_is_named():
    """A stray byte deep in the file is found by its line."""
    assert places(problems("名称: 公园\n概要: ".encode() + b"\xff\n")) == [(2, None)]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\uffff"])
def test_control_characters_are_refused_as_such_and_escaped(character):
    """A control character is refused on its own line, typed or written as an escape, also after Chinese text."""
    typed = problems(f"名称: 河滨公园改造\n概要: 很长的说明\n备注: 一{character}二\n末行: 三\n四: 五\n")
    escaped = problems(f'名称: 河滨公园改造\n概要: 很长的说明\n备注: "一\\u{ord(character):04x}二"\n')
    assert typed[0].place.line == escaped[0].place.line == 3
    assert typed[0].what == escaped[0].what


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\ud83d\ude00", r"\UFFFFFFFF"])
def test_escapes_that_are_no_character_are_refused(escape):
    """Surrogates and numbers beyond Unicode cannot come in through an escape."""
    assert problems(f'a: 1\nb: "{escape}"')[0].place.line == 2


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: 1\n\tb: 2", 2, "a tab"),
        ("a:\n\tb: 2", 2, "a tab"),
        ('a: 1\nb: "open\nc: 2\nd: 3\n', 2, "never closed"),
        ("a: 1\nb: 'open\nc: 2\nd: 3\n", 2, "never closed"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "bracket is never closed"),
        ("a: 1\nb: {c: 1\nd: 3\n", 2, "bracket is never closed"),
        ("a: 1\nb: c: d\n", 2, "two colons"),
        ("a: 1\nb: @c\n", 2, "special character"),
        ("a: [1]]\n", 1, "YAML syntax"),
        ("a:\n  - 1\n - 2\n", 3, "indent"),
    ],
)
def test_broken_syntax_is_refused_where_its_author_must_look(text, line, hint):
    """Broken syntax is one problem, at the line where the quote, bracket or key stands, with a hint at the usual cause."""
    found = problems(text)
    assert [problem.place.line for problem in found] == [line]
    assert hint in found[0].what.en


def test_a_list_cannot_be_a_key():
    """Only words are keys."""
    assert places(problems("? [a, b]\n: 1\n")) == [(1, 3)]


def test_problems_found_before_broken_syntax_are_not_lost():
    """Where syntax breaks later in the file, what was found before it is reported too."""
    assert [problem.place.line for problem in problems("a: 1\na: 2\nb: [1\n")] == [2, 3]


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12).filter(
    lambda word: not unseen(word)
)
keys = words.map(lambda word: re.sub(r"\s", "", word)).filter(lambda word: word.isalnum() and word.isascii())
nested = st.recursive(
    words | st.integers(-(10**15), 10**15) | st.booleans() | st.none(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=4),
    max_leaves=12,
)


@given(nested)
def test_what_yaml_writes_with_quotes_is_read_back_equal(data):
    """Any nested data that a program writes as YAML, every string in quotes, comes back as it was."""

    class Quoting(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
            return True

    Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
    assert read(yaml.dump(data, Dumper=Quoting, allow_unicode=True)) == data


@given(st.text(st.characters(codec="utf-8")) | st.text(alphabet="ab:-[]{}\"'#&*!|>%@` \n\t,?：是1.0", max_size=60))
def test_random_text_is_read_or_refused_and_nothing_else(text):
    """No text whatever makes the reader fail in another way than by refusing it with a place."""
    assert_read_or_refused(text.encode())


@given(st.binary(max_size=60))
def test_random_bytes_are_read_or_refused_and_nothing_else(data):
    """No bytes whatever make the reader fail in another way than by refusing them with a place."""
    assert_read_or_refused(data)


def assert_read_or_refused(data: bytes) -> None:
    try:
        node = read_yaml(data, "a.yaml")
    except InputRefused as error:
        refused = error.problems
    else:
        plain_data(node)
        return
    assert refused
    assert all(problem.place.file == "a.yaml" for problem in refused)
