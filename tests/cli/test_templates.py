"""Templates of an office: one file, one block, one word; run in a sandbox; wrong ones are refused with their line."""

import filecmp
import shutil
from pathlib import Path

import pytest

DAY = ("--as-of", "2026-06-01", "--fail-on", "never")
ROOT = Path(__file__).parent.parent.parent
ORIGINALS = ROOT / "templates"


@pytest.fixture
def park(dossier_file):
    return dossier_file("park.yaml", id="park", place="'100000'")


@pytest.fixture
def own(tmp_path):
    """A directory of an office: `own("zh/assessment.md.j2", "…")` writes a file in it and gives the directory."""
    directory = tmp_path / "own"
    directory.mkdir()

    def write(name, text):
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return directory

    return write


@pytest.fixture
def assessed(call, small_rules, park):
    """A park assessed with templates: `assessed(directory, "--lang", "en")`."""
    return lambda directory, *more: call("assess", park, "--rules", small_rules, "--templates", directory, *DAY, "-q", *more)


@pytest.fixture
def plain(call, small_rules, park):
    return call("assess", park, "--rules", small_rules, *DAY, "-q").stdout


class TestOverriding:
    """What an office changes is used; all else stays."""

    def test_a_directory_without_templates_is_refused(self, assessed, tmp_path):
        """It is taken for a mistake: whoever names templates expects to see them."""
        (tmp_path / "own").mkdir()
        done = assessed(tmp_path / "own")
        assert done.exit_code == 2
        assert "templates export" in done.stderr

    def test_one_file(self, assessed, own):
        """A file replaces the one of its name, in its language only."""
        directory = own("zh/assessment.md.j2", "# 本局格式：{{ view.title }}\n")
        assert assessed(directory).stdout == "# 本局格式：Test\n"
        assert assessed(directory, "--lang", "en").stdout.startswith("# Child impact assessment: Test\n")

    def test_one_block(self, assessed, own, plain):
        """A template that extends the program's changes one block."""
        text = '{% extends "program/zh/assessment.md.j2" %}\n{% block signature %}\n局长（签字）：\n{% endblock %}\n'
        said = assessed(own("zh/assessment.md.j2", text)).stdout
        assert "局长（签字）：" in said
        assert "审查人：" not in said
        assert said.split("局长")[0] == plain.split("审查人：")[0]

    def test_one_word(self, assessed, own, plain):
        """A word is replaced wherever it is used."""
        said = assessed(own("words.yaml", "verdict:\n  not_stated: {zh: 尚缺材料, en: material missing}\n")).stdout
        assert "尚缺材料" in said
        assert plain.count("尚缺材料") == 0

    def test_no_word(self, assessed, own, plain):
        """An empty words.yaml is none."""
        assert assessed(own("words.yaml", "# nothing yet\n")).stdout == plain

    def test_style_page_and_figure(self, assessed, own):
        """The page around a document, its style and its figures are templates too."""
        own("page/style.css", "body { color: rebeccapurple }")
        own("figures/balance.svg.j2", '<svg viewBox="0 0 640 10"><title>{{ figure.title }}!</title></svg>')
        directory = own("page/page.html.j2", "<!DOCTYPE html><title>{{ title }}</title><style>{{ style }}</style>{{ body }}")
        said = assessed(directory, "--format", "html").stdout
        assert "rebeccapurple" in said
        assert "（条数）!</title>" in said
        assert "<script>" not in said


class TestSandbox:
    """A template from elsewhere cannot reach the program or the system."""

    @pytest.mark.parametrize(
        "text",
        [
            "{{ ''.__class__ }}",
            "{{ ''.__class__.__mro__[1].__subclasses__() }}",
            "{{ view.__init__.__globals__ }}",
            "{{ mark.__func__.__code__ }}",
            "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
            "{% set _ = view.gaps.append(1) %}",
            "{{ ''|attr('__class__') }}",
            "{{ '{0.__class__}'.format(view) }}",
            "{% for one in range(99999999) %}{% endfor %}",
            "{% include '../../../../../../etc/passwd' %}",
            "{% include '/etc/passwd' %}",
        ],
    )
    def test_it_is_refused(self, assessed, own, text):
        """Exit code 2, the template and its line, and nothing written."""
        done = assessed(own("zh/assessment.md.j2", f"# {{{{ view.title }}}}\n\n{text}\n"))
        assert done.exit_code == 2, done.stdout
        assert done.stderr.startswith("zh/assessment.md.j2:3：")
        assert done.stdout == ""


