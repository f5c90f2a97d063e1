"""Most tests call the program in their own process; here that is held to be what a process of its own does."""

import pytest

LINES = {
    "data": ("assess", "park.yaml", "--format", "json", "--as-of", "2026-06-01"),
    "report": ("assess", "park.yaml", "--as-of", "2026-06-01", "--fail-on", "never", "--lang", "en"),
    "standard input": ("assess", "-", "--format", "none", "--as-of", "2026-06-01"),
    "refused": ("assess", "bad.yaml", "park.yaml", "--lang", "en"),
    "missing": ("assess", "none.yaml"),
    "wrong usage": ("assess", "park.yaml", "--format", "odt"),
    "unknown command": ("asess",),
    "help": ("explain", "--help"),
    "rules": ("rules", "list"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_command_gives_the_same_here_and_in_a_process_of_its_own(command, process, dossier_file, small_rules, name):
    """Exit code, standard output and standard error are the same to the byte, also when the same is asked for again."""
    park = dossier_file("park.yaml", id="park", place="'100000'")
    dossier_file("bad.yaml", id="bad", place="nowhere")
    line = LINES[name]
    if line[0] in ("assess", "rules"):
        line = (*line, "--rules", small_rules)
    runs = [run(*line, cwd=park.parent, stdin=park.read_bytes()) for run in (process, command, command)]
    first, *others = [(done.returncode, done.stdout, done.stderr) for done in runs]
    assert others == [first, first]
