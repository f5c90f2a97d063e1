"""The guided interview of `child-impact new --interview`."""

from collections.abc import Callable
from datetime import date

import click

from ..assessment.assess import Assessor
from ..assessment.needed import Needed
from ..forms.answers import Answers
from ..forms.interview import Interview, Step, explained
from ..forms.yaml_form import YamlForm
from ..reading.text import Language, Text
from .form_file import FormFile
from .prompts import Ended, Prompts

_MARK = Text("答", "answer")
_HELP = frozenset({"?", "？"})


def interviewed(
    text: str | None,
    answers: Answers,
    assessor: Assessor,
    lang: Language,
    days: tuple[date, date | None],
    target: FormFile,
    rendered: Callable[[str | None, Answers], str | bytes],
    *,
    every: bool,
) -> None:
    """Ask until nothing is left, the outcome can no longer change, or the person ends; what was answered is written at every step."""
    form = YamlForm(assessor.rulebook.vocabulary, lang)
    talk = Interview(text if text is not None else form.new(answers, Needed((), {})), answers, assessor, form, *days)
    prompts = Prompts(lang)
    prompts.say(
        "直接回车：跳过（留作未说明）；无：没有；?：说明；q 或 Ctrl-C：结束，已答的都会保留。",
        "Enter alone: skip (it stays not stated); none: there is none; ?: help; q or Ctrl-C: end, and keep what was answered.",
    )
    try:
        _ask_all(talk, prompts, target, rendered, every=every)
    except Ended:
        prompts.say("已结束，已答内容保留。", "Ended; what was answered is kept.")
    target.write(rendered(talk.text, talk.answers))
    label, code = talk.assessment.outcome.label, talk.assessment.outcome.code
    prompts.say(f"目前结论：{label.zh}（{code}）", f"The outcome so far: {label.en} ({code})")
    if target.path is not None:
        prompts.say(f"已写入 {target.path}", f"written to {target.path}")


def _ask_all(
    talk: Interview, prompts: Prompts, target: FormFile, rendered: Callable[[str | None, Answers], str | bytes], *, every: bool
) -> None:
    while (step := talk.next()) is not None:
        if not every and not talk.can_change():
            prompts.say(
                "再答也不会改变结论了，提问到此为止（要接着问，加 --all）。",
                "No answer can change the outcome any more, so the questions end here (--all goes on).",
            )
            return
        _ask(talk, step, prompts)
        if target.path is not None:
            target.write(rendered(talk.text, talk.answers))
    prompts.say("没有别的问题了。", "There is nothing left to ask.")


def _ask(talk: Interview, step: Step, prompts: Prompts) -> None:
    guide = talk.form.guide
    about = ""
    if step.entity is not None and step.listed is not None:
        about = guide.say(f"{step.listed.one.zh}“{step.entity.id}”：", f"{step.listed.one.en} “{step.entity.id}”: ")
    click.echo(f"\n{about}{guide.of(step.text())}", err=True)
    lines = explained(step, talk.form)
    prompts.say(f"  {lines[-1]}", f"  {lines[-1]}")
    while True:
        said = prompts.line(_MARK)
        if not said:
            talk.skip(step)
            return
        if said in _HELP:
            for line in lines:
                prompts.say(f"  {line}", f"  {line}")
            continue
        problems = talk.answer(step, said)
        if not problems:
            return
        for problem in problems:
            click.echo(f"  {problem.what.in_(prompts.language)} → {problem.todo.in_(prompts.language)}", err=True)