class TestErrors:
    """What is wrong with a template is said with its name and line, in the language of the user."""

    def test_a_block_that_is_not_there(self, assessed, own):
        """It would be left out without a word."""
        directory = own("zh/assessment.md.j2", '{% extends "program/zh/assessment.md.j2" %}\n{% block haed %}x{% endblock %}\n')
        done = assessed(directory)
        assert done.exit_code == 2
        assert "assessment.md.j2:2" in done.stderr
        assert "haed" in done.stderr
        assert "signature" in done.stderr

    @pytest.mark.parametrize(
        ("text", "place", "said"),
        [
            ("a\n{% if %}\n", "zh/assessment.md.j2:2", "模板无法使用"),
            ("a\n{{ view.title\n", "zh/assessment.md.j2:2", "模板无法使用"),
            ("a\n\n{{ nobody }}\n", "zh/assessment.md.j2:3", "nobody"),
            ("{{ view.nothing }}\n", "zh/assessment.md.j2:1", "nothing"),
            ("a\n{{ view.title | shout }}\n", "zh/assessment.md.j2:2", "shout"),
            ("a\n{{ 1 / 0 }}\n", "zh/assessment.md.j2:2", "模板无法使用"),
            ("a\n{{ view.gaps[99].title }}\n", "zh/assessment.md.j2:2", "99"),
            ("a\n{{ view.title(1) }}\n", "zh/assessment.md.j2:2", "模板无法使用"),
            ('{% extends "nowhere.md.j2" %}\n', "zh/assessment.md.j2:1", "nowhere.md.j2"),
            ('a\n{% include "gone.j2" %}\n', "zh/assessment.md.j2:2", "gone.j2"),
            ('{% extends "zh/assessment.md.j2" %}\n', "zh/assessment.md.j2", "program/zh/assessment.md.j2"),
            ('{% extends "program/zh/assessment.md.j2" %}\n{% block head %}\n{{ oops }}\n{% endblock %}', "zh/assessment.md.j2:3", "oops"),
        ],
    )
    def test_of_a_document(self, assessed, own, text, place, said):
        """Syntax, names, filters, sums, calls and other templates."""
        done = assessed(own("zh/assessment.md.j2", text))
        assert done.exit_code == 2
        assert done.stderr.startswith(f"{place}：")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""

    def test_of_a_figure(self, assessed, own):
        """A figure is named as a document is."""
        done = assessed(own("figures/balance.svg.j2", "<svg>\n{{ figure.colour }}</svg>"), "--format", "html", "--lang", "en")
        assert done.exit_code == 2
        assert done.stderr.startswith("figures/balance.svg.j2:2: ")

    def test_of_a_page(self, assessed, own):
        """The page is named as a document is."""
        done = assessed(own("page/page.html.j2", "\n\n{{ tittle }}"), "--format", "html")
        assert done.exit_code == 2
        assert done.stderr.startswith("page/page.html.j2:3：")

    @pytest.mark.parametrize("name", ["page/style.css", "zh/assessment.md.j2", "words.yaml"])
    def test_of_a_file_in_another_encoding(self, assessed, own, name):
        """A file in GBK is named, not guessed at."""
        directory = own(name, "x")
        (directory / name).write_bytes("样式".encode("gbk"))
        done = assessed(directory, "--format", "html")
        assert done.exit_code == 2
        assert done.stderr.startswith(name)

    @pytest.mark.parametrize(
        ("text", "place", "said"),
        [
            ("verdict:\n  met: {zh: 好, en: good}\n  nearly: {zh: 近, en: near}\n", "words.yaml:3:3", "verdict.nearly"),
            ("verdicts:\n  met: {zh: 好, en: good}\n", "words.yaml:1:1", "“verdict”"),
            ("verdict:\n  met: {zh: 好}\n", "words.yaml:2:3", "zh"),
            ("verdict:\n  met: 好\n", "words.yaml:2:3", "{zh: …, en: …}"),
            ("verdict:\n  met: {zh: 好, en: good, fr: bon}\n", "words.yaml:2:3", "zh"),
            ("verdict:\n  met: {zh: [好], en: good}\n", "words.yaml:2:3", "zh"),
            ("- met\n", "words.yaml:1:1", "键: 值"),
            ("verdict:\n  met: {zh: 好, en: good\n", "words.yaml:2:8", "YAML"),
        ],
    )
    def test_of_words(self, assessed, own, text, place, said):
        """A word that the program does not know, or that lacks a language, is named with its line."""
        done = assessed(own("words.yaml", text))
        assert done.exit_code == 2
        assert done.stderr.startswith(f"{place}：")
        assert said in done.stderr
        assert done.stdout == ""

    def test_all_wrong_words_are_named_at_once(self, assessed, own):
        """Several mistakes take one run to be found."""
        done = assessed(own("words.yaml", "verdict:\n  one: {zh: 一, en: one}\n  two: {zh: 二, en: two}\nmore:\n  x: {zh: x, en: x}\n"))
        assert [line.split("：")[0] for line in done.stderr.splitlines()] == ["words.yaml:2:3", "words.yaml:3:3", "words.yaml:4:1"]

    def test_a_file_is_no_directory(self, assessed, park):
        """--templates names a directory."""
        assert assessed(park).exit_code == 2


