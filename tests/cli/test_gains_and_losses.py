"""What children gain and lose, as documents tell it: how much, for whom, what answers it, by whom and when."""

import pytest

PARK = """
decision_on: 2027-01-20
works: {nature: alteration}
changes:
  items:
    - {id: court, class: sport, how: gained, amount: 650, ages: [from_6_to_12]}
    - id: ground
      class: play
      name: the sand ground
      how: reduced
      before: 4100
      after: 100
      ages: [from_3_to_6]
      answer: {value: left_to_affected, note: families find another one}
    - {id: hum, class: noise, how: worse, before: 52, after: 58}
  complete: true
"""


@pytest.fixture
def told(call, dossier_file):
    """A document of the park, as its lines."""
    park = dossier_file("park.yaml", PARK, types="[park]")

    def lines(document, language="en"):
        given = ("--as-of", "2026-12-01", "--fail-on", "never", "--document", document, "--lang", language)
        return call("assess", park, *given).stdout.replace("\u00a0", " ").splitlines()

    return lines


def test_a_loss_stands_with_what_answers_it(told):
    """Losses come first, each in the unit of its kind; what the file does not say is called so."""
    ground, hum, court = (line for line in told("assessment") if line.startswith(("| Play ground", "| Noise", "| Sports ground")))
    assert "the sand ground (reduced for good)" in ground
    assert "4100 m² → 100 m²" in ground
    assert "left to those affected (families find another one) | not stated | not stated |" in ground
    assert "52 dB(A) → 58 dB(A)" in hum
    assert "650 m²" in court
    assert court.endswith("| – | – | – |")


def test_the_public_and_children_are_told(told):
    """The summary names the loss and its answer; the children's page says how much smaller the place to play is."""
    assert any("能玩的地方会少4000平方米。怎么补上，大人让家里自己想办法。" in line for line in told("children", "zh"))
    (loss,) = [line for line in told("public", "zh") if "the sand ground" in line]
    assert "由受影响者自行解决" in loss


@pytest.mark.parametrize(
    ("stated", "said"),
    [("changes: none", "neither gain nor lose anything"), ("", "Not stated: the file does not say what children gain and lose")],
)
def test_nothing_lost_and_nothing_said_are_told_apart(call, dossier_file, stated, said):
    """*None* and *not stated* are two things."""
    park = dossier_file("park.yaml", stated, types="[park]")
    assert said in call("assess", park, "--as-of", "2026-12-01", "--fail-on", "never", "--lang", "en").stdout
