"""Entities: found whole and nothing else, against a slow twin; kept, removed, replaced, taken apart, counted; in linear time."""

from __future__ import annotations

import pickle
import re
from typing import Any, Final

import entity_twin
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns

import arclean
from arclean import Characters, CharRule, Pipeline
from arclean.entities.cleaner import CountEntities, Entities
from arclean.entities.finder import NAMES, PRIVATE, report
from arclean.errors import ColumnError, PipelineError, RuleError, UnknownName
from arclean.rules import entities

pytestmark = pytest.mark.kernels

TOKEN_OF: Final = {rule.name: rule.token for rule in entities.RULES}
TOKENS: Final = Entities(**dict.fromkeys(NAMES, "token"))
REMOVED: Final = Entities(**dict.fromkeys(NAMES, "remove"))
SEGMENTED: Final = Entities(**{**dict.fromkeys(NAMES, "remove"), "hashtag": "segment"})
PIECES: Final = (
    *"@#:./-+_()[]%,?& \n\u00a0،؛«»",
    *"0123456789٠١٢٥٦٩۰۴",
    *"aAfFwWxX",
    *"ابتعمصر\u064e\u0640\u200céж😀",
    *("www.", "https://", "http://", "://", ".com", ".مصر", "example", "info", "xn--a"),
    *("01012345678", "+966", "00971", "0501234567", "+20 10 1234 5678", "(02) 2765", "هاتف: ", "tel ", "ت: ", "44556677"),
    *("192.168.1.10", "10.", "1.2.3.4", "fe80::1", "::", "2001:db8:", "الإصدار "),
    *("SA03 8000 0000 6080 1016 7519", "4111 1111 1111 1111", "378282246310005", "784-1984-1234567-4", "29001012101234"),
    *("#فصل_1", "@salma.n", "#1a2b3c", "isbn ", "رقم الهوية ", "1234567897", "[بريد]"),
)
written: Final = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def found(text: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["text"]) for one in report([text]).to_pylist()]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("أكل ثلاثة أرباع الكعكة (3/4) وترك 1/4", id="fraction"),
        pytest.param("الإصدار 1.2.3.4.5 بعد الإصدار 10.0.1.2", id="version"),
        pytest.param("يوم 12-11-2020 الساعة 12:30:45", id="date-and-time"),
        pytest.param("من 05-01-2020 12:30 إلى 06/12/2021", id="date-then-time-like-a-number"),
        pytest.param("البقرة 2:255 وآل عمران ٣:٧", id="verse"),
        pytest.param("كتاب:فصل:باب", id="book-and-chapter"),
        pytest.param("صحيح البخاري (1234) وسنن أبي داود 5678", id="hadith"),
        pytest.param("ISBN 978-977-05-1234-5 ورقم الإيداع 12345/2020", id="isbn"),
        pytest.param("ISBN: 0501234567", id="isbn-like-a-mobile"),
        pytest.param("كان عددهم 100,000,000 ثم 1000000000", id="large-number"),
        pytest.param("النسبة 0.01012345678 والنسبة 12345678%", id="decimal-and-percentage"),
        pytest.param("سنة 1445هـ الموافق 2023م", id="hijri-year"),
        pytest.param("من 1990-2020 ومن ١٩٩٠-٢٠٢٠", id="years"),
        pytest.param("القسم 2.1.3.4 والمادة 12.3", id="section"),
        pytest.param("3 @ 5 و@5 و @ وحدها", id="at-sign"),
        pytest.param("user@localhost و a@b.c و a@.com", id="no-host"),
        pytest.param("المقعد #7 و C# و ## عنوان", id="number-sign"),
        pytest.param("&#1575;&#1604;", id="character-references"),
        pytest.param("اللون #fa0 و#1a2b3c", id="colour"),
        pytest.param("a::b و std::vector و 10::30", id="scope"),
        pytest.param("00:1A:2B:3C:4D:5E", id="hardware-address"),
        pytest.param("مثال://فصل و C:/temp و 12://", id="no-scheme"),
        pytest.param("www و www. و www.a و example.com", id="no-link"),
        pytest.param("4111 1111 1111 1112 و 4111-1111 1111-1111", id="card-with-a-wrong-digit-or-groups"),
        pytest.param("SA04 8000 0000 6080 1016 7519 و EG29", id="account-with-a-wrong-digit"),
        pytest.param("20201112131415", id="moment"),
        pytest.param("29013212101234 و 29001019901234", id="no-date-or-no-governorate"),
        pytest.param("784-1984-1234567-5", id="emirati-with-a-wrong-digit"),
        pytest.param("رقم الهوية 1234567890", id="saudi-with-a-wrong-digit"),
        pytest.param("المرجع 1234567897", id="ten-digits-without-a-word-for-it"),
        pytest.param("الصنف AB01012345678 و 01012345678CD و x-01012345678", id="codes"),
        pytest.param("hotel 1234567 و بت: 4567890", id="the-end-of-another-word"),
        pytest.param("المرسوم رقم 01-4045-1442", id="decree"),
    ],
)
def test_what_only_looks_like_an_entity(text: str) -> None:
    assert found(text) == []
    column = pa.array([text])
    assert TOKENS.text(column) is column


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("راسلناinfo@example.comالآن", "email", "info@example.com"),
        ("على info@example.com.شكرا", "email", "info@example.com"),
        ("كتب salma.n+kutub@mail.example.co.uk، ثم", "email", "salma.n+kutub@mail.example.co.uk"),
        ("راسل سلمى@مكتبة.مصر غدا", "email", "سلمى@مكتبة.مصر"),
        ("mailto:a@example.com", "email", "a@example.com"),
        ("01012345678@example.com", "email", "01012345678@example.com"),
        ("user@xn--mgbh0fb.xn--kgbechtv", "email", "user@xn--mgbh0fb.xn--kgbechtv"),
        ("(https://ar.wikipedia.org/wiki/العربية_(لغة)) ثم", "url", "https://ar.wikipedia.org/wiki/العربية_(لغة)"),
        ("https://example.org/%D8%A7%D9%84#فصل_2، ثم", "url", "https://example.org/%D8%A7%D9%84#فصل_2"),
        ("http://user:pw@example.com:8080/a?b=1&c=@d.", "url", "http://user:pw@example.com:8080/a?b=1&c=@d"),
        ("انظر https://t.co/AbC123شكرا", "url", "https://t.co/AbC123"),
        ("«https://example.com»", "url", "https://example.com"),
        ("http://موقع.وزارة-الاتصالات.مصر/ar", "url", "http://موقع.وزارة-الاتصالات.مصر/ar"),
        ("http://localhost:8000/x", "url", "http://localhost:8000/x"),
        ("http://[2001:db8::1]:80/x", "url", "http://[2001:db8::1]:80/x"),
        ("زوروا www.example.com/كتاب!", "url", "www.example.com/كتاب"),
        ("شكرا@salma_n.", "mention", "@salma_n"),
        ("قال @نادي_القراءة، وصدق", "mention", "@نادي_القراءة"),
        ("@salmaشكرا", "mention", "@salma"),
        ("زرنا #معرض_الكتاب_2024!", "hashtag", "#معرض_الكتاب_2024"),
        ("+20 10 1234 5678", "phone", "+20 10 1234 5678"),
        ("00966-50-123-4567", "phone", "00966-50-123-4567"),
        ("+971 (0)50 123 4567", "phone", "+971 (0)50 123 4567"),
        ("٠١٠١٢٣٤٥٦٧٨", "phone", "٠١٠١٢٣٤٥٦٧٨"),
        ("966501234567+", "phone", "966501234567+"),
        ("(02) 27654321", "phone", "(02) 27654321"),
        ("06 12 34 56 78", "phone", "06 12 34 56 78"),
        ("هاتف رقم: 4567890", "phone", "4567890"),
        ("+1 (202) 555-0123", "phone", "+1 (202) 555-0123"),
        ("من 192.168.1.10:8080", "ip", "192.168.1.10"),
        ("fe80::1.", "ip", "fe80::1"),
        ("::ffff:192.168.1.10", "ip", "::ffff:192.168.1.10"),
        ("1:2:3:4:5:6:7:8", "ip", "1:2:3:4:5:6:7:8"),
        ("eg380019000500000000263180002", "iban", "eg380019000500000000263180002"),
        ("SA03-8000-0000-6080-1016-7519", "iban", "SA03-8000-0000-6080-1016-7519"),
        ("5105-1051-0510-5100", "card", "5105-1051-0510-5100"),
        ("3782 822463 10005", "card", "3782 822463 10005"),
        ("٢٩٠٠١٠١٢١٠١٢٣٤", "national_id", "٢٩٠٠١٠١٢١٠١٢٣٤"),
        ("784198412345674", "national_id", "784198412345674"),
        ("286010112344", "national_id", "286010112344"),
        ("رقم الهوية: 1234567897", "national_id", "1234567897"),
    ],
)
def test_what_is_found_whole(text: str, kind: str, said: str) -> None:
    assert found(text) == [(kind, said)]


