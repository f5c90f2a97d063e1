"""The validators of a dossier's single facts, made from the vocabulary straight on the core of pydantic.

A validator takes the YAML node of a fact and gives its value. Each is made once for a vocabulary: making them is what is slow.
"""

from functools import partial
from typing import Any

from pydantic_core import SchemaValidator, core_schema

from ..reading.text import Text
from ..vocabulary.model import Enumeration, Field, FieldType, Vocabulary
from ..vocabulary.values import PartialDate
from . import leaves

_MOST_KEPT = 8
"""Vocabularies whose validators are kept. A process reads one; one that loads its rules anew must not grow with each."""

_kept: dict[int, tuple[Vocabulary, "Validators"]] = {}


class Validators:
    """The validators of the fields of one vocabulary, each made when it is first wanted."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._places = vocabulary.places
        self._units = vocabulary.units
        self._made: dict[int, SchemaValidator] = {}

    def of(self, field: Field) -> SchemaValidator:
        """Return the validator of a field of the vocabulary. It raises pydantic's `ValidationError`."""
        made = self._made.get(id(field))  # the vocabulary, which holds the field, lives as long as this
        if made is None:
            made = self._made[id(field)] = SchemaValidator(self._schema(field))
        return made

    def _unit(self, field: Field) -> Text | None:
        return self._units[field.unit] if field.unit is not None else None

    def _schema(self, field: Field) -> core_schema.CoreSchema:
        match field.type:
            case FieldType.BOOLEAN:
                return core_schema.no_info_before_validator_function(leaves.boolean, core_schema.bool_schema())
            case FieldType.NUMBER | FieldType.INTEGER:
                return core_schema.no_info_before_validator_function(partial(leaves.number, unit=self._unit(field)), _number(field))
            case FieldType.DATE:
                return core_schema.no_info_before_validator_function(leaves.day, core_schema.is_instance_schema(PartialDate))
            case FieldType.CHOICE | FieldType.CHOICES:
                assert field.enumeration is not None
                one = _choice(field.enumeration)
                return one if field.type is FieldType.CHOICE else core_schema.frozenset_schema(one)
            case FieldType.PLACE:
                read = partial(leaves.division, places=self._places)
                return core_schema.no_info_before_validator_function(read, core_schema.str_schema())
            case FieldType.IDENTIFIER:
                return core_schema.no_info_before_validator_function(leaves.identifier, core_schema.str_schema())
            case FieldType.REFERENCE:
                return core_schema.no_info_before_validator_function(leaves.reference, core_schema.str_schema())
            case FieldType.NOTE | FieldType.BODY:
                return core_schema.no_info_before_validator_function(leaves.words, core_schema.is_instance_schema(Text))


def validators(vocabulary: Vocabulary) -> Validators:
    """Return the validators of a vocabulary, from memory if they were asked for before."""
    found = _kept.get(id(vocabulary))
    if found is not None and found[0] is vocabulary:
        return found[1]
    made = Validators(vocabulary)
    while len(_kept) >= _MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[id(vocabulary)] = (vocabulary, made)
    return made


def _number(field: Field) -> core_schema.CoreSchema:
    bounds: dict[str, Any] = {"ge": field.minimum, "le": field.maximum, "multiple_of": 1 if field.type is FieldType.INTEGER else None}
    return core_schema.decimal_schema(**{name: bound for name, bound in bounds.items() if bound is not None})


def _choice(enumeration: Enumeration) -> core_schema.CoreSchema:
    codes = core_schema.literal_schema(list(enumeration.values))
    return core_schema.no_info_before_validator_function(partial(leaves.choice, enumeration=enumeration), codes)
