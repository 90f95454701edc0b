"""Sixty-four bytes looked at together: what compiled passes ask of them comes back as the 64 bits of a number, bit i for byte i.

A comparison is a few vector instructions on any machine that has them (LLVM sees to it), and numbers of 64 bits are combined, shifted and
counted at one step each, so that a pass over text that seldom has anything to do runs at the speed of memory. The way is that of Langdale
and Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 28 (2019).

All are for calling in numba, with p and addresses as uint64 and bytes as uint8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils as _cgutils
from numba.extending import intrinsic as _intrinsic

from arclean import compiling as nb

Emitter = Callable[..., Any]
cgutils: Any = _cgutils
intrinsic: Callable[[Emitter], Any] = _intrinsic

SIZE: Final = np.uint64(64)
NONE, ONE, ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
LAST: Final = np.uint64(63)
"""How far to shift for the last bit, which a neighbour of the next 64 bytes is to be told of."""

_BYTE, _INT, _WORD, _WIDE, _BIT = (ir.IntType(size) for size in (8, 32, 64, 128, 1))
_VECTOR = ir.VectorType(_BYTE, 64)
_ADDRESS = _MASK = types.uint64


@intrinsic
def window(typingctx, data, p):  # type: ignore[no-untyped-def]
    """The address of 64 bytes that may be read, the first of them ``data[p]``; p is at most the length of the array.

    Where the array ends before, the bytes up to there are copied aside; what is read behind them is of no account. The address is good
    until the function that asked returns or asks again at the same place.
    """

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        array = context.make_array(signature.args[0])(context, builder, args[0])
        spare, where = cgutils.alloca_once(builder, _VECTOR), cgutils.alloca_once(builder, _WORD)
        start = builder.gep(array.data, [args[1]])
        builder.store(builder.ptrtoint(start, _WORD), where)
        left = builder.sub(cgutils.unpack_tuple(builder, array.shape, 1)[0], args[1])
        with builder.if_then(builder.icmp_unsigned("<", left, _WORD(64)), likely=False):
            cgutils.memcpy(builder, builder.bitcast(spare, _BYTE.as_pointer()), start, left)
            builder.store(builder.ptrtoint(spare, _WORD), where)
        return builder.load(where)

    return _ADDRESS(data, types.uint64), emit


@intrinsic
def eight(typingctx, data, p):  # type: ignore[no-untyped-def]
    """The eight bytes ``data[p:p + 8]``, which must be there, as one number, wherever they lie."""

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        array = context.make_array(signature.args[0])(context, builder, args[0])
        loaded = builder.load(builder.bitcast(builder.gep(array.data, [args[1]]), _WORD.as_pointer()))
        loaded.align = 1
        return loaded

    return types.uint64(data, types.uint64), emit


@intrinsic
def folded(typingctx, one, other):  # type: ignore[no-untyped-def]
    """The product of two numbers of 64 bits, its upper half laid over its lower one by exclusive or."""

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        product = builder.mul(*(builder.zext(value, _WIDE) for value in args))
        return builder.xor(builder.trunc(product, _WORD), builder.trunc(builder.lshr(product, _WIDE(64)), _WORD))

    return types.uint64(types.uint64, types.uint64), emit


@intrinsic
def store(typingctx, out, at, address):  # type: ignore[no-untyped-def]
    """Write the 64 bytes at an address to ``out[at:at + 64]``, which must be there."""

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        array = context.make_array(signature.args[0])(context, builder, args[0])
        place = builder.bitcast(builder.gep(array.data, [args[1]]), _VECTOR.as_pointer())
        builder.store(_loaded(builder, args[2]), place).align = 1
        return context.get_dummy_value()

    return types.void(out, types.uint64, _ADDRESS), emit


@intrinsic
def fetch(typingctx, out, at, address, size):  # type: ignore[no-untyped-def]
    """Copy ``size`` bytes from an address to ``out[at:at + size]``, which must be there."""

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        array = context.make_array(signature.args[0])(context, builder, args[0])
        source = builder.inttoptr(args[2], _BYTE.as_pointer())
        cgutils.memcpy(builder, builder.gep(array.data, [args[1]]), source, args[3])
        return context.get_dummy_value()

    return types.void(out, types.uint64, _ADDRESS, types.uint64), emit


@intrinsic
def exchange(typingctx, data, p, pairs):  # type: ignore[no-untyped-def]
    """Exchange, for each bit i of ``pairs``, the bytes ``data[p + i + 1]`` and ``data[p + i + 3]``.

    So two characters of two bytes with one first byte, which stand at i, change places. The bits are at most number 60, no two of them
    within four of each other, and ``data[p - 2:p + 66]`` must be there.
    """

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        array = context.make_array(signature.args[0])(context, builder, args[0])
        here = builder.ptrtoint(builder.gep(array.data, [args[1]]), _WORD)
        which = ir.VectorType(_BIT, 64)
        made = _loaded(builder, here)
        for bits, far in ((1, 2), (3, -2)):
            chosen = builder.bitcast(builder.shl(args[2], _WORD(bits)), which)
            made = builder.select(chosen, _loaded(builder, builder.add(here, _WORD(far))), made)
        builder.store(made, builder.inttoptr(here, _VECTOR.as_pointer())).align = 1
        return context.get_dummy_value()

    return types.void(data, types.uint64, _MASK), emit


def _loaded(builder: Any, address: Any) -> Any:
    loaded = builder.load(builder.inttoptr(address, _VECTOR.as_pointer()))
    loaded.align = 1
    return loaded


def _all(builder: Any, byte: Any) -> Any:
    """A vector of one byte 64 times over."""
    undefined = ir.Constant(_VECTOR, ir.Undefined)
    first = builder.insert_element(undefined, byte, _INT(0))
    return builder.shuffle_vector(first, undefined, ir.Constant(ir.VectorType(_INT, 64), None))


def _comparison(sign: str) -> Any:
    def compared(typingctx, address, byte):  # type: ignore[no-untyped-def]
        def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
            return builder.bitcast(builder.icmp_unsigned(sign, _loaded(builder, args[0]), _all(builder, args[1])), _WORD)

        return _MASK(_ADDRESS, types.uint8), emit

    return intrinsic(compared)


equal: Final = _comparison("==")
"""``equal(address, byte)``: which of the 64 bytes are this one."""
below: Final = _comparison("<")
"""``below(address, byte)``: which are less."""
at_least: Final = _comparison(">=")
"""``at_least(address, byte)``: which are this one or more."""


@intrinsic
def between(typingctx, address, first, last):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes are in a range, both ends in it."""

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        above = builder.sub(_loaded(builder, args[0]), _all(builder, args[1]))
        return builder.bitcast(builder.icmp_unsigned("<=", above, _all(builder, builder.sub(args[2], args[1]))), _WORD)

    return _MASK(_ADDRESS, types.uint8, types.uint8), emit


