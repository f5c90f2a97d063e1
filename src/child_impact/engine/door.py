"""The one door to durable-rules: its C module, used in the narrow way that was measured to be exact.

Each message is one flat object of 0s and 1s; each call must fire the sentinel exactly once and no rule both ways; the state is deleted
whatever happens, so that no two are ever alive. The package keeps its state for the whole process and is not made for threads: who makes
or uses rules holds `DOOR` meanwhile.
"""

import itertools
import json
import threading
import weakref
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from ..reading.text import Text
from .shards import SENTINEL_FACT, SENTINEL_RULE, Shard

DOOR = threading.Lock()

_numbers = itertools.count()


class EngineFailure(Exception):
    """The package did something that its door does not allow (exit code 5)."""


def load() -> ModuleType | None:
    """Return the package's C module, or None where it is not installed or cannot be loaded on this Python."""
    try:
        import durable_rules_engine
    except ImportError:
        return None
    module: ModuleType = durable_rules_engine
    return module


def absence() -> Text:
    """Return why `load` gave nothing, as the end of a sentence about durable-rules."""
    if find_spec("durable_rules_engine") is None:
        return Text("未安装", "is not installed")
    return Text("在此 Python 上无法加载", "cannot be loaded on this Python")


def name(module: ModuleType) -> str:
    """Return the package's name and version, as an assessment records it.

    The version is read off the installed metadata beside the module: `importlib.metadata` would cost a tenth of the start-up.
    """
    folders = sorted(Path(module.__file__ or "").parent.glob("durable_rules-*.dist-info"))
    version = folders[-1].name.removeprefix("durable_rules-").removesuffix(".dist-info") if folders else "(version unknown)"
    return f"durable-rules {version}"


class RuleSet:
    """A shard that the package holds, until this is closed or forgotten."""

    def __init__(self, module: ModuleType, shard: Shard) -> None:
        self._module = module
        self._handle = module.create_ruleset(f"child-impact-{next(_numbers)}", shard.rules)
        self._release = weakref.finalize(self, module.delete_ruleset, self._handle)
        self._release.atexit = False  # the end of the process frees all at once

    def infer(self, literals: Mapping[str, int]) -> list[str]:
        """Return the names of the rules that fire on the literals (atom to 0 or 1), the sentinel left out."""
        message = {SENTINEL_FACT: 1, **literals}
        if any(type(value) is not int or value not in (0, 1) for value in message.values()):
            raise EngineFailure("a literal that is neither 0 nor 1")
        fired = self._fire(json.dumps(message))
        if fired.count(SENTINEL_RULE) != 1:
            raise EngineFailure(f"the sentinel fired {fired.count(SENTINEL_RULE)} times")
        return [rule for rule in fired if rule != SENTINEL_RULE]

    def _fire(self, message: str) -> list[str]:
        module, handle = self._module, self._handle
        fired: list[str] = []
        code, state = module.assert_fact(handle, message)
        try:
            if code != 0:
                raise EngineFailure(f"a message was refused with code {code}")
            started = module.start_action_for_state(handle, state)
            action = started[1] if started else None
            while action:
                fired += json.loads(action)
                action = module.complete_and_start_action(handle, state)
        finally:
            module.delete_state(handle, "0")
        return fired

    def close(self) -> None:
        """Release the memory that the package keeps for the rules."""
        self._release()
