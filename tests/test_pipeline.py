"""Pipelines: one definition for a text, for many and for tables in any chunks; rows are never lost, added or moved, whosever the step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_parts import Cleaner, Reversed, Score, Step, made_longer, no_stars
from strategies import chunkings, columns, pages, texts

import arclean
from arclean import Characters, Filter, Lines, Measure, Pipeline, rules
from arclean.errors import ArcleanError, ColumnError, PipelineError, UnknownName
from arclean.rule import LineRule
from arclean.rules.letters import STRIP_TATWEEL
from arclean.rules.samples import PROSE
from arclean.steps import Edit

OWN: Final = Pipeline((Characters((STRIP_TATWEEL,)), no_stars, Score(), Reversed(), made_longer, Measure(("words",)), Filter("words", 2)))
PIPES: Final = {"own": OWN, **{name: arclean.load(name) for name in ("light", "pretrain")}}
EVERY: Final = pytest.mark.parametrize("pipe", PIPES.values(), ids=PIPES)
documents: Final = texts | pages()


def batch_of(column: pa.Array, **others: Any) -> pa.RecordBatch:
    number = pa.array(range(len(column)), pa.int64())
    return pa.record_batch({"id": number, "text": column, **others})


@EVERY
@given(data=st.data())
def test_one_text_many_texts_a_batch_and_a_table_in_any_chunks_are_cleaned_alike(pipe: Pipeline, data: st.DataObject) -> None:
    column = data.draw(columns(documents, nulls=False))
    one_by_one = [pipe.clean(text) for text in column.to_pylist()]
    assert pipe.clean_many(column.to_pylist()) == one_by_one
    batch = pipe.batch(batch_of(column))
    assert batch["text"].to_pylist() == one_by_one
    cuts = data.draw(chunkings(len(column)))
    table = pa.Table.from_batches([batch_of(column)])
    chunks = pa.concat_tables([table.slice(a, b - a) for a, b in pairwise(cuts)])
    assert pipe.table(chunks).combine_chunks().equals(pa.Table.from_batches([batch]).combine_chunks())


@EVERY
@given(data=st.data())
def test_the_rows_come_out_as_they_went_in_and_every_other_column_is_passed_through(pipe: Pipeline, data: st.DataObject) -> None:
    column = data.draw(columns(documents))
    batch = batch_of(
        column, url=pa.array([f"u{i}" for i in range(len(column))]), tags=pa.array([[i] for i in range(len(column))], pa.list_(pa.int8()))
    )
    done = pipe.apply(batch)
    assert done.batch.schema.names[:4] == batch.schema.names
    assert done.batch.drop_columns(["text"]).select(["id", "url", "tags"]).equals(batch.select(["id", "url", "tags"]))
    assert pc.is_null(done.batch["text"]).equals(pc.is_null(column))
    done.batch.validate(full=True)


@EVERY
@given(data=st.data())
def test_the_tally_of_the_whole_is_the_sum_of_the_parts_and_balances(pipe: Pipeline, data: st.DataObject) -> None:
    batch = batch_of(data.draw(columns(documents)))
    cut = data.draw(st.integers(0, len(batch)))
    whole, parts = pipe.apply(batch), [pipe.apply(batch[:cut]), pipe.apply(batch[cut:])]
    assert whole.tally.to_dict() == (parts[0].tally + parts[1].tally).to_dict()
    assert whole.tally.balanced
    assert whole.tally.read == len(batch)
    assert whole.tally.reasons == Counter(reason for reason in whole.batch["drop"].to_pylist() if reason)
    assert whole.tally.bytes_in == sum(len((text or "").encode()) for text in batch["text"].to_pylist())
    kept = [row["text"] or "" for row in whole.batch.to_pylist() if row["drop"] is None]
    assert whole.tally.bytes_kept == sum(len(text.encode()) for text in kept)


@given(columns(pages()))
def test_removed_lines_are_told_once_counted_per_row_and_per_rule(column: pa.Array) -> None:
    done = arclean.load("pretrain").apply(batch_of(column))
    rows = done.removed["row"].to_pylist()
    assert done.batch["lines_removed"].to_pylist() == [rows.count(row) for row in range(len(column))]
    assert done.tally.lines_removed == len(rows)
    by_rule = Counter(done.removed["rule"].to_pylist())
    assert {name: count for name, count in done.tally.rules.items() if name in by_rule} == by_rule


def test_lines_of_two_parts_are_added_up() -> None:
    first, second = (Lines(tuple(rule for rule in rules.resolve(name) if isinstance(rule, LineRule))) for name in ("footer", "related"))
    text = f"{PROSE}\nاقرأ أيضا\nجسر آخر\n{PROSE}\nجميع الحقوق محفوظة"
    done = Pipeline((first, Measure(("lines",)), second)).apply(batch_of(pa.array([text, "x"])))
    assert done.batch["lines_removed"].to_pylist() == [3, 0]
    assert done.removed["category"].to_pylist() == ["copyright", "related", "related"]


FOOTER: Final = Lines(tuple(rule for rule in rules.resolve("footer") if isinstance(rule, LineRule)))
FILTER_FIRST: Final = Pipeline((Measure(("words",)), Filter("words", 2), Characters((STRIP_TATWEEL,)), FOOTER, made_longer))


def test_what_a_filter_rejects_stays_as_the_filter_saw_it() -> None:
    page = f"{PROSE}\nجميع الحقوق محفوظة"
    done = FILTER_FIRST.apply(batch_of(pa.array(["نـص", page, "نـص", None, "نـص آخر"])))
    assert done.batch["text"].to_pylist() == ["نـص", f"{PROSE}!", "نـص", None, "نص آخر!"]
    assert done.batch["drop"].to_pylist() == ["words_low", None, "words_low", "words_low", None]
    assert done.batch["lines_removed"].to_pylist() == [0, 1, 0, 0, 0]
    assert done.removed["row"].to_pylist() == [1]
    assert done.tally.rules["strip_tatweel"] == 1


@given(data=st.data())
def test_rejected_documents_make_no_difference_to_the_others(data: st.DataObject) -> None:
    column = data.draw(columns(documents))
    whole = FILTER_FIRST.apply(batch_of(column))
    kept = pc.is_null(whole.batch["drop"])
    assert whole.batch.filter(pc.invert(kept))["text"].to_pylist() == column.filter(pc.invert(kept)).to_pylist()
    alone = FILTER_FIRST.apply(batch_of(column).filter(kept))
    assert whole.batch.filter(kept).equals(alone.batch)
    assert whole.removed.drop_columns(["row"]).equals(alone.removed.drop_columns(["row"]))
    assert whole.tally.rules == alone.tally.rules
    whole.batch.validate(full=True)


@dataclass(frozen=True)
class FromTitle:
    """Puts a title in front, and says in a column that it did."""

    def rewrite(self, batch: pa.RecordBatch) -> Edit:
        texts = pc.binary_join_element_wise(batch["title"], batch["text"], " ")
        return Edit(texts, columns={"titled": pa.array(["yes"] * len(batch), pa.string())})


def test_a_part_that_reads_other_columns_gets_those_of_the_same_rows() -> None:
    given_ = batch_of(pa.array(["a", "b c", "d", "e f"]), title=pa.array(["1", "2", "3", "4"]))
    done = Pipeline((Measure(("words",)), Filter("words", 2), FromTitle())).batch(given_)
    assert done["text"].to_pylist() == ["a", "2 b c", "d", "4 e f"]
    assert done["titled"].to_pylist() == [None, "yes", None, "yes"]


def test_an_empty_batch_and_an_empty_table_get_the_same_columns() -> None:
    for pipe in PIPES.values():
        whole = pipe.batch(batch_of(pa.array(["نص"])))
        none = batch_of(pa.array([], pa.string()))
        assert pipe.batch(none).schema == whole.schema
        assert pipe.table(none).schema == whole.schema
        assert pipe.table(pa.Table.from_batches([], none.schema)).schema == whole.schema


def test_a_pipeline_without_parts_changes_nothing() -> None:
    pipe = Pipeline(())
    assert pipe.clean(" نـص ") == " نـص "
    assert pipe.clean_many([]) == []
    assert pipe.batch(batch_of(pa.array(["a"]))).to_pylist() == [{"id": 0, "text": "a", "drop": None}]


def test_schema_metadata_stays() -> None:
    schema = pa.schema([pa.field("id", pa.int64(), metadata={b"f": b"1"}), pa.field("text", pa.string())], metadata={b"k": b"v"})
    table = pa.Table.from_arrays([pa.array([1]), pa.array(["a"])], schema=schema)
    done = PIPES["pretrain"].table(table).schema
    assert done.metadata == {b"k": b"v"}
    assert done.field("id").metadata == {b"f": b"1"}


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str)
def test_text_in_other_layouts_is_cleaned_too(kind: pa.DataType) -> None:
    table = pa.table({"text": pa.chunked_array([pa.array(["جمـــيل", None]).cast(kind), pa.array(["نص"]).cast(kind)])})
    assert PIPES["light"].table(table)["text"].to_pylist() == ["جميل", None, "نص"]


def test_the_text_may_have_another_name() -> None:
    done = PIPES["pretrain"].batch(pa.record_batch({"body": ["جمـــيل"], "n": [1]}), text="body")
    assert done.schema.names[:3] == ["body", "n", "drop"]
    assert done["body"].to_pylist() == ["جميل"]
    assert PIPES["pretrain"].table(pa.table({"body": ["جمـــيل"]}), text="body")["body"].to_pylist() == ["جميل"]


@pytest.mark.parametrize(
    ("batch", "text", "error", "message"),
    [
        pytest.param({"txet": ["a"]}, "text", UnknownName, r"unknown column 'text'. Did you mean 'txet'", id="wrong-name"),
        pytest.param({"text": ["a"], "body": ["b"]}, "body", ColumnError, "has a column 'text' beside 'body'", id="two-texts"),
        pytest.param({"text": [1]}, "text", ColumnError, "holds strings; this one is int64", id="numbers"),
        pytest.param({"text": ["a"], "drop": [1]}, "text", ColumnError, "'drop', which is int64 here; rename", id="drop"),
        pytest.param({"text": ["a"], "lines_removed": ["b"]}, "text", ColumnError, "'lines_removed', which is string", id="count"),
    ],
)
def test_a_batch_that_does_not_fit_is_an_error_before_anything_is_done(
    batch: Any, text: str, error: type[ArcleanError], message: str
) -> None:
    with pytest.raises(error, match=message):
        PIPES["pretrain"].batch(pa.record_batch(batch), text=text)


def test_two_columns_of_the_name_are_an_error() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], ["text", "text"])
    with pytest.raises(ColumnError, match="2 columns called 'text'"):
        PIPES["light"].batch(batch)
    with pytest.raises(ColumnError, match="2 columns called 'text'"):
        PIPES["light"].table(pa.Table.from_batches([batch]))


def test_bytes_that_are_not_utf8_do_not_reach_a_kernel() -> None:
    bad = pa.array([b"a", b"\xd9"], pa.binary()).view(pa.string())
    with pytest.raises(ColumnError, match="'text' holds bytes that are not UTF-8"):
        PIPES["light"].batch(pa.record_batch({"text": bad}))


OLD: Final = pa.array(["old", None], pa.large_string())


@pytest.mark.parametrize("drop", [pa.nulls(2), OLD, OLD.dictionary_encode()], ids=["nulls", "large-strings", "dictionary"])
def test_reasons_given_before_stay_and_are_counted(drop: pa.Array) -> None:
    done = Pipeline((Filter("words", 9),)).apply(pa.record_batch({"text": ["a", "b"], "drop": drop}))
    first = drop[0].as_py() or "words_low"
    assert done.batch["drop"].to_pylist() == [first, "words_low"]
    assert done.tally.reasons == Counter([first, "words_low"])


def test_counts_of_lines_given_before_are_added_to() -> None:
    batch = pa.record_batch({"text": [f"{PROSE}\nجميع الحقوق محفوظة", "a"], "lines_removed": pa.array([2, None], pa.int64())})
    assert PIPES["pretrain"].batch(batch)["lines_removed"].to_pylist() == [3, 0]


TEXTS: Final = pa.array(["ا", "ب", None, "ت"])
CLEANERS: Final[dict[str, tuple[Callable[[Any], Any], str]]] = {
    "loses-a-row": (lambda c: c[1:], "gave back 3 rows for 4"),
    "adds-a-row": (lambda c: pa.concat_arrays([c, c[:1]]), "gave back 5 rows for 4"),
    "gives-numbers": (pc.utf8_length, "something other than text.*int32"),
    "gives-nothing": (lambda c: None, "something other than text"),
    "makes-nulls": (lambda c: pa.nulls(len(c), pa.string()), "nulls in other rows"),
    "fills-nulls": (lambda c: c.fill_null(""), "nulls in other rows"),
    "moves-nulls": (lambda c: c.take(pa.array([2, 0, 1, 3])), "nulls in other rows"),
    "breaks-utf8": (lambda c: pa.array([b"\xff", b"", None, b""], pa.binary()).view(pa.string()), "something other than text.*not UTF-8"),
}


@pytest.mark.parametrize("bad", CLEANERS)
def test_a_cleaner_that_breaks_its_promise_is_an_error_that_names_it(bad: str) -> None:
    does, message = CLEANERS[bad]
    pipe = Pipeline((Cleaner(does),))
    with pytest.raises(PipelineError, match=f"Cleaner gave back {message.removeprefix('gave back ')}"):
        pipe.batch(batch_of(TEXTS))


@pytest.mark.parametrize("bad", ["loses-a-row", "adds-a-row", "gives-numbers", "gives-nothing", "makes-nulls", "breaks-utf8"])
def test_it_is_the_same_error_for_texts_and_for_explain(bad: str) -> None:
    pipe = Pipeline((Cleaner(CLEANERS[bad][0]),))
    for work in (pipe.clean, lambda text: pipe.clean_many([text] * 4), pipe.explain):
        with pytest.raises(PipelineError, match="Cleaner gave back"):
            work("نص")


def test_a_cleaner_may_give_back_chunks_views_or_a_list() -> None:
    for does in (
        lambda c: pa.chunked_array([c[:1], c[1:]]),
        lambda c: c.cast(pa.string_view()),
        lambda c: c.to_pylist(),
        lambda c: c.dictionary_encode(),
    ):
        assert Pipeline((Cleaner(does),)).batch(batch_of(TEXTS))["text"].equals(TEXTS)


STEPS: Final[dict[str, tuple[Callable[[Any], Any], str]]] = {
    "loses-a-row": (lambda b: b[1:], "gave back 3 rows for 4"),
    "adds-a-row": (lambda b: pa.Table.from_batches([b, b[:1]]).combine_chunks().to_batches()[0], "gave back 5 rows for 4"),
    "moves-rows": (lambda b: b.take(pa.array([1, 0, 2, 3])), "changed the texts or their order"),
    "rewrites-text": (
        lambda b: b.set_column(1, "text", pa.nulls(4, pa.string())),
        "changed the texts or their order",
    ),
    "takes-a-column": (lambda b: b.drop_columns(["id"]), "took away the column 'id'"),
    "takes-the-text": (lambda b: b.drop_columns(["text"]), "took away the column 'text'"),
    "renames": (lambda b: b.rename_columns(["ID", "text", "drop"]), "took away the column 'id'"),
    "gives-a-table": (lambda b: pa.Table.from_batches([b]), "gave back Table; a step gives back a pyarrow.RecordBatch"),
    "gives-nothing": (lambda b: None, "gave back NoneType"),
}


@pytest.mark.parametrize("bad", STEPS)
def test_a_step_that_breaks_its_promise_is_an_error_that_names_it(bad: str) -> None:
    does, message = STEPS[bad]
    with pytest.raises(PipelineError, match=f"^Step {message}"):
        Pipeline((Step(does),)).batch(batch_of(TEXTS))


def test_a_step_may_add_columns_and_write_reasons() -> None:
    def does(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.append_column("n", pa.array([1] * len(batch))).set_column(
            2, "drop", pa.array(["mine", None, None, None], pa.large_string())
        )

    done = Pipeline((Step(does), Filter("characters", 1))).apply(batch_of(TEXTS))
    assert done.batch["drop"].to_pylist() == ["mine", None, "characters_low", None]
    assert done.batch.schema.names == ["id", "text", "drop", "n", "characters"]
    assert (done.tally.kept, done.tally.rejected) == (2, 2)


def test_an_error_in_a_users_step_is_the_users_error() -> None:
    def does(batch: pa.RecordBatch) -> pa.RecordBatch:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        Pipeline((Step(does),)).batch(batch_of(TEXTS))


@pytest.mark.parametrize("part", ["strip_tatweel", None, len, Lines, lambda text: text, object()], ids=repr)
def test_what_is_neither_a_cleaner_nor_a_step_is_refused(part: Any) -> None:
    with pytest.raises(PipelineError, match=r"neither a cleaner .* nor a step"):
        Pipeline((part,))


def test_a_pipeline_inside_a_pipeline_is_laid_flat() -> None:
    inner = Pipeline((Measure(("words",)), no_stars))
    outer = Pipeline((made_longer, inner, Score()))
    assert outer.parts == (made_longer, Measure(("words",)), no_stars, Score())
    assert inner.then(inner).parts == inner.parts * 2


@pytest.mark.parametrize("text", [None, 1, b"bytes", ["a"], "\ud800"], ids=repr)
def test_what_is_no_text_is_an_error(text: Any) -> None:
    for work in (OWN.clean, OWN.explain, lambda text: OWN.clean_many(["a", text])):
        with pytest.raises(ColumnError, match="clean takes strings"):
            work(text)


def test_the_one_that_is_no_text_is_named_by_its_number() -> None:
    with pytest.raises(ColumnError, match="number 2 is None"):
        OWN.clean_many(["a", "b", None])  # type: ignore[list-item]


def test_a_text_given_for_many_is_an_error_and_not_cleaned_letter_by_letter() -> None:
    with pytest.raises(ColumnError, match="several texts; for one use `clean`"):
        OWN.clean_many("نص")


def test_many_texts_may_come_from_a_generator() -> None:
    assert PIPES["light"].clean_many(word for word in ("جمـــيل", "نص")) == ["جميل", "نص"]


def test_a_document_that_a_filter_rejects_comes_back_cleaned_all_the_same() -> None:
    assert PIPES["pretrain"].clean("Hello  wo\N{ZERO WIDTH SPACE}rld ") == "Hello  world"


def test_rules_can_be_added_and_go_to_the_part_that_holds_their_kind() -> None:
    line = LineRule("mine", "Made up.", "ad", ("سطري",), ("سطرك",), pattern="^سطري$")
    pipe = PIPES["pretrain"].with_rules(line)
    assert pipe.clean("سطري\nنص") == "نص"
    assert PIPES["pretrain"].clean("سطري\nنص") == "سطري\nنص"
    with pytest.raises(PipelineError, match="no part Lines to hold the rule 'mine'; add one with `then`"):
        PIPES["light"].with_rules(line)


@pytest.mark.parametrize(
    ("names", "text", "wanted"),
    [
        pytest.param(("strip_tatweel",), "جمـيل", "جمـيل", id="a-rule"),
        pytest.param(("letters",), "جمـيل", "جمـيل", id="a-family"),
        pytest.param(("copyright",), f"{PROSE}\nجميع الحقوق محفوظة", f"{PROSE}\nجميع الحقوق محفوظة", id="a-category"),
        pytest.param(("letters", "copyright"), "جمـيل", "جمـيل", id="several"),
    ],
)
def test_rules_can_be_left_out_by_their_name_family_or_category(names: tuple[str, ...], text: str, wanted: str) -> None:
    assert PIPES["pretrain"].clean(text) != wanted or len(names) > 1
    assert PIPES["pretrain"].without(*names).clean(text) == wanted


def test_leaving_out_what_is_not_there_is_an_error_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"pipeline 'pretrain': unknown rule, family or category 'copyrihgt'. Did you mean 'copyright'"):
        PIPES["pretrain"].without("copyrihgt")


def test_a_function_may_not_return_something_other_than_text() -> None:
    @arclean.each
    def wrong(text: str) -> Any:
        return {"n": 1, "s": "\ud800"}[text]

    for text, message in (("n", "'wrong' returned int, not str"), ("s", "'wrong' returned a lone surrogate")):
        with pytest.raises(PipelineError, match=f"function {message}, .*for the text '{text}'"):
            Pipeline((wrong,)).clean(text)


def test_a_name_of_a_function_is_given_once_but_may_be_given_again_as_in_a_notebook() -> None:
    def make() -> Any:
        def again(text: str) -> str:
            return text

        return again

    arclean.each(make())
    arclean.each(make())

    def again(text: str) -> str:
        return text + "2"

    with pytest.raises(PipelineError, match="a function called 'again' is registered already"):
        arclean.each(again)


def test_a_kind_of_part_must_be_a_dataclass_with_a_method_and_a_new_name() -> None:
    class Bare:
        def text(self, texts: pa.Array) -> pa.Array:
            return texts

    with pytest.raises(PipelineError, match="Bare is no part"):
        arclean.register("bare")(Bare)
    with pytest.raises(PipelineError, match="'lines' exists already"):
        arclean.register("lines")(Score)
    with pytest.raises(PipelineError, match="'made_up_score' exists already"):
        arclean.register("made_up_score")(Reversed)
