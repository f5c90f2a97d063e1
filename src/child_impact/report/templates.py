"""The templates of documents and the words in them: those of the program, or a bureau's own over them.

A directory of a bureau holds only what it changes: `zh/assessment.md.j2` replaces that template, one that begins with
`{% extends "program/zh/assessment.md.j2" %}` changes single blocks of it, and `words.yaml` replaces single words.
"""

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..reading.nodes import plain_data
from ..reading.problems import Place, Problem, TemplatesRefused
from ..reading.text import Language, Text
from ..reading.yaml12 import read_yaml
from ..rulebook.store import cache_directory, packaged

PROGRAM = "program"
WORDS = "words.yaml"
FOLDER = "templates"

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

    def markup(self, name: str, shown: Callable[[object], object], names: Mapping[str, Any], filters: Mapping[str, Any]) -> str:
        """Return a template of a document filled in. `shown` escapes what expressions print."""
        return self._filled(self._environment(finalize=shown), name, names, filters)

    def page(self, name: str, names: Mapping[str, Any]) -> str:
        """Return a template of HTML or SVG filled in."""
        return self._filled(self._environment(), name, names, {})

    def _environment(self, **options: Any) -> jinja2.Environment:
        kind = ImmutableSandboxedEnvironment if self.own else jinja2.Environment
        return kind(
            loader=self.loader,
            bytecode_cache=None if self.own else _bytecode_cache(),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=True,
            **options,
        )

    def _filled(self, environment: jinja2.Environment, name: str, names: Mapping[str, Any], filters: Mapping[str, Any]) -> str:
        environment.filters.update(filters)
        try:
            return environment.get_template(name).render(**names)
        except (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
            raise TemplatesRefused([self._problem(error, name)]) from error

    def _problem(self, error: Exception, name: str) -> Problem:
        """Return what is wrong with a template, and the line of it."""
        file, line = name, None
        if isinstance(error, jinja2.TemplateSyntaxError):
            file, line = error.name or name, error.lineno
        elif isinstance(error, jinja2.TemplateNotFound):
            missing = error.name or name
            what = Text(f"没有模板“{missing}”", f"there is no template “{missing}”")
            return Problem(
                Place(name), what, Text("请核对文件名和 extends、include 的名称", "check its name where it is extended or included")
            )
        else:
            file, line = self._where(error, name)
        reason = str(error) or type(error).__name__
        todo = Text(
            "请改正模板；child-impact templates export 可取得原模板", "mend it; `child-impact templates export` writes the original"
        )
        return Problem(Place(file, line), Text(f"模板无法使用：{reason}", f"the template cannot be used: {reason}"), todo)

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
    data = plain_data(read_yaml(file.read_bytes(), f"{FOLDER}/{WORDS}"))
    problems = []
    read: Words = {}
    for kind, codes in data.items() if isinstance(data, dict) else [("", None)]:
        for code, name in codes.items() if isinstance(codes, dict) else [("", None)]:
            if not isinstance(name, dict) or set(name) != {"zh", "en"} or (known and code not in known.get(kind, {})):
                what = Text(f"词语“{kind}.{code}”无法使用", f"the word “{kind}.{code}” cannot be used")
                todo = Text("只能替换已有的词语，并写明 zh 和 en", "words may only be replaced, each with zh and en")
                problems.append(Problem(Place(f"{FOLDER}/{WORDS}"), what, todo))
            else:
                read.setdefault(str(kind), {})[str(code)] = Text(str(name["zh"]), str(name["en"]))
    if problems:
        raise TemplatesRefused(problems)
    return read


def _bytecode_cache() -> jinja2.BytecodeCache | None:
    directory = cache_directory()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(directory)) if os.access(directory, os.W_OK) else None
