"""Languages: one pass held to plain Python; Arabic stays Arabic however it is typed, its neighbours in the script are told from it."""

from __future__ import annotations

import math
import pickle
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns, texts
from twins import MARKS, TATWEEL, members

import arclean
from arclean.errors import PipelineError, UnknownName
from arclean.language import tables
from arclean.language.identify import CODES, identify, is_arabic
from arclean.language.steps import Language
from arclean.language.stretches.steps import ForeignLines
from arclean.language.tables import LANGUAGES, VARIETIES
from arclean.rules import classes, languages, varieties
from arclean.rules.forms import FORMS

pytestmark = pytest.mark.kernels

SENTENCES: Final[dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "cases" / "languages.yaml").read_text(encoding="utf-8"))
ARABIC: Final = members(classes.LETTERS) | set(languages.LETTER_SHARES)
LATIN: Final = {chr(c) for a, b in ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F)) for c in range(a, b + 1)}
OTHER: Final = (members(classes.OTHER_LETTERS) | members(classes.FORM_LETTERS)) - LATIN - ARABIC


def plain(char: str) -> str:
    """A presentation form as the first letter that it stands for."""
    if char in FORMS:
        return FORMS[char].strip()[:1] or TATWEEL
    return char.lower() if char.isascii() else char


def folded(word: str) -> str:
    return "".join(tables.SAME.get(char, char) for char in word if char not in MARKS and char != TATWEEL)


def listed(lines: Any) -> set[str]:
    return {folded(word) for line in lines for word in line.split()}


WORDS: Final = {name: listed(lines) for name, lines in languages.WORDS.items()}
SIGNS: Final = {name: listed(lines) for name, lines in varieties.WORDS.items()}
ARABIZI, LATIN_WORDS, RELIGIOUS = listed(languages.ARABIZI), listed(languages.LATIN_WORDS), listed(varieties.RELIGIOUS)
TOTALS: Final = {name: sum(shares[column] for shares in languages.LETTER_SHARES.values()) for column, name in enumerate(LANGUAGES)}
FIGURES: Final = frozenset("0123456789")
DIGITS: Final = frozenset(languages.ARABIZI_DIGITS)


def kind(char: str) -> str:
    if char in MARKS or char == TATWEEL:
        return "mark"
    if char in ARABIC:
        return "arabic"
    return "latin" if char in LATIN or char in FIGURES or char in OTHER else ""


def words_of(text: str) -> list[str]:
    words, last = [""], ""
    for char in text:
        if kind(char) != "mark":
            if kind(char) != last:
                words.append("")
            last = kind(char)
            words[-1] += char if last else ""
    return [word for word in words if word and not set(word) <= FIGURES]


def squeezed(word: str) -> str:
    """Two of a letter in a row at the most, by what it folds to and weighs."""
    return re.sub(r"(.)\1{2,}", r"\1\1", word, flags=re.DOTALL)


def weighed(text: str) -> dict[str, Any]:
    """The twin, on text without addresses: the language and what goes with it."""
    text = "".join(plain(char) for char in text)
    words = words_of(text)
    arabic = "".join(squeezed(word) for word in words if word[0] in ARABIC)
    latin = sum(char in LATIN for word in words if len(word) <= 30 for char in word)
    other = sum(char in OTHER for char in text)
    letters = len(arabic) + latin + other
    sums: Counter[str] = Counter(ar=int(tables.PRIOR))
    for char in arabic:
        shares = languages.LETTER_SHARES.get(char)
        for name, share in zip(LANGUAGES, shares or (), strict=bool(shares)):
            sums[name] += round(tables.NAT * math.log(max(share, languages.RARE) / TOTALS[name]))
    hits: Counter[str] = Counter()
    for word in words:
        if word[0] in ARABIC:
            _weigh_arabic(word, sums, hits)
        elif not set(word) & OTHER:
            digits = "".join(char for char in word if char in FIGURES)
            known = word in ARABIZI or word in LATIN_WORDS
            inside = not known and len(digits) == 1 and digits in DIGITS and word[-1] not in FIGURES and len(word) >= 3
            hits["arabizi"] += word in ARABIZI or inside
            hits["latin"] += word in LATIN_WORDS
    if not letters:
        return {"language": "und", "score": 0.0, "letters": 0}
    if 2 * len(arabic) >= letters:
        best = max(LANGUAGES, key=lambda name: (sums[name], -LANGUAGES.index(name)))
        scale = 50 / max(len(arabic), 50) / tables.NAT
        total = sum(math.exp((sums[name] - sums[best]) * scale) for name in LANGUAGES if (sums[name] - sums[best]) * scale > -20)
        return {"language": best, "score": len(arabic) / letters / total, "letters": letters}
    if 4 * len(arabic) >= letters:
        language = "mul"
    elif latin <= other:
        language = "und"
    else:
        language = (
            "ar-Latn" if hits["arabizi"] > hits["latin"] and hits["arabizi"] >= 2 and hits["arabizi"] >= 0.08 * len(words) else "und-Latn"
        )
    return {"language": language, "score": max(latin, other) / letters, "letters": letters}


