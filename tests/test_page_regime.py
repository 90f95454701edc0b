"""Whole pages turned to text: which documents are such, where their main text lies, which line is the headline; against plain Python."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest
import twins
import twins_page
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import LONG, PROSES, pages
from test_lines_engine import CATALOGUE, agrees, line_rule

from arclean.boilerplate.lines import Lines
from arclean.boilerplate.page import kernels
from arclean.boilerplate.page.regime import folded, frames, key_of, words
from arclean.errors import RuleError
from arclean.rules import page as knowledge
from arclean.rules.samples import MORE, PROSE

pytestmark = pytest.mark.kernels

EDGES: Final = (
    *(
        "1",
        "12",
        "١٢",
        "1 - البند",
        "٣) الماء",
        "1234. سنة",
        "• زيت",
        "- زيت",
        "-",
        "أولا: الماء",
        "المادة الثالثة",
        "3 ملاعق من السكر",
        "نصف كوب ماء",
    ),
    *(
        "المقادير:",
        "طريقة التحضير",
        "السعر | 30",
        "الوزن | 40",
        "أ\tب\tج",
        "د\tه\tو",
        "left → right",
        "من: هنا إلى هناك",
        "إلى: هناك من هنا",
    ),
    *("if (x == 1) {", "}", "return x", "x = [1, 2]", "```", "السطر # تعليق x = 2", "d-none hideMe", "電動車", "English Français"),
    *("يا دارُ ما فعلَ الزمانُ    بمن أقامَ", "ما زال في الباب القديم    صدى خطاك", "قفا نبك ... من ذكرى حبيب", "والبحر *** يعرف اسمها"),
    *("قُلْ هُوَ ٱللَّهُ أَحَدٌ", "وَلَمْ يَكُن لَّهُۥ كُفُوًا", "يقول: قطرة.", "أقول: كفى.", "هل وصلت؟", "اشتر الآن!", "سكين ونصف رغيف،"),
    *(
        "رد",
        "شكرا لكم على هذا الموضوع الجميل",
        "عضو جديد",
        "المشاركات: 1,764",
        "عدد المساهمات : 30",
        "قديم 05-07-2025, 11:59 PM",
        "أبو فهد",
        "__________________",
        "____",
        "توقيعي صدى البحر",
    ),
    *("أغاني أخرى للمطربة", "الأكثر زيارة هذا الأسبوع", "قصائد مشابهة", "أخبار أخرى عن النهر.", "/ طيور", "» النهر", "> الجسر"),
    *("١ الماء", "2 الجسر القديم", "3. الأهل", "الماء", "الجسر القديم", "الأهل", "الرسوم", "اللون", "300 دينار", "بني فاتح"),
    *("الرئيسية من نحن", "دخول تسجيل", "الأخبار | اقتصاد | رياضة", "رد الأخبار اقتصاد رياضة", "كتب شعر", "الرئيسية من نحن وغيرنا"),
    *(
        "3 مارس 2024",
        "كتبت - هند صالح",
        "الرئيسية / الأخبار / جسر جديد للمشاة",
        "جسر جديد للمشاة على النهر",
        "نقل السوق والمدرسة إلى الحي القديم",
    ),
    *(
        "من سكان المدينة من لا يرى في هذا الجسر إلا بابا، ومنهم من يرى فيه غير ذلك",
        "أسعار السمك ترتفع في سوق الميناء ...",
        "ا" * 100,
        "ا" * 140,
    ),
)
"""Lines at every edge of the weights."""
FRAMES: Final = (*knowledge.FRAME[:40], *knowledge.SECTIONS[:60], "Share on Facebook", "جميع الحقوق محفوظة", "شاهد أيضا", "الأكثر قراءة")
PAGED: Final = tuple(rule for rule in CATALOGUE if set(rule.when) & set(twins_page.EVIDENCE))


@st.composite
def whole_pages(draw: Any) -> str:
    """A page: its frame, something like a text, its frame; what is drawn decides whether it is one."""
    frame = st.lists(st.sampled_from(FRAMES), max_size=16)
    text = st.lists(st.sampled_from(EDGES) | st.sampled_from(PROSES) | st.sampled_from(FRAMES), max_size=16)
    made = [*draw(frame), *draw(text), *draw(frame), *draw(st.lists(st.sampled_from(EDGES), max_size=3)), *draw(text), *draw(frame)]
    return "\n".join(made)


@settings(max_examples=25, deadline=None)
@given(st.lists(whole_pages() | pages(), max_size=3))
def test_the_whole_catalogue_on_whole_pages(values: list[str]) -> None:
    agrees(CATALOGUE, pa.array(values, pa.string()))


@settings(max_examples=20, deadline=None)
@given(st.lists(whole_pages(), max_size=3))
def test_the_rules_of_pages_alone(values: list[str]) -> None:
    agrees(PAGED, pa.array(values, pa.string()))


@settings(max_examples=12, deadline=None)
@given(whole_pages())
def test_twice_is_once(page: str) -> None:
    once = Lines(CATALOGUE).text(pa.array([page]))
    assert Lines(CATALOGUE).text(once) is once


@given(st.lists(st.sampled_from(EDGES) | st.sampled_from(PROSES) | st.text("اب ت1٣.…،:؟!|*/\t-ُّ x{}=»)", max_size=30), max_size=6))
def test_what_is_told_of_a_line_is_what_plain_python_tells(values: list[str]) -> None:
    cores = [value.strip(" \t").replace("\n", "") for value in values]
    data = np.frombuffer("".join(cores).encode(), np.uint8)
    ends = np.cumsum([len(core.encode()) for core in cores]).astype(np.int64)
    begins = ends - [len(core.encode()) for core in cores]
    told, phrases = np.empty((len(cores), kernels.FEATURES), np.int64), np.empty(len(cores), np.uint64)
    kernels.features(data, begins.astype(np.int64), ends, folded(), words().keys, words().marks, told, phrases)
    for core, row in zip(cores, told.tolist(), strict=True):
        one = twins_page.Seen(twins.Line(1, core, core), None)
        vowels = sum("\u064b" <= char <= "\u0652" or char == "\u0670" for char in core)
        assert row[: kernels.KIND] == [
            one.chars,
            len(one.words),
            ["open", "sentence", "ellipsis", "comma", "colon"].index(one.end),
            one.exclaims,
            core.count("،"),
            core.count(":"),
            one.functions,
            one.phrase.count("0"),
            one.arabic,
            vowels,
            one.cells,
            one.gap,
            one.site_words,
        ]
        rest = row[kernels.REST] & (1 << 64) - 1
        assert rest == key_of(" ".join(one.words[1:])) or len(one.words) < 2
        heading = bool(one.words) and one.phrase in twins_page.HEADINGS
        kind = {kernels.MEASURED: one.measured, kernels.LISTED: one.listed, kernels.HEADING: heading, kernels.CODE: one.coded}
        kind |= {kernels.ADDRESS: one.is_address, kernels.RELATED: one.is_related, kernels.STEP: one.is_step}
        kind |= {kernels.RULED: one.is_ruled, kernels.NUMBERED: bool(one.numbered)}
        assert {bit: bool(row[kernels.KIND] & bit) for bit in kind} == kind


@given(st.lists(st.integers(-5, 5), max_size=24))
def test_maximal_runs_are_those_found_by_trying(weights: list[int]) -> None:
    starts, stops, scores = (np.empty(len(weights), np.int64) for _ in range(3))
    found = kernels.maximal(np.array(weights, np.int64), 0, len(weights), starts, stops, scores)
    page = twins_page.Page([])
    page.weights = weights
    wanted = page._runs(0, len(weights))
    assert list(zip(scores[:found].tolist(), starts[:found].tolist(), stops[:found].tolist(), strict=True)) == wanted


def test_phrases_are_written_as_skeletons() -> None:
    phrases = (*knowledge.FRAME, *knowledge.SECTIONS, *knowledge.HEADINGS)
    assert [phrase for phrase in phrases if twins.skeleton(phrase) != phrase or not phrase.isprintable()] == []


def test_a_phrase_stands_in_one_list_once() -> None:
    keys = frames()
    assert int((keys.keys != 0).sum()) == len(twins_page.FRAME | twins_page.SECTIONS)
    assert len(set(knowledge.FRAME) & set(knowledge.SECTIONS)) == 0


@given(st.sampled_from(sorted(twins_page.FRAME | twins_page.SECTIONS)), st.sampled_from(["", " ", "• ", "- ", "\u200f"]), st.data())
def test_a_phrase_is_told_by_its_opening_whatever_stands_around_it(text: str, sign: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    line = np.frombuffer((sign + text[:at] + data.draw(st.sampled_from(["", "ـ", "\u064e"])) + text[at:] + " :").encode(), np.uint8)
    assert frames().openings[kernels.opening(line, np.uint64(0), np.uint64(len(line)), folded())]


@pytest.mark.parametrize("evidence", ["amid_prose", "outside_body", "title_again", "line_again"])
def test_evidence_that_pages_do_not_have_is_refused(evidence: str) -> None:
    with pytest.raises(RuleError, match="and for a whole page; make two rules of it"):
        Lines((line_rule(when=("outside_main", evidence)),)).text(pa.array(["x"]))


MENU: Final = "الرئيسية\nالأخبار\nاقتصاد\nرياضة\nثقافة\nمنوعات\nفيديو\nاتصل بنا\nمن نحن\nتسجيل الدخول\nEnglish\n"
FOOT: Final = "\nالأكثر قراءة\nأسعار السمك ترتفع في سوق الميناء\nالصيادون يطلبون رصيفا جديدا\nسياسة الخصوصية\nاتصل بنا\nجميع الحقوق محفوظة"
TITLE: Final = "سكان الحي القديم يعبرون النهر على جسر للمشاة"


def kept(text: str) -> str:
    return str(Lines(CATALOGUE).text(pa.array([text]))[0].as_py())


INGREDIENTS: Final = "المقادير\nكوب ونصف من الدقيق\n3 ملاعق من السكر\nرشة ملح\nطريقة التحضير"
COUPLETS: Final = (
    ("يا نهر كم مر بنا من راحل", "ما عاد حتى الصوت من آثاره"),
    ("وبنيت من طين الضفاف حكاية", "وسقيتها بالحلم من أنهاره"),
    ("فسل الجسور عن الذين تفرقوا", "وسل المساء عن الذي في داره"),
    ("لو كان للأمواج قلب مثلنا", "لبكت على من غاب من زواره"),
)
VERSE: Final = "\n".join(f"{a}    {b}" for a, b in COUPLETS)
SONG: Final = (
    "عبرنا على الجسر قبل الغروب\nوخلفنا تنام بيوت القرى\nوفي يدنا خبز أمهاتنا\nوفي صوتنا حزن من سافرا\n"
    "نغني لكي لا يطول الطريق\nونسأل عن أهلنا الغائبين\nفيا ليل خذنا إلى بيتنا\nويا فجر لا تنس من ينتظر"
)
BODIES: Final = {
    "an-article": f"{TITLE}\n{PROSE}\n{MORE}",
    "headings-between-paragraphs": f"{TITLE}\n{PROSE}\nأعمال الحفر\n{MORE}\nما بقي منها\n{PROSE}",
    "a-recipe": f"{TITLE}\n{PROSE}\n{INGREDIENTS}\n{MORE}\n{PROSE}",
    "a-poem-in-two-columns": VERSE,
    "a-song": SONG,
    "verses-of-the-quran": f"{TITLE}\n{PROSE}\nقُلْ هُوَ ٱللَّهُ أَحَدٌ\nٱللَّهُ ٱلصَّمَدُ\n{MORE}",
    "source-code": f"{TITLE}\n{PROSE}\nfor line in lines:\n    if line == x:\n        print(line)\n{MORE}",
    "a-table": f"{TITLE}\n{PROSE}\nالمقعد | الطول | العرض\nالأول | 3 | 4\nالثاني | 5 | 6\n{MORE}",
    "numbered-steps": f"{TITLE}\n{PROSE}\n1- افتح الباب الأول\n2- أدر المفتاح إلى اليمين\n3- اضغط على الزر الأحمر\n{MORE}",
    "questions-and-answers": f"{TITLE}\nالسؤال:\n{PROSE}\nالجواب:\n{MORE}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_text_of_a_page_stays_and_its_frame_goes(body: str) -> None:
    text = "\n".join(line.strip() for line in body.split("\n"))
    assert kept(f"{MENU}{text}{FOOT}") == text


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_same_text_without_a_frame_stays_whole(body: str) -> None:
    assert kept(body) == body


def test_two_parts_of_a_text_with_a_long_list_between_them_stay() -> None:
    numbers = "\n".join(map(str, range(1, 120)))
    parts = ["\n".join(f"{place}، {PROSE}" for place in places.split()) for places in ("دمشق القاهرة بغداد تونس", "الرباط عمان بيروت مسقط")]
    assert kept(f"{MENU}{parts[0]}\n{numbers}\n{parts[1]}{FOOT}") == "\n".join(parts)


def test_of_a_front_page_without_a_text_nothing_stays() -> None:
    headlines = "\n".join(f"خبر رقم {number} عن سوق السمك في الميناء القديم\n12:{number}" for number in range(10, 40))
    assert kept(f"{MENU}{headlines}{FOOT}") == ""


def test_teasers_cut_in_the_middle_are_no_second_part() -> None:
    teasers = "\n".join(f"{LONG[: 200 + number]}" for number in range(4))
    assert kept(f"{MENU}{TITLE}\n{PROSE}\n{MORE}\n{PROSE}{FOOT}\n{teasers}") == f"{TITLE}\n{PROSE}\n{MORE}\n{PROSE}"


def test_the_account_names_every_line_with_rule_and_category() -> None:
    page = f"{MENU}{TITLE}\n{PROSE}\n{MORE}\nالجسور\nمن السوق إلى المدرسة سيرا على الأقدام في عشر دقائق{FOOT}"
    done = Lines(CATALOGUE).edit(pa.array([page]))
    assert done.removed is not None
    told = {line["text"]: (line["rule"], line["category"]) for line in done.removed.to_pylist()}
    assert told["الجسور"] == ("page_menu", "navigation")
    assert told["من السوق إلى المدرسة سيرا على الأقدام في عشر دقائق"] == ("page_teaser", "related")
    assert [line["line"] for line in done.removed.to_pylist()] == [*range(1, 12), *range(15, 23)]


@pytest.mark.parametrize("category", ["navigation", "related"])
def test_rules_of_pages_can_be_switched_off_by_category(category: str) -> None:
    some = tuple(rule for rule in CATALOGUE if rule.category != category)
    done = Lines(some).edit(pa.array([f"{MENU}{TITLE}\n{PROSE}\n{MORE}{FOOT}"]))
    assert done.removed is not None
    assert category not in done.removed["category"].to_pylist()
