"""The slow, obvious twin of the finders of entities: one text, one sign at a time, with regular expressions and sums written out.

It knows no limits of length; those have tests of their own.
"""

from __future__ import annotations

import calendar
import ipaddress
import itertools
import re
from collections.abc import Iterator
from typing import Final

from twins import LETTERS, MARKS, members

from arclean.rules import classes
from arclean.rules import entity_shapes as shapes

Found = tuple[str, int, int]
JOINERS: Final = "\u200c\u200d"
EASTERN: Final = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
FORMS: Final = members(classes.FORM_LETTERS)


def _class(chars: frozenset[str] | set[str]) -> str:
    codes = sorted(map(ord, chars))
    parts, first = [], codes[0]
    for code, after in zip(codes, [*codes[1:], -1], strict=True):
        if after != code + 1:
            parts.append(f"\\U{first:08x}-\\U{code:08x}")
            first = after
    return "".join(parts)


A: Final = _class(LETTERS | FORMS)
M: Final = _class(MARKS | set(JOINERS))
F: Final = _class({c for c in members(classes.OTHER_LETTERS) if not c.isascii()})
D: Final = f"0-9{EASTERN}"
WORD: Final = f"A-Za-z{D}{A}{M}{F}"
TLD: Final = "|".join(sorted(shapes.ARABIC_TLDS, key=len, reverse=True))
LABEL: Final = re.compile(f"[{A}][{A}{D}-]*|[A-Za-z{D}{F}][A-Za-z{D}{F}_-]*")
TOP: Final = re.compile(f"(?:{TLD})|[A-Za-z{F}]{{2,}}|[xX]...*", re.DOTALL)
LOCAL: Final = r"A-Za-z0-9.%+_\-"


def is_top(label: str) -> bool:
    if label[0] in LETTERS | FORMS:
        return label in shapes.ARABIC_TLDS
    named = label[:1] in "xX" and label[2:4] == "--" and len(label) > 4
    return named or (re.fullmatch(f"[A-Za-z{F}]+", label) is not None and len(label.encode()) > 1)


def host(text: str, at: int) -> tuple[int, int, int]:
    """Where the labels end, where the last that can end a host does, how many it counts."""
    loose, end, labels, count = at, at, 0, 0
    while label := LABEL.match(text, at):
        stop = at + len(label[0].rstrip("-_"))
        if stop == at:
            break
        count += 1
        loose = stop
        if count > 1 and is_top(text[at:stop]):
            end, labels = stop, count
        if text[stop : stop + 1] != ".":
            break
        at = stop + 1
    return loose, end, labels


def email(text: str, last: int, at: int) -> Found | None:
    before = text[last:at]
    if text[at + 1 : at + 2] == ".":
        return None
    if before[-1:].isascii():
        local = re.search(f"[{LOCAL}]*\\Z", before)
        name = re.sub(r"\A[^A-Za-z0-9]+", "", local[0] if local else "")
    else:
        local = re.search(f"[{A}{M}{D}._\\-]*\\Z", before)
        name = re.sub(f"\\A[^{A}{D}]+", "", local[0] if local else "")
    _, end, labels = host(text, at + 1)
    return ("email", at - len(name), end) if name and labels else None


def name_end(text: str, at: int, dots: bool) -> tuple[int, bool]:
    plain = arabic = lettered = False
    while at < len(text):
        char = text[at]
        if re.match(f"[{WORD}]", char):
            if char in LETTERS | FORMS and plain and not arabic and dots:
                break
            arabic |= char in LETTERS | FORMS
            lettered |= re.match(f"[A-Za-z{A}{F}]", char) is not None
        elif char != "_" and not (dots and plain and re.match("[.][A-Za-z0-9]", text[at : at + 2])):
            break
        plain = re.match("[A-Za-z0-9]", char) is not None
        at += 1
    return at, lettered


def mention(text: str, at: int) -> Found | None:
    before = text[:at][-1:]
    if re.match(f"[A-Za-z{D}{F}{LOCAL}@/]", before):
        return None
    if re.match(f"[{A}{M}]", before) and not re.match("[A-Za-z]", text[at + 1 : at + 2]):
        return None
    end, lettered = name_end(text, at + 1, True)
    return ("mention", at, end) if lettered and text[end : end + 1] != "@" else None


