"""The templates of documents and the words in them: those of the program, or a bureau's own over them.

A directory of a bureau holds only what it changes: `zh/assessment.md.j2` replaces that template, one that begins with
`{% extends "program/zh/assessment.md.j2" %}` changes single blocks of it, and `words.yaml` replaces single words.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
from jinja2 import nodes as syntax
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..reading import nodes
from ..reading.problems import Place, Problem, TemplatesRefused, refusing
from ..reading.shape import did_you_mean
from ..reading.text import LANGUAGES, Language, Text
from ..reading.yaml12 import MAX_BYTES, read_yaml
from ..rulebook.store import packaged

PROGRAM = "program"
WORDS = "words.yaml"
FOLDER = "templates"
MEND = Text("请改正；child-impact templates export 可取得原模板", "mend it; `child-impact templates export` writes the original")

Words = dict[str, dict[str, Text]]


class Templates:
    """Templates by name, those of `own` before those of the program. What a bureau writes runs in Jinja's sandbox.

    Raises `TemplatesRefused` where `own` has nothing that the program knows.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        if own is not None and not any((own / file.relative_to(packaged(FOLDER))).is_file() for file in packaged(FOLDER).rglob("*.*")):
            what = Text("这个目录里没有任何模板", "this directory holds no template")
            todo = Text(
                "用 child-impact templates export 取得原模板，留下要改的", "keep what you change of `child-impact templates export`"
            )
            raise TemplatesRefused([Problem(Place(str(own)), what, todo)])
        self.directories = [*([own] if own else []), packaged(FOLDER)]
        files = [jinja2.FileSystemLoader(directory) for directory in self.directories]
        self.loader = jinja2.ChoiceLoader([*files, jinja2.PrefixLoader({PROGRAM: files[-1]})])

    def words(self) -> Words:
        """Return the words for codes, by kind and code."""
        return _words(tuple(self.directories))

    def file(self, name: str) -> Path:
        """Return the file that a name stands for."""
        return next(found for directory in self.directories if (found := directory / name).is_file())

    def text(self, name: str) -> str:
        """Return the text of a file that is no template."""
        with self.refusing(name):
            return self.file(name).read_text(encoding="utf-8")

    def markup(self, name: str, shown: Callable[[object], object], names: Mapping[str, Any], filters: Mapping[str, Any]) -> str:
        """Return a template of a document filled in. `shown` escapes what expressions print."""
        return self._filled(self._environment(finalize=shown), name, names, filters)

    def page(self, name: str, names: Mapping[str, Any]) -> str:
        """Return a template of HTML or SVG filled in."""
        return self._filled(self._environment(), name, names, {})

    def word(self) -> jinja2.Environment:
        """Return the environment for the expressions in a Word template."""
        return self._environment()

    def _environment(self, **options: Any) -> jinja2.Environment:
        kind = ImmutableSandboxedEnvironment if self.own else jinja2.Environment
        return kind(
            loader=self.loader,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=True,
            **options,
        )

    def _filled(self, environment: jinja2.Environment, name: str, names: Mapping[str, Any], filters: Mapping[str, Any]) -> str:
        environment.filters.update(filters)
        with self.refusing(name):
            self._refuse_unknown_blocks(environment, name)
            return environment.get_template(name).render(**names)

    def _refuse_unknown_blocks(self, environment: jinja2.Environment, name: str) -> None:
        """Refuse a block of a bureau's template that the template it extends does not have: it would be left out without a word."""
        if self.own is None or not (self.own / name).is_file():
            return
        tree = environment.parse((self.own / name).read_text(encoding="utf-8"), name)
        extended = next((node.template.value for node in tree.find_all(syntax.Extends) if isinstance(node.template, syntax.Const)), None)
        if extended is None:
            return
        try:
            known = environment.get_template(extended).blocks
        except jinja2.TemplateNotFound:
            return  # said with its line when the template is filled in
        for block in tree.find_all(syntax.Block):
            if block.name not in known:
                what = Text(f"{extended} 没有段落“{block.name}”", f"{extended} has no block “{block.name}”")
                todo = Text(f"可用的段落：{'、'.join(known)}", f"its blocks are {', '.join(known)}")
                raise TemplatesRefused([Problem(Place(str(self.own / name), block.lineno), what, todo)])

    @contextmanager
    def refusing(self, name: str) -> Iterator[None]:
        """Raise `TemplatesRefused` for whatever goes wrong inside with the template of that name."""
        try:
            yield
        except (
            jinja2.TemplateError,
            ArithmeticError,
            AttributeError,
            LookupError,
            OSError,
            RecursionError,
            TypeError,
            ValueError,
        ) as error:
            raise TemplatesRefused([self._problem(error, name)]) from error

    def _problem(self, error: Exception, name: str) -> Problem:
        """Return what is wrong with a template, and the line of it."""
        file, line = self._where(error, name)
        if isinstance(error, jinja2.TemplateSyntaxError):
            file, line = (error.name, error.lineno) if error.name else (name, None)
        elif isinstance(error, jinja2.TemplateNotFound):
            missing = error.name or name
            what = Text(f"没有模板“{missing}”", f"there is no template “{missing}”")
            return Problem(
                Place(file, line), what, Text("请核对 extends、include 等处的文件名", "check its name where it is extended or included")
            )
        elif isinstance(error, RecursionError):
            what = Text("模板继承了自己", "the template extends itself")
            todo = Text(f'请写 extends "{PROGRAM}/{name}"，以继承原模板', f'write extends "{PROGRAM}/{name}" to change the original')
            return Problem(Place(name), what, todo)
        reason = str(error) or type(error).__name__
        return Problem(Place(file, line), Text(f"模板无法使用：{reason}", f"the template cannot be used: {reason}"), MEND)

    def _where(self, error: Exception, name: str) -> tuple[str, int | None]:
        """Return the template and line in which an error arose: Jinja rewrites tracebacks to lead there."""
        trace: TracebackType | None = error.__traceback__
        found: tuple[str, int | None] = (name, None)
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            of = next((directory for directory in self.directories if file.is_relative_to(directory)), None)
            if of is not None:
                found = (file.relative_to(of).as_posix(), trace.tb_lineno)
            trace = trace.tb_next
        return found


def document_words(templates: "Templates", kind: str, language: Language) -> dict[str, str]:
    """Return the words of one kind in one language, for templates that print them by code."""
    return {code: text.in_(language) for code, text in templates.words()[kind].items()}


@cache
def _words(directories: tuple[Path, ...]) -> Words:
    words: Words = {}
    for directory in reversed(directories):
        file = directory / WORDS
        if file.is_file():
            for kind, codes in _read_words(file, known=words).items():
                words.setdefault(kind, {}).update(codes)
    return words


def _read_words(file: Path, known: Words) -> Words:
    """Return the words of a file. A bureau's words are for codes that the program knows, so that a misspelt code is not lost."""
    problems: list[Problem] = []
    read: Words = {}
    for kind, codes in _entries(_words_tree(file), problems):
        if known and kind.text not in known:
            what = Text(f"没有“{kind.text}”这一类词语", f"there are no words of the kind “{kind.text}”")
            problems.append(Problem(kind.place, what, did_you_mean(kind.text, known)))
            continue
        for code, name in _entries(codes, problems):
            if known and code.text not in known[kind.text]:
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


def _words_tree(file: Path) -> nodes.Node:
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
