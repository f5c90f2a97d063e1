"""Which evaluator serves, and what judges dossiers with it."""

from typing import TYPE_CHECKING

import click

from ..engine.door import absence, load, name
from ..reading.text import Language, Text

if TYPE_CHECKING:
    from ..assessment.assess import Assessor
    from ..rulebook.model import Profile, Rulebook


def serving() -> str:
    """Return which evaluator serves, in a few English words."""
    module = load()
    if module is None:
        return f"built-in evaluator; durable-rules {absence().en}"
    return f"rules evaluated by {name(module)}, cross-checked"


def say_which(lang: Language) -> None:
    """Say on standard error, in one line, where the built-in evaluator serves alone."""
    if load() is not None:
        return
    reason = absence()
    said = Text(
        f"child-impact：durable-rules {reason.zh}，只用内置求值器，未经两路核对",
        f"child-impact: durable-rules {reason.en}: the built-in evaluator serves alone, and nothing is cross-checked",
    )
    click.echo(said.in_(lang), err=True)


def assessor(rulebook: "Rulebook", profile: "Profile", lang: Language, *, quiet: bool = False) -> "Assessor":
    """Return what judges dossiers, once it is said which evaluator serves, unless `quiet`."""
    from ..assessment.assess import Assessor

    if not quiet:
        say_which(lang)
    return Assessor(rulebook, profile)