def hashtag(text: str, last: int, at: int) -> Found | None:
    if at and at != last and re.match(f"[A-Za-z{D}{F}#&/_]", text[at - 1]):
        return None
    end, lettered = name_end(text, at + 1, False)
    said = text[at + 1 : end]
    colour = re.fullmatch("(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", said) and re.search("[0-9]", said)
    if not lettered or colour or text[end : end + 1] == "@" or text[end : end + 2] == ":/":
        return None
    return "hashtag", at, end


def tail(text: str, at: int) -> int:
    end, plain, arabic = at, False, False
    opened = {"(": 0, "[": 0}
    while at < len(text):
        char = text[at]
        if char.isascii():
            if char in opened:
                opened[char] += 1
            closes = {")": "(", "]": "["}.get(char)
            if closes:
                opened[closes] -= 1
            if char <= " " or char == "\x7f" or char in shapes.URL_ENDS or min(opened.values()) < 0:
                break
            at += 1
            end = end if char in shapes.URL_TRAILING else at
            plain = char.isalnum()
        else:
            letter = char in LETTERS | FORMS
            if not re.match(f"[{WORD}]", char) or (letter and plain and not arabic):
                break
            arabic |= letter
            plain = False
            at += 1
            end = at
    return end


def rest(text: str, at: int) -> int:
    if port := re.compile(":[0-9]{1,5}").match(text, at):
        at = port.end()
    return tail(text, at) if text[at : at + 1] in set("/?#") else at


def url(text: str, last: int, at: int) -> Found | None:
    scheme = max((s for s in shapes.SCHEMES if text[last:at].lower().endswith(s)), key=len, default="")
    if not scheme:
        return None
    begin, at = at - len(scheme), at + 3
    if user := re.compile(f"[{LOCAL}:]*@").match(text, at):
        at = user.end()
    if text[at : at + 1] == "[":
        literal = re.compile(r"\[[A-Za-z0-9:.]*\]").match(text, at)
        return ("url", begin, rest(text, literal.end())) if literal else None
    loose, end, labels = host(text, at)
    return None if loose == at else ("url", begin, rest(text, end if labels else loose))


def www(text: str, last: int, at: int) -> Found | None:
    begin = at - 3
    if begin < last or text[begin:at].lower() != "www" or (begin > last and re.match(f"[{LOCAL}@/]", text[begin - 1])):
        return None
    _, end, labels = host(text, begin)
    return ("url", begin, rest(text, end)) if labels > 2 and text[end : end + 1] != "@" else None


def value(char: str) -> int:
    return EASTERN.find(char) % 10 if char in EASTERN else int(char) if char in set("0123456789") else -1


def gather(text: str, at: int) -> tuple[list[int], list[int], list[str]]:
    """Digits, where each ends, and what stands before it: nothing, a space, -, . or a bracket."""
    digits: list[int] = []
    ends: list[int] = []
    gaps: list[str] = []
    sign = re.compile(" \\(|\\)[ -]|[()]|[ .-]|\u00a0|[\u2011\u2013]")
    gap = ""
    while at < len(text) and value(text[at]) >= 0 and len(digits) < 36:
        digits.append(value(text[at]))
        at += 1
        ends.append(at)
        gaps.append(gap)
        gap = ""
        if found := sign.match(text, at):
            gap = "(" if set("()") & set(found[0]) else {"\u00a0": " ", "\u2011": "-", "\u2013": "-"}.get(found[0], found[0])
            at = found.end()
    return digits, ends, gaps


JOINS: Final = ".,:/-+\u066b\u066c\u060c\u060d"


def may_begin(text: str, last: int, at: int) -> bool:
    if at in (0, last):
        return True
    before = text[at - 1]
    if re.match("[A-Za-z_@]", before):
        return False
    if before == "-" and re.match("[A-Za-z0-9]", text[at - 2 : at - 1]) and at - 1 > last:
        return False
    return not (before in JOINS and at - 1 > last and at > 1 and value(text[at - 2]) >= 0)


