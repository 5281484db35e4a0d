"""What goes out: blocks, buttons and sources; channels render them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.turn import Action, Outcome
from bot.knowledge.vocabulary import Aspect


class BlockKind(StrEnum):
    """How a block is set."""

    HEADING = "heading"
    TEXT = "text"
    BULLETS = "bullets"
    STEPS = "steps"  # numbered
    NOTE = "note"  # set apart, softer
    SOURCE = "source"  # where the answer comes from, with its date
    NUMBERS = "numbers"  # to call at once: each begins its line, and a tap copies it


@dataclass(frozen=True)
class Block:
    """A piece of a reply in plain words; markup is the channel's."""

    kind: BlockKind
    lines: tuple[str, ...]  # one for heading, text and note; one per item for lists and sources
    label: str = ""  # set bold before the lines: "Syarat"
    links: tuple[str, ...] = ()  # of sources and numbers: the address of each line, empty for none
    numbers: tuple[str, ...] = ()  # what each line of numbers begins with

    @property
    def marked(self) -> tuple[str, ...]:
        """The lines, those of a list with a dot or a number before each."""
        match self.kind:
            case BlockKind.BULLETS:
                return tuple(f"• {line}" for line in self.lines)
            case BlockKind.STEPS:
                return tuple(f"{number}. {line}" for number, line in enumerate(self.lines, 1))
        return self.lines


def heading(line: str) -> Block:
    """A heading."""
    return Block(BlockKind.HEADING, (line,))


def text(line: str, label: str = "") -> Block:
    """A paragraph."""
    return Block(BlockKind.TEXT, (line,), label)


def bullets(lines: Iterable[str], label: str = "") -> Block:
    """A list."""
    return Block(BlockKind.BULLETS, tuple(lines), label)


def steps(lines: Iterable[str], label: str = "") -> Block:
    """A numbered list."""
    return Block(BlockKind.STEPS, tuple(lines), label)


def note(line: str, label: str = "") -> Block:
    """A remark."""
    return Block(BlockKind.NOTE, (line,), label)


def sources(lines: Iterable[str], label: str = "", links: Iterable[str] = ()) -> Block:
    """Where what stands above comes from."""
    return Block(BlockKind.SOURCE, tuple(lines), label, tuple(links))


def numbers(lines: Mapping[str, str], links: Iterable[str]) -> Block:
    """Numbers to call, and the line that each begins."""
    return Block(BlockKind.NUMBERS, tuple(lines.values()), links=tuple(links), numbers=tuple(lines))


@dataclass(frozen=True)
class Button:
    """A next step to press."""

    label: str
    action: Action


@dataclass(frozen=True)
class Reply:
    """Everything a person gets back for one turn."""

    turn: str
    outcome: Outcome
    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    answered: tuple[str, ...] = ()  # ids of the subjects answered; when clarifying, of those offered


@dataclass(frozen=True)
class Told:
    """What is said about one subject, the aspects of which that leaves nothing out, and the cases left to choose."""

    blocks: tuple[Block, ...]
    aspects: frozenset[Aspect] = frozenset()
    cases: tuple[str, ...] = ()  # titles of variants


Said = tuple[tuple[Block, ...], tuple[Button, ...]]
"""What one part of the wording gives to a reply: its blocks and its buttons."""
