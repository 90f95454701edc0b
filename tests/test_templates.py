"""Site templates: what a site repeats over distinct documents goes, an article crawled twice stays; and rules mined from a crawl."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import arclean
from arclean.boilerplate.templates import kernels
from arclean.boilerplate.templates.count import sites_of
from arclean.boilerplate.templates.table import KEPT, SCHEMA, settled
from arclean.errors import PipelineError, SourceError, UnknownName

SELF = "نسعد بزيارتكم لموقع الوادي الذي ينقل إليكم كل جديد، ونرجو أن تجدوا فيه ما يفيدكم ويسركم دائما."
MENU = "بوابة المشتركين"
HEADING = "طريقة التحضير"
NOUNS = [
    "السوق",
    "المسجد",
    "المدرسة",
    "الجسر",
    "النهر",
    "الحديقة",
    "القطار",
    "المكتبة",
    "المصنع",
    "الميناء",
    "البستان",
    "الملعب",
    "المتحف",
    "المقهى",
    "الطريق",
]
VERBS = "افتتح رمم زار هدم وسع نقل أغلق دشن أصلح شاهد".split()  # noqa: SIM905
NAMES = "سالم ليلى حسن مريم يوسف هند خالد سعاد عمر زينب".split()  # noqa: SIM905


def sentence(dice: random.Random) -> str:
    who, verb, what, other = dice.choice(NAMES), dice.choice(VERBS), dice.choice(NOUNS), dice.choice(NOUNS)
    day, page = dice.randint(1, 28), dice.randint(100, 999)
    wrote = f"كتب عنه {dice.choice(NAMES)} في دفتر رقم {page} ونسي {dice.choice(NAMES)} أن يكتب"
    return f"{verb} {who} {what} القريب من {other} في يوم {day}، ثم {wrote}."


def article(number: int) -> list[str]:
    dice = random.Random(number)
    return [sentence(dice) for _ in range(6)]


def document(number: int, site: str = "wadi.example", lines: list[str] | None = None, heading: bool = True) -> dict[str, str]:
    body = article(number) if lines is None else lines
    middle = [*body[:3], HEADING, *body[3:]] if heading else body
    return {"id": f"{site}-{number}", "url": f"https://www.{site}/n/{number}", "text": "\n".join([MENU, *middle, SELF])}


def write(path: Path, documents: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles of a site, one of them crawled nine times, and one of another site that says the same of itself."""
    copies = [{**document(0), "url": f"https://wadi.example/copy/{n}", "id": f"copy-{n}"} for n in range(8)]
    near = {**document(0), "url": "https://wadi.example/print/0", "id": "near"}
    near["text"] += "\nطبعت هذه الصفحة في المساء."
    folder = tmp_path_factory.mktemp("crawl")
    write(folder / "a.jsonl", [*(document(n) for n in range(6)), *copies])
    write(folder / "b.jsonl", [*(document(n) for n in range(6, 12)), near, document(99, "tal.example")])
    return folder