def may_end(text: str, at: int) -> bool:
    after, then = text[at : at + 1], text[at + 1 : at + 2]
    if re.match(f"[{D}A-Za-z_@%\u066a]", after) or (re.match("[-.+]", after) and re.match("[A-Za-z]", then)):
        return False
    return not (after and after in JOINS and after not in "-/" and then and value(then) >= 0)


def cued(text: str, at: int, words: tuple[str, ...]) -> bool:
    head = re.search(r"[ -'*-/:-@\[-`{-\x7f(]{0,12}\Z", text[:at])
    signs = head[0] if head else ""
    before = text[: at - len(signs)]
    for word in words:
        start = len(before) - len(word)
        if start >= 0 and before[start:].translate(LOWER) == word:
            prior = before[:start][-1:]
            if len(word.encode()) == 2 and (not signs.strip(" ") or (prior and not prior.isascii())):
                continue
            if not word[0].isascii() or not re.match("[A-Za-z]", prior):
                return True
    return False


LOWER: Final = {code: code + 32 for code in range(0x41, 0x5B)}


def luhn(digits: list[int]) -> bool:
    doubled = [d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(reversed(digits))]
    return len(set(digits)) > 1 and sum(doubled) % 10 == 0


def number(digits: list[int]) -> int:
    return int("".join(map(str, digits)) or "0")


