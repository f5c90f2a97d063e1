"""`child-impact schema`."""

import sys
from pathlib import Path

import click

from ..assessment.to_json import as_json
from ..reading.problems import RulesRefused
from ..reading.text import Language
from ..rulebook.store import open_rulebook
from . import options
from .exits import Exit

DOSSIER = "dossier"
RULES = ("rulebook", "criteria", "derived", "norms", "sources", "profile", "questions", "cases", "moved")


@click.command()
@click.argument("what", type=click.Choice((DOSSIER, *RULES)), default=DOSSIER)
@options.lang
@options.rules
def schema(what: str, lang: Language, rules_dir: Path | None) -> None:
    """Print the JSON Schema of a dossier, or of a kind of rule file, for editors.

    \b
    Examples:
      child-impact schema > dossier.schema.json
      child-impact schema criteria > criteria.schema.json

    In an editor with a YAML language server, begin the file with
    `# yaml-language-server: $schema=dossier.schema.json`.
    """
    if what != DOSSIER:
        from ..rulebook.schema import rule_schema

        options.document(as_json(rule_schema(what)))
        return
    try:
        rulebook = open_rulebook(rules_dir)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    from ..dossier.schema import dossier_schema

    options.document(as_json(dossier_schema(rulebook.vocabulary)))