@given(written)
@example("01012345678-01112345678/0501234567")
@example("a@example.com.مصر b@x.y")
@example("\u064e@a #\u064e_a")
def test_the_finders_find_what_the_slow_twin_finds(text: str) -> None:
    ours = [(one["kind"], one["text"]) for one in report([text]).to_pylist()]
    assert ours == [(kind, text[begin:end]) for kind, begin, end in entity_twin.find(text)]


@given(columns(written))
def test_a_report_says_where_in_each_row_and_the_step_counts_the_same(column: pa.Array) -> None:
    told = report(column).to_pylist()
    for one in told:
        assert column[one["row"]].as_py().encode()[one["begin"] : one["end"]].decode() == one["text"]
    counted = CountEntities(NAMES).batch(pa.record_batch({"text": column}))
    assert counted["text"].equals(column)
    for rule in entities.RULES:
        assert counted[rule.column].to_pylist() == [
            sum(one["row"] == row and one["kind"] == rule.name for one in told) for row in range(len(column))
        ]


@pytest.mark.parametrize("part", [TOKENS, REMOVED, SEGMENTED], ids=["token", "remove", "segment"])
@given(column=columns(written))
def test_twice_is_once_and_nothing_is_left(part: Entities, column: pa.Array) -> None:
    done = part.edit(column)
    done.texts.validate(full=True)
    assert done.texts.type == column.type
    assert done.texts.is_null().equals(column.is_null())
    assert part.text(done.texts) is done.texts
    assert (done.texts is column) == (not done.hits)


