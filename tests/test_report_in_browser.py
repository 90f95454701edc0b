"""The page in a real browser: it sorts, searches, switches language and theme, prints, fits a phone, and a hostile crawl does nothing.

Skipped where there is no Chromium; CI installs one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_report import hostile, html, run  # noqa: F401 - fixtures

import arclean
from arclean.rules.samples import PROSE

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Visit:
    """A page opened from the disk, with everything that it asked for or said."""

    def __init__(self, browser: Any, path: Path, width: int = 1200) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def texts(self, selector: str) -> list[str]:
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]


@pytest.fixture
def visit(browser: Any, run: Path, html: str) -> Visit:  # noqa: F811
    assert html
    return Visit(browser, run / "report.html")


def test_a_hostile_crawl_triggers_no_script_and_no_request(browser: Any, hostile: Path) -> None:  # noqa: F811
    visit = Visit(browser, hostile)
    visit.page.wait_for_timeout(100)
    assert (visit.said, visit.asked) == ([], [hostile.as_uri()])
    assert visit.page.evaluate("document.querySelectorAll('img, iframe').length") == 0


def test_it_opens_without_a_complaint_and_asks_for_nothing(visit: Visit, run: Path) -> None:  # noqa: F811
    assert (visit.said, visit.asked) == ([], [(run / "report.html").as_uri()])


def test_columns_sort_both_ways(visit: Visit) -> None:
    names = "#line_rules tbody tr:visible td:first-child code"
    given = visit.texts(names)
    visit.page.locator("#line_rules thead button").first.click()
    assert visit.texts(names) == sorted(given)
    visit.page.locator("#line_rules thead button").first.click()
    assert visit.texts(names) == sorted(given, reverse=True)
    visit.page.locator("#line_rules thead button").nth(2).focus()
    visit.page.keyboard.press("Enter")
    counts = [int(text.replace(",", "")) for text in visit.texts("#line_rules tbody tr td:nth-child(3)")]
    assert counts == sorted(counts, reverse=True)


def test_searching_leaves_what_was_sought(visit: Visit) -> None:
    visit.page.fill("#search", "شارك هذا")
    rows = visit.texts("#line_rules tbody tr:visible td:first-child code")
    assert "share_button" in rows
    assert len(rows) < 10
    assert visit.texts("#found") == [str(len(visit.texts("table.rules tbody tr:visible")))]
    visit.page.fill("#search", "")
    visit.page.select_option("#category", "share")
    assert {row.split("\n")[0] for row in visit.texts("#line_rules tbody tr:visible td:nth-child(2)")} == {"share buttons"}


def test_it_speaks_arabic_from_right_to_left(visit: Visit) -> None:
    assert visit.page.locator("h1").inner_text() == "What was done to the data"
    visit.page.click("#language")
    assert visit.page.evaluate("document.documentElement.dir") == "rtl"
    assert visit.page.locator("h1").inner_text() == "ماذا جرى للبيانات"


def test_it_turns_dark_and_light(visit: Visit) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    before = visit.page.evaluate(ground)
    visit.page.click("#theme")
    assert visit.page.evaluate(ground) != before
    visit.page.click("#theme")
    assert visit.page.evaluate(ground) == before


def test_examples_read_from_the_right(visit: Visit) -> None:
    box = visit.page.locator("#line_rules .text").first
    inner = box.locator("del").first.bounding_box()
    outer = box.bounding_box()
    assert outer["x"] + outer["width"] - (inner["x"] + inner["width"]) < 8


@pytest.mark.parametrize("width", [390, 1200], ids=["phone", "desktop"])
def test_it_fits_its_window(browser: Any, run: Path, html: str, width: int) -> None:  # noqa: F811
    assert html
    assert Visit(browser, run / "report.html", width).page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_everything(visit: Visit, tmp_path: Path) -> None:
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert visit.page.evaluate("document.querySelectorAll('details:not([open])').length") == 0
    visit.page.pdf(path=tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_a_long_id_does_not_widen_a_phone(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a/" + "very_long_name_of_a_source" * 8, "text": PROSE + "  "}) + "\n", encoding="utf-8")
    arclean.run("pretrain", path, tmp_path / "out")
    page = Path(arclean.report(tmp_path / "out", inputs=path))
    assert Visit(browser, page, 390).page.evaluate("document.documentElement.scrollWidth") <= 390


def test_codes_of_unseen_characters_read_from_the_left(visit: Visit) -> None:
    code = visit.page.locator(".text .code").first
    assert code.inner_text().startswith("U+")
    assert code.evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_what_went_is_told_in_short_before_anything_else(visit: Visit) -> None:
    assert visit.texts("main section h2")[0] == "In short"
    assert "words: under 1" in " ".join(visit.texts("#summary li"))
    visit.page.click("#language")
    assert "قوائم التنقل" in " ".join(visit.texts("#summary li"))
    assert visit.page.locator("#summary li b").first.is_visible()
