"""Guest in other people's engines: each gives the column that `pipe.table` gives. Each is skipped where its package is not installed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pytest

import arclean
from arclean.rules.samples import PROSE

pytestmark = pytest.mark.filterwarnings("ignore")
PIPE: Final = arclean.load("pretrain")
TABLE: Final = pa.table(
    {"number": list(range(40)), "text": [f"{PROSE} {n}\nجميع الحقوق محفوظة" if n % 3 else "جمـيل  جدا" for n in range(40)]}
)
WANTED: Final = PIPE.table(TABLE).sort_by("number")


def test_batches_in_batches_out() -> None:
    made = list(PIPE.batches(iter(TABLE.to_batches(max_chunksize=7))))
    assert [batch.num_rows for batch in made] == [7, 7, 7, 7, 7, 5]
    assert pa.Table.from_batches(made).equals(WANTED)


def test_no_batches_are_no_batches() -> None:
    assert list(PIPE.batches(iter(()))) == []


def test_polars_lazily() -> None:
    pl = pytest.importorskip("polars")
    lazy = pl.DataFrame(TABLE).lazy().map_batches(lambda frame: pl.DataFrame(PIPE.table(frame)), schema=pl.DataFrame(WANTED).schema)
    assert lazy.collect()["text"].to_list() == WANTED["text"].to_pylist()


def test_duckdb_through_arrow() -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("given", TABLE)
        reader = connection.sql("select number, text from given").to_arrow_reader(8)
        other = connection.cursor()  # the first one is busy giving
        other.register("cleaned", pa.RecordBatchReader.from_batches(WANTED.schema, PIPE.batches(reader)))
        assert other.sql("select text from cleaned order by number").fetchall() == [(text,) for text in WANTED["text"].to_pylist()]


def test_dask_partitions() -> None:
    dask: Any = pytest.importorskip("dask")
    pd = pytest.importorskip("pandas")
    with dask.config.set(scheduler="synchronous"):
        parts = [dask.delayed(PIPE.table)(TABLE.slice(start, 10)) for start in range(0, 40, 10)]
        assert pa.concat_tables(dask.compute(*parts)).equals(WANTED)
    frame = pytest.importorskip("dask.dataframe", reason="dask has no data frames here").from_pandas(TABLE.to_pandas(), npartitions=4)
    meta = WANTED.slice(0, 0).to_pandas()
    made = frame.map_partitions(lambda part: PIPE.table(part).to_pandas(), meta=meta).compute(scheduler="synchronous")
    assert isinstance(made, pd.DataFrame)
    assert made.sort_values("number")["text"].tolist() == WANTED["text"].to_pylist()


def test_daft_batch_functions() -> None:
    daft: Any = pytest.importorskip("daft")

    def clean(texts: Any) -> Any:
        return PIPE.table(pa.table({"text": texts.to_arrow()}))["text"].combine_chunks()

    cleaned = daft.func.batch(return_dtype=daft.DataType.string())(clean)
    made = daft.from_arrow(TABLE).with_column("text", cleaned(daft.col("text"))).sort("number")
    assert made.to_pydict()["text"] == WANTED["text"].to_pylist()


def test_ray_data_batches() -> None:
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data", reason="ray has no data sets here: pip install 'ray[data]'")
    started = not ray.is_initialized()
    made = ray.data.from_arrow(TABLE).map_batches(PIPE.table, batch_format="pyarrow", batch_size=10)
    rows = sorted(made.take_all(), key=lambda row: row["number"])
    if started:
        ray.shutdown()
    assert [row["text"] for row in rows] == WANTED["text"].to_pylist()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Spark starts its workers with the ``python3`` of the PATH, which need not be the one that runs the tests."""
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def test_spark_maps_in_arrow(spark: Any) -> None:
    frame = spark.createDataFrame(TABLE.to_pylist(), "number long, text string").repartition(3)
    schema = "number long, text string, drop string, lines_removed int, characters int, words int, lines int, arabic_share float"
    rows = sorted(frame.mapInArrow(PIPE.batches, schema).collect(), key=lambda row: row["number"])
    assert [row["text"] for row in rows] == WANTED["text"].to_pylist()
