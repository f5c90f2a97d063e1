"""The Python interface: load rules, read a dossier, assess it, write its documents. The command line is made of the same functions.

    from child_impact import Assessor, load_rules, read_dossier, write_documents

    rulebook = load_rules()
    with Assessor(rulebook) as assessor:
        assessment = assessor.assess(read_dossier("park.yaml", rulebook))
    write_documents(assessment, "documents", formats=("docx", "json"), lang="en")

Units: a quantity is in the unit of its fact (m², m, 10,000 yuan, persons …), which its question in `child-impact schema` names;
days are `datetime.date`; texts are `Text` (`zh`, `en`). Nothing here prints, and nothing ends the program.

Errors: `RulesRefused`, `DossierRefused` and `TemplatesRefused` are `InputRefused`, and say in `problems` every problem that was found, each
with its `place` (file, line), `what` is wrong and `todo`; `problem.say("en")` is a line for a person. `FormatUnavailable` says in `text`
what is not installed. `EvaluatorsDiffer` and `EngineFailure` are defects of the program, and no verdict is to be had. A file that cannot be
written is an `OSError`, one that would overwrite an input an `IsInput`.

Threads: a `Rulebook`, a `Dossier` and an `Assessment` do not change and may be shared. One `Assessor` may be shared by threads; calls run
one after another. For more than one processor use processes, each with an `Assessor` of its own, as `assess --jobs` does.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Self

from .assessment.assess import Assessor as _Assessor
from .assessment.assess import EvaluatorsDiffer
from .assessment.model import Assessment
from .assessment.record import Record
from .assessment.to_json import as_data, as_json
from .dossier.facts import Dossier
from .dossier.read import read_dossier as _read_dossier
from .engine.door import EngineFailure
from .output.documents import MAIN, Maker
from .output.files import clear, write_all
from .output.inputs import Inputs, IsInput
from .reading.extras import FormatUnavailable
from .reading.problems import DossierRefused, InputRefused, Place, Problem, RulesRefused, TemplatesRefused
from .reading.source import read_bytes, shown_name
from .reading.text import Language, Text
from .rulebook.model import Rulebook
from .rulebook.store import open_rulebook

__all__ = [
    "Assessment",
    "Assessor",
    "Dossier",
    "DossierRefused",
    "EngineFailure",
    "EvaluatorsDiffer",
    "FormatUnavailable",
    "InputRefused",
    "IsInput",
    "Place",
    "Problem",
    "Record",
    "Rulebook",
    "RulesRefused",
    "TemplatesRefused",
    "Text",
    "as_data",
    "as_json",
    "documents",
    "load_rules",
    "read_dossier",
    "read_record",
    "write_documents",
]


def load_rules(directory: str | Path | None = None) -> Rulebook:
    """Return the rulebook of a rules directory; None: the one that comes with the program.

    Raises `RulesRefused` with every problem where the rules are not valid.
    """
    return open_rulebook(None if directory is None else Path(directory))


def read_dossier(source: str | Path | bytes, rulebook: Rulebook, name: str | None = None) -> Dossier:
    """Return the dossier of a file (YAML or a workbook) or of its bytes.

    `name` is what facts, messages and documents call the file; by default its path as given, and `<bytes>` for bytes. What looks like
    personal data is masked; `Dossier.sightings` says where. Raises `DossierRefused` where the dossier cannot be read or is not valid.
    """
    data, named = _bytes(source, name)
    return _read_dossier(data, named, rulebook.vocabulary)


def read_record(source: str | Path | bytes, rulebook: Rulebook, name: str | None = None) -> Record:
    """Return the reviewer's record of a file or of its bytes; `Record.dossier` is the id of the dossier that it is about.

    Raises `InputRefused` where it cannot be read or is not valid.
    """
    from .assessment.record_read import read_record as read

    data, named = _bytes(source, name, Text("审查记录", "the reviewer's record"))
    return read(data, named, rulebook)


class Assessor:
    """Assesses dossiers by a rulebook and one of its profiles. Close it after use, or use it as a context.

    Raises `ValueError` where the rulebook has no such profile. One assessor may be shared by threads; calls run one after another.
    """

    def __init__(self, rulebook: Rulebook, profile: str = "default") -> None:
        if profile not in rulebook.profiles:
            raise ValueError(f"there is no profile “{profile}”; known: {', '.join(rulebook.profiles)}")
        self._assessor = _Assessor(rulebook, rulebook.profiles[profile])

    def assess(self, dossier: Dossier, as_of: date | None = None, today: date | None = None, record: Record | None = None) -> Assessment:
        """Return the assessment of a dossier that was read with the same rulebook.

        `as_of` is the day on which it is judged; by default `today` (by default that of the clock), or the day of decision that the dossier
        states where that is earlier and the file is the one put to it. `record` is the reviewer's record of it. The same arguments give
        the same assessment. Raises `EvaluatorsDiffer` or `EngineFailure` rather than return a verdict that is not sure.
        """
        return self._assessor.assess(dossier, today or date.today(), as_of, record)

    def close(self) -> None:
        """Release what durable-rules holds."""
        self._assessor.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def documents(
    assessment: Assessment,
    formats: Iterable[str] = ("md",),
    documents: Iterable[str] = (MAIN,),
    lang: Language = "zh",
    templates: str | Path | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield the documents of an assessment as they are made, each as the name of a file and its bytes.

    `formats`: `md`, `html`, `pdf`, `docx`, `xlsx`, `json`, `sarif`. `documents`, which matter for the first four of them: `assessment`,
    `screening`, `request`, `opinions`, `ledger`, `children`, `public`, or `all`. `lang`: `zh` or `en`. `templates`: an office's directory
    of templates over those of the program. Equal inputs give equal bytes.

    Raises, before the first is made, `ValueError` for a word that is none of these, `FormatUnavailable` for a format that cannot be written
    on this machine, and `TemplatesRefused`; later also `TemplatesRefused` for a template that cannot be filled in and `FormatUnavailable`
    where there is no font for a character.
    """
    return Maker(formats, documents, lang, None if templates is None else Path(templates)).of(assessment)


def write_documents(
    assessment: Assessment,
    directory: str | Path,
    formats: Iterable[str] = ("md",),
    documents: Iterable[str] = (MAIN,),
    lang: Language = "zh",
    templates: str | Path | None = None,
    inputs: Iterable[str | Path] = (),
) -> list[Path]:
    """Write the documents of an assessment to a directory, which is made if need be, and return their paths.

    All are made before the first is written, and all are written or none: each takes the place of what had its name in one step. The other
    arguments and errors are those of `documents`. Raises `IsInput` where that would overwrite one of the `inputs` or a rule or template of
    the program, and another `OSError` where something cannot be written.
    """
    own = None if templates is None else Path(templates)
    made = list(Maker(formats, documents, lang, own).of(assessment))
    into = Path(directory)
    into.mkdir(exist_ok=True)
    clear(into)
    files = {into / name: data for name, data in made}
    write_all(files, Inputs(inputs, (own,)))
    return list(files)


def _bytes(source: str | Path | bytes, name: str | None, noun: Text | None = None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or "<bytes>"
    data = read_bytes(str(source), noun) if noun is not None else read_bytes(str(source))
    return data, name or shown_name(str(source))
