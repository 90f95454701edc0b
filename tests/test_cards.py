"""The data card: what it says is in the dataset or was said by somebody; Hugging Face and Croissant can read it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import arclean
from arclean import cli, sample
from arclean.cards.croissant import sha256
from arclean.cards.make import cell
from arclean.dataset.place import Place
from arclean.errors import OutputError

PROSE = "قال الوزير في مؤتمر صحفي أمس إن أعمال البناء في الجسر الجديد انتهت قبل موعدها بشهر كامل."


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("card") / "out"
    arclean.run("pretrain", sample.path(), out)
    return out


def parts(path: Place) -> tuple[dict[str, Any], str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def rows(tmp_path: Path, texts: list[str], **columns: Any) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text, **columns}) + "\n" for text in texts), encoding="utf-8")
    return path


# --- what it must not do


def test_what_nobody_said_is_not_made_up(run: Path, tmp_path: Path) -> None:
    front, body = parts(arclean.card(run, to=tmp_path / "card.md"))
    assert not {"license", "source_datasets", "annotations_creators"} & set(front)
    assert body.count("was not stated when this card was written") + body.count("not stated when this card was written") >= 3


def test_a_dataset_with_its_card_is_still_whole(run: Path) -> None:
    arclean.card(run)
    assert arclean.verify(run).ok


def test_no_field_is_left_empty(run: Path, tmp_path: Path) -> None:
    text = arclean.card(run, to=tmp_path / "card.md").read_text(encoding="utf-8")
    assert not re.search(r"\{\{|\}\}|\{%|None|undefined", text)
    assert "\n\n\n\n" not in text


@pytest.mark.parametrize("language", ["عربي", "ar_EG", "a"])
def test_what_is_no_language_is_refused(run: Path, tmp_path: Path, language: str) -> None:
    with pytest.raises(OutputError, match="BCP 47"):
        arclean.card(run, language=[language], to=tmp_path / "card.md")
    assert not (tmp_path / "card.md").exists()


def test_examples_can_be_left_out(run: Path, tmp_path: Path) -> None:
    with_them, without = (
        arclean.card(run, to=tmp_path / f"{shown}.md", examples=shown).read_text(encoding="utf-8") for shown in (True, False)
    )
    assert "شارك هذا الخبر" in with_them
    assert "شارك هذا الخبر" not in without


@given(st.text())
def test_text_of_the_crawl_stays_in_its_cell(text: str) -> None:
    assert not set("|<`[*_!\n") & set(cell(text)) - ({"<"} if "<U+" in cell(text) else set())


def test_a_hostile_file_name_stays_in_its_place(tmp_path: Path) -> None:
    path = rows(tmp_path, [PROSE]).rename(tmp_path / "a|b`<b>.jsonl")
    arclean.run("light", path, tmp_path / "out")
    assert "<b>" not in parts(arclean.card(tmp_path / "out"))[1]


# --- what it does


def test_the_front_matter_opens_all_configurations(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import load_dataset

    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    arclean.card(run, license="cc0-1.0")
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    opened = load_dataset(str(run), cache_dir=str(tmp_path / "cache"))["train"]
    assert (opened.num_rows, opened.column_names) == (manifest["tally"]["kept"], [column["name"] for column in manifest["columns"]])
    rejected = load_dataset(str(run), "rejected", split="train", streaming=True)
    assert sum(1 for _ in rejected) == manifest["tally"]["rejected"]


def test_what_was_said_stands_in_it(run: Path, tmp_path: Path) -> None:
    front, body = parts(
        arclean.card(
            run,
            title="صدى الميناء",
            license="cc-by-4.0",
            source=["Ten sites that nobody visits"],
            language=["ar", "arz"],
            citation="@misc{a}",
            to=tmp_path / "card.md",
        )
    )
    assert (front["pretty_name"], front["license"], front["language"]) == ("صدى الميناء", "cc-by-4.0", ["ar", "arz"])
    assert "- Ten sites that nobody visits" in body
    assert "@misc{a}" in body


def test_its_numbers_are_those_of_the_manifest(run: Path, tmp_path: Path) -> None:
    front, body = parts(arclean.card(run, to=tmp_path / "card.md"))
    tally = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["tally"]
    assert front["dataset_info"][0]["splits"][0]["num_examples"] == tally["kept"]
    for name, count in {**tally["rules"], **tally["reasons"]}.items():
        assert re.search(rf"^\| `{name}` \|.* {count:,} \|", body, re.MULTILINE), name


def test_nested_columns_are_left_to_the_reader(tmp_path: Path) -> None:
    arclean.run("light", rows(tmp_path, [PROSE], tags=["a", "b"]), tmp_path / "out")
    assert "dataset_info" not in parts(arclean.card(tmp_path / "out"))[0]


def test_limits_say_what_the_pipeline_lacks(tmp_path: Path) -> None:
    arclean.run("light", rows(tmp_path, [PROSE]), tmp_path / "out")
    body = parts(arclean.card(tmp_path / "out"))[1]
    assert "No line was removed" in body
    assert "Duplicates were not removed" in body


def test_croissant_names_every_file_with_its_hash(run: Path) -> None:
    arclean.card(run)
    made = json.loads((run / "croissant.json").read_text(encoding="utf-8"))
    files = [one for one in made["distribution"] if one["@type"] == "cr:FileObject"]
    assert files
    assert all(one["sha256"] == sha256(run / one["contentUrl"]) for one in files)
    columns = [field["name"] for field in made["recordSet"][0]["field"]]
    assert columns == [column["name"] for column in json.loads((run / "manifest.json").read_text(encoding="utf-8"))["columns"]]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
def test_croissant_is_valid(run: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    arclean.card(run, license="cc0-1.0")
    opened = mlcroissant.Dataset(str(run / "croissant.json"))
    assert not opened.metadata.issues.errors
    for kind, count in (("data", 96), ("rejected", 6)):
        rows = list(opened.records(kind))
        assert len(rows) == count
        assert {f"{kind}/id", f"{kind}/text"} <= rows[0].keys()


def test_the_command_does_the_same(run: Path, tmp_path: Path) -> None:
    call = ["card", str(run), "--license", "cc0-1.0", "--source", "a", "--source", "b", "--no-examples", "-o", str(tmp_path / "a.md")]
    done = CliRunner().invoke(cli.main, call)
    assert done.exit_code == 0, done.output
    library = arclean.card(run, license="cc0-1.0", source=["a", "b"], examples=False, to=tmp_path / "b.md")
    assert library.read_bytes() == (tmp_path / "a.md").read_bytes()
