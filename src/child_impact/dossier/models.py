"""pydantic models of a dossier, built from the vocabulary.

The models take YAML nodes and give values; the same models give the JSON Schema of a dossier.
"""

from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, InstanceOf, create_model
from pydantic import Field as Constraint

from ..reading.text import Text
from ..vocabulary.model import Field, FieldType, Vocabulary
from ..vocabulary.values import PartialDate
from . import leaves

_CONFIG = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def section_model(name: str, fields: dict[str, Field], vocabulary: Vocabulary) -> type[BaseModel]:
    """Build the model of the header, of a group, or of one entity of a list."""
    definitions: dict[str, Any] = {}
    for field in fields.values():
        type_ = leaf_type(field, vocabulary)
        definitions[field.name] = (type_, ...) if field.required else (type_ | None, None)
    return create_model(f"Section_{name or 'header'}", __config__=_CONFIG, **definitions)


def leaf_type(field: Field, vocabulary: Vocabulary) -> Any:
    """Return the annotated type of a field's value."""
    match field.type:
        case FieldType.BOOLEAN:
            return Annotated[bool, BeforeValidator(leaves.boolean)]
        case FieldType.NUMBER | FieldType.INTEGER:
            return _number_type(field, vocabulary)
        case FieldType.DATE:
            return Annotated[InstanceOf[PartialDate], BeforeValidator(leaves.day)]
        case FieldType.CHOICE | FieldType.CHOICES:
            return _choice_type(field)
        case FieldType.PLACE:
            return Annotated[str, BeforeValidator(partial(leaves.division, places=vocabulary.places))]
        case FieldType.IDENTIFIER:
            return Annotated[str, BeforeValidator(leaves.identifier)]
        case FieldType.TEXT:
            return Annotated[InstanceOf[Text], BeforeValidator(leaves.words)]


def _number_type(field: Field, vocabulary: Vocabulary) -> Any:
    constraints: dict[str, Any] = {"ge": field.minimum, "le": field.maximum}
    if field.type is FieldType.INTEGER:
        constraints["multiple_of"] = 1
    unit = vocabulary.units[field.unit] if field.unit is not None else None
    return Annotated[Decimal, Constraint(**constraints), BeforeValidator(partial(leaves.number, unit=unit))]


def _choice_type(field: Field) -> Any:
    assert field.enumeration is not None
    codes: Any = Literal.__getitem__(tuple(field.enumeration.values))
    one: Any = Annotated[codes, BeforeValidator(partial(leaves.choice, enumeration=field.enumeration))]
    return one if field.type is FieldType.CHOICE else frozenset.__class_getitem__(one)
