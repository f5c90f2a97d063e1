"""What the documents print of a proposal itself: what its dossier says, who was heard, and on what basis it was judged."""

from functools import cached_property

from .background import Background
from .bases import Bases
from .changes import Change, changes, changes_open
from .figures import Timeline, timeline
from .opinions import Opinion, opinions
from .rows import BasisGroup, ClauseGroup, Row, Stated, Table
from .wording import Wording


class ProposalView:
    """The parts about one proposal in one language."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._assessment = wording.assessment
        self._background = Background(wording)

    @cached_property
    def _bases(self) -> Bases:
        return Bases(self._wording)

    def _text(self, path: str) -> str:
        return self._wording.of(self._assessment.dossier.text(path))

    @property
    def title(self) -> str:
        """What the proposal is called."""
        return self._text("title")

    @property
    def exercise(self) -> str:
        """The note that the dossier is an exercise only, or nothing."""
        return self._text("exercise_note")

    @property
    def owner(self) -> str:
        """Who proposes it, or nothing."""
        return self._text("owner")

    @property
    def meta(self) -> list[Row]:
        """What the head of a document says."""
        return self._background.meta()

    @property
    def as_of(self) -> str:
        """The day on which the proposal is judged."""
        return self._background.as_of()

    @property
    def brief(self) -> list[Row]:
        """What is proposed, how large it is and for whom, each in one line."""
        return self._background.brief()

    @property
    def overview(self) -> Table:
        """What is proposed, and how large it is."""
        return self._background.overview()

    @property
    def bases(self) -> list[BasisGroup]:
        """The sources applied, by how they stand."""
        return self._bases.groups()

    @property
    def clauses(self) -> list[ClauseGroup]:
        """Every clause applied, by source."""
        return self._bases.clauses()

    @property
    def stated(self) -> list[Stated]:
        """All that the dossier states, in the order of its lines."""
        return self._background.stated()

    @property
    def children(self) -> Table:
        """Which children are affected, and what is not stated about them."""
        return self._background.children()

    @property
    def changes(self) -> list[Change]:
        """What children gain and lose, and what answers each loss."""
        return changes(self._wording)

    @property
    def changes_open(self) -> str:
        """Whether gains and losses are listed, none, or not_stated."""
        return changes_open(self._wording)

    @property
    def papers(self) -> list[str]:
        """The papers that the dossier rests on."""
        return self._background.papers()

    @property
    def hearings(self) -> list[Row]:
        """Who was heard, and how."""
        return self._background.hearings()

    @property
    def hearings_open(self) -> str:
        """Whether hearings are listed, none, or not_stated."""
        return self._background.hearings_open()

    @property
    def opinions(self) -> list[Opinion]:
        """Who was heard, and what became of what they said."""
        return opinions(self._wording)

    @cached_property
    def timeline(self) -> Timeline | None:
        """The dated events of the dossier."""
        return timeline(self._wording)

    @property
    def warnings(self) -> list[str]:
        """What is to be mended in the dossier."""
        colon = "：" if self._wording.language == "zh" else ": "
        return [f"{problem.place}{colon}{problem.what.in_(self._wording.language)}" for problem in self._assessment.dossier.warnings]
