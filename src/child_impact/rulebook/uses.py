"""What a criterion rests on: the derived facts that it uses, and the rule files that its verdicts depend on."""

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from msgspec.structs import replace

from ..conditions.syntax import Condition, DerivedRef, Expression, Holds, walk
from ..reading.nodes import Mapping, Node, Sequence, plain_data
from ..reading.problems import InputRefused
from ..reading.yaml12 import read_yaml
from .model import Criterion, Rulebook
from .rule_files import MAX_RULE_FILE


def derived_used(criterion: Criterion, rulebook: Rulebook) -> set[str]:
    """Return the ids of the derived facts that a criterion uses, and of those that these use."""
    found: set[str] = set()
    waiting: list[Condition | Expression] = [*criterion.conditions()]
    while waiting:
        for node in walk(waiting.pop()):
            if isinstance(node, Holds | DerivedRef) and node.id not in found:
                found.add(node.id)
                one = rulebook.derived[node.id]
                waiting += [body for body in (one.condition, one.value) if body is not None]
    return found


def narrowed(rulebook: Rulebook, criteria: Iterable[str]) -> Rulebook:
    """Return the rules with these criteria alone (ids that it does not have are passed over), and the derived facts that they use.

    Their verdicts are the same as under all rules. It bears no digest, for it is not what the rule files say.
    """
    kept = {id_: rulebook.criteria[id_] for id_ in criteria if id_ in rulebook.criteria}
    used = set().union(*(derived_used(one, rulebook) for one in kept.values()))
    derived = {id_: one for id_, one in rulebook.derived.items() if id_ in used}
    return replace(rulebook, sha256="", criteria=kept, derived=derived, questions={})


def resting_on(file: str, rulebook: Rulebook, derived: Collection[str] | None = None) -> set[str]:
    """Return the criteria whose verdicts can change with a rule file (its posix path in the rules directory).

    `derived`: of a file of derived facts, those that are meant (default: all that it defines).
    """
    folder = PurePosixPath(file).parts[0]
    if folder == "vocabulary":
        return set(rulebook.criteria)
    if folder == "criteria":
        return {one.id for one in rulebook.criteria.values() if one.place.file == file}
    if folder == "norms":
        mine = {id_ for id_, one in rulebook.quantities.items() if one.place.file == file}
        return {one.id for one in rulebook.criteria.values() if mine.intersection(one.meets)}
    if folder != "derived":
        return set()
    meant = {id_ for id_, one in rulebook.derived.items() if one.place.file == file and (derived is None or id_ in derived)}
    return {one.id for one in rulebook.criteria.values() if meant & derived_used(one, rulebook)}


def changed_derived(old: bytes, new: bytes) -> set[str] | None:
    """Return the ids of the derived facts that two versions of a file define otherwise; None where the older one cannot be read."""
    try:
        before, after = (_by_id(read_yaml(text, "", MAX_RULE_FILE)) for text in (old, new))
    except InputRefused:
        return None
    return {id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_)}


def _by_id(root: Node) -> dict[str, object]:
    listed = root.get("derived") if isinstance(root, Mapping) else None
    items = [plain_data(item) for item in listed.items] if isinstance(listed, Sequence) else []
    return {str(item["id"]): item for item in items if isinstance(item, dict) and "id" in item}
