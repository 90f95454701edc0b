"""The passes of duplicates beside their slow twins: words, shingles, bands, buckets, overlap, clusters."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arclean.duplicates import kernels
from arclean.duplicates.candidates import distinct
from arclean.duplicates.fold import IGNORED, fold
from arclean.duplicates.signing import Bands, Signatures, functions, sign, tuned
from arclean.errors import UnknownName

pytestmark = pytest.mark.kernels

WORDS = (
    "قال",
    "قَالَ",
    "الوزير",
    "الوَزيــر",
    "أحمد",
    "احمد",
    "مدينة",
    "مدينه",
    "على",
    "علي",
    "2024",
    "٢٠٢٤",
    "News",
    "news",
    "،",
    "!",
    "\n",
    "",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
ANY_TEXTS = st.one_of(TEXTS, st.text(st.characters(codec="utf-8"), max_size=30))


def words_of(text: str, ignore: tuple[str, ...] = IGNORED) -> list[str]:
    """The words as they are compared, one character at a time."""
    table = fold(ignore)
    shapes = [int(table[ord(char)]) for char in text]
    line = "".join(" " if shape == 0 else chr(shape) for shape in shapes if shape != kernels.GONE)
    return [word for word in line.split(" ") if word]


def shingles_of(text: str, size: int) -> list[tuple[str, ...]]:
    words = words_of(text)
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)] or ([tuple(words)] if words else [])


def signed(texts: list[str], size: int = 5) -> Signatures:
    return sign(pa.array(texts, pa.string()), np.ones(len(texts), np.bool_), IGNORED, size)


def rows(signatures: Signatures) -> list[list[int]]:
    bounds = signatures.bounds.tolist()
    return [signatures.shingles[a:b].tolist() for a, b in pairwise(bounds)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("قَالَ الوَزِيرُ", "قال الوزير", id="vowels"),
        pytest.param("الوزيـــر", "الوزير", id="tatweel"),
        pytest.param("إلى مدرسة", "الي مدرسه", id="spelling"),
        pytest.param("٢٠٢٤ و۲۰۲۴", "2024 و2024", id="digits"),
        pytest.param("News ÉTÉ МИР", "news été мир", id="capitals"),
        pytest.param("قال، «الوزير»!", "قال الوزير", id="punctuation"),
        pytest.param("قال\n\n الوزير\t", "قال الوزير", id="white space"),
        pytest.param("قا\N{ZERO WIDTH NON-JOINER}ل", "قال", id="joiners"),
    ],
)
def test_what_does_not_count(one: str, other: str) -> None:
    made = signed([one, other])
    assert (made.hashes[0] == made.hashes[1]).all()
    assert rows(made)[0] == rows(made)[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("قال الوزير", "الوزير قال", id="the order of words"),
        pytest.param("مؤتمر", "موتمر", id="a hamza on waw is a letter"),
        pytest.param("قال الوزير", "قالالوزير", id="where words end"),
        pytest.param("🌚😁", "❤", id="signs without a word are told apart by their bytes"),
        pytest.param("", " ", id="nothing and a space"),
        pytest.param("كلمة", "كلمة كلمة", id="how often"),
    ],
)
def test_what_counts(one: str, other: str) -> None:
    made = signed([one, other])
    assert (made.hashes[0] != made.hashes[1]).all()


@pytest.mark.parametrize("left_out", IGNORED)
def test_each_thing_counts_when_it_is_not_ignored(left_out: str) -> None:
    pairs = {
        "marks": ("قَال", "قال"),
        "spelling": ("أحمد", "احمد"),
        "digits": ("٢", "2"),
        "case": ("News", "news"),
        "punctuation": ("قال،", "قال"),
    }
    ignore = tuple(name for name in IGNORED if name != left_out)
    for name, texts in pairs.items():
        made = sign(pa.array(texts), np.ones(2, np.bool_), ignore, 5)
        assert (made.hashes[0] == made.hashes[1]).all() == (name != left_out), name


def test_a_wrong_name_of_what_to_ignore_has_the_nearest() -> None:
    from arclean.duplicates.stage import Duplicates

    with pytest.raises(UnknownName, match=r"unknown thing to ignore 'mark'\. Did you mean 'marks'"):
        Duplicates(ignore=("mark",))


@given(texts=st.lists(ANY_TEXTS, max_size=8), size=st.integers(1, 6))
def test_words_and_shingles_are_those_of_the_slow_twin(texts: list[str], size: int) -> None:
    made = signed(texts, size)
    assert made.words.tolist() == [len(words_of(text)) for text in texts]
    known: dict[tuple[str, ...], int] = {}
    for text, found in zip(texts, rows(made), strict=True):
        expected = shingles_of(text, size)
        assert len(found) == len(expected)
        for shingle, value in zip(expected, found, strict=True):
            assert known.setdefault(shingle, value) == value
    assert len(set(known.values())) == len(known)
    for i, one in enumerate(texts):
        for j, other in enumerate(texts):
            same = words_of(one) == words_of(other) and (bool(words_of(one)) or one == other)
            assert (made.hashes[i] == made.hashes[j]).all() == same


@given(texts=st.lists(TEXTS, min_size=1, max_size=8), chosen=st.lists(st.booleans(), min_size=8, max_size=8))
def test_rows_that_are_not_chosen_have_no_shingle_and_leave_the_others_as_they_are(texts: list[str], chosen: list[bool]) -> None:
    some = np.array(chosen[: len(texts)], np.bool_)
    made = sign(pa.array(texts, pa.string()), some, IGNORED, 3)
    assert rows(made) == [found if wanted else [] for found, wanted in zip(rows(signed(texts, 3)), some.tolist(), strict=True)]


def test_decomposed_letters_are_the_letters() -> None:
    text = "أحمد آخر إلى"
    assert (signed([text]).hashes == signed([unicodedata.normalize("NFD", text)]).hashes).all()


@given(texts=st.lists(TEXTS, min_size=1, max_size=6), count=st.integers(1, 5), width=st.integers(1, 4))
def test_keys_are_those_of_the_slow_twin(texts: list[str], count: int, width: int) -> None:
    made = signed(texts, 2)
    factor, offset = functions(count * width)
    for keys, values in zip(Bands(count, width).keys(made).tolist(), rows(made), strict=True):
        if not values:
            assert keys == [0] * count
            continue
        least = [min((f * v + o) % 2**32 for v in values) for f, o in zip(factor.tolist(), offset.tolist(), strict=True)]
        assert keys == [band_key(band, least[band * width : (band + 1) * width]) for band in range(count)]


def band_key(band: int, values: list[int]) -> int:
    key = band
    for value in values:
        key = ((key ^ value) * int(kernels.STEP)) % 2**64
        key ^= key >> 32
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        key = ((key ^ (key >> 33)) * factor) % 2**64
    return key ^ (key >> 33)


def test_the_share_of_equal_least_values_is_the_similarity() -> None:
    """Over many pairs of known similarity; the bound is four standard deviations."""
    rng = np.random.default_rng(7)
    factor, offset = functions(112)
    equal = total = 0
    for _ in range(60):
        shared, own = rng.integers(0, 2**32, 80, np.uint32), rng.integers(0, 2**32, (2, 10), np.uint32)
        least = [(np.concatenate((shared, mine))[:, None] * factor + offset).min(axis=0) for mine in own]
        equal += int((least[0] == least[1])[:112].sum())
        total += 112
    assert abs(equal / total - 0.8) < 4 * (0.8 * 0.2 / total) ** 0.5


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.75, 0.8, 0.9, 0.95, 1.0])
def test_bands_miss_few_at_their_threshold_and_no_longer_keys_would(threshold: float) -> None:
    bands = tuned(threshold, 112)
    assert bands.count * bands.rows <= 112
    assert bands.found(threshold) >= 0.97
    longer = bands.rows + 1
    assert longer > 112 or Bands(112 // longer, longer).found(threshold) < 0.97


def test_the_functions_never_change() -> None:
    factor, offset = functions(3)
    assert (len(factor), factor[:3].tolist(), offset[:3].tolist()) == (
        16,
        [2433363437, 3203108257, 4170425071],
        [2298633409, 1703865447, 4214379870],
    )
    assert (factor % 2 == 1).all()


KEYS = st.lists(st.integers(0, 12), max_size=60)


@given(keys=KEYS, spread=st.booleans())
def test_grouping_puts_equal_keys_together_in_order(keys: list[int], spread: bool) -> None:
    found = np.array([key * 0x9E3779B97F4A7C15 % 2**64 if spread else key for key in keys], np.uint64)
    order = np.empty(len(keys), np.int64)
    kernels.grouped(found, order)
    assert sorted(order.tolist()) == list(range(len(keys)))
    groups = [[int(i) for i in order if found[i] == key] for key in dict.fromkeys(found[order].tolist())]
    assert [i for group in groups for i in group] == order.tolist()
    assert all(group == sorted(group) for group in groups)
    count = kernels.grouped(found, order, False)
    assert order[:count].tolist() == [i for group in groups if len(group) > 1 for i in group]


def test_a_bucket_of_hundreds_is_grouped_too() -> None:
    keys = np.repeat(np.arange(3, dtype=np.uint64) << np.uint64(40), 500)[np.random.default_rng(1).permutation(1500)]
    order = np.empty(1500, np.int64)
    kernels.grouped(keys, order)
    assert np.array_equal(order, np.argsort(keys, kind="stable"))


@given(rows=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=40), window=st.integers(1, 4), older=st.integers(0, 12))
def test_pairs_are_those_of_the_slow_twin(rows: list[tuple[int, int]], window: int, older: int) -> None:
    keys, texts = (np.array([row[i] for row in rows], kind) for i, kind in ((0, np.uint64), (1, np.uint32)))
    places = np.arange(len(rows), dtype=np.int64)
    assert_pairs(keys, texts, places, window, older)


def test_pairs_of_a_large_bucket_are_those_of_the_slow_twin() -> None:
    rng = np.random.default_rng(3)
    assert_pairs(np.zeros(300, np.uint64), rng.integers(0, 150, 300).astype(np.uint32), np.arange(300), 5, 40)


def assert_pairs(keys: np.ndarray, texts: np.ndarray, places: np.ndarray, window: int, older: int) -> None:
    order = np.empty(len(keys), np.int64)
    kernels.grouped(keys, order)
    found = set(zip(*(p.tolist() for p in kernels.pairs(keys, order, places, texts, window, older)), strict=True))
    buckets: dict[int, dict[int, int]] = defaultdict(dict)
    for key, text, place in zip(keys.tolist(), texts.tolist(), places.tolist(), strict=True):
        buckets[key].setdefault(text, place)
    expected = set()
    for heads in (sorted(bucket.values()) for bucket in buckets.values()):
        for i, right in enumerate(heads):
            expected |= {(left, right) for j, left in enumerate(heads[:i]) if right >= older and (j == 0 or j >= i - window)}
    assert found == expected


@given(rows=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=40))
def test_the_first_of_each_is_that_of_the_slow_twin(rows: list[tuple[int, int]]) -> None:
    keys, others = (np.array([row[i] for row in rows], np.uint64) for i in (0, 1))
    places = np.random.default_rng(len(rows)).permutation(len(rows))
    order, firsts = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    kernels.grouped(keys, order)
    kernels.first_of_each(keys, others, order, places, firsts)
    expected = [min(int(places[j]) for j, other in enumerate(rows) if other == row) for row in rows]
    assert firsts.tolist() == expected


SETS = st.lists(st.lists(st.integers(0, 15), max_size=20), min_size=1, max_size=6)


@given(left=SETS, right=SETS)
def test_overlap_is_that_of_sets(left: list[list[int]], right: list[list[int]]) -> None:
    tables = []
    for lists in (left, right):
        bounds = np.cumsum([0, *map(len, lists)]).astype(np.int64)
        values = np.array([v for one in lists for v in one], np.uint32)
        kernels.as_sets(bounds, values)
        assert [values[a:b].tolist() for a, b in pairwise(bounds)] == [sorted(set(one)) for one in lists]
        tables += [(bounds, values)]
    every = [(i, j) for i in range(len(left)) for j in range(len(right))]
    lefts, rights = (np.array(side, np.int64) for side in zip(*every, strict=True))
    shared = np.empty(len(every), np.int64)
    kernels.overlaps(*tables[0], *tables[1], lefts, rights, shared)
    assert shared.tolist() == [len(set(left[i]) & set(right[j])) for i, j in every]


PAIRS = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30)


@given(pairs=PAIRS, kinds=st.lists(st.integers(0, 2), min_size=30, max_size=30), seed=st.integers(0, 5))
def test_clusters_do_not_depend_on_the_order_of_ties(pairs: list[tuple[int, int]], kinds: list[int], seed: int) -> None:
    ties = [(min(a, b), max(a, b), k) for (a, b), k in zip(pairs, kinds, strict=False) if a != b]
    made = [clusters(ties), clusters([ties[i] for i in np.random.default_rng(seed).permutation(len(ties))])]
    assert made[0] == made[1]
    groups = [{n} for n in range(20)]
    for a, b, _ in ties:
        one, other = (next(group for group in groups if n in group) for n in (a, b))
        if one is not other:
            groups.remove(other)
            one |= other
    roots = {n: min(group) for group in groups for n in group}
    assert made[0][0] == [roots[n] for n in range(20)]
    assert made[0][1] == [sum(root == n for root in roots.values()) for n in range(20)]
    before = [min([3, *(k for _, b, k in ties if b == n)]) for n in range(20)]
    anyhow = [min([3, *(k for a, b, k in ties if n in (a, b))]) for n in range(20)]
    assert made[0][2] == [low | high << 2 for low, high in zip(before, anyhow, strict=True)]


def clusters(ties: list[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int]]:
    parents, sizes, marks = np.arange(20), np.zeros(20, np.int32), np.full(20, 15, np.uint8)
    lefts, rights = (np.array([tie[i] for tie in ties], np.int64) for i in (0, 1))
    kernels.unite(parents, lefts, rights)
    kernels.tighten(marks, lefts, rights, np.array([tie[2] for tie in ties], np.uint8))
    kernels.flatten(parents, sizes)
    return parents.tolist(), sizes.tolist(), marks.tolist()


@given(roots=st.lists(st.integers(0, 4), min_size=5, max_size=25), data=st.data(), older=st.integers(0, 6))
def test_the_one_kept_is_that_of_the_slow_twin(roots: list[int], data: st.DataObject, older: int) -> None:
    roots = [*range(5), *roots]
    ranks = data.draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=len(roots), max_size=len(roots)))
    parents = np.array(roots, np.int64)
    best, best_ranks = parents.copy(), np.empty((len(roots), 2))
    for first in range(0, len(roots), 7):
        kernels.choose(parents, best, best_ranks, first, np.array(ranks[first : first + 7], np.float64), older)
    for root in range(5):
        members = [place for place, mine in enumerate(roots) if mine == root]
        assert best[root] == (root if root < older else min(members, key=lambda place: (ranks[place], place)))


@given(pairs=PAIRS, far=st.booleans())
def test_distinct_pairs_are_sorted_and_there_once(pairs: list[tuple[int, int]], far: bool) -> None:
    moved = [(a + far * 2**40, b) for a, b in pairs]
    lefts, rights = (np.array([pair[i] for pair in moved], np.int64) for i in (0, 1))
    assert list(zip(*(side.tolist() for side in distinct(lefts, rights)), strict=True)) == sorted(set(moved))


@given(texts=st.lists(ANY_TEXTS, max_size=5))
def test_hashes_of_bytes_are_equal_for_equal_bytes_alone(texts: list[str]) -> None:
    from arclean import columns

    strings = columns.view(pa.array(texts, pa.string()))
    hashes = np.empty((len(texts), 2), np.uint64)
    kernels.byte_hashes(strings.bounds, strings.data, hashes)
    assert [[(one == other).all() for other in hashes] for one in hashes] == [[one == other for other in texts] for one in texts]
