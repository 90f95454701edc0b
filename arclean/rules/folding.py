"""Letters folded into one: alef without its hamza, yeh without its dots; what a search wants, and what a corpus loses."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule

FOLD_ALEF: Final = CharRule(
    name="fold_alef",
    why="Half of the web leaves the hamza or the madda off an alef, so that one word has two spellings.",
    table={
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
    },
    fixes=(
        (
            "إلى أحمد القرآن",
            "الى احمد القران",
        ),
    ),
    leaves=(
        "رئيس مؤتمر بدء",
        "\N{ARABIC LETTER ALEF WASLA}لكتاب",
    ),
    harm="lossy",
)

FOLD_ALEF_WASLA: Final = CharRule(
    name="fold_alef_wasla",
    why="The sign for an alef that is not spoken is written in vocalised scripture alone.",
    table={"\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}"},
    fixes=(
        (
            "\N{ARABIC LETTER ALEF WASLA}لكتاب",
            "الكتاب",
        ),
    ),
    leaves=("أحمد إلى آخره",),
    harm="lossy",
)

FOLD_RARE_ALEF: Final = CharRule(
    name="fold_rare_alef",
    why="Alef with a wavy or a high hamza belongs to Kashmiri and Kazakh; in Arabic it is a slip of the font.",
    table={
        "\N{ARABIC LETTER ALEF WITH WAVY HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH WAVY HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER HIGH HAMZA ALEF}": "\N{ARABIC LETTER ALEF}",
    },
    fixes=(
        (
            "\N{ARABIC LETTER ALEF WITH WAVY HAMZA ABOVE}حمد",
            "احمد",
        ),
    ),
    leaves=("أحمد إلى آخره",),
    harm="lossy",
)

FOLD_HAMZA_SEATS: Final = CharRule(
    name="fold_hamza_seats",
    why="A hamza over waw or yeh is left off as often as over alef; the letter that seats it stays.",
    table={
        "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "\N{ARABIC LETTER WAW}",
        "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER HIGH HAMZA WAW}": "\N{ARABIC LETTER WAW}",
        "\N{ARABIC LETTER HIGH HAMZA YEH}": "\N{ARABIC LETTER YEH}",
    },
    fixes=(
        (
            "رئيس مؤتمر",
            "رييس موتمر",
        ),
    ),
    leaves=("بدء أحمد",),
    harm="lossy",
)

FOLD_HAMZA_TO_BARE: Final = CharRule(
    name="fold_hamza_to_bare",
    why="The seat of a hamza follows from the vowels around it, so that some indexes keep the hamza and drop the seat.",
    table={
        "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "\N{ARABIC LETTER HAMZA}",
        "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "\N{ARABIC LETTER HAMZA}",
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER HAMZA}",
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER HAMZA}",
    },
    fixes=(
        (
            "شؤون سأل بيئة",
            "شءون سءل بيءة",
        ),
    ),
    leaves=("بدء القرآن",),
    harm="lossy",
)

DROP_HAMZA_MARKS: Final = CharRule(
    name="drop_hamza_marks",
    why="Decomposed text has the hamza as a mark of its own; it goes where the composed letters are folded.",
    table={
        "\N{ARABIC HAMZA ABOVE}": "",
        "\N{ARABIC HAMZA BELOW}": "",
    },
    fixes=(
        (
            "ا\N{ARABIC HAMZA ABOVE}حمد",
            "احمد",
        ),
    ),
    leaves=("أحمد مؤمن بدء",),
    harm="lossy",
)

FOLD_TEH_MARBUTA: Final = CharRule(
    name="fold_teh_marbuta",
    why="A final teh marbuta is often written without its dots, as heh.",
    table={"\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}"},
    fixes=(
        (
            "مدرسة",
            "مدرسه",
        ),
    ),
    leaves=("بنت في البيت",),
    harm="lossy",
)

FOLD_ALEF_MAKSURA: Final = CharRule(
    name="fold_alef_maksura",
    why="Egyptian writing leaves the dots off a final yeh, so that it looks like alef maksura.",
    table={"\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}"},
    fixes=(
        (
            "مصطفى",
            "مصطفي",
        ),
    ),
    leaves=(
        "عصا",
        "شاطئ",
    ),
    harm="lossy",
)

RULES: Final = (
    FOLD_ALEF,
    FOLD_ALEF_WASLA,
    FOLD_RARE_ALEF,
    FOLD_HAMZA_SEATS,
    FOLD_HAMZA_TO_BARE,
    DROP_HAMZA_MARKS,
    FOLD_TEH_MARBUTA,
    FOLD_ALEF_MAKSURA,
)
