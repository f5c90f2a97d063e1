"""The cache is never believed: whatever is wrong with it, results are the same, and it is made anew."""

import os
import pickle
import random
import stat
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from child_impact.engine.inference import prepared
from child_impact.rulebook import store
from child_impact.rulebook.cache import MAKERS, MAX_KEPT, kept
from child_impact.rulebook.load import load_rulebook
from child_impact.rulebook.model import Rulebook

MADE_FROM = "a digest"
FLIPS = 500


class Made:
    """What stands for a slow loading: counts how often it was needed."""

    def __init__(self, content):
        self.content = content
        self.times = 0

    def __call__(self):
        self.times += 1
        return self.content


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The cache directory of a user of this test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "child-impact"


@pytest.fixture(scope="module")
def small(small_rules):
    """The rulebook of the small rules."""
    return store.open_rulebook(small_rules)


@pytest.fixture
def file(home, small):
    """A file of the cache, just made."""
    kept(MADE_FROM, Rulebook, Made(small))
    (found,) = home.iterdir()
    return found


def is_made_anew(content):
    """Whether the content has to be made, comes out right, and is then kept again."""
    made = Made(content)
    assert kept(MADE_FROM, Rulebook, made) == content
    needed = made.times
    assert kept(MADE_FROM, Rulebook, made) == content
    assert made.times == needed
    return needed == 1


def test_what_was_made_is_read_again(file, small):
    """The second time it comes from the file, equal in every record."""
    assert not is_made_anew(small)
    assert file.is_file()


def test_no_flipped_bit_is_accepted(file, small):
    """Five hundred files, each with one bit turned, are each refused and made anew."""
    whole, rng = file.read_bytes(), random.Random(9)
    for _ in range(FLIPS):
        at = rng.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes((whole[at] ^ 1 << rng.randrange(8),)) + whole[at + 1 :])
        assert is_made_anew(small), at
        assert file.read_bytes() == whole


@pytest.mark.parametrize("damage", ["cut", "empty", "longer", "noise", "nested", "link", "pipe"])
def test_what_is_damaged_is_made_anew(damage, file, small, tmp_path):
    """A file that is cut, empty, longer, noise, a link or a pipe is replaced."""
    whole = file.read_bytes()
    if damage in ("link", "pipe"):
        file.unlink()
        if damage == "pipe":
            os.mkfifo(file)
        else:
            (tmp_path / "elsewhere").write_bytes(whole)
            file.symlink_to(tmp_path / "elsewhere")
    else:
        data = {
            "cut": whole[:-1],
            "empty": b"",
            "longer": whole + b"\0",
            "noise": random.Random(1).randbytes(9000),
            "nested": b"\x91" * 10**6,
        }
        file.write_bytes(data[damage])
    assert is_made_anew(small)
    assert file.read_bytes() == whole
    assert not file.is_symlink()


def test_a_whole_file_of_other_content_is_not_taken(home, file, small):
    """A file that is sound, but was written for other rules, counts for nothing under this name."""
    kept("other rules", Rulebook, Made(msgspec.structs.replace(small, criteria={})))
    (other,) = set(home.iterdir()) - {file}
    file.write_bytes(other.read_bytes())
    assert is_made_anew(small)


def test_a_planted_pickle_is_not_run(home, file, small, tmp_path):
    """Nothing that lies in the cache is ever run, under whatever name."""
    ran = tmp_path / "ran"

    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(ran),)

    for name in (file.name, f"rules-{small.sha256}.pickle", "__jinja2_0.cache"):
        (home / name).write_bytes(pickle.dumps(Bomb()))
    assert is_made_anew(small)
    assert not ran.exists()


def test_a_directory_that_others_can_write_to_is_not_used(home, file, small):
    """What lies in a directory open to others is not read, and nothing is put there."""
    before = file.read_bytes()
    home.chmod(0o777)
    made = Made(small)
    for _ in range(2):
        assert kept(MADE_FROM, Rulebook, made) == small
    assert made.times == 2
    assert file.read_bytes() == before


