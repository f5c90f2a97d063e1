"""Documents as HTML: whole in one file, linked within, and showing what people wrote as they wrote it."""

import itertools
import json
import re
from collections.abc import Callable

import pytest

from child_impact.assessment.assess import Assessor
from child_impact.assessment.model import Assessment
from child_impact.dossier.read import read_dossier
from child_impact.formats.html import as_html
from child_impact.reading.text import LANGUAGES, Language
from child_impact.report.markup import Flavour, anchor
from child_impact.report.render import Writer, wording
from child_impact.report.templates import Templates
from child_impact.report.view import View
from child_impact.rulebook.model import Rulebook

from .conftest import CASES, DAY, KEYS, Key, written
from .pages import Page


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_a_document_is_one_whole_file(html: Callable[[Key], str], key: Key) -> None:
    """It is well formed, loads nothing, has one title and says its language; each anchor is there once and each link leads to one."""
    page = Page(html(key))

    assert page.wrong == []
    assert page.open == []
    assert page.asked_for() == []
    assert not re.search(r"@import|url\(", page.source)
    assert page.all("html") == [{"lang": "zh-CN" if key[1] == "zh" else "en"}]
    assert page.text("title")[0] == page.text("h1")[0]
    assert len(page.all("h1")) == 1
    assert [name for name, count in page.anchors().items() if count > 1] == []
    assert [link for link in page.links() if not link.startswith("#") or link[1:] not in page.anchors()] == []


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_headings_go_down_step_by_step(html: Callable[[Key], str], key: Key) -> None:
    """No level of heading is left out, and every table has headers with a scope."""
    page = Page(html(key))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(header.get("scope") == "col" for header in page.all("th"))
    labels = [frame["aria-label"] for frame in page.all("div") if frame.get("class") == "table"]
    assert len(labels) == len(page.all("table"))
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [*CASES, "huozhou-children-plan"])
def test_every_point_leads_to_its_clauses_and_to_its_lines(
    html: Callable[[Key], str], assess: Callable[[str], Assessment], case: str, language: Language
) -> None:
    """Each row of the points links to what it rests on: a clause, and the lines of the dossier where a fact was stated."""
    rows = re.findall(r'<tr data-verdict="[^"]+" data-element="[^"]+">(.*?)</tr>', html((case, language, "assessment")), re.DOTALL)
    view = View(wording(assess(case), language))
    points = [*view.gaps, *view.advice.rows]

    assert len(rows) == len(points)
    for point, row in zip(points, rows, strict=True):
        assert f"#{anchor('clause', point.basis[0].clause)}" in row
    assert any(point.spots for point in view.gaps) or case in CASES
    for point, row in zip(view.gaps, rows, strict=False):
        assert [f"#{anchor('fact', spot.shown)}" for spot in point.spots] == re.findall(r'href="(#fact-[^"]+)"', row)


@pytest.mark.parametrize("figure", ["balance", "timeline"])
def test_figures_say_in_words_what_they_show(html: Callable[[Key], str], figure: str) -> None:
    """A figure is an image with a name and a description, and the table beside it has every number of it."""
    source = html(("examples/large-school", "zh", "assessment"))
    drawing = source[source.index(f'aria-labelledby="{figure}-title') :]
    drawing = drawing[: drawing.index("</svg>")]

    assert f'<title id="{figure}-title">' in drawing
    description = re.search(rf'<desc id="{figure}-desc">(.*?)</desc>', drawing, re.DOTALL)
    assert description is not None
    assert description[1].strip()
    after = source[source.index(drawing) :]
    table = after[after.index("<table") : after.index("</table>")]
    for shown in re.findall(r'<text [^>]*text-anchor="end"[^>]*>([^<]+)<', drawing):
        assert shown in table


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title></style></script><b>",
    "{{ 7*7 }} {% for x in y %} {# z #}",
    "[x](javascript:alert(1))",
    "![x](http://example.org/a.png)",
    "<http://example.org>",
    "[x]: http://example.org",
    "text{.class} {#id} [a]{#b .c d=e}",
    "{.class}",
    "a | b || c |",
    "- item",
    " - item",
    "+ item",
    "1. one",
    "1) one",
    "# head",
    "> quote",
    "--- a",
    "=== a",
    "* * * a",
    "    code",
    "`code` ~~~ ```",
    "&lt; &amp; &#60;",
    "a\\",
    "**a** _b_ __c__ ~~d~~",
    "שלום مرحبا",
    "👩‍👧 ✅ a",
    "長" * 300,
    "W" * 300,
    "\"><svg onload='x'>",
    "𠮷",
]


@pytest.mark.parametrize("title", HOSTILE, ids=lambda title: ascii(title[:20]))
def test_what_people_wrote_is_shown_and_nothing_else(rulebook: Rulebook, title: str) -> None:
    """Whatever a title holds is text: it makes no element, no attribute, no link, and is read again as it was written."""
    quoted = json.dumps(title, ensure_ascii=False)
    text = f"id: d\nkind: project\ntypes: [park]\nplace: '220000'\nstage: scheme\ntitle: {quoted}\nowner: {quoted}\n"
    calm = text.replace(quoted, "calm")
    assessor = Assessor(rulebook, rulebook.profiles["default"])
    pages = []
    for source in (text, calm):
        dossier = read_dossier(source.encode(), "d.yaml", rulebook.vocabulary)
        templates = Templates()
        pages.append(Page(as_html(Writer(assessor.assess(dossier, DAY), "zh", templates).document("request"), templates)))
    page, plain = pages

    assert page.elements == plain.elements
    assert page.wrong == []
    assert " ".join(title.split()) in " ".join(page.text("h1")[0].split())
    assert page.text("h1")[0] == page.text("title")[0]


def test_an_office_may_link_elsewhere_but_no_image_is_fetched() -> None:
    """Its template's link outside stays; a picture that is no figure is shown as what it is called; a loose link is left as its text."""
    text = "[guide](https://example.org/guide) ![logo](logo.png) [gone](#nowhere) [here](#x) [place]{#x}"
    page = Page(as_html(written(f"# T\n\n{text}\n"), Templates()))

    assert "https://example.org/guide" in page.links()
    assert "#x" in page.links()
    assert "#nowhere" not in page.links()
    assert page.all("img") == []
    assert "logo gone here place" in page.text("main")[0]


def test_marks_hold_whatever_a_word_is() -> None:
    """A word of an office with quotes, braces or bars does not end the mark that it stands in."""
    marked = Flavour("en", rich=True).span("x", {"data-verdict": 'a "b" {c} | \\ d'})
    page = Page(as_html(written(f"# T\n\n| a | b |\n| --- | --- |\n| {marked} | y |\n"), Templates()))

    assert [span["data-verdict"] for span in page.all("span")] == ["a ”b” ｛c｝ ｜ ＼ d"]
    assert [row for row in page.all("tr") if row] == [{"data-verdict": "a ”b” ｛c｝ ｜ ＼ d"}]
    assert page.text("td") == ["x", "y"]