@pytest.fixture(scope="module")
def templates(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("learned") / "templates.parquet"
    arclean.learn(crawl, out)
    return out


def cleaned(pipe: arclean.Pipeline, *documents: dict[str, str]) -> list[str]:
    made: list[str] = pipe.table(pa.Table.from_pylist(list(documents)))["text"].to_pylist()
    return made


def piped(path: Path, at_least: int = 5) -> arclean.Pipeline:
    return arclean.Pipeline((arclean.Templates(str(path), at_least),))


def test_an_article_that_was_crawled_ten_times_stays(templates: Path) -> None:
    (kept,) = cleaned(piped(templates), document(0))
    assert [line for line in article(0) if line not in kept] == []


def test_a_heading_amid_prose_stays_however_often_a_site_has_it(templates: Path) -> None:
    (kept,) = cleaned(piped(templates), document(3))
    assert HEADING in kept.split("\n")


def test_another_site_and_a_document_without_an_address_stay(templates: Path) -> None:
    other, without = document(99, "tal.example"), {**document(5), "url": None}
    assert cleaned(piped(templates), other, without) == [other["text"], without["text"]]  # type: ignore[arg-type]
    assert piped(templates).clean(document(5)["text"]) == document(5)["text"]


def test_what_a_site_says_of_itself_in_whole_sentences_goes_and_is_accounted_for(templates: Path) -> None:
    batch = pa.RecordBatch.from_pylist([document(3), document(7)])
    done = piped(templates).apply(batch)
    body = article(3)
    assert done.batch["text"][0].as_py() == "\n".join([*body[:3], HEADING, *body[3:]])
    assert done.tally.rules == {"site_template": 4}
    assert [(row["row"], row["line"], row["category"], row["text"]) for row in done.removed.to_pylist()] == [
        (row, line, "template", text) for row in (0, 1) for line, text in ((1, MENU), (9, SELF))
    ]
    assert done.batch["lines_removed"].to_pylist() == [2, 2]


def test_spelling_marks_and_bullets_do_not_matter(templates: Path) -> None:
    given_ = {**document(3), "text": "\n".join([*article(3), "• " + SELF.replace("إ", "ا").replace("نسعد", "نُسعِد")])}
    assert cleaned(piped(templates), given_) == ["\n".join(article(3))]


def test_no_line_is_counted_more_often_than_there_are_documents(templates: Path) -> None:
    rows = pq.read_table(templates).to_pylist()
    told = {row["text"]: row for row in rows if row["site"] == "wadi.example"}
    assert 10 <= told[SELF]["documents"] <= 14
    assert told[HEADING]["amid"] > 0
    assert told[SELF]["prose"]
    assert all(line not in told or told[line]["documents"] < 5 for line in article(0))


def test_the_same_bytes_for_any_number_of_workers(crawl: Path, templates: Path, tmp_path: Path) -> None:
    for workers in (1, 2, 3):
        arclean.learn(crawl, tmp_path / f"{workers}.parquet", workers=workers)
        assert (tmp_path / f"{workers}.parquet").read_bytes() == templates.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.parquet", "2.parquet", "3.parquet"]


def test_shards_add_up_to_the_whole(crawl: Path, templates: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        arclean.learn(crawl / f"{name}.jsonl", tmp_path / f"{name}.parquet", least=1)
    told = arclean.learn([tmp_path / "a.parquet", tmp_path / "b.parquet"], tmp_path / "c.parquet")
    assert (tmp_path / "c.parquet").read_bytes() == templates.read_bytes()
    assert told.sites == 1


def test_memory_is_bounded_by_stretches_that_change_nothing(crawl: Path, templates: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("arclean.dataset.learn._SPILL", 1000)
    monkeypatch.setattr("arclean.dataset.learn._TOGETHER", 2000)
    arclean.learn(crawl, tmp_path / "small.parquet")
    assert pq.read_table(tmp_path / "small.parquet").equals(pq.read_table(templates))


def test_a_pipeline_with_templates_is_written_to_a_file_and_run(crawl: Path, templates: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"name: mine\nsteps:\n- templates: {{path: {templates}, at_least: 5}}\n- preset: light\n", encoding="utf-8")
    pipe = arclean.load(file)
    assert arclean.Pipeline.from_dict(pipe.to_dict()) == pipe
    result = arclean.run(pipe, crawl, tmp_path / "out")
    assert result.tally.rules["site_template"] > 20
    assert "site_template" in ds.dataset(tmp_path / "out" / "removed").to_table()["rule"].to_pylist()
    assert arclean.verify(tmp_path / "out").ok


def test_other_templates_are_another_pipeline(templates: Path, tmp_path: Path) -> None:
    other = tmp_path / "t.parquet"
    other.write_bytes(templates.read_bytes())
    before = piped(other).fingerprint
    pq.write_table(pq.read_table(templates).slice(0, 1).cast(SCHEMA), other)
    assert piped(other).fingerprint != before


def test_wrong_names_and_numbers_stop_before_any_work(crawl: Path, templates: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'url'"):
        arclean.learn(crawl, tmp_path / "x.parquet", url="urls")
    with pytest.raises(SourceError, match="others are not"):
        arclean.learn([crawl / "a.jsonl", templates], tmp_path / "x.parquet")
    with pytest.raises(PipelineError, match="no file of templates"):
        arclean.Templates(str(crawl / "a.jsonl"))
    with pytest.raises(PipelineError, match="ask for 2 or more"):
        arclean.Templates(str(templates), 1)
    assert list(tmp_path.iterdir()) == []


def test_pages_of_a_crawl_are_learned_from(tmp_path: Path) -> None:
    pages = tmp_path / "pages.jsonl"
    rows = [{"url": one["url"], "html": f"<p>{'</p><p>'.join(one['text'].splitlines())}</p>"} for one in map(document, range(6))]
    pages.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert arclean.learn(pages, tmp_path / "t.parquet", html="html", least=3).lines == 3


def test_the_address_says_the_site() -> None:
    told = {
        "http://WWW.Example.com": "example.com",
        "https://user@sub.example.com:8080/x?y#z": "sub.example.com",
        "//example.com/a": "example.com",
        "ftp://example.com": "example.com",
        "/only/a/path": None,
        "": None,
    }
    assert sites_of(pa.array(list(told))).to_pylist() == list(told.values())


# --- mining


def test_lines_of_many_sites_become_rules_for_a_person_to_edit(tmp_path: Path) -> None:
    words, known = "دليل الزوار الكرام", "جميع الحقوق محفوظة"
    documents = []
    for number in range(24):
        one = document(number, f"site{number % 8}.example", heading=False)
        documents.append({**one, "text": "\n".join([words, *one["text"].splitlines()[1:4], "مقدمة", *one["text"].splitlines()[4:], known])})
    rules = tmp_path / "mined.yaml"
    found = arclean.mine(write(tmp_path / "crawl.jsonl", documents), rules)
    assert [one.rule.drops for one in found] == [(words,)]
    assert (found[0].sites, found[0].documents) == (8, 24)
    pipe = arclean.load(rules)
    body = "\n".join(article(50))
    assert pipe.clean(f"{words}\n{body}") == body
    check = subprocess.run([sys.executable, "-m", "arclean", "check", str(rules)], capture_output=True, check=False, text=True)
    assert check.returncode == 0, check.stdout + check.stderr


def test_the_commands_learn_and_mine(crawl: Path, templates: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "arclean"]
    done = subprocess.run([*command, "learn", str(crawl), "-o", str(tmp_path / "t.parquet")], capture_output=True, check=True, text=True)
    assert "lines of 1 sites" in done.stdout
    assert (tmp_path / "t.parquet").read_bytes() == templates.read_bytes()
    subprocess.run([*command, "mine", str(tmp_path / "t.parquet"), "-o", str(tmp_path / "m.yaml"), "--sites", "2"], check=True)
    assert arclean.load(tmp_path / "m.yaml").name == "mined"


# --- twins


ROWS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 200), st.sampled_from(["a", "b"])), max_size=200)


@pytest.mark.kernels
@given(ROWS)
def test_distinct_documents_are_counted_exactly_up_to_a_number_and_about_beyond(rows: list[tuple[int, int, str]]) -> None:
    table = pa.table(
        {
            "key": [key for key, _, _ in rows],
            "site": ["s"] * len(rows),
            "text": [text for *_, text in rows],
            "documents": [1] * len(rows),
            "amid": [1] * len(rows),
            "prose": [False] * len(rows),
            "signatures": [[int(kernels.mixed(np.uint64(value)))] for _, value, _ in rows],
        },
        SCHEMA,
    )
    done = settled(table).to_pylist()
    assert [row["key"] for row in done] == sorted({key for key, _, _ in rows})
    for row in done:
        mine = [(value, text) for key, value, text in rows if key == row["key"]]
        distinct = len({value for value, _ in mine})
        assert row["text"] == mine[0][1]
        assert row["amid"] == len(mine)
        assert row["documents"] == distinct if distinct < KEPT else abs(row["documents"] - distinct) < distinct


@pytest.mark.kernels
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 1)), max_size=30))
def test_amid_prose_is_between_its_first_and_its_last_line(lines: list[tuple[bool, bool, int]]) -> None:
    row = np.cumsum([step for *_, step in lines], dtype=np.int64) if lines else np.empty(0, np.int64)
    prose, blank = (np.array([line[at] for line in lines], np.bool_) for at in (0, 1))
    into = np.zeros(len(lines), np.bool_)
    kernels.amid(row, prose, blank, into)
    for at in range(len(lines)):
        of_row = [one for one in range(len(lines)) if row[one] == row[at] and prose[one] and not blank[one]]
        assert (into[at] == any(one < at for one in of_row) and any(one > at for one in of_row)) or not into[at]


@pytest.mark.kernels
@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12), max_size=6))
def test_copies_of_a_document_have_one_signature_however_its_lines_are_cut(documents: list[list[str]]) -> None:
    one = signed([[" ".join(words)] for words in documents])
    many = signed([words or [""] for words in documents])
    assert one.tolist() == many.tolist()


def signed(documents: list[list[str]]) -> Any:
    lines = [(number, line) for number, lines in enumerate(documents) for line in lines]
    data = "".join(line for _, line in lines).encode()
    bounds = np.concatenate(([0], np.cumsum([len(line.encode()) for _, line in lines]))).astype(np.int64)
    into = np.zeros(len(documents), np.uint64)
    kernels.signatures(bounds, np.frombuffer(data, np.uint8), np.array([number for number, _ in lines], np.int64), into)
    return into
