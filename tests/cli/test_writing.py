"""Where documents go: files, directories, names that no system minds; all are written or none, and no input is lost."""

import os
import pty
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from child_impact.output.files import write_all
from child_impact.output.inputs import Inputs
from child_impact.output.names import MOST_BYTES, safe_name
from child_impact.report.document import DOCUMENTS

DAY = ("--as-of", "2026-06-01", "--fail-on", "never", "-q")
SET = {f"park.{code}.zh" for code in DOCUMENTS if code != "assessment"} | {"park.zh"}


@pytest.fixture
def park(dossier_file):
    return dossier_file("park.yaml", id="park", place="'100000'")


@pytest.fixture
def assess(call, small_rules):
    """`assess(dossier, "-o", …)` with the small rules."""
    return lambda *arguments: call("assess", *arguments, "--rules", small_rules, *DAY)


@contextmanager
def longest_file(size):
    """Files cannot grow beyond so many bytes, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def below(tmp_path):
    """What is in a directory and below, by path."""
    return lambda path=tmp_path: {one.relative_to(path).as_posix(): one.read_bytes() for one in path.rglob("*") if one.is_file()}


class TestTargets:
    """-o FILE, -o DIR, -o DIR/."""

    def test_a_directory_takes_the_set(self, assess, park, tmp_path):
        """All documents in all formats named go to a directory, each under a name of its own."""
        (tmp_path / "out").mkdir()
        assert assess(park, "-o", tmp_path / "out", "--format", "md", "--format", "html", "--format", "json").exit_code == 0
        names = {path.name for path in (tmp_path / "out").iterdir()}
        assert names == {f"{stem}.{suffix}" for stem in SET for suffix in ("md", "html")} | {"park.json"}

    def test_a_directory_is_made(self, assess, park, tmp_path):
        """A path that ends with / is a directory, made if it is not there."""
        assert assess(park, "-o", f"{tmp_path}/new/", "--document", "public").exit_code == 0
        assert [path.name for path in (tmp_path / "new").iterdir()] == ["park.public.zh.md"]

    def test_several_dossiers(self, assess, park, dossier_file, tmp_path):
        """Each dossier has its documents, its JSON among them, so that each is whole as soon as it is there."""
        other = dossier_file("other.yaml", id="other", place="'100000'")
        done = assess(park, other, "-o", f"{tmp_path}/new/", "--document", "assessment", "--format", "md", "--format", "json")
        assert done.exit_code == 0
        assert {path.name for path in (tmp_path / "new").iterdir()} == {"park.zh.md", "other.zh.md", "park.json", "other.json"}

    def test_documents_that_were_there_are_replaced_whole(self, assess, park, tmp_path, below):
        """A second run leaves the same files, without scraps of longer ones before."""
        into = tmp_path / "out"
        into.mkdir()
        assert assess(park, "-o", into).exit_code == 0
        first = below(into)
        for path in into.iterdir():
            path.write_bytes(path.read_bytes() * 3)
        assert assess(park, "-o", into).exit_code == 0
        assert below(into) == first

    def test_a_link_is_written_through(self, assess, park, tmp_path):
        """Where the target is a link, the file it leads to is replaced and the link stays."""
        real, link = tmp_path / "real.md", tmp_path / "link.md"
        real.write_text("old", encoding="utf-8")
        link.symlink_to(real)
        assert assess(park, "-o", link).exit_code == 0
        assert link.is_symlink()
        assert real.read_text(encoding="utf-8").startswith("# ")

    def test_a_device_is_written_to_and_stays(self, assess, park, tmp_path):
        """A pipe or a device is no file to be replaced."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
        assert assess(park, "-o", pipe).exit_code == 0
        assert reader.communicate(timeout=20)[0].decode().startswith("# ")
        assert pipe.is_fifo()


