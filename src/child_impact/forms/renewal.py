"""A file of the old vocabulary, YAML or workbook, as a YAML dossier of today's."""

from ..reading.nodes import Mapping
from ..reading.problems import DossierRefused, refusing
from ..reading.workbook import is_workbook
from ..reading.yaml12 import read_yaml
from ..vocabulary.model import Vocabulary
from .old_workbook import text_of_workbook
from .renew import Renewed, renewed


def renewal(data: bytes, file: str, vocabulary: Vocabulary) -> Renewed | None:
    """Return a dossier in today's vocabulary, with what could not be carried over; None where none of its keys moved.

    Raises `DossierRefused` where the file cannot be read at all.
    """
    if not vocabulary.moved.all:
        return None
    with refusing(DossierRefused, file):
        if not is_workbook(data, file):
            if not isinstance(read_yaml(data, file), Mapping):
                return None
            done = renewed(data.decode("utf-8-sig"), file, vocabulary)
            return done if done.moved else None
        sheet = text_of_workbook(data, file, vocabulary)
        done = renewed(sheet.text, file, vocabulary)
        for problems in (done.left, done.told):
            problems[:] = [one._replace(place=sheet.cells[(one.place.line or 1) - 1]) for one in problems]
        return done if done.moved else None
