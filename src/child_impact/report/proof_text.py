"""The proof of a verdict as indented text: each condition with its truth, the facts it read with their lines, and what is missing."""

from ..assessment.model import Finding
from ..assessment.questions import question
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
    Op,
    Some,
    Stated,
    Step,
    Sum,
)  # fmt: skip
from ..evaluator.proof import Proof
from ..reading.text import Text
from ..vocabulary.model import Field
from ..vocabulary.paths import BLANK, parts
from . import remarks
from .measures import Measures
from .wording import Wording

_MARKS = {True: "✓", False: "✗", None: "?"}
_OPS = {
    Op.EQ: Text("为", "is"),
    Op.LT: Text("小于", "is less than"),
    Op.LE: Text("不超过", "is at most"),
    Op.GT: Text("大于", "is more than"),
    Op.GE: Text("不小于", "is at least"),
    Op.BEFORE: Text("早于", "is before"),
    Op.AFTER: Text("晚于", "is after"),
    Op.ON_OR_BEFORE: Text("不晚于", "is on or before"),
    Op.ON_OR_AFTER: Text("不早于", "is on or after"),
    Op.IN: Text("属于", "is one of"),
    Op.HAS_ANY: Text("至少含其一：", "has any of"),
    Op.HAS_ALL: Text("全部含有：", "has all of"),
    Op.HAS_NONE: Text("均不含：", "has none of"),
    Op.WITHIN: Text("位于", "lies within"),
}
_STEPS = {Step.ADD: "+", Step.SUBTRACT: "−", Step.MULTIPLY: "×", Step.DIVIDE: "÷"}
_CONTEXT = {"as_of": Text("评价时点", "the day of judgement"), "decision_horizon": Text("决策时点", "the decision")}


