"""What is asked where a fact is not known."""

from ..dossier.facts import Worked
from ..dossier.reckoned import ASKED
from ..vocabulary.paths import parts, vocabulary_name
from .proof import Gap, Missing


def asked(path: str, worked: Worked | None) -> tuple[Missing, ...]:
    """Return what would tell the fact at `path`: itself, or, where it is one that is worked out, what it is worked out from."""
    if worked is not None:
        return tuple(_missing(one) for one in worked.missing)
    at = parts(path)
    names = ASKED.get(at.name, ()) if at.entry is not None else ()
    return tuple(_missing(f"{path.removesuffix(at.name)}{name}") for name in names) or (_missing(path),)


def _missing(path: str) -> Missing:
    return Missing(path, vocabulary_name(path), Gap.LIST if path == "decisions" else Gap.FACT)
