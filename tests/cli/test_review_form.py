"""`child-impact review-form`: the form reads as it stands, and is filled in by removing marks."""

import json

import pytest

DAY = ("--as-of", "2023-08-14")


@pytest.fixture
def case(pytestconfig):
    return pytestconfig.rootpath / "cases" / "miyun-tanying.yaml"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_is_a_record_that_says_nothing_yet(call, case, tmp_path, language):
    """Given back as it is: accepted without a warning, nothing waived, and every question still open."""
    form = tmp_path / "review.yaml"
    done = call("review-form", case, "--lang", language, "-o", form, *DAY)
    assert (done.exit_code, done.stdout) == (0, "")
    common = ("assess", case, "--format", "json", "--fail-on", "never", "-q", *DAY)
    plain, reviewed = (json.loads(call(*common, *more).stdout) for more in ((), ("--review", form)))
    assert reviewed["outcome"] == plain["outcome"]
    review = reviewed["review"]
    assert [one["question"] for one in review["answers"]] == [one["id"] for one in plain["questions"]]
    assert all(one["answer"] is None for one in review["answers"])
    assert (review["waivers"], review["disputes"], review["conditions"], review["warnings"]) == ([], [], [], [])
    assert review["dossier_sha256"] == plain["dossier"]["sha256"]
    assert review["signer"] is None


def test_a_form_filled_in(call, case, tmp_path):
    """The marks before the waivers removed and each filled in: every one of them holds."""
    form = tmp_path / "review.yaml"
    text = call("review-form", case, "--lang", "en", *DAY).stdout
    head, _, rest = text.partition("# waivers:\n")
    offered, _, tail = rest.partition("\n\n")
    waivers = "\n".join(line.removeprefix("# ") for line in offered.splitlines())
    filled = waivers.replace("reason:", "reason: later").replace("owner:", "owner: bureau").replace("expires:", "expires: 2023-12-31")
    answered = head.replace("    answer:", "    answer: yes, see the note", 1)
    form.write_text(f"{answered}waivers:\n{filled}\n\n{tail}", encoding="utf-8")
    done = call("assess", case, "--format", "json", "--review", form, "--lang", "en", *DAY)
    data = json.loads(done.stdout)
    assert len(data["review"]["waivers"]) > 3
    assert {one["state"] for one in data["review"]["waivers"]} == {"in_effect"}
    assert data["outcome"]["code"] == "conditions"
    assert data["review"]["answers"][0]["answer"]["en"] == "yes, see the note"


def test_what_cannot_be_waived_is_named_and_not_offered(call, dossier_file):
    """A kindergarten with a room below ground: the demand that bars approval stands under its own words."""
    text = "facilities: [{id: r1, kind: kindergarten_room, floor: -1}]\nworks: {nature: new}"
    dossier = dossier_file("k.yaml", text, types="[kindergarten]")
    said = call("review-form", dossier, "--lang", "en", "--as-of", "2026-06-01").stdout
    assert "# Cannot be waived: No rooms for small children lie below ground" in said
    assert 'criterion: "kindergarten.rooms-above-ground"' not in said


def test_a_file_that_is_there_is_not_overwritten(call, case, tmp_path):
    """Wrong usage, and the file is as it was."""
    form = tmp_path / "review.yaml"
    form.write_text("mine", encoding="utf-8")
    done = call("review-form", case, "-o", form, *DAY)
    assert done.exit_code == 2
    assert form.read_text(encoding="utf-8") == "mine"


def test_bad_input_is_refused(call, dossier_file, tmp_path):
    """A dossier that is missing or wrong ends in 4, rules that are wrong in 3; nothing is written."""
    (tmp_path / "rules").mkdir()
    for arguments, code in (
        ((tmp_path / "missing.yaml",), 4),
        ((dossier_file("bad.yaml", "scale: big"),), 4),
        ((dossier_file("good.yaml"), "--rules", tmp_path / "rules"), 3),
        ((dossier_file("good.yaml"), "-o", tmp_path / "none" / "review.yaml"), 2),
    ):
        done = call("review-form", *arguments)
        assert (done.exit_code, done.stdout) == (code, ""), arguments
        assert done.stderr