class ProofText:
    """Words the proofs of findings in one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.zh = wording.language == "zh"
        self.measures = Measures(wording)

    def finding(self, finding: Finding) -> str:
        """Return the proof of a finding: verdict, when it applies, what it requires, and what would change it."""
        wording, criterion = self.wording, finding.criterion
        about = f" · {finding.entity.path} ({finding.entity.id})" if finding.entity else ""
        head = f"{criterion.id}{about}\n{wording.of(criterion.title)}{'：' if self.zh else ': '}{wording.verdict(finding)}"
        parts = [head]
        for label, proof in ((self._say("适用条件", "Applies when"), finding.when), (self._say("要求", "Requires"), finding.require)):
            if proof is not None:
                parts.append("\n".join([label, *self._lines(proof, 1)]))
        if finding.denied_by:
            denied = [f"  {wording.fact(fact)} ({fact.place})" for fact in finding.denied_by]
            parts.append("\n".join([self._say("档案写明没有的", "What the dossier says is not there"), *denied]))
        if finding.unless is not None:
            parts.append("\n".join([self._say("例外", "Unless"), f"  {self.measures.exception(finding)}", *self._lines(finding.unless, 1)]))
        if finding.norms:
            norms = [f"  {_MARKS[one.holds if one.applies else None]} {self.measures.explained(one)}" for one in finding.norms]
            parts.append("\n".join([self._say("标准", "Norms"), *norms]))
        if finding.missing:
            questions = [
                f"  {gap.path}{'：' if self.zh else ': '}{wording.of(question(gap, wording.vocabulary).text)}" for gap in finding.missing
            ]
            parts.append("\n".join([self._say("说明下列事实可改变结论", "Stating these can change the verdict"), *questions]))
        if finding.is_gap:
            parts.append(f"{self._say('补正', 'Remedy')}{'：' if self.zh else ': '}{wording.of(finding.remedy)}")
        basis = [
            f"  {wording.clause(ground)}（{wording.code('status', ground.status)}）"
            if self.zh
            else f"  {wording.clause(ground)} ({wording.code('status', ground.status)})"
            for ground in finding.grounds
        ]
        parts.append("\n".join([self._say("依据", "Basis"), *basis]))
        return "\n\n".join(parts) + "\n"

    def _say(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def _lines(self, proof: Proof, depth: int) -> list[str]:
        about = f"[{self._about(proof.about)}] " if proof.about else ""
        line = f"{'  ' * depth}{_MARKS[proof.truth]} {about}{self.condition(proof.condition, proof)}"
        children = proof.children
        if not children:
            read = [f"{self.wording.fact(fact, whole=True)} ({fact.place})" for fact in proof.facts]
            gaps = [self._gap(gap.path) for gap in proof.missing]
            if read or gaps:
                line += "  ← " + "; ".join([*read, *gaps])
        return [line, *(more for child in children for more in self._lines(child, depth + 1))]

    def _gap(self, path: str) -> str:
        """Return what is missing, and the words that stand in its place."""
        words = self.wording.assessment.dossier.remarks.get(path)
        if words is None:
            return f"{path}{self._say('：未说明', ': not stated')}"
        return f"{path}{self._say('：', ': ')}{remarks.remark(words, self.wording, whole=True)} ({words.place})"

    def _about(self, path: str) -> str:
        """Return the entry that a proof is about, or whatever may be there besides those that are listed."""
        return self._say("所列之外", "any that is not listed") if parts(path).entry == BLANK else path

    def condition(self, condition: Condition, proof: Proof | None = None) -> str:
        """Return a condition in words, without its parts."""
        say, lists = self._say, self.wording.vocabulary.lists
        match condition:
            case All(items):
                return say("以下都成立", "all of") if items else say("总是", "always")
            case AnyOf():
                return say("以下至少一项成立", "any of")
            case Not():
                return say("以下不成立", "not")
            case Holds(id_):
                return self.wording.of(self.wording.assessment.rulebook.derived[id_].label)
            case Some(list_):
                return say(f"“{lists[list_].label.zh}”中至少一项满足", f"some of the {lists[list_].label.en}")
            case Every(list_):
                return say(f"“{lists[list_].label.zh}”中每一项都满足", f"every one of the {lists[list_].label.en}")
            case Given(fact):
                return say(f"载明{self._value(fact, proof)}", f"{self._value(fact, proof)} is given")
            case Stated(fact):
                return say(f"档案写有{fact.name}", f"{fact.name} is stated")
            case Compare(left, op, right):
                parts = (self._value(left, proof), _OPS[op].in_(self.wording.language), self._operand(left, right, proof))
                return ("" if self.zh else " ").join(parts)

    def _operand(self, left: Expression, right: Expression, proof: Proof | None) -> str:
        if isinstance(right, Const):
            field = self._field(left, proof)
            return self.wording.value(right.value, field)
        if isinstance(right, Number):
            return self.wording.number(right.value, self._unit(left, proof))
        return self._value(right, proof)

    def _unit(self, expression: Expression, proof: Proof | None) -> str | None:
        """Return the unit of what is compared, where it has one."""
        if isinstance(expression, DerivedRef):
            return self.wording.assessment.rulebook.derived[expression.id].unit
        field = self._field(expression, proof)
        return field.unit if field else None

    def _field(self, expression: Expression, proof: Proof | None) -> Field | None:
        if not isinstance(expression, FactRef):
            return None
        if not expression.entity:
            return self.wording.vocabulary.fact(expression.name)
        places = [gap.name for gap in proof.missing] + [fact.path for fact in proof.facts] if proof else []
        for listed in self.wording.vocabulary.lists.values():
            if expression.name in listed.fields and any(self.wording.vocabulary.listed(place) is listed for place in places):
                return listed.fields[expression.name]
        return next(
            (listed.fields[expression.name] for listed in self.wording.vocabulary.lists.values() if expression.name in listed.fields), None
        )

    def _value(self, expression: Expression, proof: Proof | None) -> str:
        match expression:
            case Const(value) | Number(value):
                return self.wording.value(value, None)
            case FactRef(name):
                field = self._field(expression, proof)
                return self.wording.of(field.label) if field else name
            case ContextRef(name):
                return _CONTEXT[name].in_(self.wording.language)
            case DerivedRef(id_):
                return self.wording.of(self.wording.assessment.rulebook.derived[id_].label)
            case Arithmetic(Step.DAYS, left, right):
                return self._say(
                    f"从{self._value(left, proof)}到{self._value(right, proof)}的天数",
                    f"the days from {self._value(left, proof)} to {self._value(right, proof)}",
                )
            case Arithmetic(step, left, right):
                return f"({self._value(left, proof)} {_STEPS[step]} {self._value(right, proof)})"
            case _:
                return self._of_list(expression)

    def _of_list(self, expression: Count | Sum | Distinct) -> str:
        lists = self.wording.vocabulary.lists
        match expression:
            case Count(list_):
                return self._say(f"满足条件的{lists[list_].label.zh}的数目", f"the number of such {lists[list_].label.en}")
            case Distinct(list_, field_name):
                label = self.wording.of(lists[list_].fields[field_name].label)
                return self._say(
                    f"满足条件的{lists[list_].label.zh}有几种不同的{label}",
                    f"different values of {label} of such {lists[list_].label.en}",
                )
            case Sum(list_, field_name):
                label = self.wording.of(lists[list_].fields[field_name].label)
                return self._say(f"{lists[list_].label.zh}的{label}合计", f"the total {label} of the {lists[list_].label.en}")