class TestNothingIsLost:
    """All documents are written, or none is; an input stays."""

    @pytest.mark.parametrize("through", ["itself", "a symbolic link", "a hard link", "another spelling", "a linked directory"])
    def test_an_input_is_not_overwritten(self, assess, park, tmp_path, through):
        """Not by any name that it has."""
        target = park
        if through == "a symbolic link":
            target = tmp_path / "link"
            target.symlink_to(park)
        elif through == "a hard link":
            target = tmp_path / "link"
            target.hardlink_to(park)
        elif through == "another spelling":
            target = f"{park.parent}/./../{park.parent.name}//{park.name}"
        elif through == "a linked directory":
            (tmp_path / "elsewhere").symlink_to(park.parent, target_is_directory=True)
            target = tmp_path / "elsewhere" / park.name
        before = park.read_bytes()
        done = assess(park, "-o", target, "--lang", "en")
        assert done.exit_code == 2
        assert "is an input" in done.stderr
        assert park.read_bytes() == before

    def test_an_input_in_the_directory_is_not_overwritten_and_nothing_else_written(self, call, small_rules, dossier_file, tmp_path, below):
        """A dossier that is called like one of its documents stops the whole."""
        dossier = dossier_file("park.public.zh.md", id="park", place="'100000'")
        before = below()
        done = call("assess", dossier, "--rules", small_rules, *DAY, "-o", tmp_path)
        assert done.exit_code == 2
        assert below() == before

    def test_a_template_is_an_input(self, assess, park, tmp_path):
        """The templates that a document is made with are not overwritten by it."""
        own = tmp_path / "own" / "zh"
        own.mkdir(parents=True)
        (own / "assessment.md.j2").write_text("# x", encoding="utf-8")
        done = assess(park, "--templates", tmp_path / "own", "-o", own / "assessment.md.j2")
        assert done.exit_code == 2
        assert (own / "assessment.md.j2").read_text(encoding="utf-8") == "# x"

    @pytest.mark.parametrize("new", [True, False])
    def test_a_disk_that_fails_in_the_middle(self, assess, park, tmp_path, below, new):
        """Where one document of the set cannot be written none is, no scratch file is left, and no directory that was made for them."""
        assert assess(park, "-o", f"{tmp_path}/whole/", "--lang", "en").exit_code == 0
        longest = max(path.stat().st_size for path in (tmp_path / "whole").iterdir())
        into = tmp_path / "out"
        if not new:
            into.mkdir()
            (into / "park.zh.md").write_text("old", encoding="utf-8")
        before = below()
        with longest_file(longest - 1):
            done = assess(park, "-o", f"{into}/", "--lang", "en")
        assert done.exit_code == 2
        assert "File too large" in done.stderr
        assert below() == before
        assert into.exists() == (not new)

    def test_a_directory_in_the_way_of_one_document(self, assess, park, tmp_path, below):
        """Where a document would take the place of a directory, none of its set is written."""
        (tmp_path / "out" / "park.public.zh.md").mkdir(parents=True)
        before = below()
        assert assess(park, "-o", tmp_path / "out").exit_code == 2
        assert below() == before

    def test_a_document_that_cannot_be_made(self, assess, park, tmp_path, below):
        """Where one document of many has a broken template nothing is written."""
        own = tmp_path / "own" / "zh"
        own.mkdir(parents=True)
        (own / "public.md.j2").write_text("{{ nothing }}", encoding="utf-8")
        before = below()
        done = assess(park, "--templates", tmp_path / "own", "-o", f"{tmp_path}/new/")
        assert done.exit_code == 2
        assert below() == before
        assert not (tmp_path / "new").exists()

    @pytest.mark.parametrize(
        "target", ["park.yaml/out.md", "park.yaml/", "nowhere/at/all.md", "nowhere/at/all/", "/proc/out.md", "x" * 300]
    )
    def test_a_place_where_nothing_can_be_written(self, assess, park, tmp_path, below, monkeypatch, target):
        """It is said without a traceback, with the code for wrong usage."""
        monkeypatch.chdir(tmp_path)
        before = below()
        done = assess(park, "-o", target, "--lang", "en")
        assert done.exit_code == 2
        assert "cannot write" in done.stderr
        assert below() == before