def replaced(text: str) -> str:
    made, last = "", 0
    for kind, begin, end in entity_twin.find(text):
        made += text[last:begin]
        touches = begin == last or re.match(f"[{entity_twin.WORD}]", text[begin - 1])
        made += " " * bool(touches and made and made[-1] not in " \t\n") + TOKEN_OF[kind]
        made += " " * bool(re.match(f"[{entity_twin.WORD}]", text[end : end + 1]))
        last = end
    return made + text[last:]


@given(written)
def test_a_token_stands_for_each_and_a_space_keeps_it_from_words(text: str) -> None:
    wanted = text
    while wanted != replaced(wanted):
        wanted = replaced(wanted)
    assert TOKENS.text(pa.array([text]))[0].as_py() == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("قبل a@example.com بعد", "قبل بعد"),
        ("a@example.com بعد", "بعد"),
        ("قبل a@example.com", "قبل"),
        ("قبل a@example.com\nسطر", "قبل\nسطر"),
        ("قبلa@example.comبعد", "قبل بعد"),
        ("(a@example.com)", "()"),
        ("قبل، a@example.com، بعد", "قبل، ، بعد"),
    ],
)
def test_what_is_left_where_something_is_removed(before: str, after: str) -> None:
    assert REMOVED.text(pa.array([before]))[0].as_py() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#اليوم_الوطني", "اليوم الوطني"),
        ("في #اليوم__الوطني_ و#2024_عام!", "في اليوم الوطني و 2024 عام!"),
        ("#قراءة#كتب", "قراءة كتب"),
        ("المقعد #7", "المقعد #7"),
    ],
)
def test_a_hashtag_taken_apart(before: str, after: str) -> None:
    assert Entities(hashtag="segment").text(pa.array([before]))[0].as_py() == after


def test_what_stands_in_a_link_that_is_kept_stays() -> None:
    text = "https://example.com/@salma#فصل_1?to=a@example.com"
    assert Entities(email="token", mention="token", hashtag="remove").text(pa.array([text]))[0].as_py() == text


