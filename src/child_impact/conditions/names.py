"""What the names in a condition stand for: facts, entity fields, derived facts, lists and the dates of the assessment."""

from collections.abc import Mapping

from msgspec import Struct

from ..vocabulary.model import Field, FieldType, Vocabulary
from ..vocabulary.paths import field_path, parts
from .syntax import Condition, ContextRef, DerivedRef, FactRef, Type

CONTEXT_DATES = ("as_of", "decision_horizon")
DOSSIER_PREFIX = "dossier."
CLAIMS = "claims"

_TYPES = {
    FieldType.BOOLEAN: Type.BOOLEAN,
    FieldType.NUMBER: Type.NUMBER,
    FieldType.INTEGER: Type.NUMBER,
    FieldType.DATE: Type.DATE,
    FieldType.NOTE: Type.NOTE,
    FieldType.BODY: Type.BODY,
    FieldType.REFERENCE: Type.REFERENCE,
    FieldType.CHOICE: Type.CHOICE,
    FieldType.CHOICES: Type.CHOICES,
    FieldType.PLACE: Type.PLACE,
    FieldType.IDENTIFIER: Type.IDENTIFIER,
}


class DerivedName(Struct, frozen=True):
    """A derived fact as conditions see it: its type (boolean or number) and, if it is about entities, their list."""

    id: str
    type: Type
    over: str | None


class Bound(Struct, frozen=True):
    """A quantity as conditions see it: the list whose entities have it (None: the dossier), and what the norms on it demand."""

    over: str | None
    condition: Condition


class Meaning(Struct, frozen=True):
    """What a name stands for: the reference, its type, and the field if it is a stated fact."""

    ref: FactRef | ContextRef | DerivedRef
    type: Type
    field: Field | None = None


class Names(Struct, frozen=True):
    """The names that conditions may use. `claims` and `stated` are open to consistency criteria only.

    `quantities` are those on which there are norms, by their ids.
    """

    vocabulary: Vocabulary
    derived: Mapping[str, DerivedName]
    consistency: bool = False
    quantities: Mapping[str, Bound] = {}

    def meaning(self, name: str, over: str | None) -> Meaning | None:
        """Return what `name` stands for where conditions are about entities of the list `over` (None: about the dossier)."""
        if over is None:
            return self._of_dossier(name)
        if name.startswith(DOSSIER_PREFIX):
            return self._of_dossier(name.removeprefix(DOSSIER_PREFIX))
        listed = self.vocabulary.lists[over]
        field = listed.fields.get(name) or listed.worked_out.get(name)
        if field is not None:
            return Meaning(FactRef(name, entity=True), _TYPES[field.type], field)
        derived = self.derived.get(field_path(over, name))
        return Meaning(DerivedRef(derived.id, entity=True), derived.type) if derived else None

    def _of_dossier(self, name: str) -> Meaning | None:
        if name in CONTEXT_DATES:
            return Meaning(ContextRef(name), Type.DATE)
        if parts(name).owner == CLAIMS and not self.consistency:
            return None
        field = self.vocabulary.fact(name)
        if field is not None:
            return Meaning(FactRef(name, entity=False), _TYPES[field.type], field)
        derived = self.derived.get(name)
        return Meaning(DerivedRef(derived.id, entity=False), derived.type) if derived and derived.over is None else None

    def known(self, over: str | None) -> list[str]:
        """Return the names that can be used where conditions are about `over`, for did-you-mean."""
        paths = [path for path in self.vocabulary.paths() if self.consistency or parts(path).owner != CLAIMS]
        of_dossier = [*paths, *CONTEXT_DATES, *(one.id for one in self.derived.values() if one.over is None)]
        if over is None:
            return of_dossier
        mine = [one.id.removeprefix(f"{over}.") for one in self.derived.values() if one.over == over]
        listed = self.vocabulary.lists[over]
        return [*listed.fields, *listed.worked_out, *mine, *(DOSSIER_PREFIX + name for name in of_dossier)]
