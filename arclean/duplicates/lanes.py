"""Sixteen random functions at once: the inner loop of MinHash, with all that it needs kept in vector registers.

Left to itself, a compiler walks over the least values in memory once for each shingle, since it cannot know that they overlap nothing. Here
the shingles are walked over once for every sixteen functions, which is more than twice as fast.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from llvmlite import ir
from numba import types
from numba.extending import intrinsic as _intrinsic

intrinsic: Callable[[Callable[..., Any]], Any] = _intrinsic

LANES: Final = 16
"""Functions that are computed together: two registers of AVX2, one of AVX-512, four of SSE or NEON."""

_INT, _WORD = ir.IntType(32), ir.IntType(64)
_VECTOR = ir.VectorType(_INT, LANES)


@intrinsic
def least_values(typingctx, shingles, start, stop, factor, offset, first, least):  # type: ignore[no-untyped-def]
    """Set ``least[first:first + LANES]`` to the least of ``factor * x + offset``, modulo 2 to the 32nd, over the shingles x in a range.

    All arrays are uint32; ``start``, ``stop`` and ``first`` are uint64. There is at least one shingle, and there are so many functions.
    """

    def emit(context, builder, signature, args):  # type: ignore[no-untyped-def]
        def address(which: int, at: Any) -> Any:
            array = context.make_array(signature.args[which])(context, builder, args[which])
            return builder.gep(array.data, [at])

        def lanes(which: int) -> Any:
            loaded = builder.load(builder.bitcast(address(which, args[5]), _VECTOR.as_pointer()))
            loaded.align = 4
            return loaded

        factors, offsets, before = lanes(3), lanes(4), builder.block
        loop, done = builder.append_basic_block("shingle"), builder.append_basic_block("done")
        builder.branch(loop)
        builder.position_at_end(loop)
        at, so_far = builder.phi(_WORD), builder.phi(_VECTOR)
        values = builder.add(builder.mul(factors, _all(builder, builder.load(address(0, at)))), offsets)
        smaller = builder.select(builder.icmp_unsigned("<", values, so_far), values, so_far)
        following = builder.add(at, _WORD(1))
        at.add_incoming(args[1], before)
        at.add_incoming(following, loop)
        so_far.add_incoming(ir.Constant(_VECTOR, [0xFFFFFFFF] * LANES), before)
        so_far.add_incoming(smaller, loop)
        builder.cbranch(builder.icmp_unsigned("<", following, args[2]), loop, done)
        builder.position_at_end(done)
        builder.store(smaller, builder.bitcast(address(6, args[5]), _VECTOR.as_pointer())).align = 4
        return context.get_dummy_value()

    return types.void(shingles, types.uint64, types.uint64, factor, offset, types.uint64, least), emit


def _all(builder: Any, value: Any) -> Any:
    undefined = ir.Constant(_VECTOR, ir.Undefined)
    return builder.shuffle_vector(builder.insert_element(undefined, value, _INT(0)), undefined, ir.Constant(_VECTOR, None))
