"""How large the page of a run is, how long a browser takes to open it, and how it looks: `scripts/check_report.py OUT [--shots FOLDER]`.

OUT is a dataset that `arclean run` wrote; its page is written anew, into a temporary folder. Headless Chromium opens it from the disk at
the width of a desktop and of a phone, in both languages and themes. Ends with 1 if the page is over 3 MB, takes over a second to open
(median of `--times`, a browser's own clock from the call to the end of `load`), asks for anything, complains, is wider than its window, or
has text that is cut off. Screenshots of the first screen and of where each part begins go to FOLDER.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

import arclean

LARGEST: Final = 3_000_000
LONGEST: Final = 1.0
WIDTHS: Final = {"desktop": (1280, 1000), "phone": (390, 844)}
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
OPENED: Final = "performance.getEntriesByType('navigation')[0].loadEventEnd / 1000"
WIDER: Final = "document.documentElement.scrollWidth - innerWidth"
CUT_OFF: Final = """[...document.querySelectorAll('body *')].filter(one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (!box.width || one.closest('svg') || ['auto', 'scroll'].includes(style.overflowX)) return false;
  return style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1;
}).map(one => one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 40))"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--inputs", nargs="*", help="the files that the run read: the page then shows documents before and after")
    parser.add_argument("--shots", metavar="FOLDER")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        page = Path(folder, "report.html")
        arclean.report(given.out, to=page, **({"inputs": given.inputs} if given.inputs else {}))
        wrong = list(looked_at(page, given.times, Path(given.shots) if given.shots else None))
    for line in wrong:
        print(f"WRONG {line}")
    return int(bool(wrong))


def looked_at(page: Path, times: int, shots: Path | None) -> Iterator[str]:
    """What is wrong with a page; what it measures is printed."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium is installed: apt-get install chromium")
    size = page.stat().st_size
    print(f"{size:,} bytes")
    if size > LARGEST:
        yield f"over {LARGEST:,} bytes"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        took = [opened(browser, page) for _ in range(times)]
        print(f"{statistics.median(took):.2f} s to open, {min(took):.2f} to {max(took):.2f} in {times} times")
        if statistics.median(took) > LONGEST:
            yield f"over {LONGEST:g} s to open"
        for width, language, theme in product(WIDTHS, ("en", "ar"), ("light", "dark")):
            yield from looks(browser, page, width, language, theme, shots)
        browser.close()


def opened(browser: Any, page: Path) -> float:
    """Seconds from the call to the end of `load`, in a window that has seen nothing before."""
    tab = browser.new_page()
    tab.goto(page.as_uri())
    seconds: float = tab.evaluate(OPENED)
    tab.close()
    return seconds


def looks(browser: Any, page: Path, width: str, language: str, theme: str, shots: Path | None) -> Iterator[str]:
    """What is wrong with the page in one of its looks."""
    across, down = WIDTHS[width]
    name = f"{width}-{language}-{theme}"
    tab = browser.new_page(viewport={"width": across, "height": down}, color_scheme=theme)
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(page.as_uri())
    if language == "ar":
        tab.click("#language")
    wider, cut_off = tab.evaluate(WIDER), tab.evaluate(CUT_OFF)
    print(f"{name}: {len(asked) - 1} requests beside the page, {len(said)} complaints, {max(wider, 0)} px too wide, {len(cut_off)} cut off")
    if asked != [page.as_uri()]:
        yield f"{name}: asked for {asked[1:4]}"
    if said:
        yield f"{name}: said {said[:3]}"
    if wider > 0:
        yield f"{name}: {wider} px wider than its window"
    if cut_off:
        yield f"{name}: cut off is {cut_off[:3]}"
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=shots / f"{name}.png")
        for part in tab.locator("main section[id]").all():
            part.evaluate("one => one.scrollIntoView()")
            tab.screenshot(path=shots / f"{name}-{part.get_attribute('id')}.png")
    tab.close()


if __name__ == "__main__":
    raise SystemExit(main())
