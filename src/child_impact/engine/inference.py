"""Running a program on a dossier: stratum by stratum, for the dossier and for each entity of its lists."""

from collections.abc import Mapping
from types import ModuleType

from ..conditions.syntax import Condition
from ..dossier.facts import Dossier, Entity
from ..rulebook.model import Rulebook
from ..vocabulary.values import PartialDate
from .atoms import Atoms, Truth
from .compile import Gate, GateKey, Program, compile_program
from .door import EngineFailure, RuleSet
from .shards import Shard, pack

Plan = list[list[tuple[str | None, list[Gate], list[Shard]]]]


class Numbers:
    """The numbers of a program's gates, by the very condition that asks: looking one up by its form takes a walk through its tree."""

    def __init__(self, program: Program) -> None:
        self._gates = program.gates
        self._known: dict[tuple[int, str | None], tuple[Condition, int]] = {}

    def of(self, key: GateKey) -> int:
        """Return the number of a gate."""
        condition, over = key
        known = self._known.get((id(condition), over))
        if known is None:  # kept with the condition, which therefore lives, and whose address stays its own
            known = self._known[id(condition), over] = (condition, self._gates[key].number)
        return known[1]


class Truths:
    """What was inferred: the truth of each gate about the dossier or an entity (by its path)."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._truths: dict[tuple[int, str | None], Truth] = {}

    def of(self, key: GateKey, entity: Entity | None) -> Truth:
        """Return the truth of a gate. The gate must have been inferred."""
        return self._truths[(self._numbers.of(key), entity.path if entity else None)]

    def learn(self, gate: Gate, entity: Entity | None, truth: Truth) -> None:
        """Record the truth of a gate."""
        self._truths[(gate.number, entity.path if entity else None)] = truth


def plan(program: Program) -> Plan:
    """Return the shards of each stratum and scope; what can be prepared before any dossier is seen."""
    strata: Plan = []
    for gates in program.strata():
        scopes = dict.fromkeys(gate.key[1] for gate in gates)
        by_scope = [(scope, [gate for gate in gates if gate.key[1] == scope]) for scope in scopes]
        strata.append([(scope, mine, pack(mine)) for scope, mine in by_scope])
    return strata


def prepared(rulebook: Rulebook, kind: str) -> tuple[Program, Plan]:
    """Return what the rules need to judge proposals of a kind: all that can be made before any dossier is seen."""
    asked = [(one.when, None) for one in rulebook.questions.values()]
    program = compile_program(rulebook.derived.values(), rulebook.criteria.values(), asked, kind)
    return program, plan(program)


class Inference:
    """The rules of a program, held by durable-rules. One inference serves many dossiers, one after the other."""

    def __init__(self, module: ModuleType, program: Program, strata: Plan) -> None:
        self._module = module
        self._program = program
        self._strata = strata
        self._numbers = Numbers(program)
        self._rule_sets: dict[str, RuleSet] = {}

    def infer(self, dossier: Dossier, context: Mapping[str, PartialDate | None]) -> Truths:
        """Return the truth of every gate on a dossier. Raises `EngineFailure` if the package does not keep to its door."""
        truths = Truths(self._numbers)
        atoms = Atoms(self._program, dossier, context, truths.of)
        for stratum in self._strata:
            for scope, gates, shards in stratum:
                for entity in _entities(dossier, scope):
                    self._stratum(gates, shards, atoms, entity, truths)
        return truths

    def _stratum(self, gates: list[Gate], shards: list[Shard], atoms: Atoms, entity: Entity | None, truths: Truths) -> None:
        fired: set[str] = set()
        for shard in shards:
            known = {name: atoms.truth(self._program.atoms[name][0], entity) for name in shard.atoms}
            fired.update(self._rule_set(shard).infer({name: int(truth) for name, truth in known.items() if truth is not None}))
        for gate in gates:
            true = gate.true if isinstance(gate.true, bool) else f"{gate.number}:t" in fired
            false = gate.false if isinstance(gate.false, bool) else f"{gate.number}:f" in fired
            if true and false:
                raise EngineFailure(f"gate {gate.number} is both true and false")
            truths.learn(gate, entity, True if true else False if false else None)

    def _rule_set(self, shard: Shard) -> RuleSet:
        if shard.rules not in self._rule_sets:
            self._rule_sets[shard.rules] = RuleSet(self._module, shard)
        return self._rule_sets[shard.rules]

    def close(self) -> None:
        """Release the rules."""
        for rule_set in self._rule_sets.values():
            rule_set.close()
        self._rule_sets.clear()


def _entities(dossier: Dossier, scope: str | None) -> tuple[Entity | None, ...]:
    """Return what the gates of a scope are about: the dossier, or the things of a list and the one that may be there besides."""
    if scope is None:
        return (None,)
    members, other = dossier.members(scope), dossier.other(scope)
    return (*members, other) if members and other is not None else dossier.subjects(scope)
