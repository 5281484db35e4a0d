"""Which parts has a message? A story, a reason, a question: each is looked at on its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.understanding.reading.reader import Token


@dataclass(frozen=True)
class Clause:
    """Words that belong together, and whether they end as a question."""

    start: int  # of its tokens
    end: int  # one more than the last
    asks: bool = False


def clauses(tokens: Sequence[Token], joints: Collection[str]) -> tuple[Clause, ...]:
    """The clauses of a text, in order.

    Args:
        tokens: Of one text, some may be left out.
        joints: Official words that begin a clause: people write whole stories without a stop.
    """
    starts = [
        at
        for at, token in enumerate(tokens)
        if at == 0
        or token.clause != tokens[at - 1].clause
        or (token.word in joints and tokens[at - 1].word not in joints)
    ]
    ends = [*starts[1:], len(tokens)]
    return tuple(
        Clause(
            start, end, tokens[end - 1].asks and (end == len(tokens) or tokens[end].clause != tokens[end - 1].clause)
        )
        for start, end in zip(starts, ends if starts else [], strict=True)
    )
