"""Which evaluator serves."""

import click

from ..engine.door import absence, load, name
from ..reading.text import Language, Text


def serving() -> str:
    """Return which evaluator serves, in a few English words."""
    module = load()
    if module is None:
        return f"built-in evaluator; durable-rules {absence().en}"
    return f"rules evaluated by {name(module)}, cross-checked"


def tell_if_alone(lang: Language, *, quiet: bool = False) -> None:
    """Say in one line on standard error that the built-in evaluator serves alone, where it does; nothing if `quiet`.

    Every command that judges dossiers calls it once, before the first.
    """
    if quiet or load() is not None:
        return
    reason = absence()
    said = Text(
        f"child-impact：durable-rules {reason.zh}，只用内置求值器，未经两路核对",
        f"child-impact: durable-rules {reason.en}: the built-in evaluator serves alone, and nothing is cross-checked",
    )
    click.echo(said.in_(lang), err=True)
