"""Exit codes. Each means one thing."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    FINE = 0
    GATE = 1
    USAGE = 2
    RULES = 3
    DOSSIER = 4
    INTERNAL = 5
