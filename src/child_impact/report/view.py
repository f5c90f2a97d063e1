"""What the documents about an assessment print: its parts, worded, grouped and ordered.

Every document is given the same parts and prints those that it needs, so that a bureau's template can use any of them. A part is made when
a template asks for it.
"""

from functools import cached_property

from .due import due_here
from .figures import Balance, balance
from .imprint import colophon, identity
from .open_questions import OpenQuestions
from .points import Points
from .proposal_view import ProposalView
from .prospect import prospect
from .record import RecordWords
from .rows import Asked, Carried, Domain, Gap, OpenPoint, Prospect, RecordView, Row, Selection, Unchecked
from .screening import Screened, screened
from .simple import Topics, topics
from .steps import Steps


class View(ProposalView):
    """The parts of one assessment in one language: those about the proposal, and what was found."""

    @cached_property
    def _points(self) -> Points:
        return Points(self._wording)

    @cached_property
    def _questions(self) -> OpenQuestions:
        return OpenQuestions(self._wording, self._points)

    @cached_property
    def _steps(self) -> Steps:
        return Steps(self._wording, self._points, self._questions)

    @property
    def code(self) -> str:
        """The code of the outcome."""
        return self._assessment.outcome.code

    @property
    def outcome(self) -> str:
        """The outcome."""
        return self._wording.of(self._assessment.outcome.label)

    @property
    def outcome_because(self) -> str:
        """Why the outcome is what it is."""
        return self._wording.of(self._assessment.outcome.because)

    @property
    def holding(self) -> list[Gap]:
        """The points that led to the outcome."""
        return self._points.holding()

    @property
    def holding_questions(self) -> list[Row]:
        """The questions that led to the outcome, with who can answer."""
        return self._questions.deciding()

    @property
    def holding_planned(self) -> list[str]:
        """What is required and met by plans alone, and so led to the outcome."""
        return self._points.planned()

    @cached_property
    def balance(self) -> Balance | None:
        """How the demands stand, by the five friendlies."""
        return balance(self._wording)

    @cached_property
    def domains(self) -> list[Domain]:
        """By the five friendlies: what is in place, what is to be put right, what may be improved."""
        return self._points.domains()

    @property
    def strengths(self) -> Selection[str]:
        """The titles of the demands that are met, the weightiest first."""
        return self._points.strengths()

    @property
    def gaps(self) -> list[Gap]:
        """The points that apply here, the weightiest first."""
        return self._points.applying()

    @property
    def demanded(self) -> list[tuple[str, list[Gap]]]:
        """The points that apply here under the heading of how they bear on the outcome; a heading with none is left out."""
        parts = [("required", [gap for gap in self.gaps if gap.required]), ("expected", [gap for gap in self.gaps if not gap.required])]
        return [(self._wording.code("demanded", code), gaps) for code, gaps in parts if gaps]

    @property
    def advice(self) -> Selection[Gap]:
        """The points that are reference or encouragement only."""
        return self._points.advice()

    @property
    def every_advice(self) -> list[Gap]:
        """All points that are reference or encouragement only, not the weightiest alone."""
        return self._points.every_advice()

    @property
    def undetermined(self) -> list[OpenPoint]:
        """What decides whether further demands apply."""
        return self._questions.undetermined()

    @property
    def asked(self) -> list[Asked]:
        """The open questions, by who can answer."""
        return self._questions.asked()

    @property
    def questions(self) -> list[Asked]:
        """Those of `asked` with questions that bear on what is required or expected here."""
        return [asked for asked in self.asked if asked.questions]

    @property
    def optional(self) -> list[Asked]:
        """Those of `asked` with questions that serve as advice."""
        return [asked for asked in self.asked if asked.optional]

    @property
    def annex(self) -> dict[str, int]:
        """The numbers of the annexes that there are."""
        more = any(domain.more for domain in self.domains)
        names = ["clauses", "facts", "questions", *(["advice"] if self.advice.rows else []), *(["more"] if more else [])]
        return {name: number for number, name in enumerate(names, start=1)}

    @property
    def judgements(self) -> Selection[Row]:
        """What is left to the reviewer's judgement."""
        return self._questions.judgements()

    @property
    def carried(self) -> list[Carried]:
        """What waits for a later stage."""
        return self._steps.carried()

    @property
    def due(self) -> str:
        """By when what applies here is to be put right."""
        return due_here(self._wording)

    @property
    def steps(self) -> list[Row]:
        """What is to be done by when."""
        return self._steps.steps()

    @property
    def prospect(self) -> Prospect:
        """What the conclusion would become, and what would make it worse."""
        return prospect(self._wording)

    @property
    def unchecked(self) -> Selection[Unchecked]:
        """The demands that are met, of whose clauses only a part was checked."""
        return self._points.unchecked()

    @property
    def topics(self) -> Topics:
        """What the version for children says."""
        return topics(self._wording, self._points)

    @property
    def screened(self) -> Screened:
        """Whether an assessment is due, and why."""
        return screened(self._wording)

    @property
    def screening_questions(self) -> list[Row]:
        """What would settle whether an assessment is due, with who can answer."""
        return self._questions.screening()

    @property
    def due_unknown(self) -> bool:
        """Whether it is open if an assessment is due."""
        return self._assessment.screening.due is None

    @property
    def counts(self) -> list[Row]:
        """How many demands came to each verdict."""
        return [Row(self._wording.code("verdict", verdict.value), str(count)) for verdict, count in self._assessment.counts().items()]

    @property
    def cross_checked(self) -> bool:
        """Whether two evaluators agreed."""
        return self._assessment.cross_checked

    @property
    def colophon(self) -> str:
        """By which rules and which program the document was made, in one line."""
        return colophon(self._wording)

    @property
    def record(self) -> list[Row]:
        """What identifies the inputs, and the program."""
        return identity(self._wording) + (self.review.rows if self.review else [])

    @cached_property
    def review(self) -> RecordView | None:
        """What the reviewer recorded, or None where there is no record."""
        return RecordWords(self._wording).view()
