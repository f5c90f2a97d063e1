"""What a finding was measured by, in words: the norm that judged, others on the same quantity, the exception that a clause allows."""

from collections.abc import Iterable

from ..assessment.measured import Measured
from ..assessment.model import Finding, Verdict
from ..evaluator.proof import unique
from ..reading.text import Text
from ..rulebook.quantities import SIGNS
from .wording import Wording

_HOLDS = {
    True: Text("据此视为符合", "it is met by this"),
    False: Text("材料载明没有此情形", "the file says that there is none"),
    None: Text("材料未说明是否有此情形", "the file does not say whether this is so"),
}
_STANDS = {
    True: Text("适用，另有更严的", "applies, another is stricter"),
    False: Text("不适用", "does not apply"),
    None: Text("是否适用待定", "may apply"),
}
_JUDGED = Text("据此判断", "judged by")
_REFERENCE = Text("仅供参考", "for reference only")


class Measures:
    """Words what findings were measured by."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.zh = wording.language == "zh"

    def of(self, group: Iterable[Finding]) -> str:
        """Return the norms and the exception of findings of one criterion, or nothing; of findings that are met only what judged."""
        group = list(group)
        norms = unique(one for finding in group for one in finding.norms if one.judged or finding.verdict is not Verdict.MET)
        said = [*self._norms(norms), *self._exceptions(group)]
        return ("；" if self.zh else "; ").join(dict.fromkeys(said))

    def beside(self, state: str, group: Iterable[Finding]) -> str:
        """Return what the dossier says of findings, and then what they were measured by."""
        return ("；" if self.zh else "; ").join(part for part in (state, self.of(group)) if part)

    def _norms(self, norms: tuple[Measured, ...]) -> list[str]:
        judged, others = [one for one in norms if one.judged], [one for one in norms if not one.judged and one.applies is not False]
        lines = self._line("标准" if self.zh else "norm", judged)
        lines += self._line("同样适用" if self.zh else "applies too", [one for one in others if one.applies and one.norm.judges])
        lines += self._line("是否适用待定" if self.zh else "may apply", [one for one in others if one.applies is None and one.norm.judges])
        return lines + self._line("仅供参考" if self.zh else "for reference only", [one for one in others if not one.norm.judges])

    def _line(self, label: str, norms: list[Measured]) -> list[str]:
        shown = unique(self.norm(one) for one in norms)
        return [f"{label}{'：' if self.zh else ': '}{('；' if self.zh else '; ').join(shown)}"] if shown else []

    def norm(self, one: Measured) -> str:
        """Return a norm: its figure, whom it is about, and its clause."""
        figure = f"{SIGNS[one.norm.comparison]}{self.wording.number(one.norm.value, one.norm.unit)}"
        subject, clause = self.wording.of(one.norm.subject), self.wording.clause_of(one.norm.clause)
        return f"{figure}，{subject}，见{clause}" if self.zh else f"{figure}, {subject}, {clause}"

    def explained(self, one: Measured) -> str:
        """Return a norm with how it stands (whether it judged) and where its figure was read."""
        stands = (_STANDS[one.applies] if not one.judged else _JUDGED) if one.norm.judges else _REFERENCE
        said, read = stands.in_(self.wording.language), self.wording.of(one.norm.read)
        return f"{self.norm(one)}：{said}；读自{read}" if self.zh else f"{self.norm(one)}: {said}; read: {read}"

    def _exceptions(self, group: list[Finding]) -> list[str]:
        return [said for finding in group if (said := self.exception(finding))]

    def exception(self, finding: Finding) -> str:
        """Return the exception that the clause of a finding allows, and whether it holds; nothing where it is not needed."""
        allowed = finding.criterion.unless
        if allowed is None or finding.unless is None:
            return ""
        says, clause = self.wording.of(allowed.says), self.wording.clause_of(allowed.clause)
        holds = _HOLDS[finding.unless.truth].in_(self.wording.language)
        return f"例外：{says}，见{clause}；{holds}" if self.zh else f"exception: {says}, {clause}; {holds}"