class TestExport:
    """`templates export` writes the originals, to be changed."""

    def test_the_originals_again_give_the_same_bytes(self, call, small_rules, park, tmp_path):
        """Exported and unchanged, the templates make the same documents."""
        directory = tmp_path / "ours"
        assert call("templates", "export", directory).exit_code == 0
        made = []
        for number, more in enumerate(((), ("--templates", directory))):
            into = tmp_path / f"out{number}"
            into.mkdir()
            done = call("assess", park, "--rules", small_rules, *DAY, "--format", "md", "--format", "html", "-o", into, *more)
            assert done.exit_code == 0
            made.append({path.name: path.read_bytes() for path in into.iterdir()})
        assert len(made[0]) == 14
        assert made[0] == made[1]

    def test_every_template_is_there(self, call, tmp_path):
        """The copy has every file of the program, byte by byte."""
        call("templates", "export", tmp_path / "ours")
        originals = sorted(path.relative_to(ORIGINALS) for path in ORIGINALS.rglob("*") if path.is_file())
        assert sorted(path.relative_to(tmp_path / "ours") for path in (tmp_path / "ours").rglob("*") if path.is_file()) == originals
        assert filecmp.cmpfiles(ORIGINALS, tmp_path / "ours", [str(name) for name in originals], shallow=False)[0] == [
            str(name) for name in originals
        ]

    def test_an_empty_directory_is_filled(self, call, tmp_path):
        """A directory that exists and is empty will do."""
        assert call("templates", "export", tmp_path).exit_code == 0
        assert (tmp_path / "words.yaml").is_file()

    @pytest.mark.parametrize("what", ["a file in it", "a file"])
    def test_nothing_is_overwritten(self, call, tmp_path, what):
        """A directory with anything in it, or a file, is refused."""
        target = tmp_path / "ours"
        if what == "a file":
            target.write_text("mine", encoding="utf-8")
        else:
            target.mkdir()
            (target / "words.yaml").write_text("mine", encoding="utf-8")
        before = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()]
        done = call("templates", "export", target)
        assert done.exit_code == 2
        assert [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()] == before

    def test_a_disk_that_fails_leaves_nothing_half(self, call, tmp_path, monkeypatch):
        """Where the copy cannot be finished, what was begun is taken away."""

        copy = shutil.copyfile

        def fail(source, target, **more):
            if Path(source).name == "words.yaml":
                raise OSError(28, "No space left on device")
            return copy(source, target, **more)

        monkeypatch.setattr(shutil, "copyfile", fail)
        done = call("templates", "export", tmp_path / "ours")
        assert done.exit_code == 2
        assert "No space left" in done.stderr
        assert not (tmp_path / "ours").exists()
