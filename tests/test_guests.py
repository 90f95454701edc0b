"""Guests: tables of datasets, polars, pandas and DuckDB go in through the PyCapsule protocol and come back to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest

import arclean
from arclean.rules.samples import PROSE

PRETRAIN: Final = arclean.load("pretrain")
TEXTS: Final = [f"{PROSE}\nجميع الحقوق محفوظة", "جمـــيل  جدا", "English only here", ""]
URLS: Final = ["a", "b", "c", "d"]
CLEANED: Final = [PROSE, "جميل جدا", "English only here", ""]
DROPS: Final = [None, None, "arabic_share_low", "words_low"]
COLUMNS: Final = ["url", "text", "drop", "lines_removed", "characters", "words", "lines", "arabic_share"]


def holds(table: Any, texts: list[Any] = CLEANED) -> None:
    assert isinstance(table, pa.Table)
    assert table.column_names == COLUMNS
    assert table["url"].to_pylist() == URLS
    assert table["text"].to_pylist() == texts
    assert table["drop"].to_pylist() == DROPS


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The real library, offline, its caches under the temporary directory, without bars."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()
    return datasets


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_hugging_face_dataset_is_cleaned_in_batches_and_its_cache_is_used(quiet: Any, tmp_path: Path) -> None:
    quiet.Dataset.from_dict({"url": URLS, "text": TEXTS}).save_to_disk(tmp_path / "given")
    given = quiet.load_from_disk(str(tmp_path / "given"))
    done = given.with_format("arrow").map(PRETRAIN.table, batched=True, batch_size=3)
    holds(done[:])
    plain = done.with_format(None)
    assert plain.column_names == COLUMNS
    assert plain[0]["text"] == PROSE
    assert plain.features["words"].dtype == "int32"
    assert [row["text"] for row in plain.filter(lambda row: row["drop"] is None)] == CLEANED[:2]
    again = arclean.load("pretrain")
    assert given.with_format("arrow").map(again.table, batched=True, batch_size=3).cache_files == done.cache_files != []
    light = given.with_format("arrow").map(arclean.load("light").table, batched=True, batch_size=3)
    assert light.cache_files != done.cache_files


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_hugging_face_dataset_is_cleaned_by_two_processes(quiet: Any, tmp_path: Path) -> None:
    quiet.Dataset.from_dict({"url": URLS, "text": TEXTS}).save_to_disk(tmp_path / "given")
    given = quiet.load_from_disk(str(tmp_path / "given"))
    done = given.with_format("arrow").map(PRETRAIN.table, batched=True, num_proc=2)
    holds(done[:])


def test_a_whole_hugging_face_dataset_is_a_table(quiet: Any) -> None:
    holds(PRETRAIN.table(quiet.Dataset.from_dict({"url": URLS, "text": TEXTS})))


def test_features_of_a_hugging_face_dataset_outlive_the_cleaning(quiet: Any) -> None:
    features = quiet.Features({"text": quiet.Value("string"), "label": quiet.ClassLabel(names=["news", "forum"])})
    given = quiet.Dataset.from_dict({"text": ["جمـيل", "نص"], "label": [1, 0]}, features=features)
    done = given.with_format("arrow").map(PRETRAIN.table, batched=True).with_format(None)
    assert done.features["label"] == features["label"]
    assert done["label"][:] == [1, 0]
    assert "words" in done.features


def test_a_streamed_hugging_face_dataset_is_cleaned_as_it_comes(quiet: Any) -> None:
    given = quiet.Dataset.from_dict({"url": URLS, "text": TEXTS}).to_iterable_dataset(num_shards=2)
    done = given.with_format("arrow").map(PRETRAIN.table, batched=True, batch_size=2)
    assert [row["text"] for row in done.with_format(None)] == CLEANED


def test_a_polars_frame() -> None:
    import polars as pl

    given = pl.DataFrame({"url": URLS, "text": TEXTS})
    holds(PRETRAIN.table(given))
    back = pl.DataFrame(PRETRAIN.table(given))
    assert back["text"].to_list() == CLEANED
    assert back.filter(pl.col("drop").is_null()).height == 2


def test_polars_frames_of_chunks_slices_and_categories() -> None:
    import polars as pl

    half = pl.DataFrame({"url": URLS, "text": TEXTS})
    both = pl.concat([half[:2], half[2:]], rechunk=False)
    holds(PRETRAIN.table(both))
    assert PRETRAIN.table(half[1:3])["text"].to_pylist() == CLEANED[1:3]
    assert PRETRAIN.table(half.with_columns(pl.col("text").cast(pl.Categorical)))["text"].to_pylist() == CLEANED
    assert PRETRAIN.table(half[:0]).num_rows == 0


def test_a_pandas_frame() -> None:
    import pandas as pd

    given = pd.DataFrame({"url": URLS, "text": TEXTS})
    holds(PRETRAIN.table(given))
    back = PRETRAIN.table(given).to_pandas()
    assert back["text"].tolist() == CLEANED
    assert back["drop"].isna().tolist() == [True, True, False, False]


def test_pandas_columns_of_objects_of_arrow_and_with_missing_values() -> None:
    import pandas as pd

    missing = ["جمـيل", None]
    for kind in ("object", "string", pd.ArrowDtype(pa.string()), "category"):
        given = pd.DataFrame({"text": pd.Series(missing, dtype=kind)})
        assert PRETRAIN.table(given)["text"].to_pylist() == ["جميل", None]


def test_an_index_of_pandas_stays() -> None:
    import pandas as pd

    given = pd.DataFrame({"text": ["نص", "نص"]}, index=pd.Index(["x", "y"], name="key"))
    assert PRETRAIN.table(given).to_pandas().index.tolist() == ["x", "y"]


def test_a_relation_of_duckdb_goes_in_and_the_table_can_be_asked() -> None:
    import duckdb

    with duckdb.connect() as connection:
        given = pa.table({"url": URLS, "text": TEXTS})
        connection.register("given", given)
        relation = connection.sql("select url, text from given order by url")
        holds(PRETRAIN.table(relation))
        connection.register("cleaned", PRETRAIN.table(relation))
        asked: Any = connection.sql('select count(*), sum(words) from cleaned where "drop" is null')
        assert asked.fetchall() == [(2, len(PROSE.split()) + 2)]


class Stream:
    """Something of nobody's that speaks the protocol."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)


def test_whoever_speaks_the_protocol() -> None:
    table = pa.table({"url": URLS, "text": TEXTS})
    holds(PRETRAIN.table(Stream(table)))
    holds(PRETRAIN.table(table.to_batches()[0]))
    holds(PRETRAIN.table(table.to_reader()))
