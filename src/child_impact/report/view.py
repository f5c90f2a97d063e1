"""The view model of the assessment report: everything that its template prints, worded, grouped and ordered."""

from .background import Background
from .points import Points
from .record import RecordWords
from .rows import ReportView, Row
from .wording import Wording


def report_view(wording: Wording) -> ReportView:
    """Return what the template of the assessment report prints, in the language of `wording`."""
    assessment = wording.assessment
    background, points = Background(wording), Points(wording)
    review = RecordWords(wording).view()
    colon = "：" if wording.language == "zh" else ": "
    return ReportView(
        title=wording.of(assessment.dossier.text("title")),
        exercise=wording.of(assessment.dossier.text("exercise_note")),
        meta=background.meta(),
        outcome=wording.of(assessment.outcome.label),
        outcome_because=wording.of(assessment.outcome.because),
        code=assessment.outcome.code,
        holding=points.holding(),
        holding_questions=points.deciding_questions(),
        holding_planned=points.planned(),
        overview=background.overview(),
        bases=background.bases(),
        children=background.group_rows("children"),
        hearings=background.hearings(),
        hearings_open=background.hearings_open(),
        domains=points.domains(),
        gaps=points.applying(),
        advice=points.advice(),
        undetermined=points.undetermined(),
        asked=points.asked(),
        judgements=points.judgements(),
        carried=points.carried(),
        partial=points.partial(),
        warnings=[f"{problem.place}{colon}{problem.what.in_(wording.language)}" for problem in assessment.dossier.warnings],
        counts=[Row(wording.code("verdict", verdict.value), str(count)) for verdict, count in assessment.counts().items()],
        record=background.record() + (review.rows if review else []),
        cross_checked=assessment.cross_checked,
        due_unknown=assessment.screening.due is None,
        review=review,
    )
