"""How does a reply look in a terminal? Plain text, buttons as numbers."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.reply import Block, BlockKind, Button, Reply


def render(reply: Reply, *, numbered: bool = True) -> str:
    """A reply as plain text.

    Args:
        reply: What to show.
        numbered: Whether its buttons follow, each with the number that presses it.
    """
    paragraphs = [_block(block) for block in reply.blocks]
    if numbered and reply.buttons:
        paragraphs.append(_buttons(reply.buttons))
    return "\n\n".join(paragraphs)


def _block(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return block.lines[0].upper()
    if block.kind is BlockKind.BULLETS:
        return _items(block, (f"• {line}" for line in block.lines))
    if block.kind is BlockKind.STEPS:
        return _items(block, (f"{number}. {line}" for number, line in enumerate(block.lines, 1)))
    text = "\n".join(block.lines)
    return f"{block.label}: {text}" if block.label else text


def _items(block: Block, lines: Iterable[str]) -> str:
    return "\n".join([f"{block.label}:", *lines] if block.label else lines)


def _buttons(buttons: Iterable[Button]) -> str:
    return "\n".join(f"[{number}] {button.label}" for number, button in enumerate(buttons, 1))
