"""A normalizer of Hugging Face's tokenizers, as the JSON that its files hold."""

from __future__ import annotations

import base64
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Final

from arclean.errors import PipelineError
from arclean.exporting import to_sentencepiece
from arclean.orthography.passes.repeats import SIGNS
from arclean.orthography.table import compose
from arclean.rule import CharacterRule, CharRule, ContextRule, PatternRule
from arclean.rules import classes, oniguruma

FEW: Final = 12
"""Up to so many different outcomes, a table is as many patterns, which are faster than a compiled map with its guards."""
_CHARSMAP: Final = 2
_DIGITS: Final = ((0x30, 0x39), (0x660, 0x669), (0x6F0, 0x6F9))
_CLASS: Final = re.compile(r"\[\^?[^\[\]\\]*\]")
_TATWEEL: Final = 0x640
_NON_JOINER: Final = (0x200C, 0x200C)
_UNLIKE: Final = ("^", "$", "(?", "\\A", "\\z", "\\C", "\\Q", "\\pN", "\\pL", "[[:")
"""What Oniguruma reads in another way than RE2, or might."""

Stage = dict[str, Any]


def can_say(rules: Sequence[CharacterRule], rule: CharacterRule) -> bool:  # noqa: ARG001 - each for itself
    """Whether a rule can be said: a table; a pass that has patterns; a pattern without groups, that both engines read alike."""
    if isinstance(rule, ContextRule):
        return rule.operation in oniguruma.STAGES or rule.operation in oniguruma.NATIVE
    if isinstance(rule, PatternRule):
        return "\\" not in rule.becomes and not any(sign in _CLASS.sub("", rule.pattern) for sign in _UNLIKE)
    return True


def written(rules: Sequence[CharacterRule]) -> str:
    """The text of the file: a sequence of normalizers.

    Raises:
        PipelineError: it needs a compiled map, and SentencePiece, which compiles it, is not installed.
    """
    stages: list[Stage] = []
    for fusible, group in groupby(rules, key=lambda rule: isinstance(rule, CharRule)):
        some = list(group)
        stages += _table([rule for rule in some if isinstance(rule, CharRule)]) if fusible else chain(*map(_passes, some))
    return json.dumps({"type": "Sequence", "normalizers": stages}, ensure_ascii=True, indent=1) + "\n"


def _replace(pattern: str, content: str) -> Stage:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _passes(rule: CharacterRule) -> Iterator[Stage]:
    if isinstance(rule, PatternRule):
        yield _replace(rule.pattern, rule.becomes)
    elif isinstance(rule, ContextRule) and rule.operation in oniguruma.NATIVE:
        yield {"type": oniguruma.NATIVE[rule.operation]}
    elif isinstance(rule, ContextRule):
        known = {
            "L": _ranges((*classes.LETTERS, _NON_JOINER)),
            "A": _ranges(_without_tatweel(classes.LETTERS)),
            "M": _ranges(classes.MARKS),
            "D": _ranges(_DIGITS),
            "S": _ranges((ord(sign), ord(sign)) for sign in SIGNS),
            "more": str(dict(rule.options).get("most", 4) - 1),
        }
        for pattern, content in oniguruma.STAGES[rule.operation]:
            yield _replace(_filled(pattern, known), content)


def _without_tatweel(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, last in ranges:
        if first <= _TATWEEL <= last:
            yield from ((a, b) for a, b in ((first, _TATWEEL - 1), (_TATWEEL + 1, last)) if a <= b)
        else:
            yield first, last


def _filled(pattern: str, known: dict[str, str]) -> str:
    for name, members in known.items():
        pattern = pattern.replace(f"{{{name}}}", members)
    return pattern.replace("{{", "{").replace("}}", "}")


def _ranges(ranges: Iterable[tuple[int, int]]) -> str:
    return "".join(f"\\x{{{first:04X}}}" + (f"-\\x{{{last:04X}}}" if last > first else "") for first, last in ranges)


def _table(rules: Sequence[CharRule]) -> list[Stage]:
    """A table: a pattern for each outcome if they are few and none writes what another changes; else a compiled map."""
    becomes = {char: text for char, (text, _) in compose(rules).items()}
    outcomes = sorted(set(becomes.values()))
    if len(outcomes) <= FEW and not any(char in becomes for text in outcomes for char in text):
        return [_replace(_any_of(char for char, made in becomes.items() if made == text), text) for text in outcomes]
    return _compiled(becomes)


def _any_of(chars: Iterable[str]) -> str:
    codes = sorted(map(ord, chars))
    stretches = [[code for _, code in group] for _, group in groupby(enumerate(codes), lambda at: at[1] - at[0])]
    return f"[{_ranges((one[0], one[-1]) for one in stretches)}]"


def _compiled(becomes: Mapping[str, str]) -> list[Stage]:
    """A map as SentencePiece compiles it.

    `Precompiled` looks at a grapheme as a whole and drops what follows a character that it changes (a mark on a letter), so a control is
    put around whatever may share a grapheme, and taken out afterwards. It loses count where it
    deletes, and where something was put before a whole text, so what is to go goes first, and nothing is put there.
    """
    alone = _ranges(oniguruma.ALONE)
    gone = [char for char, text in becomes.items() if not text]
    kept = {char: text for char, text in becomes.items() if text}
    stages = [_replace(_any_of(gone), "")] if gone else []
    stages += [_replace(_any_of("\0"), kept.pop("\0"))] if "\0" in kept else []
    stages.append(_replace(f"(?!\\A)(?=[^{alone}])|(?<=[^{alone}])(?=[{alone}])", oniguruma.BREAK))
    stages.append({"type": "Precompiled", "precompiled_charsmap": base64.b64encode(charsmap(to_sentencepiece.lines(kept))).decode()})
    stages.append({"type": "Replace", "pattern": {"String": oniguruma.BREAK}, "content": ""})
    return stages


def charsmap(rules: str) -> bytes:
    """The map that SentencePiece compiles of rules.

    Raises:
        PipelineError: it is not installed, or too old.
    """
    try:
        from sentencepiece import SentencePieceNormalizer, SetMinLogLevel

        SetMinLogLevel(1)
        with tempfile.TemporaryDirectory(prefix="arclean-") as place:
            file = Path(place) / "rules.tsv"
            file.write_text(rules, encoding="utf-8", newline="\n")
            spec = SentencePieceNormalizer(rule_tsv=str(file)).serialized_normalizer_spec()
    except (ImportError, TypeError) as error:
        raise PipelineError("the export of this table needs SentencePiece 0.2.3 or newer: pip install 'arclean[export]'") from error
    return dict(_fields(spec))[_CHARSMAP]


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of bytes of a message in Protocol Buffers, by number."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        size, at = _varint(message, at)
        if key & 7 == 2:
            yield key >> 3, message[at : at + size]
            at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (message[at] & 0x7F) << shift
        shift += 7
        at += 1
        if message[at - 1] < 0x80:
            return value, at