def is_date(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def whole(gaps: list[str], size: int) -> bool:
    return len(gaps) == size or (len(gaps) > size and gaps[size] != "")


def card(digits: list[int], gaps: list[str]) -> int:
    for first, last, sizes in shapes.CARDS:
        for size in sizes:
            if len(digits) >= 15 and len(digits) >= size and first <= number(digits[:6]) <= last and whole(gaps, size):
                layout = "".join("x" if gap == "" else gap for gap in gaps[1:size])
                fours = r"xxx(?:([ -])xxx(?:\1xxx)*(?:\1x{0,2})?)" if size != 15 else r"xxx([ -])xxxxx\1xxxx"
                if (set(layout) == {"x"} or re.fullmatch(fours, layout)) and luhn(digits[:size]):
                    return size
    return 0


def identity(digits: list[int], gaps: list[str], told: bool) -> int:
    emirati = len(digits) >= 15 and whole(gaps, 15) and number(digits[:3]) == 784 and 1900 <= number(digits[3:7]) <= 2099
    if emirati and luhn(digits[:15]) and all(gaps[i] == (gaps[3] if i in (3, 7, 14) else "") for i in range(1, 15)):
        return 15
    size = next((i for i in range(1, len(gaps)) if gaps[i]), len(gaps))
    born = (1700 + 100 * digits[0] + number(digits[1:3]), number(digits[3:5]), number(digits[5:7]))
    if size == 14 and digits[0] in (2, 3) and is_date(*born) and number(digits[7:9]) in shapes.EGYPT_GOVERNORATES:
        year, month, day, *clock = number(digits[:4]), *(number(digits[i : i + 2]) for i in range(4, 14, 2))
        if not (1990 <= year <= 2099 and is_date(year, month, day) and clock[0] < 24 and clock[1] < 60 and clock[2] < 60):
            return 14
    if size == 12 and digits[0] in (1, 2, 3) and is_date(*born):
        weights = (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        if 11 - sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 == digits[11]:
            return 12
    if told and 9 <= size <= 15 and not (size == 10 and digits[0] in (1, 2) and not luhn(digits[:10])):
        return size
    return 0


def iban(text: str, last: int, at: int) -> int:
    joined = at > 2 and re.match("[A-Za-z0-9_]", text[at - 3])
    if at < last + 2 or joined or not re.fullmatch("[A-Za-z]{2}", text[at - 2 : at]):
        return 0
    country = text[at - 2 : at].upper()
    length = shapes.IBAN_LENGTHS.get(country, 0)
    chars = f"[A-Za-z{D}]"
    if not length or not (found := re.compile(f"[{D}]{{2}}(?:[ -]?{chars}){{{length - 4}}}(?![A-Za-z0-9])").match(text, at)):
        return 0
    code = "".join(str(value(c)) if value(c) >= 0 else c.upper() for c in found[0] if c not in " -")
    return found.end() if int("".join(str(int(c, 36)) for c in code[2:] + country + code[:2])) % 97 == 1 else 0


def ipv4(text: str, at: int) -> int:
    octet = f"(?:[{D}]{{1,3}})"
    found = re.compile(rf"({octet})\.({octet})\.({octet})\.({octet})(?![{D}])").match(text, at)
    if not found:
        return 0
    parts = ["".join(str(value(c)) for c in part) for part in found.groups()]
    fine = all(int(part) < 256 and str(int(part)) == part for part in parts) and any(len(part) > 1 for part in parts)
    return found.end() if fine and (text[found.end() : found.end() + 1] == ":" or may_end(text, found.end())) else 0


def ipv6(text: str, last: int, at: int) -> Found | None:
    head = re.search("[0-9A-Fa-f]{0,4}\\Z", text[last:at])
    begin = at - len(head[0] if head else "")
    if begin > last and re.match("[A-Za-z0-9:_]", text[begin - 1]):
        return None
    run = re.compile("[0-9A-Fa-f:]*").match(text, begin)
    said = run[0] if run else ""
    end = begin + len(said)
    groups = [group for group in said.split(":") if group]
    if re.match(f"[.][{D}]", text[end : end + 2]) and not said.endswith(":"):
        before = said.removesuffix(groups[-1])
        stop = ipv4(text, end - len(groups[-1]))
        fine = stop and before.count("::") == 1 and ":::" not in before and len(groups) < 8 and max(map(len, groups)) < 5
        return ("ip", begin, stop) if fine else None
    if said.endswith(":") and not said.endswith("::"):
        said = said[:-1]
        end -= 1
    if re.match("[A-Za-z0-9_]", text[end : end + 1]):
        return None
    try:
        ipaddress.IPv6Address(said)
    except ValueError:
        return None
    telling = 1 < len(groups) < 8 and re.search("[0-9]", said) and (re.search("[A-Fa-f]", said) or len(groups) > 3)
    return ("ip", begin, end) if "::" not in said or telling else None


def near_version(text: str, at: int) -> bool:
    if value(text[at + 1 : at + 2] or "x") >= 0:
        return False
    begin = at
    while begin > 0 and text[begin - 1] != "\n" and len(text[begin:at].encode()) < 64:
        if cued(text, begin, shapes.OTHER_NUMBERS):
            return True
        begin -= 1
    return False


def is_dated(digits: list[int], gaps: list[str]) -> bool:
    cuts = [i for i, gap in enumerate(gaps) if gap and i] + [len(gaps)] * 3
    bounds = [0, *cuts[:3]]
    one, two, three = (digits[bounds[i] : bounds[i + 1]] for i in range(3))
    sizes = len(one), len(two), len(three)
    if sizes[0] <= 2 and sizes[1] <= 2 and sizes[2] == 4:
        known = is_date(2000, number(two), number(one)) or is_date(2000, number(one), number(two))
        return 1000 <= number(three) <= 2199 and known
    return sizes[0] == 4 and sizes[1] <= 2 and sizes[2] <= 2 and 1000 <= number(one) <= 2199 and is_date(2000, number(two), 1)


def grouped(gaps: list[str], first: int, size: int, home: bool) -> bool:
    cuts = [i for i in range(first + 1, size) if gaps[i]]
    bounds = [first, *cuts, size]
    sizes = [b - a for a, b in itertools.pairwise(bounds)]
    signs = {gaps[i] for i in cuts} - {"("}
    small = [i for i, cut in enumerate(cuts) if gaps[cut] != "(" and sizes[i] < 2 and (home or i > 1)]
    return len(signs) < 2 and not small and len(sizes) <= (5 if home else 6) and sizes[-1] >= 2


def fits(digits: list[int], gaps: list[str], at: int, prefix: str, total: int) -> int:
    size = at + total
    said = "".join(map(str, digits[at:]))
    return size if size <= len(digits) and whole(gaps, size) and said.startswith(prefix) else 0


PLAN: Final = [(country, prefix, total, plain) for country, prefixes, total, plain in shapes.PHONES for prefix in prefixes]


def home_size(digits: list[int], gaps: list[str], told: bool) -> int:
    sizes = [0]
    for _, prefix, total, plain in PLAN:
        made = fits(digits, gaps, 1, prefix, total) if digits[0] == 0 and plain else 0
        if made and (plain == shapes.MOBILE or told or gaps[1 + len(prefix)] == "("):
            sizes.append(made)
        if told and digits[0] != 0:
            sizes.append(fits(digits, gaps, 0, prefix, total))
    any_size = next((k for k in range(7, min(len(digits), 15) + 1) if whole(gaps, k)), 0) if told else 0
    return max(sizes) or any_size


def phone_size(text: str, digits: list[int], ends: list[int], gaps: list[str], plus: bool, told: bool) -> int:
    n = len(digits)
    if n < 7 or (not plus and is_dated(digits, gaps)):
        return 0
    at = 2 if digits[:2] == [0, 0] and not gaps[1] and not plus else 0
    after = text[ends[-1] : ends[-1] + 1] == "+"
    size = 0
    if plus or at or after:
        for country, prefix, total, _ in PLAN:
            begin = at + len(country)
            if "".join(map(str, digits[at:])).startswith(country) and n >= begin + 7:
                sizes = [fits(digits, gaps, begin + i, prefix, total) for i in range(2) if i == 0 or digits[begin] == 0]
                size = max([size, *sizes])
        if not size and digits[at : at + 1] != [0]:
            size = max((k for k in range(at + 10, min(n, at + 15) + 1) if whole(gaps, k)), default=0)
        if after and not plus and not at and size != n:
            size = 0
    if not size and not plus and not at:
        size = home_size(digits, gaps, told)
    return size if size and grouped(gaps, at, size, not plus and at == 0 and not after) else 0


def numeric(text: str, last: int, at: int) -> tuple[Found | None, int]:
    digits, ends, gaps = gather(text, at)
    run = next((i for i in range(1, len(gaps)) if gaps[i]), len(gaps))
    over = ends[run - 1]
    if bank := iban(text, last, at):
        return ("iban", at - 2, bank), over
    if len(digits) < 4 or not may_begin(text, last, at):
        return None, over
    other = cued(text, at, shapes.OTHER_NUMBERS)
    if run <= 3 and not other and (stop := ipv4(text, at)) and not near_version(text, at):
        return ("ip", at, stop), over
    if len(digits) < 7 or other:
        return None, over
    for kind, size in (("card", card(digits, gaps)), ("national_id", identity(digits, gaps, cued(text, at, shapes.ID_CUES)))):
        if size and may_end(text, ends[size - 1]):
            return (kind, at, ends[size - 1]), over
    plus = at > last and text[at - 1] == "+"
    begin = at - plus
    size = phone_size(text, digits, ends, gaps, plus, cued(text, begin, shapes.PHONE_CUES))
    if not size or (plus and not may_begin(text, last, begin)):
        return None, over
    stop = ends[size - 1]
    stop += not plus and size == len(digits) and text[stop : stop + 1] == "+"
    if not may_end(text, stop):
        return None, over
    begin -= begin > last and text[begin - 1] == "(" and ")" in text[begin:stop]
    return ("phone", begin, stop), over


def find(text: str) -> Iterator[Found]:
    """Kind, begin and end of every entity, in characters, from left to right."""
    at = last = 0
    while at < len(text):
        found, over = None, at + 1
        char = text[at]
        if char == "@":
            found = email(text, last, at) or mention(text, at)
        elif char == "#":
            found = hashtag(text, last, at)
        elif char == ".":
            found = www(text, last, at)
        elif text.startswith(":/", at):
            found = url(text, last, at) if text.startswith("://", at) else None
        elif char == ":":
            found = ipv6(text, last, at)
        elif value(char) >= 0:
            found, over = numeric(text, last, at)
        if found:
            yield found
            at = last = found[2]
        else:
            at = over
