"""Documents in a real Chromium: no barrier that axe-core finds, on a desktop and on a phone; filters by keyboard; whole without scripts."""

import importlib.resources
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from .conftest import KEYS, Key

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
POINTS = ".points tbody tr"
REPORT: Key = ("huozhou-children-plan", "zh", "assessment")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """Chromium of the system, without a window."""
    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def opened(browser: Any, html: Callable[[Key], str], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """A document opened from its file, as a reader opens it: `opened(key, viewport=…)`."""
    contexts = []

    def open_(key: Key, **options: Any) -> Any:
        file = tmp_path / "document.html"
        file.write_text(html(key), encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.asked_for = []
        page.complaints = []
        page.on("request", lambda request: page.asked_for.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(file.as_uri())
        assert page.asked_for == [file.as_uri()]
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_axe_finds_no_barrier(opened: Callable[..., Any], axe: str, key: Key) -> None:
    """No violation of axe's rules, best practices among them, on a wide screen and on a phone; on neither does the page scroll sideways."""
    page = opened(key, viewport=DESKTOP)
    page.evaluate(axe)
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")

        assert found["passes"]
        assert [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.complaints == []


def test_axe_would_find_a_barrier(browser: Any, axe: str) -> None:
    """The check can fail: a page without language, title and alternative is found out."""
    page = browser.new_page()
    page.set_content("<img src='data:,'><p style='color: #eee; background: #fff'>pale</p>")
    page.evaluate(axe)
    found = {rule["id"] for rule in page.evaluate("axe.run()")["violations"]}
    page.close()

    assert {"html-has-lang", "image-alt", "color-contrast"} <= found


def test_points_are_filtered_by_keyboard(opened: Callable[..., Any]) -> None:
    """With Tab and the arrow keys alone, a reader picks a verdict; the other rows go, the number is said, and all come back."""
    page = opened(REPORT, viewport=DESKTOP)
    rows = page.locator(POINTS)
    every = rows.count()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SELECT":
            break
    assert page.evaluate("document.activeElement.labels[0].firstChild.textContent.trim()") == "判定"

    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.value")
    left = page.locator(f"{POINTS}:visible")
    assert chosen
    assert 0 < left.count() < every
    assert {left.nth(index).get_attribute("data-verdict") for index in range(left.count())} == {chosen}
    assert page.get_by_role("status").inner_text() == f"显示{left.count()}项，共{every}项"

    page.keyboard.press("Home")
    assert page.locator(f"{POINTS}:visible").count() == every
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].firstChild.textContent.trim()") == "要素"


def test_the_first_tab_leads_to_the_document(opened: Callable[..., Any]) -> None:
    """A reader with a keyboard may skip the contents."""
    page = opened(REPORT, viewport=DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_without_scripts_all_is_shown(opened: Callable[..., Any], viewport: dict[str, int]) -> None:
    """Where scripts do not run there are no filters, and every point can be read."""
    page = opened(REPORT, viewport=viewport, java_script_enabled=False)

    assert page.locator("select").count() == 0
    assert page.locator(POINTS).count() > 0
    assert page.locator(f"{POINTS}:visible").count() == page.locator(POINTS).count()


def test_a_link_marks_the_place_it_leads_to(opened: Callable[..., Any]) -> None:
    """Following a clause, a reader sees it."""
    page = opened(REPORT, viewport=PHONE)
    link = page.locator("main a[href^='#clause-']").first
    target = link.get_attribute("href")
    link.click()

    assert page.locator(f"[id='{target[1:]}']").evaluate("place => place.matches(':target')")
    top = page.locator(f"[id='{target[1:]}']").bounding_box()["y"]
    assert -1 < top <= PHONE["height"]
