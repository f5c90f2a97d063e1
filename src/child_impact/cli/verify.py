"""`child-impact verify`."""

import sys
from pathlib import Path

import click

from ..assessment.assess import Assessor, EvaluatorsDiffer
from ..assessment.record import Record
from ..assessment.saved import MAX_SAVED, Failed, Saved, SavedFile, read_saved
from ..assessment.verification import verify as verified
from ..dossier.facts import Dossier
from ..dossier.read import read_dossier
from ..engine.door import EngineFailure
from ..reading.problems import DossierRefused, InputRefused, Place, Problem, RulesRefused, shown
from ..reading.source import DOSSIER, STDIN, read_bytes, shown_name
from ..reading.text import Language, Text
from ..rulebook.model import Rulebook
from ..rulebook.store import open_rulebook
from . import judging, options
from .exits import Exit
from .records import RECORD, Records

_SAVED = Text("保存的评价", "the saved assessment")
_LOOKED_FOR = Text(
    "路径按评价时的写法从当前目录找起；请核对目录、路径和权限",
    "the path is looked for from here as it was typed then: check directory, path and permissions",
)
_WRITTEN_OTHERWISE = Text(
    "内容一致，但文件不是本程序写出的样子（字节不同：空白、换行、字节顺序标记或字符的写法）",
    "it says the same, but is written otherwise than this program writes it (bytes differ: spaces, line ends, byte order mark, escapes)",
)
_SAME = Text("与保存的评价一致", "the same as saved")
_SAME_BUT_ENGINE = Text("除求值器不同外与保存的评价一致", "the same as saved, but for the evaluator that served")
_DIFFERENT = Text("与保存的评价不一致", "not the same as saved")


@click.command()
@click.argument("file")
@options.lang
@options.rules
@options.templates
@click.option("--review", metavar="FILE", help="The reviewer's record to run with instead of the one that FILE names.")
def verify(file: str, lang: Language, rules_dir: Path | None, templates: Path | None, review: str | None) -> None:
    """Run a saved assessment again, FILE being what `assess --format json -o FILE` wrote, and say what is different.

    Told apart: the dossier, rules, profile, templates, the reviewer's record, the inference and the version of the program; then what
    became of the outcome and the findings. Dossier, record and templates are looked for under the paths that FILE names, from here.
    That proves that this program gives the same bytes with what lies at those paths now; not who made FILE, nor that the dossier is the one
    that was filed. Exit code 0: the same, byte for byte, or only the evaluator that served differs; 1: different; 4: FILE, a dossier or a
    record cannot be read.

    \b
    Example:
      child-impact verify park.json
    """
    try:
        saved = read_saved(read_bytes(file, _SAVED, MAX_SAVED), "<stdin>" if file == STDIN else file)
        rulebook = open_rulebook(rules_dir)
    except RulesRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.RULES)
    except InputRefused as refused:
        options.tell(refused, lang)
        sys.exit(Exit.DOSSIER)
    if review is not None and len(saved.assessments) != 1:
        raise click.UsageError("--review goes with a file that holds one assessment")
    judging.tell_if_alone(lang)
    run = _Run(file, rulebook, lang, templates, review)
    codes = [*(run.again(one) for one in saved.assessments), *(run.failed(one) for one in saved.failed)]
    sys.exit(max((*codes, run.whole(saved, so_far=max(codes, default=Exit.FINE)))))


