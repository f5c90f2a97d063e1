"""The Python interface: its names, its page, its errors, and that the command line is made of it."""

import ast
import re
import subprocess
import sys
from datetime import date

import pytest

import child_impact
from child_impact import api
from child_impact.report.document import DOCUMENTS

DAY = date(2026, 6, 1)
NAMES = {"load_rules", "read_dossier", "read_record", "Assessor", "documents", "write_documents", "as_data", "as_json"}
TYPES = {"Rulebook", "Dossier", "Record", "Assessment", "Text", "Place", "Problem"}
ERRORS = {
    "InputRefused",
    "RulesRefused",
    "DossierRefused",
    "TemplatesRefused",
    "FormatUnavailable",
    "EvaluatorsDiffer",
    "EngineFailure",
    "IsInput",
}
PAGES = ("docs/python.md", "docs/python.zh-CN.md")


@pytest.fixture(scope="module")
def rules(pytestconfig):
    return child_impact.load_rules(pytestconfig.rootpath / "tests" / "bad" / "minimal-rules")


@pytest.fixture
def park(dossier_file):
    return dossier_file("park.yaml", "consultations: [{id: c1, with: [children], ended_on: 2026-03-20}]", id="park", place="'100000'")


@pytest.fixture
def assessment(rules, park):
    with child_impact.Assessor(rules) as assessor:
        return assessor.assess(child_impact.read_dossier(park, rules), as_of=DAY)


class TestNames:
    """What there is."""

    def test_they_are_these(self):
        """Package and module agree, also for type checkers; each name can be had and is documented."""
        assert set(child_impact.__all__) == set(api.__all__) == NAMES | TYPES | ERRORS
        source = ast.parse(open(child_impact.__file__, encoding="utf-8").read())  # noqa: PTH123, SIM115
        (shown,) = [node for node in ast.walk(source) if isinstance(node, ast.ImportFrom) and node.module == "api"]
        assert [alias.name for alias in shown.names] == child_impact.__all__
        for name in child_impact.__all__:
            assert getattr(child_impact, name) is getattr(api, name)
            assert getattr(api, name).__doc__
        assert set(child_impact.__all__) <= set(dir(child_impact))
        with pytest.raises(AttributeError, match="nothing_like_it"):
            _ = child_impact.nothing_like_it

    def test_the_package_alone_loads_nothing(self):
        """Its version can be asked for without the engine, YAML or anything else."""
        program = "import sys, child_impact; child_impact.__version__; print(*(one for one in sys.modules if 'child_impact' in one))"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
        assert done.stdout.split() == ["child_impact"]

    @pytest.mark.parametrize("page", PAGES)
    def test_the_page_names_them(self, pytestconfig, page):
        """Every function and error of the interface stands on the page."""
        text = (pytestconfig.rootpath / page).read_text(encoding="utf-8")
        assert {name for name in NAMES | ERRORS if not re.search(rf"`{name}\b", text)} == set()

    def test_the_pages_have_the_same_code(self, pytestconfig):
        """And tables with the same first cells."""
        texts = [(pytestconfig.rootpath / page).read_text(encoding="utf-8") for page in PAGES]
        for pattern in (r"```python\n.*?```", r"(?m)^\| (`[^|]*`) \|"):
            first, second = (re.findall(pattern, text, re.DOTALL if "python" in pattern else 0) for text in texts)
            assert first == second
            assert first

    def test_the_example_runs(self, pytestconfig, tmp_path):
        """As it stands on the page: one dossier is assessed and written, what is wrong with the other is printed."""
        (example,) = re.findall(r"```python\n(.*?)```", (pytestconfig.rootpath / PAGES[0]).read_text(encoding="utf-8"), re.DOTALL)
        (tmp_path / "cases").symlink_to(pytestconfig.rootpath / "cases")
        done = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        first, second = done.stdout.splitlines()
        assert first.startswith(("send_back ", "not_recommended ", "conditions ", "ready "))
        assert "nothing-there.yaml" in second
        assert {path.name for path in (tmp_path / "documents").iterdir()} == {"miyun-tanying.en.html", "miyun-tanying.json"}


class TestSameAsTheCommandLine:
    """The same functions, so the same bytes."""

    def test_documents(self, command, pytestconfig, park, assessment, tmp_path):
        """In every format that is always the same for both."""
        formats = ("json", "sarif", "xlsx", "md", "html")
        rules = pytestconfig.rootpath / "tests" / "bad" / "minimal-rules"
        asked = [part for one in formats for part in ("--format", one)]
        line = ("assess", park, "--rules", rules, *asked, "--lang", "en", "--as-of", DAY, "-q", "-o", f"{tmp_path}/out/")
        assert command(*line).returncode == 0
        made = dict(child_impact.documents(assessment, formats, ("all",), "en"))
        assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == made
        assert len(made) == 3 + 2 * len(DOCUMENTS)
        assert made["park.json"].decode() == child_impact.as_json(child_impact.as_data(assessment))


