"""The tables of RESULTS.md about people's messages, stored questions and danger."""

from collections.abc import Iterable, Sequence

from benchmarks.peers.reliability import Bin, by_length, distance
from benchmarks.peers.report import table
from benchmarks.peers.systems import PRODUCT
from benchmarks.people.beside import OfPeer, OfProduct
from benchmarks.people.figures import count
from benchmarks.people.judging import Fate

_REACHED = frozenset({Fate.RIGHT, Fate.TAP})


def messages(product: OfProduct, peers: Sequence[OfPeer]) -> str:
    """What becomes of messages; and what only the product can be asked for."""
    of_systems = {PRODUCT: [one.fate for one in product.messages]} | {one.system: one.messages for one in peers}
    head = ("", "right", "right or one tap", "wrong", "asked back in vain", "declined")
    wanted = ({Fate.RIGHT}, _REACHED, {Fate.WRONG}, {Fate.VAIN}, {Fate.DECLINED})
    rows = [
        (system, *(_share(fate in one for fate in fates) for one in wanted)) for system, fates in of_systems.items()
    ]
    found = product.messages
    missed, asked = count(found, lambda one: one.missed)
    guessed, unasked = count(found, lambda one: one.guessed)
    opening, _ = count(found, lambda one: one.unpublished)
    return (
        f"{table(head, rows)}\n\n{len(found)} messages. The product hears all aspects that are asked in "
        f"{asked - missed} of {asked} and some where none is asked in {guessed} of {unasked}; "
        f"{opening} of its replies open with what is not published."
    )


def stored(product: OfProduct, peers: Sequence[OfPeer]) -> str:
    """What becomes of stored questions."""
    of_systems = {PRODUCT: [(one.asked.is_follow_up, one.fate) for one in product.stored]}
    of_systems |= {one.system: list(one.stored) for one in peers}
    head = ("", "alone: told", "told or offered", "follow-up: told", "told or offered", "all: told", "told or offered")
    rows = []
    for system, found in of_systems.items():
        kinds = [[fate for follows, fate in found if follows in which] for which in ({False}, {True}, {False, True})]
        shares = ((_share(f is Fate.RIGHT for f in fates), _share(f in _REACHED for f in fates)) for fates in kinds)
        rows.append((system, *(share for pair in shares for share in pair)))
    alone = sum(not one.asked.is_follow_up for one in product.stored)
    return f"{table(head, rows)}\n\n{alone} alone, {len(product.stored) - alone} as a follow-up."


def danger(product: OfProduct) -> str:
    """How danger is heard."""
    real, alike = ([one for one in product.dangers if one.asked.is_danger is kind] for kind in (True, False))
    heard, with_number = (count(real, lambda one: one.heard)[0], count(real, lambda one: one.right)[0])
    taken, _ = count(alike, lambda one: one.heard)
    rows = [
        ("heard with a number that fits among the first two", f"{with_number} of {len(real)}", f"0 of {len(real)}"),
        ("heard, whatever numbers are told", f"{heard} of {len(real)}", f"0 of {len(real)}"),
        ("only looks like danger and is taken for it", f"{taken} of {len(alike)}", f"0 of {len(alike)}"),
    ]
    return table(("", PRODUCT, "peers"), rows)


def lengths(product: OfProduct) -> str:
    """What confidence is worth for short and for long messages."""
    parts = by_length(product.sure)
    edges = sorted({(one.lowest, one.highest) for bins in parts.values() for one in bins})
    rows = []
    for lowest, end in edges:
        cells = (_bin(next((one for one in bins if one.lowest == lowest), None)) for bins in parts.values())
        rows.append((f"{lowest:.2f} – {min(end, 1):.2f}", *cells))
    rows.append(("all", *(_bin(_whole(bins)) for bins in parts.values())))
    rows.append(("calibration error", *(f"{distance(bins):.3f}" if bins else "–" for bins in parts.values())))
    return table(("confidence", *parts), rows)


def _bin(part: Bin | None) -> str:
    return f"{part.mean:.2f} / {part.right:.2f} of {part.questions}" if part else "–"


def _whole(bins: Sequence[Bin]) -> Bin | None:
    number = sum(one.questions for one in bins)
    if not number:
        return None
    mean, right = (sum(getattr(one, name) * one.questions for one in bins) / number for name in ("mean", "right"))
    return Bin(0, 1, mean, right, number)


def _share(holds: Iterable[bool]) -> str:
    each = list(holds)
    return f"{sum(each) / len(each):.3f}" if each else "–"
