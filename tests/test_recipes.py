"""Recipes: bounds that are published, as they are and mended; lists of words whatever their spelling; C4's rules for lines."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns, pages, texts
from twins import MARKS, TATWEEL, members, skeleton

import arclean
from arclean import Pipeline
from arclean.errors import ColumnError, PipelineError, UnknownName
from arclean.quality.c4.lines import REASONS, C4Lines
from arclean.quality.judge import Judge, judged
from arclean.quality.lists import kernels
from arclean.quality.lists.phrases import fold, phrases
from arclean.quality.lists.steps import WordsOf
from arclean.quality.measures import MEASURES, figures
from arclean.quality.recipe import Bound, StopWords
from arclean.quality.recipes import recipes
from arclean.rules import classes, signs
from arclean.rules.c4 import ENDS, PAIRS, POLICY

pytestmark = pytest.mark.kernels

SPACE: Final = "".join(members(classes.SPACES))
ARTICLE_LINES: Final = (
    "خرج أهل القرية في الصباح إلى السوق، وكان ذلك أول أيام الموسم، فامتلأت الطريق بالعربات والدواب حتى ضاقت بمن فيها.",
    "ولما وصل التاجر الغريب أنزل بضاعته قرب البئر ثم جلس ينتظر، لكن أحدا لم يقترب منه قبل أن تميل الشمس نحو المغيب.",
    "سأله شيخ من شيوخ البلدة عن سبب قدومه، فقال إنه يبحث عن أخيه الذي سافر مع قافلة الشتاء ولم يرجع إلى الآن!",
    "هل رآه أحد منكم عند الجسر القديم أو في الخان؟ هكذا كان يكرر على كل من يمر به، وهو لا يرفع بصره عن الأرض.",
)
VOCALISED_LINES: Final = (
    "قَالَ الشَّيْخُ فِي أَوَّلِ البَابِ إِنَّ هَذَا هُوَ المَذْهَبُ الَّذِي عَلَيْهِ العَمَلُ عِنْدَ أَصْحَابِنَا مِنْ قَدِيمٍ",
    "وَمَنْ خَالَفَهُ فَقَدْ أَخَذَ بِقَوْلٍ ضَعِيفٍ لَمْ يَنْقُلْهُ إِلَّا رَجُلٌ وَاحِدٌ مِنْ أَهْلِ تِلْكَ البِلَادِ",
    "ثُمَّ ذَكَرَ أَنَّ القَاضِيَ كَانَ يَجْلِسُ بَعْدَ صَلَاةِ العَصْرِ فَيَسْمَعُ مِنَ النَّاسِ حَتَّى يَغِيبَ الضَّوْءُ",
    "وَلَا يَحْكُمُ بَيْنَ خَصْمَيْنِ غَضْبَانَ أَوْ جَائِعًا لِأَنَّ ذَلِكَ يُفْسِدُ عَلَيْهِ رَأْيَهُ كَمَا جَرَّبَهُ غَيْرُهُ",
)
ARTICLE, VOCALISED = "\n".join(ARTICLE_LINES), "\n".join(VOCALISED_LINES)


def words(text: str) -> list[str]:
    """Folded words, one letter at a time."""
    table = fold()
    made = "".join(" " if table[ord(c)] == 0 else "" if table[ord(c)] == 0xFFFFFFFF else chr(table[ord(c)]) for c in text)
    return made.split(" ") if made.strip(" ") else []


def found(text: str, listed: list[str]) -> tuple[int, int, int, int]:
    """The twin: words, hits, words covered, different ones."""
    known = {tuple(w for w in words(phrase) if w) for phrase in listed}
    count = hits = covered = 0
    different = set()
    for line in text.split("\n"):
        recent: list[str] = []
        for word in filter(None, words(line)):
            count += 1
            recent.append(word)
            for size in range(len(recent), 0, -1):
                if tuple(recent[-size:]) in known:
                    hits, covered = hits + 1, covered + size
                    different.add(tuple(recent[-size:]))
                    recent = []
                    break
    return count, hits, covered, len(different)


pieces: Final = st.lists(
    st.sampled_from(["قط", "القِطّ", "بيت", "كبير", "بيت كبير", "إلى", "الى", "الي", "a", "A", "3", "٣", "،", "\n", "-", "ـ"]), max_size=14
)
lists: Final = st.lists(st.sampled_from(["قط", "بيت كبير", "كبير بيت قط", "إلى", "a", "3", "بيت"]), min_size=1, max_size=4, unique=True)


@given(columns(pieces.map(" ".join) | texts), lists)
@example(pa.array(["بيت بيت كبير", "بيت، كبير", "بيت\nكبير", "", None]), ["بيت كبير"])
def test_phrases_are_found_as_by_plain_python(column: pa.Array, listed: list[str]) -> None:
    got = phrases(tuple(listed)).find(column)
    rows = zip(got.words.tolist(), got.hits.tolist(), got.covered.tolist(), got.different.tolist(), strict=True)
    assert list(rows) == [found(text or "", listed) for text in column.to_pylist()]


@given(st.text(st.sampled_from("أإآٱىيیكکةهabCabc٣۳3ًَـ"), max_size=20))
def test_words_fold_as_the_skeleton_of_lines_does(text: str) -> None:
    assert "".join(words(text)) == skeleton(text).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        pytest.param("القطار وصل", 0, id="a-longer-word-is-another"),
        pytest.param("قطط", 0, id="a-plural-is-another"),
        pytest.param("قَطٌّ", 1, id="vowels"),
        pytest.param("قـــط", 1, id="tatweel"),
        pytest.param("(قط)", 1, id="brackets"),
        pytest.param("قط،قط", 2, id="without-spaces"),
    ],
)
def test_a_word_is_found_whatever_its_spelling_and_only_whole(text: str, hits: int) -> None:
    assert phrases(("قط",)).find(pa.array([text])).hits.tolist() == [hits]


def test_a_phrase_without_a_word_or_with_too_many_is_an_error() -> None:
    with pytest.raises(PipelineError, match="has 0"):
        phrases(("،",))
    with pytest.raises(PipelineError, match=f"has {kernels.MOST_WORDS + 1}"):
        phrases((" ".join(["ا"] * (kernels.MOST_WORDS + 1)),))


def test_every_recipe_cites_its_source_and_asks_for_measures_that_exist() -> None:
    for name, recipe in recipes().items():
        assert (recipe.name, bool(recipe.source and recipe.why)) == (name, True)
        for rule in (*recipe.faithful, *recipe.mended):
            assert isinstance(rule, StopWords) or rule.measure in MEASURES
        assert not any(isinstance(rule, Bound) and rule.measure.startswith("datatrove") for rule in recipe.mended)
        assert not any(isinstance(rule, StopWords) and ("،" in rule.words or not rule.folded) for rule in recipe.mended)
        assert f"{name}" in arclean.presets()


@pytest.mark.parametrize("name", sorted(recipes()))
def test_ordinary_arabic_is_kept_by_every_recipe_that_is_mended(name: str) -> None:
    texts = [ARTICLE, f"{ARTICLE}\n" + " \n" * 12]
    done = arclean.load(name).batch(pa.record_batch({"text": texts}))
    assert (done["drop"].to_pylist(), done["text"].to_pylist()) == ([None, None], texts)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("gopher-ar", "كلمات قليلة", "words_low"),
        ("gopher-ar", "\n".join(["سطر يعاد كما هو بلا تغيير في الصفحة كلها"] * 10), "dup_text_line_share_high"),
        ("fineweb2-arb", ARTICLE.replace("،", "").replace(".", "").replace(" ", "\n"), "prose_line_share_low"),
        ("fineweb2-arb", ARTICLE.replace(" ", " #"), "hash_ratio_high"),
        ("fineweb2-arb", " ".join(f"منتج{i} سعره{i}" for i in range(60)) + ".", "stop_words_low"),
        ("c4-ar", "Lorem ipsum " + ARTICLE, "lorem_ipsum_high"),
        ("c4-ar", "الرئيسية\nالأخبار\nاتصل بنا", "words_low"),
    ],
)
def test_what_is_no_text_goes_with_its_reason(name: str, text: str, reason: str) -> None:
    assert arclean.load(name).batch(pa.record_batch({"text": [text]}))["drop"].to_pylist() == [reason]


def test_the_modes_differ_where_arabic_is_wronged() -> None:
    batch = pa.record_batch({"text": [VOCALISED, ARTICLE]})
    assert Judge("gopher-ar").batch(batch)["drop"].to_pylist() == [None, None]
    assert Judge("gopher-ar", "faithful").batch(batch)["drop"].to_pylist() == ["stop_words_low", "stop_words_low"]
    assert Judge("fineweb2-arb", "faithful").batch(batch)["drop"].to_pylist()[0] == "datatrove_end_line_share_low"


@given(columns(pages() | texts), st.sampled_from(sorted(recipes())), st.sampled_from(["mended", "faithful"]))
def test_the_reason_is_the_first_rule_that_is_broken(column: pa.Array, name: str, mode: str) -> None:
    rules = Judge(name, mode).rules()
    asked = [rule.measure for rule in rules if isinstance(rule, Bound)]
    values = {measure: figures(column, asked)[measure].to_pylist() for measure in asked}
    for row, reason in enumerate(judged(column, rules)[1].to_pylist()):
        broken = [told for rule in rules if isinstance(rule, Bound) for told in _broken(rule, values[rule.measure][row])]
        assert reason == (broken[0] if broken else reason if reason == "stop_words_low" else None) or reason == "stop_words_low"


def _broken(rule: Bound, value: float) -> list[str]:
    return [f"{rule.measure}_low"] * (value < rule.least) + [f"{rule.measure}_high"] * (value > rule.most)


def test_the_measures_become_columns_on_demand_and_the_first_reason_stays() -> None:
    batch = pa.record_batch({"text": ["كلمة", "كلمة"], "drop": ["before", None]})
    done = Judge("gopher-ar", columns=True).batch(batch)
    assert done["drop"].to_pylist() == ["before", "words_low"]
    assert {"words", "top_2gram_share", "stop_words"} <= set(done.schema.names)
    assert Judge("gopher-ar").batch(batch).schema.names == ["text", "drop"]


@given(
    st.lists(st.tuples(texts, st.sampled_from([None, "an_earlier_reason"])), min_size=1, max_size=12), st.sampled_from(sorted(recipes()))
)
def test_what_is_rejected_already_is_not_judged_again(rows: list[tuple[str, str | None]], name: str) -> None:
    batch = pa.record_batch({"text": pa.array([text for text, _ in rows]), "drop": pa.array([drop for _, drop in rows], pa.string())})
    fresh = Judge(name).batch(batch.select(["text"]))["drop"].to_pylist()
    assert Judge(name).batch(batch)["drop"].to_pylist() == [drop or reason for (_, drop), reason in zip(rows, fresh, strict=True)]


def test_a_batch_in_which_no_line_goes_has_the_columns_of_one_in_which_some_do() -> None:
    pipe = Pipeline((C4Lines(),))
    none, some = (pipe.batch(pa.record_batch({"text": pa.array(texts, pa.string())})) for texts in ([], ["الرئيسية\nهل وصل القطار اليوم؟"]))
    assert none.schema == some.schema


def c4(text: str, mode: str) -> list[str | None]:
    """The twin: for each line the first rule that it breaks."""
    marks, closers = (ENDS, "") if mode == "faithful" else (signs.ENDS, signs.CLOSERS)
    told: list[str | None] = []
    for whole in text.split("\n"):
        line = whole.strip(" \t")
        parts = [part for part in re.split(f"[{re.escape(SPACE)}]+", line) if part]
        bare = "".join(parts)
        while bare and bare[-1] in closers and bare[-1] not in marks:
            bare = bare[:-1]
        dots, closed = bare.endswith("..."), "".join(parts) != bare
        ended = bool(bare) and bare[-1] in marks and not (dots and not closed and mode == "faithful")
        if not line:
            told.append(None)
        elif any(len(part) > 1000 for part in parts):
            told.append("c4_long_word")
        elif not ended and (mode == "faithful" or len(parts) < 10):
            told.append("c4_no_end")
        elif len(parts) < 3:
            told.append("c4_few_words")
        elif "javascript" in line.lower():
            told.append("c4_javascript")
        else:
            told.append("c4_policy" if any(phrase in line.lower() for phrase in POLICY) else None)
    return told


LINES: Final = (
    *("كلمة", "ثلاث كلمات هنا", "ثلاث كلمات هنا.", "هل هذا سطر؟", "قال: «هذا سطر.»"),
    *("هذا سطر...", "هذا سطر هنا…", 'قال هذا سطر"', "سطر فيه كلام ...)", "", "  "),
    *("This site uses cookies.", "Turn on JavaScript now.", " ".join(["كلمة"] * 10), "ا" * 1001 + " ب ت."),
)


@given(columns(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join) | pages()), st.sampled_from(["mended", "faithful"]))
def test_lines_are_cut_as_by_plain_python(column: pa.Array, mode: str) -> None:
    removed = C4Lines(mode).edit(column).removed
    got = {(line["row"], line["line"]): line["rule"] for line in removed.to_pylist()} if removed is not None else {}
    wanted = {(row, n): why for row, text in enumerate(column.to_pylist()) for n, why in enumerate(c4(text or "", mode), 1) if why}
    assert got == wanted
    assert set(got.values()) <= set(REASONS)


@given(columns(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join) | pages()), st.sampled_from(["mended", "faithful"]))
def test_cutting_twice_cuts_no_more(column: pa.Array, mode: str) -> None:
    once = C4Lines(mode).text(column)
    assert C4Lines(mode).text(once).to_pylist() == once.to_pylist()


def test_a_pipeline_with_a_recipe_is_written_and_read() -> None:
    pipe = Pipeline((C4Lines("faithful"), Judge("fineweb2-ary", "faithful", True)))
    assert Pipeline.from_dict(pipe.to_dict()) == pipe
    assert Pipeline.from_dict({"steps": [{"judge": "gopher-ar"}, {"c4_lines": "mended"}]}) == Pipeline((Judge("gopher-ar"), C4Lines()))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Judge("gofer-ar"), "step 'judge': unknown recipe 'gofer-ar'. Did you mean 'gopher-ar'"),
        (lambda: Judge("gopher-ar", "faithfull"), "unknown mode 'faithfull'. Did you mean 'faithful'"),
        (lambda: C4Lines("mend"), "step 'c4_lines': unknown mode 'mend'. Did you mean 'mended'"),
    ],
)
def test_wrong_names_have_the_nearest_right_one(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(UnknownName, match=re.escape(said)):
        make()


def test_the_figures_of_fineweb2_are_those_that_are_published() -> None:
    arb = recipes()["fineweb2-arb"].faithful
    assert [
        (rule.measure, rule.least, rule.most)
        for rule in arb
        if isinstance(rule, Bound) and rule.measure.startswith(("dup_line", "datatrove_end"))
    ] == [
        ("dup_line_share", float("-inf"), 0.304),
        ("datatrove_end_line_share", 0.143, float("inf")),
    ]
    assert len(next(rule for rule in arb if isinstance(rule, StopWords)).words) == 19
    assert {
        MARKS & set(word) != set() for rule in recipes()["fineweb2-aeb"].faithful if isinstance(rule, StopWords) for word in rule.words
    } == {True, False}
    assert TATWEEL not in "".join(word for rule in arb if isinstance(rule, StopWords) for word in rule.words)


def test_words_of_a_list_are_counted_and_rejected_by_number_and_share(tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text("# a comment\n\nقط أسود\nكلب\n", encoding="utf-8")
    batch = pa.record_batch({"text": ["القط الأسود", "قطٌّ أسْوَد وكلب", "كلب كلب", None]})
    done = WordsOf("bad", file=str(file), most=1).batch(batch)
    assert done.schema.names == ["text", "bad", "bad_share", "drop"]
    assert done["bad"].to_pylist() == [0, 1, 2, 0]
    assert done["bad_share"].to_pylist() == [0.0, 2 / 3, 1.0, 0.0]
    assert done["drop"].to_pylist() == [None, None, "bad_high", None]
    assert WordsOf("bad", file=str(file), most_share=0.5).batch(batch)["drop"].to_pylist() == [
        None,
        "bad_share_high",
        "bad_share_high",
        None,
    ]


def test_a_pipeline_knows_which_list_it_was_made_with(tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text("كلب\n", encoding="utf-8")
    pipe = Pipeline((WordsOf("bad", file=str(file), most=0),))
    data = pipe.to_dict()
    assert Pipeline.from_dict(data) == pipe
    assert pickle.loads(pickle.dumps(pipe)) == pipe
    file.write_text("قط\n", encoding="utf-8")
    assert Pipeline((WordsOf("bad", file=str(file), most=0),)).fingerprint != pipe.fingerprint
    with pytest.raises(PipelineError, match=r"this pipeline was made with .*; take `digest` out"):
        Pipeline.from_dict(data)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"name": "bad"}, "no words for 'bad'"),
        ({"name": "bad", "file": "no/such.txt"}, "the list 'no/such.txt' cannot be read"),
        ({"name": "a b", "words": ("ا",)}, "name is 'a b'"),
        ({"name": "bad", "words": ("ا",), "most": -1}, "most is -1"),
        ({"name": "bad", "words": ("؟",)}, "has 0"),
    ],
)
def test_a_list_that_is_none_is_an_error(options: dict[str, Any], said: str) -> None:
    with pytest.raises(PipelineError, match=re.escape(said)):
        WordsOf(**options)


def test_a_list_that_is_not_utf8_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"ab\xc7\n")
    with pytest.raises(PipelineError, match="is not UTF-8, at byte 2"):
        WordsOf("bad", file=str(tmp_path / "bad.txt"))


def test_a_column_of_the_same_name_from_elsewhere_is_not_written_over() -> None:
    with pytest.raises(ColumnError, match="give it another `name`"):
        WordsOf("bad", ("ا",)).batch(pa.record_batch({"text": ["ا"], "bad": ["x"]}))


@pytest.mark.parametrize("phrase", ["javascript", *POLICY])
def test_every_phrase_of_c4_has_a_pair_of_letters_that_is_looked_for_first(phrase: str) -> None:
    assert any(pair in phrase for pair in PAIRS)
    assert not {"k", "s"} & set("".join(PAIRS))
    text = "\n".join("x" * before + phrase.title() + " in a line." for before in (0, 40, 60, 61, 62, 63, 64, 120))
    assert C4Lines().edit(pa.array([text])).texts.to_pylist() == [""]