class TestArguments:
    """What may be given, and what comes of anything else."""

    def test_bytes_and_names(self, rules, park):
        """A dossier from bytes is the one from the file; what facts call the file can be said."""
        from_file = child_impact.read_dossier(park, rules, "a.yaml")
        from_bytes = child_impact.read_dossier(park.read_bytes(), rules, "a.yaml")
        assert from_file == from_bytes
        assert child_impact.read_dossier(park.read_bytes(), rules).file == "<bytes>"
        assert child_impact.read_dossier(str(park), rules).file == str(park)

    def test_days(self, rules, park, dossier_file):
        """`as_of` goes before all, then the earlier of `today` and the stated day of decision."""
        dated = child_impact.read_dossier(dossier_file("dated.yaml", "decision_on: 2026-07-01", place="'100000'"), rules)
        undated = child_impact.read_dossier(park, rules)
        with child_impact.Assessor(rules) as assessor:
            assert assessor.assess(dated, today=DAY).as_of == DAY
            assert assessor.assess(dated, today=date(2026, 12, 1)).as_of == date(2026, 7, 1)
            assert assessor.assess(dated, as_of=DAY).as_of == DAY
            assert assessor.assess(undated, today=DAY).as_of == DAY
            assert assessor.assess(undated).as_of == date.today()

    def test_a_record(self, rules, park):
        """It is part of the assessment."""
        record = child_impact.read_record(b"dossier: park\nanswers: []\n", rules, "r.yaml")
        assert record.dossier == "park"
        with child_impact.Assessor(rules) as assessor:
            assert assessor.assess(child_impact.read_dossier(park, rules), DAY, record=record).review.record == record

    def test_what_is_refused(self, rules, assessment, tmp_path):
        """Each error says what is wrong, and where."""
        (tmp_path / "rules").mkdir()
        (tmp_path / "rules" / "a.yaml").write_text("[", encoding="utf-8")
        for refused, call in (
            (child_impact.RulesRefused, lambda: child_impact.load_rules(tmp_path / "rules")),
            (child_impact.DossierRefused, lambda: child_impact.read_dossier(b"id: [", rules)),
            (child_impact.DossierRefused, lambda: child_impact.read_dossier(tmp_path / "missing.yaml", rules)),
            (child_impact.InputRefused, lambda: child_impact.read_record(b"nothing: 1", rules)),
            (child_impact.InputRefused, lambda: child_impact.read_record(tmp_path / "missing.yaml", rules)),
            (child_impact.TemplatesRefused, lambda: child_impact.documents(assessment, templates=tmp_path / "rules")),
        ):
            with pytest.raises(refused) as raised:
                call()
            assert raised.value.problems
            assert all(problem.place.file and problem.say("zh") != problem.say("en") for problem in raised.value.problems)
        for call in (
            lambda: child_impact.Assessor(rules, "unheard-of"),
            lambda: child_impact.documents(assessment, ["papyrus"]),
            lambda: child_impact.documents(assessment, documents=["novel"]),
            lambda: child_impact.documents(assessment, lang="fr"),
        ):
            with pytest.raises(ValueError, match=r"is none of|there is no profile"):
                call()

    def test_a_format_that_is_not_installed(self, assessment, monkeypatch):
        """It is refused before anything is made, and says what to install."""
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        with pytest.raises(child_impact.FormatUnavailable) as raised:
            child_impact.documents(assessment, ["md", "xlsx"])
        assert "child-impact[xlsx]" in raised.value.text.en

    def test_writing(self, assessment, tmp_path):
        """Paths are returned; a directory is made; what is an input is not overwritten, and then nothing is written."""
        paths = child_impact.write_documents(assessment, tmp_path / "new", ("md", "json"), ("public", "assessment"))
        assert [path.name for path in paths] == ["park.json", "park.public.zh.md", "park.zh.md"]
        assert all(path.stat().st_size for path in paths)
        paths[1].write_text("old", encoding="utf-8")
        with pytest.raises(child_impact.IsInput) as raised:
            child_impact.write_documents(assessment, tmp_path / "new", ("md", "json"), ("public",), inputs=[paths[1]])
        assert str(paths[1]) in raised.value.text.zh
        assert paths[1].read_text(encoding="utf-8") == "old"
        with pytest.raises(FileNotFoundError):
            child_impact.write_documents(assessment, tmp_path / "no" / "such")
