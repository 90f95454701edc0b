"""Stop words for recipes in the mode `mended`: words that hold sentences together, chosen by hand, without commas and without topics.

The standard's for every recipe, and those of a variety beside them, since most of what is written in a dialect is mixed with the standard.
Spelling does not matter: `arclean.quality.lists` compares without marks, with one alef, one yeh and one kaf.
"""

from __future__ import annotations

from typing import Final

STOP_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "arb": (
        "في من على إلى عن أن إن هذا",
        "هذه ذلك تلك التي الذي الذين كان كانت",
        "لا ما لم لن قد هو هي مع",
        "أو ثم كل بين بعد قبل عند حتى",
        "لكن إذا كما أي غير ليس منذ حيث",
        "وقد وهو وهي وكان ولا فيه به له",
    ),
    "arz": (
        "ده دي دا مش ايه ليه ازاي عشان",
        "علشان اللي كده بتاع احنا انا انت هو",
        "هي كمان بقى لسه فين دلوقتي حاجة كان",
    ),
    "ary": (
        "ديال ف د و اللي باش واش شي",
        "هاد هادي كان غادي ماشي حتى بزاف كيف",
        "حيت ولا أنا نتا هو هي دابا ديالو",
    ),
    "ars": (
        "اللي وش ايش انا انت هو هي بس",
        "مو لو يا الحين كذا عشان زي كان",
        "حنا فيه ابي ابغى وين ليش اذا عندي",
    ),
    "apc": (
        "شو اللي بس عم مو مش هيك كتير",
        "هاد هاي لأنو انو انا انت هو هي",
        "وين ليش كيف هلق بدي عند لما كان",
    ),
    "acm": (
        "اللي هاي هذا شنو شلون اكو ماكو مو",
        "بس اني انت هو هي هسه وين ليش",
        "راح كلش هواية عدنا اذا لو مال چان",
    ),
    "arq": (
        "اللي واش باش تاع كي راه هاد هادي",
        "ماشي كان غير شي انا نتا هو هي",
        "بلي وين كيفاش علاش حتى كامل درك بصح",
    ),
    "aeb": (
        "اللي باش متاع موش شنوة كي هاذا هاذي",
        "توة برشا كان شي انا انتي هو هي",
        "وين علاش كيفاش حتى فما ياسر خاطر ولا",
    ),
    "ayp": (
        "اللي هاي هذا اشنو اشون اكو ماكو مو",
        "بس انا انت هو هيي هسع وين ليش",
        "غاح كلش لو اذا عند كان لما شي",
    ),
    "shu": (
        "دا دي في من مع كان ما الناس",
        "نادم أنا انت هو هي هم لاكين أشان",
        "كل مثل بس شنو وين ولا لي حق",
    ),
}
"""Lines of words, separated by spaces, by the code of the variety."""