def _weigh_arabic(word: str, sums: Counter[str], hits: Counter[str]) -> None:
    shape = folded(word)
    known = [name for name in LANGUAGES if shape in WORDS[name]]
    signs = [name for name in VARIETIES if shape in SIGNS[name]]
    for name in known:
        sums[name] += tables.WORD
    if signs and "ar" not in known:
        sums["ar"] += tables.WORD // 2
    if not known and not signs and shape not in RELIGIOUS and len(word) >= 4 and word.startswith("ال"):
        sums["ar"] += tables.ARTICLE


def told(column: pa.Array) -> list[dict[str, Any]]:
    found = identify(column)
    rows = zip(found.language, found.score, found.letters, strict=True)
    return [{"language": CODES[code], "score": pytest.approx(score), "letters": letters} for code, score, letters in rows]


PIECES: Final = (
    *(word for lines in SENTENCES.values() for line in lines for word in line.split()),
    "ال",
    "3la",
    "ma3",
    "2023",
    "ﻣﻦ",
    "هههههه",
)
mixtures: Final = st.lists(st.sampled_from(PIECES) | st.sampled_from([" ", " ", "\n", "، ", ".", "é", "ж"]), max_size=20).map("".join)


@given(columns(mixtures | texts))
@example(pa.array(["", None, "@", "a@", "://", "ا", "3", "33", "3a", "ab3", "ـ", "\u064e", "هـــَهه", "ﻻ", "۾"]))
def test_languages_are_those_of_plain_python(column: pa.Array) -> None:
    column = pa.array([None if text is None else re.sub("[@/]", " ", text) for text in column.to_pylist()], column.type)
    assert [weighed(text or "") for text in column.to_pylist()] == told(column)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        pytest.param("https://site.example/page", 0, id="an-address-alone"),
        pytest.param("انظر https://t.co/AbCdEf هنا", 7, id="an-address-in-a-text"),
        pytest.param("@someone شكرا", 4, id="a-name"),
        pytest.param("نعم://لا", 5, id="arabic-before-a-scheme-counts"),
        pytest.param("a:b //c", 3, id="a-comment-is-no-address"),
        pytest.param("iVBORw0KGgoAAAANSUhEUgAAABUAAAAVCAYAAACpF6WWAAAACXBIWXMAAA7EAAAOx", 0, id="a-picture-written-out"),
        pytest.param("ههههههههههه", 2, id="laughter"),
        pytest.param("ممتاااااز", 6, id="a-stretched-word"),
    ],
)
def test_what_counts_as_a_letter(text: str, letters: int) -> None:
    assert identify(pa.array([text])).letters.tolist() == [letters]


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, lines in SENTENCES.items() for text in lines])
def test_sentences_are_in_their_language(code: str, text: str) -> None:
    assert told(pa.array([text]))[0]["language"] == code


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ذهبت الی المکتبة لکی أقرأ فی هدوء", id="a-persian-keyboard"),
        pytest.param("ﺫﻫﺐ ﺍﻟﻮﻟﺪ ﺇﻟﻰ ﺍﻟﻤﺪﺭﺳﺔ", id="presentation-forms"),
        pytest.param("ذَهَبَ الوَلَدُ إِلَى المَدْرَسَةِ", id="vocalised"),
        pytest.param("هههههههههههههههههههههه", id="laughter"),
        pytest.param("شـــكـــراً جـــزيـــلاً", id="tatweel"),
        pytest.param("ثبّت الحزمة بالأمر pip install arclean ثم شغّلها", id="code-inside"),
        pytest.param("في", id="one-word"),
    ],
)
def test_arabic_is_arabic_however_it_is_typed(text: str) -> None:
    assert is_arabic(pa.array([text])).all()


def test_a_hint_at_the_variety() -> None:
    lines = SENTENCES["ar"][3:9]
    assert identify(pa.array(lines)).columns()["variety"].to_pylist() == ["egyptian", "levantine", "gulf", "maghrebi", "iraqi", "classical"]


def test_no_text_is_in_no_language() -> None:
    found = identify(pa.array(["", None, "123 !", "😀"])).columns()
    assert found["language"].to_pylist() == ["und"] * 4
    assert found["language_score"].to_pylist() == [0.0] * 4
    assert found["variety"].to_pylist() == [""] * 4


def test_the_columns_come_without_dropping_and_the_reasons_name_the_language() -> None:
    batch = pa.record_batch({"text": [SENTENCES["ar"][0], SENTENCES["fa"][0], SENTENCES["und-Latn"][0], None]})
    done = Language().batch(batch)
    assert done.schema.names == ["text", "language", "language_score", "variety", "variety_score", "drop"]
    assert done["drop"].null_count == 4
    assert Language(("ar",)).batch(batch)["drop"].to_pylist() == [None, "language_fa", "language_und-Latn", "language_und"]
    assert Language(("ar", "fa"), least=0.999).batch(batch)["drop"].to_pylist()[3] == "language_und"
    assert Language(least=0.5).batch(batch)["drop"].to_pylist() == [None, None, None, "language_score_low"]
    first = batch.append_column("drop", pa.array(["before", None, "before", None]))
    assert Language(("ar",)).batch(first)["drop"].to_pylist() == ["before", "language_fa", "before", "language_und"]


