"""Who learns from an edit, and when? A process of its own, once the knowledge stands still; nobody waits for it."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import astuple

import structlog

from bot.knowledge.base import KnowledgeBase
from bot.live.learned import is_behind
from bot.live.live import Live
from bot.understanding.ranking.phrases import Labelled, fingerprint, texts_of

Learn = Callable[[Sequence[Labelled]], Awaitable[str]]
"""Encoded weights of texts."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_STILL_S = 5.0  # that a knowledge stands still before it is learned of: edits come in bursts
_PATIENCE_S = 600.0  # some ten seconds are usual


class LearningError(Exception):
    """The process that learns ended without weights."""


class Learner:
    """Learns anew whatever was edited.

    Args:
        live: The knowledge that answers.
        sleep: Waits some seconds.
        learn: Takes seconds of another process's time.
    """

    def __init__(self, live: Live, sleep: Callable[[float], Awaitable[None]], learn: Learn | None = None) -> None:
        self._live, self._sleep, self._learn = live, sleep, learn or learn_apart

    async def follow(self) -> None:
        """Learn from each edit until cancelled; of what cannot be learned nothing changes."""
        seen: KnowledgeBase | None = None
        while True:
            now = self._live.snapshot.knowledge
            await self._sleep(_STILL_S)
            if now is self._live.snapshot.knowledge and now is not seen:
                seen = now
                if await asyncio.to_thread(is_behind, now):
                    await self._learn_from(now)

    async def _learn_from(self, knowledge: KnowledgeBase) -> None:
        _log.info("learning from what was edited", version=knowledge.version)
        try:
            weights = await self._learn(await asyncio.to_thread(texts_of, knowledge))
            texts = await asyncio.to_thread(fingerprint, knowledge)
            await asyncio.to_thread(self._live.learn, weights, texts)
        except (LearningError, OSError, ValueError) as error:
            _log.warning("could not learn from what was edited; answers stay as they are", cause=str(error))


async def learn_apart(texts: Sequence[Labelled]) -> str:
    """Encoded weights of texts, learned in a process of its own.

    Raises:
        LearningError: It ended without weights, or took too long.
        OSError: It could not be started.
    """
    order = json.dumps([astuple(text) for text in texts]).encode()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.live.learning_apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        weights, _ = await asyncio.wait_for(process.communicate(order), _PATIENCE_S)
    except TimeoutError:
        raise LearningError("it took too long") from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
    if process.returncode or not weights:
        raise LearningError(f"the process ended with {process.returncode}")
    return weights.decode()
