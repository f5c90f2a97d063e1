"""Completion in the shell: the words that options and arguments take, from the rules that come with the program."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from ..reading.problems import RulesRefused
from ..reading.text import is_chinese
from ..rulebook.model import Rulebook
from ..rulebook.store import open_rulebook

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completion = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def choices(enumeration: str) -> Completion:
    """Return the completion of the values of a closed list: codes, or names where Chinese was begun."""

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> "list[CompletionItem]":
        rulebook = _rulebook(_ctx)
        if rulebook is None:
            return []
        values = rulebook.vocabulary.enumerations[enumeration].values
        if is_chinese(begun):
            return _beginning(begun, ((name.zh, code) for code, name in values.items()))
        return _beginning(begun, ((code, name.zh) for code, name in values.items()))

    return complete


def places(ctx: click.Context, _param: click.Parameter, begun: str) -> "list[CompletionItem]":
    """Return the names of places that begin so."""
    rulebook = _rulebook(ctx)
    return _beginning(begun, rulebook.vocabulary.places.items()) if rulebook is not None else []


def criteria(ctx: click.Context, _param: click.Parameter, begun: str) -> "list[CompletionItem]":
    """Return the ids of criteria that begin so."""
    rulebook = _rulebook(ctx)
    return _beginning(begun, ((one.id, one.title.zh) for one in rulebook.criteria.values())) if rulebook is not None else []


def profiles(ctx: click.Context, _param: click.Parameter, begun: str) -> "list[CompletionItem]":
    """Return the ids of profiles that begin so."""
    rulebook = _rulebook(ctx)
    return _beginning(begun, ((one.id, one.title.zh) for one in rulebook.profiles.values())) if rulebook is not None else []


def _beginning(begun: str, words: Iterable[tuple[str, str]]) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(word, help=about) for word, about in words if word.startswith(begun)]


def _rulebook(ctx: click.Context) -> Rulebook | None:
    """Return the rules that the command line names so far, or those of the program; None where they are not valid."""
    try:
        return open_rulebook(ctx.params.get("rules_dir"))
    except (RulesRefused, OSError):
        return None
