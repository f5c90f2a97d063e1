"""The imprint of a document: by which rules and which program it was made, and from which inputs."""

from .. import __version__
from .rows import Row
from .wording import Wording

PROGRAM = f"child-impact {__version__}"
SHOWN_OF_DIGEST = 12


def colophon(wording: Wording) -> str:
    """Return by which rules and which program a document was made, in one line."""
    rulebook, zh = wording.assessment.rulebook, wording.language == "zh"
    rules, digest = f"{wording.of(rulebook.title)} {rulebook.version}", rulebook.sha256[:SHOWN_OF_DIGEST]
    return f"{rules}（摘要 {digest}）；{PROGRAM}" if zh else f"{rules} (digest {digest}); {PROGRAM}"


def identity(wording: Wording) -> list[Row]:
    """Return what identifies the inputs, and the program."""
    assessment, zh = wording.assessment, wording.language == "zh"
    labels = (
        ("档案", "档案 SHA-256", "规则", "规则 SHA-256", "程序", "推理")
        if zh
        else ("Dossier", "Dossier SHA-256", "Rules", "Rules SHA-256", "Program", "Inference")
    )
    rules = f"{assessment.rulebook.version} / {assessment.profile.id}"
    values = (assessment.dossier.file, assessment.dossier.sha256, rules, assessment.rulebook.sha256, PROGRAM, assessment.inference)
    return [Row(label, value) for label, value in zip(labels, values, strict=True)]