def test_a_file_that_others_can_write_to_is_replaced(file, small):
    """A file open to others is made anew, and closed to them."""
    file.chmod(0o666)
    assert is_made_anew(small)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("what", ["file", "directory"])
def test_what_belongs_to_another_is_not_used(what, home, file, small):
    """Neither a file nor a directory of another owner is read."""
    os.chown(file if what == "file" else home, 4242, 4242)
    made = Made(small)
    assert kept(MADE_FROM, Rulebook, made) == small
    assert made.times == 1


def test_the_directory_is_closed_to_others(home, file, small):
    """It is made closed, and closed where others could only read it."""
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    home.chmod(0o755)
    assert not is_made_anew(small)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert file.is_file()


def test_a_link_in_place_of_the_directory_is_not_followed(home, small, tmp_path):
    """A link that leads elsewhere is left alone."""
    (tmp_path / "elsewhere").mkdir()
    home.symlink_to(tmp_path / "elsewhere")
    assert kept(MADE_FROM, Rulebook, Made(small)) == small
    assert not list((tmp_path / "elsewhere").iterdir())


def test_no_more_is_kept_than_was_said(home, small):
    """Old contents are forgotten, the latest stay."""
    for number in range(MAX_KEPT + 5):
        kept(f"rules {number}", Rulebook, Made(small))
    assert len(list(home.iterdir())) == MAX_KEPT


@pytest.mark.usefixtures("home")
def test_every_rule_in_full_survives_the_cache(rulebook):
    """The whole rulebook comes back equal, in every clause, condition and word."""
    kept(MADE_FROM, Rulebook, Made(rulebook))
    made = Made(rulebook)
    assert kept(MADE_FROM, Rulebook, made) == rulebook
    assert made.times == 0


@pytest.mark.usefixtures("home")
def test_a_part_of_a_rulebook_leaves_no_trace(rulebook):
    """What is made of a narrowed rulebook is not kept: it has the digest of the whole."""
    narrowed = msgspec.structs.replace(rulebook, criteria=dict(list(rulebook.criteria.items())[:3]))
    assert store.kept_of(narrowed, "criteria", list[str], Made(list(narrowed.criteria))) == list(narrowed.criteria)
    assert store.kept_of(rulebook, "criteria", list[str], Made(list(rulebook.criteria))) == list(rulebook.criteria)


def test_the_key_covers_every_part_that_makes_what_is_kept():
    """No module that loading rules or preparing the engine needs lies outside the parts whose source is in the key."""
    made_by = "child_impact.rulebook.load, child_impact.engine.inference"
    line = f"import sys, {made_by}; print(*(name for name in sys.modules if name.startswith('child_impact.')))"
    needed = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True).stdout.split()
    assert {name.split(".")[1] for name in needed} == set(MAKERS)
    for make in (load_rulebook, prepared):
        assert make.__module__.split(".")[1] in MAKERS


@pytest.mark.parametrize("fault", ["flip", "cut", "readonly", "file in its place"])
def test_the_command_line_gives_the_same_bytes(fault, process, home, small_rules, dossier_file):
    """Whatever the cache is like, the assessment is the same to the byte."""
    line = ("assess", dossier_file("a.yaml", place="'100000'"), "--rules", small_rules, "--format", "json", "--as-of", "2026-06-01")
    first = process(*line)
    assert first.returncode in (0, 1), first.stderr
    files = [path for path in home.iterdir() if path.is_file()]
    assert files
    for path in files:
        whole = bytearray(path.read_bytes())
        if fault == "flip":
            whole[len(whole) // 2] ^= 4
        path.write_bytes(whole[:-7] if fault == "cut" else whole)
    if fault == "readonly":
        home.chmod(0o500)
    elif fault == "file in its place":
        for path in files:
            path.unlink()
        home.rmdir()
        Path(home).write_text("", encoding="utf-8")
    again = process(*line)
    assert (again.returncode, again.stdout) == (first.returncode, first.stdout)
