"""The words for codes in documents: those of the program, or a bureau's own over them (`words.yaml`)."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..reading import nodes
from ..reading.problems import Place, Problem, TemplatesRefused, refusing
from ..reading.shape import did_you_mean
from ..reading.text import LANGUAGES, Text
from ..reading.yaml12 import MAX_BYTES, read_yaml

WORDS = "words.yaml"
MEND = Text("请改正；child-impact templates export 可取得原模板", "mend it; `child-impact templates export` writes the original")

Words = dict[str, dict[str, Text]]


@cache
def words(program: Path, own: Path | None) -> Words:
    """Return the words by kind and code, from the files in the directories of templates.

    Raises `TemplatesRefused` with every mistake in those of a bureau.
    """
    try:
        found = _read(program / WORDS, known=None)
    except TemplatesRefused as refused:
        raise RuntimeError(f"the program's own words are not valid: {refused}") from refused
    if own is not None and (own / WORDS).is_file():
        for kind, codes in _read(own / WORDS, known=found).items():
            found[kind].update(codes)
    return found


def _read(file: Path, known: Words | None) -> Words:
    """Return the words of a file. A bureau's words are for codes that are `known`, so that a misspelt code is not lost."""
    problems: list[Problem] = []
    read: Words = {}
    for kind, codes in _entries(_tree(file), problems):
        if known is not None and kind.text not in known:
            what = Text(f"没有“{kind.text}”这一类词语", f"there are no words of the kind “{kind.text}”")
            problems.append(Problem(kind.place, what, did_you_mean(kind.text, known)))
            continue
        for code, name in _entries(codes, problems):
            if known is not None and code.text not in known[kind.text]:
                what = Text(f"没有“{kind.text}.{code.text}”这个词语", f"there is no word “{kind.text}.{code.text}”")
                problems.append(Problem(code.place, what, did_you_mean(code.text, known[kind.text])))
                continue
            entries = name if isinstance(name, nodes.Mapping) else ()
            said = {language.text: word.text for language, word in entries if isinstance(word, nodes.Scalar)}
            if set(said) != set(LANGUAGES):
                what = Text(f"词语“{kind.text}.{code.text}”应写明 zh 和 en", f"the word “{kind.text}.{code.text}” needs zh and en")
                problems.append(Problem(code.place, what, Text("请写作 {zh: …, en: …}", "write {zh: …, en: …}")))
            else:
                read.setdefault(kind.text, {})[code.text] = Text(said["zh"], said["en"])
    if problems:
        raise TemplatesRefused(problems)
    return read


def _tree(file: Path) -> nodes.Node:
    try:
        with refusing(TemplatesRefused, WORDS), file.open("rb") as source:
            return read_yaml(source.read(MAX_BYTES + 1), WORDS)
    except OSError as error:
        raise TemplatesRefused([Problem(Place(WORDS), Text(f"无法读取（{error}）", f"it cannot be read ({error})"), MEND)]) from None


def _entries(node: nodes.Node, problems: list[Problem]) -> Iterator[tuple[nodes.Scalar, nodes.Node]]:
    """Yield the entries of a mapping; anything else is a problem, an empty file aside."""
    if isinstance(node, nodes.Mapping):
        yield from node
    elif not (isinstance(node, nodes.Scalar) and node.is_null()):
        what = Text("这里应为一组“键: 值”", "this should be a mapping")
        problems.append(Problem(node.place, what, Text("请写作 类: {词: {zh: …, en: …}}", "write kind: {word: {zh: …, en: …}}")))
