"""A rule engine for child impact assessment (儿童影响评价) of projects, policies and plans.

`child_impact.api` documents the Python interface; its names are here too.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import (
        Assessment,
        Assessor,
        Dossier,
        DossierRefused,
        EngineFailure,
        EvaluatorsDiffer,
        FormatUnavailable,
        InputRefused,
        IsInput,
        Place,
        Problem,
        Record,
        Rulebook,
        RulesRefused,
        TemplatesRefused,
        Text,
        as_data,
        as_json,
        documents,
        load_rules,
        read_dossier,
        read_record,
        write_documents,
    )

__version__ = "0.2.0"
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


def __getattr__(name: str) -> Any:
    """Return a name of the interface, which is imported when it is first used: the version alone costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("child_impact.api"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
