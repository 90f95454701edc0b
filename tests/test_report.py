"""The page of a run: its figures are those of the manifest, what the crawl holds is inert in it, and it loads nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import arclean
from arclean import cli, sample
from arclean.catalogue import entries
from arclean.errors import OutputError
from arclean.reports.cuts import Sample
from arclean.reports.diffs import stretches
from arclean.reports.facts import facts
from arclean.reports.histogram import Histogram, Scale
from arclean.reports.labels import LABELS
from arclean.reports.rows import line_rows
from arclean.reports.short import reason_words, short
from arclean.reports.sites import MOST, Site, Sites
from arclean.reports.words import KINDS, REPAIRS
from arclean.rule import CATEGORIES

HOSTILE = '<script>fetch("https://evil.example/")</script><img src=x onerror=alert(1)>"\'>\N{RIGHT-TO-LEFT OVERRIDE}'
PROSE = "قال الوزير في مؤتمر صحفي أمس إن أعمال البناء في الجسر الجديد انتهت قبل موعدها بشهر كامل."


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "out"
    arclean.run("pretrain", sample.path(), out, log=out.parent / "log")
    return out


@pytest.fixture(scope="module")
def html(run: Path) -> str:
    return arclean.report(run, inputs=sample.path(), log=run.parent / "log").read_text(encoding="utf-8")


def records(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


# --- what it must not do


def test_a_dataset_with_its_page_is_still_whole(run: Path, html: str) -> None:
    assert html
    assert arclean.verify(run).ok


def test_the_same_dataset_gives_the_same_page(run: Path, tmp_path: Path) -> None:
    pages = [arclean.report(run, inputs=sample.path(), to=tmp_path / name).read_bytes() for name in "ab"]
    assert pages[0] == pages[1]


def test_the_page_loads_nothing(html: str) -> None:
    page = Page(html)
    addresses = [value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href", "srcset", "action")]
    assert [address for address in addresses if not (address or "").startswith(("#", "data:,"))] == []
    assert "url(" not in html
    assert "@import" not in html


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    rows: list[dict[str, Any]] = [
        {"id": f"1{HOSTILE}", "text": f"{HOSTILE}{PROSE}\nاقرأ أيضا: {HOSTILE}\n{PROSE}", "url": f"https://{HOSTILE}/a"},
        {"id": "2", "text": f"{HOSTILE} only", "url": "javascript:alert(1)"},
        {"id": "3", "text": PROSE + " كلمة" * 200_000, "url": None},
    ]
    path = records(folder / "crawl.jsonl", rows)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "4", "text": ' + HOSTILE + "\n")
    arclean.run("pretrain", path, folder / "out")
    return Path(arclean.report(folder / "out", inputs=path))


def test_text_of_the_crawl_is_inert(hostile: Path) -> None:
    text = hostile.read_text(encoding="utf-8")
    page = Page(text)
    assert Counter(tag for tag, _ in page.tags)["script"] == 1
    assert [attributes for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"] == []
    assert not {"img", "iframe", "object", "form", "base"} & {tag for tag, _ in page.tags}
    assert "evil.example" in "".join(page.words)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text
    assert len(text) < 200_000


def test_nothing_but_the_page_is_written(hostile: Path) -> None:
    assert {path.name for path in hostile.parent.parent.iterdir()} == {"crawl.jsonl", "out"}


@pytest.mark.parametrize("there", [(), ("manifest.json",)], ids=["no run", "a manifest of something else"])
def test_what_is_no_finished_run_is_refused_by_name(tmp_path: Path, there: tuple[str, ...]) -> None:
    for name in there:
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match=re.escape(str(tmp_path))):
        arclean.report(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(there)


def test_a_missing_shard_is_named_with_the_remedy(tmp_path: Path) -> None:
    arclean.run("light", records(tmp_path / "a.jsonl", [{"text": PROSE}]), tmp_path / "out")
    next((tmp_path / "out" / "data").iterdir()).unlink()
    with pytest.raises(OutputError, match="arclean verify"):
        arclean.report(tmp_path / "out")


def test_what_is_no_log_is_refused(run: Path, tmp_path: Path) -> None:
    (tmp_path / "log").write_text("12:00 started\n", encoding="utf-8")
    with pytest.raises(OutputError, match="--log"):
        arclean.report(run, log=tmp_path / "log", to=tmp_path / "page.html")


# --- what it does


def test_the_facts_are_those_of_the_manifest(run: Path) -> None:
    found = facts(run)
    tally = found.tally
    assert sum(cut.lines for cut in found.cuts.values()) == tally.lines_removed
    assert {name: cut.lines for name, cut in found.cuts.items()} == {n: c for n, c in tally.rules.items() if n in found.cuts}
    assert found.sites is not None
    assert sum(site.kept for site in found.sites.counts.values()) == tally.kept
    assert sum(site.rejected for site in found.sites.counts.values()) == tally.rejected
    assert sum(site.cut for site in found.sites.counts.values()) == tally.lines_removed
    assert sum(site.words for site in found.sites.counts.values()) == found.words_kept
    for histogram in found.histograms.values():
        assert (histogram.kept.sum(), histogram.rejected.sum()) == (tally.kept, tally.rejected)
    assert (found.histograms["words"].least, found.histograms["arabic_share"].least) == (1, 0.3)
    assert set(found.rejected) == set(tally.reasons)
    assert set(found.unread) == set(tally.errors)


def test_the_page_says_what_each_rule_took_and_why(run: Path, html: str) -> None:
    words = "".join(Page(html).words)
    for name, count in facts(run).tally.rules.items():
        rule = arclean.rules.catalogue()[name]
        assert name in words
        assert rule.why in words
        assert f"{count:,}" in words


def test_the_page_shows_documents_line_by_line(html: str) -> None:
    assert re.search(r'<del>شارك هذا الخبر</del></div><div class="by"><span title="share_button">', html)
    assert "<ins>" in html


def test_a_line_that_is_said_twice_is_cut_once(tmp_path: Path) -> None:
    title = "افتتاح الجسر الجديد بعد عامين من العمل"
    path = records(tmp_path / "a.jsonl", [{"id": "a", "text": f"{title}\n{title}\n{PROSE} {PROSE}"}])
    arclean.run("pretrain", path, tmp_path / "out")
    looks = arclean.report(tmp_path / "out", inputs=path).read_text(encoding="utf-8").partition('id="looks"')[2].partition("</section>")[0]
    assert (looks.count(title), looks.count(f"<del>{title}</del>")) == (2, 1)


def test_without_inputs_the_rules_show_their_own_examples(run: Path, tmp_path: Path) -> None:
    page = arclean.report(run, to=tmp_path / "page.html").read_text(encoding="utf-8")
    assert 'id="looks"' not in page
    assert LABELS["from_catalogue"][0] in page


def test_runs_are_set_side_by_side(run: Path, tmp_path: Path) -> None:
    arclean.run("light", sample.path(), tmp_path / "light")
    page = arclean.report([tmp_path / "light", run], to=tmp_path / "both.html").read_text(encoding="utf-8")
    assert "share_button" in page
    assert "+137" in page
    assert "--- light" in page


def test_the_command_does_the_same(run: Path, html: str, tmp_path: Path) -> None:
    call = ["report", str(run), "--inputs", str(sample.path()), "--log", str(run.parent / "log"), "-o", str(tmp_path / "page.html")]
    done = CliRunner().invoke(cli.main, call)
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'page.html'}\n")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == html


def test_a_run_writes_its_page_if_asked(tmp_path: Path) -> None:
    call = ["run", "pretrain", str(records(tmp_path / "a.jsonl", [{"text": PROSE}])), "-o", str(tmp_path / "out"), "-q", "--report"]
    done = CliRunner().invoke(cli.main, call)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "report.html").is_file()


def test_every_label_has_both_languages() -> None:
    assert all(english and re.search("[\u0600-\u06ff]|^English$", arabic) for english, arabic in LABELS.values())


# --- its parts


@given(st.lists(st.sampled_from("abcdefghij"), max_size=60), st.integers(1, 5))
def test_a_sample_of_texts_counts_exactly(texts: list[str], size: int) -> None:
    made = Sample(size)
    for text in texts:
        made.add(text)
    counts = Counter(texts)
    assert made.texts() == sorted(made.texts(), key=lambda item: (-item[1], item[0]))
    assert all(counts[text] == times for text, times in made.texts())
    assert len(made.texts()) == min(size, len(counts))
    again = Sample(size)
    for text in reversed(texts):
        again.add(text)
    assert again.texts() == made.texts()


@given(st.lists(st.floats(0, 1e8), max_size=50))
def test_bins_hold_what_lies_between_their_edges(values: list[float]) -> None:
    scale = Scale.of(0, 1e8)
    slow = [sum(low <= v < high for v in values) for low, high in zip(scale.edges, scale.edges[1:], strict=False)]
    assert scale.bins(np.array(values)).tolist() == slow


def test_a_histogram_leaves_out_what_is_no_number() -> None:
    made = Histogram("words", Scale.of(0, 10))
    made.add(np.array([np.nan, 3.0]), kept=True)
    assert made.kept.sum() == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "كلمة"), ("كلمة", "كلمة"), ("قـال الوزير", "قال الوزير"), ("كلمة " * 200 + "قـال", "كلمة " * 200 + "قال")],
    ids=["nothing before", "nothing changed", "a word changed", "a long line"],
)
def test_a_diff_shows_what_came(before: str, after: str) -> None:
    found = stretches(before, after)
    kinds = {kind for kind, _ in found}
    assert ("new" in kinds) == (before != after)
    assert sum(len(text) for _, text in found) < 400


def test_many_sources_are_bounded() -> None:
    sites = Sites("source", {f"s{number}": Site(kept=number) for number in range(MOST + 1)})
    total = sum(site.kept for site in sites.counts.values())
    sites._bound()
    assert len(sites.counts) <= MOST // 2 + 1
    assert sum(site.kept for site in sites.counts.values()) == total


# --- what went, in short


@pytest.mark.parametrize(
    ("reason", "english"),
    [
        pytest.param("words_low", "words: under 1", id="a-bound-of-the-pipeline"),
        pytest.param("arabic_share_low", "share of Arabic letters: under 30%", id="a-share"),
        pytest.param("words_high", "words: too many", id="a-bound-that-is-not-told"),
        pytest.param("made_up_low", "made_up: too few", id="a-measure-of-ones-own"),
        pytest.param("near_duplicate", "nearly the same as a document before", id="a-stage"),
        pytest.param("language_fa", "in another language (fa)", id="a-language"),
        pytest.param("ما أشاء", "ما أشاء", id="a-reason-of-ones-own"),
    ],
)
def test_reasons_are_told_in_words(run: Path, reason: str, english: str) -> None:
    said = reason_words(facts(run), reason)
    assert said[0] == english
    assert said[1]


def test_every_category_of_lines_is_told_in_both_languages() -> None:
    assert set(KINDS) == set(CATEGORIES)


@pytest.mark.parametrize("preset", ["light", "pretrain", "web", "social"])
def test_every_repair_of_the_presets_for_text_is_told_in_both_languages(preset: str) -> None:
    repairs = {entry.name for entry in entries(arclean.load(preset)) if entry.kind != "line"}
    assert repairs <= set(REPAIRS)
    assert all(english.isascii() and not arabic.isascii() for english, arabic in REPAIRS.values())


def test_a_list_in_short_ends_with_the_others_together(run: Path) -> None:
    found = facts(run)
    rows = line_rows(found, arclean.load("pretrain"))
    told = short(found, rows, [])
    assert [entry.count for entry in told.kinds[:-1]] == sorted((entry.count for entry in told.kinds[:-1]), reverse=True)
    assert (told.kinds[-1].name, told.repairs) == ("", [])
    assert sum(entry.count for entry in told.kinds) == found.tally.lines_removed


def test_an_empty_run_says_that_nothing_went(tmp_path: Path) -> None:
    path = records(tmp_path / "a.jsonl", [{"id": "1", "text": PROSE}])
    arclean.run("light", path, tmp_path / "out")
    html = arclean.report(tmp_path / "out").read_text(encoding="utf-8")
    for said in ("No document was rejected.", "No line was cut.", "No character was changed."):
        assert said in html


def test_documents_that_lost_lines_are_shown_first_however_few(tmp_path: Path) -> None:
    rows = [{"id": f"plain-{i}", "text": f"{PROSE} ـــ"} for i in range(400)]
    rows.insert(77, {"id": "with-furniture", "text": f"{PROSE}\nجميع الحقوق محفوظة\n{PROSE}"})
    path = records(tmp_path / "a.jsonl", rows)
    arclean.run("pretrain", path, tmp_path / "out")
    html = arclean.report(tmp_path / "out", inputs=path).read_text(encoding="utf-8")
    looks = html.partition('<section id="looks"')[2]
    assert looks.index("with-furniture") < looks.index("</summary>")
