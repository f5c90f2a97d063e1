"""Where an error arose while a template was filled in: in the template, or in what the program does for it."""

from collections.abc import Callable
from functools import cached_property, wraps
from pathlib import Path
from traceback import walk_tb
from typing import Any, TypeVar

import jinja2
from msgspec import Struct

PACKAGE = __name__.partition(".")[0]

T = TypeVar("T")


class Origin(Struct, frozen=True):
    """The template (its file, None where it has none of its own) and line in which an error arose.

    `called`: it arose in Python of this program which that line calls, so that the template is not to blame.
    """

    file: Path | None
    line: int | None
    called: bool

    def is_in(self, directory: Path | None) -> bool:
        """Return whether the template lies in a directory."""
        return directory is not None and self.file is not None and self.file.is_relative_to(directory)


def origins(error: BaseException) -> list[Origin]:
    """Return the templates that an error passed through, the one in which it arose last. Jinja rewrites tracebacks to lead there."""
    found: list[Origin] = []
    for frame, line in walk_tb(error.__traceback__):
        if "__jinja_exception__" in frame.f_globals:
            found.append(Origin(_file(frame.f_code.co_filename), line, called=False))
        elif found and str(frame.f_globals.get("__name__", "")).startswith(f"{PACKAGE}."):
            found[-1] = Origin(found[-1].file, found[-1].line, called=not isinstance(error, jinja2.TemplateError))
    if isinstance(error, jinja2.TemplateSyntaxError):
        found.append(Origin(_file(error.filename or ""), error.lineno if error.filename else None, called=False))
    return found


def _file(name: str) -> Path | None:
    return None if name in ("", "<template>", "<unknown>") else Path(name)


def by_template(name: str, function: Callable[..., T]) -> Callable[..., T]:
    """Return a function of ours for templates: what it cannot do with is the fault of the template that gives it."""

    @wraps(function)
    def call(*given: Any, **named: Any) -> T:
        try:
            return function(*given, **named)
        except (AttributeError, TypeError) as error:
            for one in (*given, *named.values()):
                if isinstance(one, jinja2.Undefined):
                    str(one)  # says itself what is not there
            raise jinja2.TemplateRuntimeError(f"{name}: {error}") from error

    return call


class Telling:
    """Makes an environment of Jinja tell a part of a document that fails from one that there is none of.

    Jinja takes an `AttributeError` inside a property for a name that the template has made up.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute for a template."""
        found = super().getattr(obj, attribute)  # type: ignore[misc]
        if isinstance(found, jinja2.Undefined) and isinstance(getattr(type(obj), attribute, None), property | cached_property):
            return getattr(obj, attribute) if not attribute.startswith("_") else found  # fails again, where it is seen
        return found