@pytest.mark.parametrize(
    "piece",
    [
        "a@",
        "@",
        "a.",
        "1.",
        "1-",
        "12:",
        "a:",
        "://",
        "http://",
        "http://a@",
        "www.",
        "#a",
        "#_",
        "(1",
        "ا@",
        "ا.",
        "0 1 ",
        "+2",
        "SA03 8 ",
        "هاتف: ",
        "a" * 60 + "@",
        "٠",
        "http://(",
        "1 1\u00a0",
        "::1:",
        "a@a.",
        "http://a.b/(((",
        "[",
        "إصدار 1.2.3.10 ",
    ],
    ids=ascii,
)
def test_a_line_of_a_megabyte_takes_linear_time(piece: str) -> None:
    line = piece * (1_000_000 // len(piece.encode()))
    column = pa.array([line, line[::-1]])
    assert len(TOKENS.text(column)) == 2
    assert len(REMOVED.text(column)) == 2


def test_names_longer_than_a_standard_allows_are_none() -> None:
    assert found("a" * 64 + "@example.com") == [("email", "a" * 64 + "@example.com")]
    assert found("a" * 65 + "@example.com") == []
    assert found("a@" + "b." * 127 + "com") == []


def test_the_options_are_the_rules_and_the_private_ones_lead_to_a_person() -> None:
    assert tuple(Entities.__dataclass_fields__) == NAMES
    assert tuple(one for one in NAMES if one in PRIVATE) == CountEntities().kinds
    assert len({rule.column for rule in entities.RULES}) == len({rule.token for rule in entities.RULES}) == len(NAMES)


def test_a_pipeline_names_them_says_what_they_did_and_can_leave_some_out() -> None:
    pipe = Pipeline.from_dict(
        {"steps": [{"entities": {"email": "[EMAIL]", "url": "keep", "hashtag": "segment"}}, {"count_entities": ["phone", "email"]}]}
    )
    assert Pipeline.from_dict(pipe.to_dict()) == pipe == pickle.loads(pickle.dumps(pipe))
    text = "a@example.com #سوق_الكتب https://example.com 01012345678"
    assert pipe.clean(text) == "[EMAIL] سوق الكتب https://example.com 01012345678"
    told = pipe.explain(text)
    assert [change.rule for change in told.changes] == ["email", "hashtag"]
    assert told.after == pipe.clean(text)
    assert told.measures == {"phones": 1, "emails": 0}
    outcome = pipe.apply(pa.record_batch({"text": [text]}))
    assert outcome.tally.rules == {"email": 1, "hashtag": 1}
    assert pipe.without("email").clean(text) == "a@example.com سوق الكتب https://example.com 01012345678"
    assert arclean.Entities is Entities


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"email": "remvoe"}, UnknownName, r"unknown action 'remvoe'. Did you mean 'remove'"),
        ({"emial": "remove"}, UnknownName, r"unknown option of entities 'emial'. Did you mean 'email'"),
        ({"email": "segment"}, PipelineError, "only a hashtag has segments"),
        ({"email": "a@example.com"}, PipelineError, "is an entity itself"),
        ({"email": "[x]\n"}, PipelineError, "is no token"),
        ({"email": " "}, PipelineError, "is no token"),
        ({"email": None}, PipelineError, "takes a text"),
    ],
)
def test_a_wrong_action_is_an_error_that_says_what_to_write(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Pipeline.from_dict({"steps": [{"entities": options}]})


def test_other_wrong_uses() -> None:
    with pytest.raises(UnknownName, match=r"unknown kind of entity 'emails'. Did you mean 'email'"):
        CountEntities(("emails",))
    with pytest.raises(UnknownName, match=r"unknown kind of entity 'fone'. Did you mean 'phone'"):
        report(["x"], "fone")
    with pytest.raises(ColumnError, match="'emails', which is string here"):
        CountEntities(("email",)).batch(pa.record_batch({"text": ["x"], "emails": ["y"]}))
    with pytest.raises(RuleError, match="'email' is no character rule"):
        Characters((entities.EMAIL,))  # type: ignore[arg-type]
    assert isinstance(CharRule, type)
