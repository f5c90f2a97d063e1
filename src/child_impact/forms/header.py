"""The header of a new dossier, read field by field from what a person gives."""

from ..dossier.read import read_dossier
from ..reading.problems import DossierRefused, Problem
from ..reading.text import Language, Text, fold
from ..vocabulary.model import Field, FieldType, Vocabulary
from .answers import Answers, read_answers
from .yaml_text import scalar

ASKED = ("kind", "types", "stage", "place")
"""What decides which questions are asked; a new dossier cannot do without."""

_UNTITLED = Text("名称待填", "title to be filled in")
_SAMPLE = {"id": "x", "title": "x", "kind": "project", "types": "[other]", "stage": "scheme", "place": "'100000'"}


class Header:
    """What the header says so far, as it was given; every value is checked when it is set."""

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self.vocabulary = vocabulary
        self.language: Language = language
        self.fields = vocabulary.groups[""].fields
        self.given: dict[str, str] = {}

    def set(self, name: str, said: str) -> Problem | None:
        """Take what was said about a field; return what is wrong with it, if anything."""
        field = self.fields[name]
        written = _written(field, said)
        kind = self.given.get("kind", _SAMPLE["kind"])
        fitting = next(code for code, stage in self.vocabulary.stages.items() if self._code("kind", kind) in stage.kinds)
        sample = {**_SAMPLE, "kind": kind, "stage": fitting, name: written}
        if name == "kind" and self._code("kind", said) is not None:
            sample["stage"] = next(code for code, stage in self.vocabulary.stages.items() if self._code("kind", said) in stage.kinds)
        try:
            read_dossier(_text(sample).encode(), "", self.vocabulary)
        except DossierRefused as refused:
            return next(one for one in refused.problems)
        self.given[name] = written
        return None

    def choices(self, name: str) -> list[str]:
        """Return the names of the values that a field can have, those of other kinds of proposals left out."""
        field = self.fields[name]
        if field.enumeration is None:
            return []
        kind = self._code("kind", self.given.get("kind", ""))
        stages = self.vocabulary.stages
        codes = [code for code in field.enumeration.values if name != "stage" or kind is None or kind in stages[code].kinds]
        return [field.enumeration.values[code].in_(self.language) for code in codes]

    def answers(self) -> Answers:
        """Return the header as answers; id and title are made up where none was given."""
        title = scalar(_UNTITLED.in_(self.language))
        types = self._read({"id": "x", "title": title, **self.given}).facts["types"].value
        enumeration = self.fields["types"].enumeration
        assert isinstance(types, frozenset)
        assert enumeration is not None
        first = next(code for code in enumeration.values if code in types)
        return self._read({"id": f"new-{first.replace('_', '-')}", "title": title, **self.given})

    def _read(self, pairs: dict[str, str]) -> Answers:
        ordered = {name: pairs[name] for name in self.fields if name in pairs}
        return read_answers(_text(ordered).encode(), "", self.vocabulary)

    def _code(self, name: str, said: str) -> str | None:
        enumeration = self.fields[name].enumeration
        return enumeration.code(said.strip('"')) if enumeration is not None else None


def _written(field: Field, said: str) -> str:
    if field.type is FieldType.CHOICES:
        parts = [part for part in fold(said).replace("、", ",").replace(";", ",").split(",") if part.strip()]
        return "[" + ", ".join(scalar(part.strip()) for part in parts) + "]"
    return scalar(said.strip())


def _text(pairs: dict[str, str]) -> str:
    return "".join(f"{name}: {written}\n" for name, written in pairs.items())
