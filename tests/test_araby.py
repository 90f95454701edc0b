"""PyArabic's functions as cleaners: by name, the same as calling them, imported only when used, and nothing that makes no text."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any, Final

import pyarrow as pa
import pytest
from hypothesis import given, settings
from strategies import columns, texts
from twins import LETTERS

from arclean import Pipeline
from arclean.errors import ArcleanError, PipelineError, UnknownName
from arclean.orthography.araby import Araby, functions

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pyarabic")  # Python 3.13 warns of how it calls `re.sub`

EVERY: Final = pytest.mark.parametrize("name", sorted(functions()))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("", "strip_tashkeel", id="nothing"),
        pytest.param("نص بلا تشكيل", "strip_tashkeel", id="no-marks"),
        pytest.param("plain text, 2024", "normalize_hamza", id="no-arabic"),
        pytest.param("سطر\nوسطر\tوعمود", "strip_tatweel", id="white-space"),
    ],
)
def test_a_column_that_needs_nothing_comes_back_as_the_same_object(text: str, name: str) -> None:
    column = pa.array([text, None])
    done = Araby((name,)).edit(column)
    assert done.texts is column
    assert done.hits == {}


@EVERY
@settings(max_examples=25)
@given(column=columns(texts))
def test_a_function_does_to_each_text_what_it_does_when_called(name: str, column: pa.Array) -> None:
    from pyarabic import araby

    call = getattr(araby, name)
    values = column.to_pylist()
    wanted = [None if text is None else call(text) for text in values]
    done = Araby((name,)).edit(column)
    assert done.texts.type == column.type
    assert done.texts.to_pylist() == wanted
    changed = sum(before != after for before, after in zip(values, wanted, strict=True))
    assert dict(done.hits) == ({f"araby.{name}": changed} if changed else {})


def test_functions_act_in_the_order_given() -> None:
    column = pa.array(["العَرَبِيَّةُ"])
    both = Araby(("strip_lastharaka", "strip_shadda")).text(column)
    assert both.to_pylist() == Araby(("strip_shadda",)).text(Araby(("strip_lastharaka",)).text(column)).to_pylist() == ["العَرَبِيَة"]


def test_the_functions_that_people_know_are_there() -> None:
    known = {"strip_tashkeel", "strip_harakat", "strip_lastharaka", "strip_tatweel", "strip_diacritics", "strip_shadda", "strip_small"}
    assert known | {"normalize_hamza", "normalize_alef", "normalize_teh", "normalize_ligature", "reduce_tashkeel"} <= set(functions())


def test_every_function_makes_more_than_a_character_of_a_text() -> None:
    for name, call in functions().items():
        made = call("السلام عليكم")
        assert isinstance(made, str), name
        assert LETTERS & set(made), name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("tokenize", id="makes-a-list"),
        pytest.param("separate", id="makes-two-texts"),
        pytest.param("is_vocalized", id="says-yes-or-no"),
        pytest.param("name", id="takes-a-letter"),
        pytest.param("last_char", id="makes-a-character"),
        pytest.param("first_char", id="fails-on-an-empty-text"),
        pytest.param("joint", id="takes-two-texts"),
        pytest.param("arabicrange", id="takes-nothing"),
    ],
)
def test_a_function_that_makes_no_text_of_a_text_is_refused(name: str) -> None:
    with pytest.raises(PipelineError, match=rf"step 'araby': pyarabic\.araby\.{name} does not make a text.*strip_tashkeel"):
        Araby((name,))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("strip_tashkil", "strip_tashkeel"), ("normalise_hamza", "normalize_hamza"), ("re", ""), ("HAMZA", ""), ("_x", "")],
)
def test_a_wrong_name_is_told_with_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(UnknownName, match=rf"step 'araby': unknown function of pyarabic\.araby {name!r}.*{nearest}"):
        Araby((name,))


@pytest.mark.parametrize("given_names", [pytest.param([], id="none"), pytest.param(None, id="nothing")])
def test_no_name_is_an_error(given_names: Any) -> None:
    with pytest.raises(ArcleanError, match="araby"):
        Pipeline.from_dict({"steps": [{"araby": given_names}]})


@pytest.mark.parametrize(
    "names", ["strip_lastharaka", ["strip_lastharaka"], {"functions": ["strip_lastharaka"]}], ids=["text", "list", "option"]
)
def test_a_file_says_it_and_it_travels(names: Any) -> None:
    pipe = Pipeline.from_dict({"steps": [{"araby": names}]})
    assert pipe == Pipeline((Araby(("strip_lastharaka",)),)) == Pipeline.from_dict(pipe.to_dict()) == pickle.loads(pickle.dumps(pipe))
    assert pipe.clean("بَيْتٌ") == "بَيْت"
    assert pipe.explain("بَيْتٌ").after == "بَيْت"
    assert pipe.fingerprint != Pipeline((Araby(("strip_shadda",)),)).fingerprint


def test_a_wrong_name_in_a_file_has_its_place() -> None:
    with pytest.raises(UnknownName, match=r"pipeline, step 1: step 'araby': unknown function"):
        Pipeline.from_dict({"steps": [{"araby": ["strip_tashkil"]}]})


def test_it_is_imported_only_when_used() -> None:
    program = "import sys, arclean; arclean.load('pretrain').clean('x'); assert not any('pyarabic' in m for m in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_without_the_library_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from arclean.orthography import araby

    for cached in (araby._library, araby.functions):
        cached.cache_clear()
    monkeypatch.setitem(sys.modules, "pyarabic", None)
    with pytest.raises(PipelineError, match="pip install pyarabic"):
        Araby(("strip_tashkeel",))