class _Run:
    """The new runs for one file."""

    def __init__(self, file: str, rulebook: Rulebook, lang: Language, templates: Path | None, review: str | None) -> None:
        self.file = file
        self.rulebook = rulebook
        self.lang = lang
        self.templates = templates
        self.review = review
        self.assessors: dict[str, Assessor] = {}

    def again(self, saved: Saved) -> Exit:
        """Run one assessment again and print what is different."""
        profile = self.rulebook.profiles.get(saved.profile)
        if profile is None:
            known = ", ".join(self.rulebook.profiles)
            what = Text(
                f"规则里已没有配置“{saved.profile}”，无法重跑", f"the rules have no profile “{saved.profile}” any more: it cannot be run"
            )
            self._say(saved.file, _DIFFERENT, [Text(f"{what.zh}（现有：{known}）", f"{what.en} (there are: {known})").in_(self.lang)])
            return Exit.GATE
        if profile.id not in self.assessors:
            self.assessors[profile.id] = Assessor(self.rulebook, profile)
        try:
            dossier = read_dossier(_input_bytes(saved.file, self.file, DOSSIER), saved.file, self.rulebook.vocabulary)
            fresh = self.assessors[profile.id].assess(dossier, saved.as_of, saved.as_of, self._record(saved, dossier))
            templates = self._templates(saved)
        except InputRefused as refused:
            options.tell(refused, self.lang)
            return Exit.DOSSIER
        except (EvaluatorsDiffer, EngineFailure) as error:
            click.echo(f"child-impact: {saved.file}: internal error ({type(error).__name__}): {error}", err=True)
            return Exit.INTERNAL
        verification = verified(saved, fresh, templates)
        if verification.same:
            self._say(saved.file, _SAME, [])
            return Exit.FINE
        from ..report.render import wording
        from ..report.verification_text import VerificationText

        blocks = VerificationText(wording(fresh, self.lang)).blocks(verification)
        if verification.only_engine:
            self._say(saved.file, _SAME_BUT_ENGINE, blocks[:1])
            return Exit.FINE
        self._say(saved.file, _DIFFERENT, blocks)
        return Exit.GATE

    def _templates(self, saved: Saved) -> Path | None:
        """Return the bureau's templates that the assessment was saved with, or those to run with instead."""
        if self.templates is not None or saved.templates is None:
            return self.templates
        directory = Path(saved.templates)
        if not directory.is_dir():
            what = Text("模板目录不在这里", "the directory of templates is not here")
            raise DossierRefused([Problem(Place(saved.templates), what, _LOOKED_FOR)])
        return directory

    def _record(self, saved: Saved, dossier: Dossier) -> Record | None:
        """Return the reviewer's record that the assessment was saved with, or the one to run with instead."""
        file = self.review or saved.review
        if file is None:
            return None
        from ..assessment.record_read import read_record

        record = read_record(_input_bytes(file, self.file, RECORD), file, self.rulebook)
        records = Records([record])
        if records.about(dossier) is None:
            records.all_claimed()
        return record

    def failed(self, failed: Failed) -> Exit:
        """Say whether a dossier that could not be assessed when the file was written still cannot be read, for the same reasons."""
        name = failed.file
        try:
            dossier = read_dossier(_input_bytes(name, self.file, DOSSIER), name, self.rulebook.vocabulary)
        except DossierRefused as refused:
            if list(failed.said) in (refused.lines("zh"), refused.lines("en")):
                self._say(name, Text("仍无法读取，与保存时一致", "cannot be read, as when it was saved"), [])
                return Exit.FINE
            self._say(name, Text("仍无法读取，但原因与保存时不同", "cannot be read, for other reasons than when it was saved"), [])
            return Exit.GATE
        if list(failed.said) in (shown(dossier.sightings, "zh"), shown(dossier.sightings, "en")):
            self._say(name, Text("含有个人信息，与保存时一致", "holds personal data, as when it was saved"), [])
            return Exit.FINE
        self._say(name, Text("保存时未能评价，现在可以读取", "could not be assessed when it was saved, and can be read now"), [])
        return Exit.GATE

    def whole(self, saved: SavedFile, so_far: Exit) -> Exit:
        """Say what is amiss with the file as a whole; how it is written, only where nothing else was different."""
        amiss = list(saved.amiss)
        if not amiss and so_far is Exit.FINE and not saved.as_written:
            amiss.append(_WRITTEN_OTHERWISE)
        for one in amiss:
            self._say(shown_name(self.file), one, [])
        return Exit.FINE if saved.as_written and not amiss else Exit.GATE

    def _say(self, name: str, verdict: Text, blocks: list[str]) -> None:
        head = f"{name}{'：' if self.lang == 'zh' else ': '}{verdict.in_(self.lang)}"
        click.echo("\n\n".join([head, *blocks]) + ("\n" if blocks else ""))


def _input_bytes(name: str, saved_in: str, noun: Text) -> bytes:
    """Return the bytes of an input that a saved assessment names. Raises `DossierRefused`, with what to do, if it cannot be read."""
    if name in (STDIN, "<stdin>"):
        what = Text(
            f"这份评价的{noun.zh}来自标准输入，无法再读", f"{noun.en} of this assessment came from standard input and cannot be read again"
        )
        todo = Text(f"请把{noun.zh}存成文件后重新评价", f"save {noun.en} in a file and assess with that")
        raise DossierRefused([Problem(Place(saved_in), what, todo)])
    try:
        return read_bytes(name, noun)
    except DossierRefused as refused:
        raise DossierRefused([Problem(one.place, one.what, _LOOKED_FOR) for one in refused.problems]) from None