@intrinsic
def alpha(typingctx, address):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes are letters of ASCII."""

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        small = builder.or_(_loaded(builder, args[0]), _all(builder, _BYTE(0x20)))
        above = builder.sub(small, _all(builder, _BYTE(ord("a"))))
        return builder.bitcast(builder.icmp_unsigned("<", above, _all(builder, _BYTE(26))), _WORD)

    return _MASK(_ADDRESS), emit


def _pairwise(sign: str) -> Any:
    def compared(typingctx, address, other):  # type: ignore[no-untyped-def]
        def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
            return builder.bitcast(builder.icmp_unsigned(sign, _loaded(builder, args[0]), _loaded(builder, args[1])), _WORD)

        return _MASK(_ADDRESS, _ADDRESS), emit

    return intrinsic(compared)


differing: Final = _pairwise("!=")
"""``differing(address, other)``: which of 64 bytes are not those at another address."""
above: Final = _pairwise(">")
"""``above(address, other)``: which are greater than those at another address."""


def _instruction(name: str, *more: Any) -> Any:
    """An instruction of LLVM on a number of 64 bits."""

    def worked(typingctx, mask):  # type: ignore[no-untyped-def]
        def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
            kind = ir.FunctionType(_WORD, [_WORD, *(value.type for value in more)])
            return builder.call(cgutils.get_or_insert_function(builder.module, kind, f"llvm.{name}.i64"), [args[0], *more])

        return types.uint64(_MASK), emit

    return intrinsic(worked)


count: Final = _instruction("ctpop")
"""``count(mask)``: how many bits are set."""
first: Final = _instruction("cttz", _BIT(0))
"""``first(mask)``: the number of the first bit that is set; 64 if none is."""
blanks_above: Final = _instruction("ctlz", _BIT(0))
"""``blanks_above(mask)``: how many bits lie above the last one that is set; 64 if none is."""


@nb.njit(nogil=True, forceinline=True)
def upto(size):  # type: ignore[no-untyped-def]
    """The first ``size`` bits, all of them from 64 on."""
    return ALL if size >= SIZE else (ONE << size) - ONE


@nb.njit(nogil=True, forceinline=True)
def runs(split, content, open_):  # type: ignore[no-untyped-def]
    """How many stretches between splits have content, not counting one that was open; and whether one is open at the end, as 1 or 0.

    A stretch that goes on from the 64 bytes before is open if it had content there. Each is counted where its content begins: a carry runs
    from the start of a stretch through what is neither split nor content, and stops there.
    """
    starts = ~split & ((split << ONE) | (ONE ^ open_))
    rest = ~split & ~content
    begun = count((((starts & rest) + rest) | starts) & content)
    if split == NONE:
        return begun, open_ | np.uint64(content != NONE)
    return begun, np.uint64((content & ~(ALL >> blanks_above(split))) != NONE)
