"""Opening dossiers for a command: read, and guarded where they hold personal data."""

import click

from ..dossier.facts import Dossier
from ..dossier.read import read_dossier
from ..reading.problems import DossierRefused, Place, Problem, shown
from ..reading.source import STDIN, read_bytes, shown_name
from ..reading.text import Language, Text
from ..vocabulary.model import Vocabulary


def open_dossier(name: str, vocabulary: Vocabulary, lang: Language, *, strict: bool) -> Dossier:
    """Return the dossier of a file, or of standard input (`-`).

    What looks like personal data is masked in it; a warning on standard error says where it stands. Raises `DossierRefused` where the
    dossier is not valid, or (`strict`) holds such data.
    """
    dossier = read_dossier(read_bytes(name), shown_name(name), vocabulary)
    for line in shown(guarded(dossier, name, strict=strict), lang):
        click.echo(line, err=True)
    return dossier


def guarded(dossier: Dossier, name: str, *, strict: bool) -> list[Problem]:
    """Return where a dossier, or the `name` of its file, seems to hold personal data. Raises `DossierRefused` if it does, and `strict`."""
    found = [*_in_name(name), *dossier.sightings]
    if strict and found:
        raise DossierRefused(found)
    return found


def _in_name(name: str) -> list[Problem]:
    shown = shown_name(name)
    if name == STDIN or "*" not in shown or "*" in name:
        return []
    what = Text("文件名疑似含有个人信息，各种输出中均已遮盖", "the file name seems to hold personal data; it is masked in every output")
    return [Problem(Place(shown), what, Text("请改文件名", "rename the file"))]
