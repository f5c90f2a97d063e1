"""A dossier of the old vocabulary as `new --from` writes it: rewritten, with a list of what could not be carried over."""

import sys

import click

from ..dossier.read import read_dossier
from ..forms.renew import Renewed
from ..reading.problems import DossierRefused, shown
from ..reading.text import Language, Text
from ..vocabulary.model import Vocabulary
from . import options
from .exits import Exit
from .form_file import FormFile


class OldKeys(Exception):
    """A dossier has keys that moved; `renewed` is what became of it."""

    def __init__(self, renewed: Renewed) -> None:
        super().__init__()
        self.renewed = renewed


def write_renewed(renewed: Renewed, target: FormFile, lang: Language, vocabulary: Vocabulary, *, plain: bool) -> None:
    """Write the dossier and tell what was done.

    Where it has mistakes besides, it is written all the same: they are told, and the exit code is that of a dossier with mistakes.
    """
    if target.format != "yaml" or not plain:
        raise click.UsageError("the dossier has keys of an older version: rewrite it first (new --from OLD -o NEW.yaml), then use NEW.yaml")
    target.write(renewed.text)
    for line in shown(sorted([*renewed.left, *renewed.told], key=lambda one: one.place.line or 0), lang):
        click.echo(line, err=True)
    click.echo(_said(renewed).in_(lang), err=True)
    name = str(target.path) if target.path is not None else "<stdout>"
    try:
        read_dossier(renewed.text.encode(), name, vocabulary)
    except DossierRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)


def tell_nothing_moved(lang: Language) -> None:
    """Tell that a dossier has no old keys, so that nothing in it is rewritten: what it says comes out as it is."""
    click.echo(_NOTHING_MOVED.in_(lang), err=True)


_NOTHING_MOVED = Text(
    "没有旧键，已填的内容不动；只补上还需要的问题", "no old keys: what is filled in stays as it is, and what is still needed is added"
)


def _said(renewed: Renewed) -> Text:
    left = len(renewed.left)
    zh = f"旧键 {renewed.moved} 处已改写"
    en = f"{renewed.moved} old keys rewritten"
    if not left:
        return Text(f"{zh}，全部带入", f"{en}, all carried over")
    return Text(f"{zh}；其中 {left} 处没有带入，留作注释（见上）", f"{en}; {left} not carried over, kept as comments (see above)")
