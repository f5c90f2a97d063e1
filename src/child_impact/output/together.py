"""Many assessments in one JSON file, written one by one: no more than one is in memory at a time."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..assessment.to_json import SEVERAL


def json_together(assessments: Iterable[bytes], failed: list[dict[str, Any]]) -> Iterator[bytes]:
    """Yield, in pieces, the format `child-impact/assessments/1`.

    `assessments` are the JSON texts that each has alone; `failed` (file, error lines) is looked at after the last of them. The bytes are
    those of `as_json` of the whole, which is never in memory.
    """
    yield f'{{\n  "format": {json.dumps(SEVERAL)},\n  "assessments": ['.encode()
    mark = end = b""
    for text in assessments:
        yield mark + b"\n" + indented(text, 4)
        mark, end = b",", b"\n  "
    yield end + b'],\n  "failed": ' + indented(json.dumps(failed, ensure_ascii=False, indent=2).encode(), 2).lstrip() + b"\n}\n"


def indented(text: bytes, by: int) -> bytes:
    """Return JSON text moved to the right; a line break in it is never part of a string."""
    spaces = b" " * by
    return spaces + text.rstrip(b"\n").replace(b"\n", b"\n" + spaces)
