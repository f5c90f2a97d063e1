"""The JSON Schemas of rule files (2020-12), made from their shapes: for editors that complete and check while rules are written.

Conditions (`when`, `require`, `condition`, `value`) and what a case gives are left open: `child-impact rules lint` reads them.
"""

from typing import Any

from pydantic import TypeAdapter

from ..dossier.schema import DIALECT
from ..vocabulary.moved_load import MovedFileShape
from . import shapes
from .cases import CasesFileShape
from .norm_shapes import NormsFileShape

SHAPES: dict[str, Any] = {
    "rulebook": shapes.RulebookShape,
    "criteria": shapes.CriteriaFileShape,
    "derived": shapes.DerivedFileShape,
    "norms": NormsFileShape,
    "sources": shapes.SourceShape,
    "profile": shapes.ProfileShape,
    "questions": shapes.QuestionsFileShape,
    "moved": MovedFileShape,
    "cases": CasesFileShape,
}


_TEXT = {
    "description": "One statement in Chinese and in English.",
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}


def rule_schema(kind: str) -> dict[str, Any]:
    """Return the schema of one kind of rule file: a key of `SHAPES`."""
    schema = TypeAdapter(SHAPES[kind]).json_schema()
    if "Text" in schema.get("$defs", {}):
        schema["$defs"]["Text"] = _TEXT  # in YAML a mapping, in Python a tuple that pydantic also reads from a mapping
    return {"$schema": DIALECT, **schema, "title": f"{kind} (child-impact)"}
