"""The templates of documents: those of the program, or a bureau's own over them.

A directory of a bureau holds only what it changes: `zh/assessment.md.j2` replaces that template, one that begins with
`{% extends "program/zh/assessment.md.j2" %}` changes single blocks of it, and `words.yaml` replaces single words.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes as syntax
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..reading.problems import Place, Problem, TemplatesRefused
from ..reading.text import Language, Text
from ..rulebook.store import packaged
from .blame import Origin, Telling, by_template, origins
from .words import MEND, Words, words

PROGRAM = "program"
FOLDER = "templates"


class _Environment(Telling, jinja2.Environment):
    """Runs the program's templates."""


class _Sandbox(Telling, ImmutableSandboxedEnvironment):
    """Runs a bureau's templates."""


class Templates:
    """Templates by name, those of `own` before those of the program. What a bureau writes runs in Jinja's sandbox.

    What a bureau's templates make impossible is refused (`TemplatesRefused`, with file and line); whatever else fails is an error of the
    program and raised as it is. Raises `TemplatesRefused` where `own` has nothing that the program knows.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        self.program = packaged(FOLDER)
        if own is not None and not any((own / file.relative_to(self.program)).is_file() for file in self.program.rglob("*.*")):
            what = Text("这个目录里没有任何模板", "this directory holds no template")
            todo = Text(
                "用 child-impact templates export 取得原模板，留下要改的", "keep what you change of `child-impact templates export`"
            )
            raise TemplatesRefused([Problem(Place(str(own)), what, todo)])
        self.directories = [*([own] if own else []), self.program]
        files = [jinja2.FileSystemLoader(directory) for directory in self.directories]
        self.loader = jinja2.ChoiceLoader([*files, jinja2.PrefixLoader({PROGRAM: files[-1]})])
        self._environments: dict[object, jinja2.Environment] = {}

    def words(self) -> Words:
        """Return the words for codes, by kind and code."""
        return words(self.program, self.own)

    def file(self, name: str) -> Path:
        """Return the file that a name stands for."""
        return next(found for directory in self.directories if (found := directory / name).is_file())

    def is_own(self, name: str) -> bool:
        """Return whether a name stands for a file of the bureau."""
        return self.own is not None and (self.own / name).is_file()

    def text(self, name: str) -> str:
        """Return the text of a file that is no template."""
        with self.refusing(name):
            return self.file(name).read_text(encoding="utf-8")

    def markup(
        self, name: str, key: object, shown: Callable[[object], object], names: Mapping[str, Any], filters: Mapping[str, Any]
    ) -> str:
        """Return a template of a document filled in. `shown` escapes what expressions print; it and `filters` are the same for a `key`."""
        environment = self._environments.get(key)
        if environment is None:
            environment = self._environments[key] = self._environment(finalize=shown)
            environment.filters.update({one: by_template(one, function) for one, function in filters.items()})
        return self._filled(environment, name, names)

    def page(self, name: str, names: Mapping[str, Any]) -> str:
        """Return a template of HTML or SVG filled in."""
        return self._filled(self.word(), name, names)

    def word(self) -> jinja2.Environment:
        """Return the environment for pages, and for the expressions in a Word template."""
        if None not in self._environments:
            self._environments[None] = self._environment()
        return self._environments[None]

    def _environment(self, **options: Any) -> jinja2.Environment:
        kind = _Sandbox if self.own else _Environment
        return kind(
            loader=self.loader,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=True,
            **options,
        )

    def _filled(self, environment: jinja2.Environment, name: str, names: Mapping[str, Any]) -> str:
        with self.refusing(name, lambda: environment.get_template(f"{PROGRAM}/{name}").render(**names)):
            self._refuse_unknown_blocks(environment, name)
            return environment.get_template(name).render(**names)

    def _refuse_unknown_blocks(self, environment: jinja2.Environment, name: str) -> None:
        """Refuse a block of a bureau's template that the template it extends does not have: it would be left out without a word."""
        if self.own is None or not self.is_own(name):
            return
        tree = environment.parse((self.own / name).read_text(encoding="utf-8"), name, str(self.own / name))
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
    def refusing(self, name: str, by_program: Callable[[], object] | None = None) -> Iterator[None]:
        """Raise `TemplatesRefused` for what a bureau's template makes impossible; anything else is raised as it is.

        `name` is the template that is read; `by_program` does the same with the program's own template.
        """
        try:
            yield
        except TemplatesRefused:
            raise
        except Exception as error:
            origin = self._to_blame(error, name, by_program)
            if origin is None:
                raise
            raise TemplatesRefused([self._problem(error, origin, name)]) from error

    def _to_blame(self, error: Exception, name: str, by_program: Callable[[], object] | None) -> Origin | None:
        """Return where in a bureau's template an error arose, or None where the program is to blame."""
        if self.own is None:
            return None
        passed = origins(error)
        if not passed or passed[-1].file is None:  # it could not be read, or is a Word file, whose expressions call nothing of ours
            return Origin(self.own / name, None, called=False) if self.is_own(name) else None
        if passed[-1].called or passed[-1].is_in(self.own):
            return None if passed[-1].called else passed[-1]
        through = [origin for origin in passed if origin.is_in(self.own)]
        return through[-1] if through and by_program is not None and _works(by_program) else None

    def _problem(self, error: Exception, origin: Origin, name: str) -> Problem:
        """Return what is wrong with a template, and the line of it."""
        assert self.own is not None
        assert origin.file is not None
        place = Place(origin.file.relative_to(self.own).as_posix(), origin.line)
        if isinstance(error, jinja2.TemplateNotFound):
            missing = error.name or name
            what = Text(f"没有模板“{missing}”", f"there is no template “{missing}”")
            return Problem(place, what, Text("请核对 extends、include 等处的文件名", "check its name where it is extended or included"))
        if isinstance(error, RecursionError):
            what = Text("模板继承了自己", "the template extends itself")
            todo = Text(f'请写 extends "{PROGRAM}/{name}"，以继承原模板', f'write extends "{PROGRAM}/{name}" to change the original')
            return Problem(place._replace(line=None), what, todo)
        reason = str(error) or type(error).__name__
        return Problem(place, Text(f"模板无法使用：{reason}", f"the template cannot be used: {reason}"), MEND)


def _works(by_program: Callable[[], object]) -> bool:
    """Return whether the program's template can be filled in with the same parts: then the bureau's changes are what it cannot do with."""
    try:
        by_program()
    except Exception:  # noqa: BLE001 - whatever it is, the bureau is not to blame for it
        return False
    return True


def document_words(templates: "Templates", kind: str, language: Language) -> dict[str, str]:
    """Return the words of one kind in one language, for templates that print them by code."""
    return {code: text.in_(language) for code, text in templates.words()[kind].items()}
