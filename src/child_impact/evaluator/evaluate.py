"""Evaluating conditions on a dossier under strong Kleene logic, with proofs."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from msgspec.structs import replace

from ..conditions.syntax import (
    All,
    AnyOf,
    Arithmetic,
    Compare,
    Condition,
    Const,
    ContextRef,
    Count,
    DerivedRef,
    Distinct,
    Every,
    Expression,
    FactRef,
    Given,
    Holds,
    Not,
    Number,
    Some,
    Stated,
    Step,
    Sum,
    walk,
)
from ..dossier.facts import Dossier, Entity, Fact, OpenSet, Strength, Unlike
from ..reading.problems import Place
from ..rulebook.model import Derived
from ..vocabulary.paths import field_path, vocabulary_name
from ..vocabulary.values import PartialDate
from .aggregates import count, total
from .distinct import distinct
from .gaps import asked
from .lists import Lists, codes_of
from .proof import Gap, Missing, Proof, Truth, gather, given, unique
from .values import NOTHING, Nothing, Span, Valued, calculate, compare, joined, known


class Evaluator:
    """Evaluates conditions on one dossier.

    `context`: the dates of the assessment by name (`as_of`, `decision_horizon`); None where the date is unknown.
    """

    def __init__(self, dossier: Dossier, derived: Mapping[str, Derived], context: Mapping[str, PartialDate | None]) -> None:
        self.dossier = dossier
        self.derived = derived
        self.context = context
        self._lists = Lists(self)
        self._holds: dict[tuple[str, str | None], Proof] = {}
        self._proved: dict[tuple[int, str | None], tuple[Condition, Proof]] = {}

    def prove_once(self, condition: Condition, entity: Entity | None = None) -> Proof:
        """Return the proof of a condition, from memory if it was proved before."""
        key = (id(condition), entity.path if entity else None)
        if key not in self._proved:
            self._proved[key] = (condition, self.prove(condition, entity))
        return self._proved[key][1]

    def besides(self, list_: str, where: Condition) -> Missing:
        """Return what has to be said for a condition to fail for whatever may be there besides what is listed."""
        return self._lists.besides(list_, where, wanted=False)

    def prove(self, condition: Condition, entity: Entity | None = None) -> Proof:
        """Return the proof of a condition about the dossier, or about one entity of a list."""
        match condition:
            case All(items):
                return self._all(condition, [self.prove(item, entity) for item in items])
            case AnyOf(items):
                return self._any(condition, [self.prove(item, entity) for item in items])
            case Not(item):
                proof = self.prove(item, entity)
                truth = None if proof.truth is None else not proof.truth
                return Proof(condition, truth, proof.strength, proof.facts, proof.missing, (proof,))
            case Compare():
                return self._compare(condition, entity)
            case Given(fact):
                valued = self._fact(fact, entity)
                open_ = valued.value is None or isinstance(valued.value, Unlike)
                return self._leaf(condition, None if open_ else not isinstance(valued.value, Nothing), [valued])
            case Stated():
                return self._stated(condition, entity)
            case Holds(id_, is_entity):
                return self._derived(condition, id_, entity if is_entity else None)
            case Some(list_, where):
                return self._some(condition, list_, where)
            case Every(list_, where):
                return self._every(condition, list_, where)

    def _all(self, condition: Condition, proofs: list[Proof]) -> Proof:
        false = [proof for proof in proofs if proof.truth is False]
        if false:
            return gather(condition, False, false, proofs, strongest=True)
        unknown = [proof for proof in proofs if proof.truth is None]
        if unknown:
            return self._open(condition, proofs, unknown)
        return gather(condition, True, proofs, proofs, strongest=False)

    def _any(self, condition: Condition, proofs: list[Proof]) -> Proof:
        true = [proof for proof in proofs if proof.truth is True]
        if true:
            best = max(proof.strength for proof in true)
            return gather(condition, True, [proof for proof in true if proof.strength is best], proofs, strongest=True)
        unknown = [proof for proof in proofs if proof.truth is None]
        if unknown:
            return self._open(condition, proofs, unknown)
        return gather(condition, False, proofs, proofs, strongest=False)

    def _open(self, condition: Condition, proofs: list[Proof], unknown: list[Proof]) -> Proof:
        facts = unique(fact for proof in proofs for fact in proof.facts)
        missing = unique(gap for proof in unknown for gap in proof.missing)
        return Proof(condition, None, Strength.EVIDENCED, facts, missing, tuple(proofs))

    def _compare(self, condition: Compare, entity: Entity | None) -> Proof:
        left, right = self.value(condition.left, entity), self.value(condition.right, entity)
        truth = self._compared(left, condition, right)
        if truth is not None:
            return self._leaf(condition, truth, [_narrowed(left, condition.right), right])
        proof = self._leaf(condition, None, [left, right])
        return proof if proof.missing else replace(proof, missing=self._vague(condition, proof), facts=_statements(proof.facts))

    def _vague(self, condition: Compare, proof: Proof) -> tuple[Missing, ...]:
        """Return the facts that are known too vaguely to compare: dates without a day, and sets that may have more members."""
        vague = [fact.path for fact in proof.facts if _is_vague(fact)]
        for node in walk(condition):
            day = self.context[node.name] if isinstance(node, ContextRef) else None
            if day is not None and not day.is_exact():
                vague.append("decision_on")
        return unique(Missing(path, vocabulary_name(path), Gap.FACT) for path in vague)

    def _compared(self, left: Valued, condition: Compare, right: Valued) -> Truth:
        if isinstance(left.value, Nothing) or isinstance(right.value, Nothing):
            return False
        if left.value is None or right.value is None:
            return None
        return compare(left.value, condition.op, right.value)

    def _leaf(self, condition: Condition, truth: Truth, read: list[Valued]) -> Proof:
        facts = unique(fact for valued in read for fact in valued.facts)
        missing = unique(gap for valued in read for gap in valued.missing) if truth is None else ()
        return Proof(condition, truth, min(valued.strength for valued in read), facts, missing)

    def _stated(self, condition: Stated, entity: Entity | None) -> Proof:
        if condition.is_list:
            return Proof(condition, condition.fact.name in self.dossier.lists, Strength.EVIDENCED)
        valued = self._fact(condition.fact, entity)
        stated = valued.value is not None and not _only_denied(valued.value)
        return Proof(condition, stated, valued.strength, valued.facts)

    def _derived(self, condition: Condition, id_: str, entity: Entity | None) -> Proof:
        key = (id_, entity.path if entity else None)
        if key not in self._holds:
            definition = self.derived[id_].condition
            assert definition is not None
            self._holds[key] = self.prove(definition, entity)
        proof = self._holds[key]
        return Proof(condition, proof.truth, proof.strength, proof.facts, proof.missing, (proof,))

    def _some(self, condition: Condition, list_: str, where: Condition) -> Proof:
        """Prove that it holds of a thing that is listed: false where it fails for all, and for whatever may be there besides."""
        proofs = self._lists.members(list_, where)
        proof = self._any(condition, proofs)
        if proof.truth is True:
            return proof
        other = self._lists.other(list_, where)
        if other is None or other.truth is False:
            return _of_list(self._any(condition, [*proofs, *given(other)]), proofs, other)
        return self._open_list(condition, proof, proofs, self._lists.besides(list_, where, wanted=False))

    def _every(self, condition: Condition, list_: str, where: Condition) -> Proof:
        """Prove that it holds of all things: true only where it also holds of whatever may be there besides those that are listed."""
        proofs = self._lists.members(list_, where)
        proof = self._all(condition, proofs)
        if proof.truth is False:
            return proof
        other = self._lists.other(list_, where)
        if other is None or other.truth is True:
            return _of_list(self._all(condition, [*proofs, *given(other)]), proofs, other)
        return self._open_list(condition, proof, proofs, self._lists.besides(list_, where, wanted=True))

    def _open_list(self, condition: Condition, proof: Proof, proofs: list[Proof], besides: Missing) -> Proof:
        missing = (*proof.missing, besides) if proof.truth is None else (besides,)
        return Proof(condition, None, Strength.EVIDENCED, proof.facts, unique(missing), tuple(proofs))

    def value(self, expression: Expression, entity: Entity | None = None) -> Valued:
        """Return the value of an expression."""
        match expression:
            case Const(value) | Number(value):
                return Valued(known(value))
            case FactRef():
                return self._fact(expression, entity)
            case ContextRef(name):
                day = self.context[name]
                return Valued(known(day)) if day is not None else Valued(None, missing=(Missing("decision_on", "decision_on", Gap.FACT),))
            case DerivedRef(id_, is_entity):
                return self._derived_number(id_, entity if is_entity else None)
            case Arithmetic(step, left_, right_):
                left, right = self.value(left_, entity), self.value(right_, entity)
                return joined([left, right], _calculated(left, step, right))
            case Count(list_, where):
                return count(self._lists, list_, where)
            case Sum(list_, field, where):
                return total(self._lists, list_, where, self._field(field))
            case Distinct(list_, field, where):
                return distinct(self._lists, list_, where, self._field(field))

    def _derived_number(self, id_: str, entity: Entity | None) -> Valued:
        """Return a derived number; where it is exact, it is shown beside the facts that it follows from."""
        definition = self.derived[id_].value
        assert definition is not None
        valued = self.value(definition, entity)
        if not isinstance(valued.value, Span) or not valued.value.is_exact() or not valued.facts:
            return valued
        number = valued.value.low
        shown = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.01")).normalize()
        fact = Fact(id_, shown, Place(self.dossier.file), valued.strength)
        return replace(valued, facts=(*valued.facts, fact))

    def _field(self, name: str) -> Callable[[Entity], Valued]:
        """Return what reads a field of an entity."""
        return lambda entity: self._fact(FactRef(name, entity=True), entity)

    def _fact(self, ref: FactRef, entity: Entity | None) -> Valued:
        if ref.entity:
            assert entity is not None
            fact, path = entity.facts.get(ref.name), field_path(entity.path, ref.name)
        else:
            fact, path = self.dossier.facts.get(ref.name), ref.name
        if fact is not None:
            return Valued(known(fact.value), fact.strength, (fact,))
        worked = self.dossier.worked.get(path)
        if worked is not None and worked.fact is not None:
            return Valued(known(worked.fact.value), worked.fact.strength, worked.of)
        return Valued(None, facts=worked.of if worked else (), missing=asked(path, worked))


def _calculated(left: Valued, step: Step, right: Valued) -> Span | Nothing | None:
    if isinstance(left.value, Nothing) or isinstance(right.value, Nothing):
        return NOTHING
    if left.value is None or right.value is None:
        return None
    result = calculate(step, left.value, right.value)
    assert result is None or isinstance(result, Span | Nothing)
    return result


def _of_list(proof: Proof, members: list[Proof], other: Proof | None) -> Proof:
    """Return a proof that rests on a list: that there is nothing at all is no better supported than the word for it."""
    return proof if members or other is not None else replace(proof, strength=Strength.ASSERTED)


def _narrowed(valued: Valued, asked: Expression) -> Valued:
    """Return a value with those statements, of several that its fact puts together, that speak of what is asked."""
    if not any(fact.said for fact in valued.facts):
        return valued
    codes = codes_of(asked)
    facts = tuple(one for one in _statements(valued.facts) if one.speaks_of(codes))
    return replace(valued, facts=facts, strength=min((one.strength for one in facts), default=valued.strength))


def _statements(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return unique(one for fact in facts for one in fact.statements())


def _only_denied(value: object) -> bool:
    """Return whether no more is known of a choice or a set than what it is not."""
    return isinstance(value, Unlike) or (isinstance(value, OpenSet) and bool(value.lacks) and not value)


def _is_vague(fact: Fact) -> bool:
    return isinstance(fact.value, OpenSet | Unlike) or (isinstance(fact.value, PartialDate) and not fact.value.is_exact())
