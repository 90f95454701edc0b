"""Pipelines travel: pickled to another process they are equal, hash alike, and clean alike; threads share one."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import Any, Final

import pyarrow as pa
import pytest
from made_up_parts import Reversed, Score, no_stars
from strategies import FURNITURE, PROSES

import arclean
from arclean import Characters, CharRule, Pipeline
from arclean.rules.letters import STRIP_TATWEEL

PRETRAIN: Final = arclean.load("pretrain")
OWN: Final = PRETRAIN.then(no_stars, Reversed(), Score(2.0))
TEXTS: Final = [f"{PROSES[i % len(PROSES)]}\n{line}\nجمـــيل *{i}*  " for i, line in enumerate(FURNITURE[:200])]
HERE: Final = str(Path(__file__).parent)


@pytest.mark.parametrize("pipe", [PRETRAIN, OWN, Pipeline(())], ids=["pretrain", "own", "empty"])
def test_a_pickle_is_an_equal_pipeline(pipe: Pipeline) -> None:
    again = pickle.loads(pickle.dumps(pipe))
    assert again == pipe
    assert again.fingerprint == pipe.fingerprint
    assert again.promise == pipe.promise
    assert again.clean_many(TEXTS) == pipe.clean_many(TEXTS)


def test_a_pickle_is_small_and_the_same_before_and_after_use() -> None:
    pipe = arclean.load("pretrain")
    before = pickle.dumps(pipe)
    assert len(before) < 400_000
    assert pipe.fingerprint
    pipe.clean_many(TEXTS)
    assert pickle.dumps(pipe) == before


def test_another_process_started_anew_gets_an_equal_pipeline_and_cleans_alike() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(OWN.clean_many, TEXTS[:20]).result() == OWN.clean_many(TEXTS[:20])


TOLD: Final = """
import pickle, sys
sys.path.insert(0, {here!r})
pipe = pickle.loads(bytes.fromhex(sys.stdin.read()))
print(pipe.fingerprint, ascii(pipe.clean("*نـص*")))
"""


def test_a_process_that_knows_nothing_finds_the_functions_where_they_were_made() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD.format(here=HERE)], input=pickle.dumps(OWN).hex(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split(" ", 1) == [OWN.fingerprint, f"{OWN.clean('*نـص*')!a}\n"]


HASHED: Final = """
import sys
sys.path.insert(0, {here!r})
import made_up_parts, arclean
from datasets.fingerprint import Hasher
pipe = arclean.load("pretrain").then(made_up_parts.no_stars, made_up_parts.Score())
print(pipe.fingerprint, Hasher.hash(pipe.table))
"""


def hashed() -> list[str]:
    code = HASHED.format(here=HERE)
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_datasets_hashes_it_alike_in_every_process_so_that_its_cache_is_found() -> None:
    from datasets.fingerprint import Hasher

    pipe = PRETRAIN.then(no_stars, Score())
    assert hashed() == [pipe.fingerprint, Hasher.hash(pipe.table)]


def test_datasets_hashes_it_otherwise_when_a_rule_or_a_function_changes() -> None:
    from datasets.fingerprint import Hasher

    def characters(rule: CharRule) -> Pipeline:
        return Pipeline((Characters((STRIP_TATWEEL, rule)),))

    rule = CharRule("mine", "Made up.", {"a": "b"}, fixes=(("a", "b"),), leaves=("b",))
    changed = characters(replace(rule, table={"a": "c"}))
    assert Hasher.hash(characters(rule).table) != Hasher.hash(changed.table)
    assert Hasher.hash(told(1).table) != Hasher.hash(told(2).table)
    assert Hasher.hash(told(1).table) == Hasher.hash(told(1).table)


def told(which: int) -> Pipeline:
    if which == 1:

        def travelling(text: str) -> str:
            return text + "1"
    else:

        def travelling(text: str) -> str:
            return text + "2"

    return Pipeline((arclean.each(travelling),))


@pytest.mark.parametrize("pipe", [PRETRAIN, OWN], ids=["pretrain", "own"])
def test_eight_threads_on_one_column_give_what_one_gives(pipe: Pipeline) -> None:
    batch = pa.record_batch({"text": TEXTS})
    fresh = Pipeline.from_dict(pipe.to_dict())
    alone = fresh.apply(batch)
    together = Barrier(8)

    def work(_: int) -> Any:
        together.wait()
        return [fresh.apply(batch), fresh.apply(batch[50:]), fresh.apply(batch)]

    with ThreadPoolExecutor(8) as pool:
        for first, part, last in pool.map(work, range(8)):
            for done in (first, last):
                assert done.batch.equals(alone.batch)
                assert done.removed.equals(alone.removed)
                assert done.tally == alone.tally
            assert part.batch.equals(alone.batch[50:])


def test_eight_threads_that_build_the_same_tables_at_once() -> None:
    rules = [CharRule(f"at_once_{i}", "Made up.", {"ا": chr(0x628 + i)}, fixes=(("ا", "ب"),), leaves=("x",)) for i in range(4)]
    together = Barrier(8)

    def work(number: int) -> list[str]:
        together.wait()
        cleaners = [Pipeline((Characters((rule,)),)) for rule in (rules if number % 2 else reversed(rules))]
        made = [cleaner.clean("ا") for cleaner in cleaners]
        return made if number % 2 else made[::-1]

    with ThreadPoolExecutor(8) as pool:
        assert set(map(tuple, pool.map(work, range(8)))) == {tuple(chr(0x628 + i) for i in range(4))}