class TestNames:
    """File names are safe whatever the id."""

    @pytest.mark.parametrize(
        ("identifier", "name"),
        [
            ("park-1", "park-1"),
            ("../../x", "x"),
            ("a/b", "a-b"),
            ('a\\b:c*d?e"f<g>h|i', "a-b-c-d-e-f-g-h-i"),
            ("只有中文", "只有中文"),
            ("trailing...", "trailing"),
            (".hidden", "hidden"),
            ("...", "dossier"),
            ("CON", "dossier-CON"),
            ("con.yaml", "dossier-con.yaml"),
            ("LPT1", "dossier-LPT1"),
            ("console", "console"),
            ("-rf", "rf"),
            ("a\nb\0c", "a-b-c"),
            ("\u202egnp.x", "gnp.x"),
        ],
    )
    def test_of_hostile_ids(self, identifier, name):
        """No path, no reserved name, no sign that a system minds."""
        assert safe_name(identifier) == name

    def test_long_ids_stay_apart(self):
        """A long id is cut within what file systems take, between characters; two that begin alike keep names of their own."""
        names = {safe_name("长" * 400 + str(number)) for number in range(50)}
        assert len(names) == 50
        assert max(len(name.encode()) for name in names) <= MOST_BYTES + 9

    @pytest.mark.parametrize("identifier", ["../../x", "CON", "a/b", "长" * 60, "a.b."])
    def test_documents_stay_in_their_directory(self, assess, dossier_file, tmp_path, identifier):
        """A hostile id is either refused as an id or makes a safe name; nothing appears elsewhere."""
        file = dossier_file("d.yaml", id=f"'{identifier}'", place="'100000'")
        done = assess(file, "-o", f"{tmp_path}/new/", "--document", "public")
        made = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()}
        assert made <= {"d.yaml", "new"}
        assert done.exit_code == (0 if "new" in made else 4)

    def test_names_that_some_systems_take_for_one(self, assess, dossier_file, tmp_path):
        """Ids that differ only in case, or in a sign that names cannot have, do not overwrite each other."""
        first, second = (dossier_file(f"{number}.yaml", id=one, place="'100000'") for number, one in enumerate(("park-a", "park-A")))
        done = assess(first, second, "-o", f"{tmp_path}/new/", "--document", "public", "--lang", "en")
        assert done.exit_code == 2
        assert [path.name for path in (tmp_path / "new").iterdir()] == ["park-a.public.en.md"]
        assert "1.yaml" in done.stderr.splitlines()[-1]


class TestStandardOutput:
    """What is for programs is not for a screen."""

    @pytest.mark.parametrize("format_", ["pdf", "docx"])
    def test_binary_is_not_for_a_screen(self, park, small_rules, format_):
        """At a terminal PDF and Word are refused, and the way out is named."""
        ours, theirs = pty.openpty()
        line = [sys.executable, "-m", "child_impact", "assess", str(park), "--rules", str(small_rules), *DAY, "--format", format_]
        done = subprocess.run(line, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=60)
        os.close(theirs)
        os.close(ours)
        assert done.returncode == 2
        assert b"name a file with -o" in done.stderr

    def test_a_pipe_takes_one_file(self, command, park, small_rules):
        """Word goes into a pipe as it would into a file."""
        pytest.importorskip("docxtpl")
        done = command("screen", park, "--rules", small_rules, "--format", "docx", "--as-of", "2026-06-01")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(b"PK")

    def test_several_files_do_not_go_into_one_stream(self, assess, park):
        """Two pages of HTML one after the other are no file."""
        done = assess(park, "--document", "public", "--document", "request", "--format", "html")
        assert done.exit_code == 2
        assert done.stdout == ""
        assert "2 files" in done.stderr

    def test_a_reader_that_leaves(self, park, small_rules):
        """Where the reader of a pipe closes it there is no traceback and no internal error."""
        line = [sys.executable, "-m", "child_impact", "assess", str(park), "--rules", str(small_rules), *DAY]
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(line, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
        os.close(writing)
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr
        assert b"internal error" not in done.stderr


def test_a_directory_in_the_way(tmp_path: Path) -> None:
    """A target that is a directory is found before anything is written."""
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        write_all({tmp_path / "a": b"x", tmp_path / "b": b"y"}, Inputs())
    assert not (tmp_path / "a").exists()