def test_a_foreign_paragraph_is_cut_and_accounted_for() -> None:
    page = "\n".join([SENTENCES["ar"][0], SENTENCES["fa"][0], "کتاب", SENTENCES["und-Latn"][0], "", SENTENCES["ar"][1]])
    pipe = arclean.Pipeline((ForeignLines(),))
    done = pipe.apply(pa.record_batch({"text": [page, SENTENCES["ar"][2], None]}))
    assert done.batch["text"].to_pylist() == ["\n".join([SENTENCES["ar"][0], "کتاب", "", SENTENCES["ar"][1]]), SENTENCES["ar"][2], None]
    assert done.batch["lines_removed"].to_pylist() == [2, 0, 0]
    assert [(line["line"], line["rule"], line["category"]) for line in done.removed.to_pylist()] == [
        (2, "foreign_line", "foreign"),
        (4, "foreign_line", "foreign"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("قال (Nature): The results are clear, ثم أضاف أن النتائج واضحة للجميع", id="a-quotation-inside"),
        pytest.param("https://example.com/a/long/path/that/is/no/language/at/all/index.html", id="an-address"),
        pytest.param("New York", id="a-short-line"),
        pytest.param("1999 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 2010 2011", id="numbers"),
    ],
)
def test_lines_that_are_no_foreign_paragraph_stay(line: str) -> None:
    page = f"{SENTENCES['ar'][0]}\n{line}"
    assert arclean.Pipeline((ForeignLines(),)).clean(page) == page


@given(st.lists(st.sampled_from([line for lines in SENTENCES.values() for line in lines]) | st.just(""), max_size=8).map("\n".join))
def test_cutting_twice_cuts_no_more(page: str) -> None:
    pipe = arclean.Pipeline((ForeignLines(letters=10, least=0.5),))
    once = pipe.clean(page)
    assert pipe.clean(once) == once
    assert set(once.split("\n")) <= {*SENTENCES["ar"], *SENTENCES["und"], ""}


def test_a_pipeline_with_languages_is_written_and_read() -> None:
    pipe = arclean.Pipeline((ForeignLines(letters=20), Language(("ar",), 0.5)))
    assert arclean.Pipeline.from_dict(pipe.to_dict()) == pipe
    assert arclean.Pipeline.from_dict({"steps": [{"language": "ar"}]}).parts[0] == Language(("ar",))
    assert pickle.loads(pickle.dumps(pipe)) == pipe
    assert "foreign_lines" in pipe.to_yaml()


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: Language(("arb",)), UnknownName, "unknown language 'arb'. Did you mean 'ar'"),
        (lambda: Language(least=2), PipelineError, "step 'language': least is 2"),
        (lambda: ForeignLines(("ar", "xx")), UnknownName, "step 'foreign_lines': unknown language 'xx'"),
        (lambda: ForeignLines(letters=0), PipelineError, "letters is 0"),
        (lambda: ForeignLines(least=math.nan), PipelineError, "least is nan"),
        (lambda: Language(model="no/such.bin").batch(pa.record_batch({"text": ["a"]})), PipelineError, "no model file 'no/such.bin'"),
    ],
)
def test_wrong_options_are_named(make: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        make()


def test_a_fasttext_model_of_the_users_own(tmp_path: Path) -> None:
    fasttext = pytest.importorskip("fasttext")
    train, path = tmp_path / "train.txt", tmp_path / "model.bin"
    labels = {"ar": "arb_Arab", "fa": "pes_Arab", "und-Latn": "eng_Latn"}
    lines = [f"__label__{label} {text}" for code, label in labels.items() for text in SENTENCES[code]]
    train.write_text("\n".join(lines * 20), encoding="utf-8")
    fasttext.train_supervised(str(train), dim=8, minn=2, maxn=3, bucket=2000, epoch=10, lr=0.5, thread=1, verbose=0).save_model(str(path))
    batch = pa.record_batch({"text": [SENTENCES["ar"][1], f"{SENTENCES['fa'][1]}\n{SENTENCES['fa'][2]}", "", None]})
    step = Language(("arb_Arab",), model=str(path))
    done = step.batch(batch)
    assert done["language"].to_pylist()[:2] == ["arb_Arab", "pes_Arab"]
    assert done["drop"].to_pylist()[:2] == [None, "language_pes_Arab"]
    assert all(0 <= score <= 1 for score in done["language_score"].to_pylist())
    assert pickle.loads(pickle.dumps(step)) == step
    path.write_bytes(b"no model")
    with pytest.raises(PipelineError, match="is no fastText model"):
        Language(model=str(path)).batch(batch)


def test_shares_are_of_letters_and_words_are_in_the_script_of_their_table() -> None:
    assert [name for name, total in TOTALS.items() if not 750 <= total <= 1250] == []
    for words in (*WORDS.values(), *SIGNS.values(), RELIGIOUS):
        assert [word for word in words if not set(word) <= ARABIC] == []
