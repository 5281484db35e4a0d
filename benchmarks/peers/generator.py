"""What would thousands of services look like? Seeded ones, with words as unevenly spread as in real text."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from benchmarks.peers.noise import noisy
from benchmarks.peers.questions import IN_SCOPE
from benchmarks.questions import Question
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Service

_ONSETS, _VOWELS, _CODAS = "bcdghjklmnprstwy", "aeiou", ("", "", "", "n", "ng", "r", "s", "k", "h")
_DAY = date(2026, 1, 1)
_HEAPS = (30, 0.6)  # words in use = 30 · services ^ 0.6, so that new services bring ever fewer new words
_NAME, _SHORTER, _ASKED = 6, 4, 4  # words


def with_services(knowledge: KnowledgeBase, count: int, seed: int) -> KnowledgeBase:
    """A knowledge base of ``count`` generated services, of five phrases each, and nothing else to ask for.

    Word lists, region and agencies stay as they are. Equal arguments, equal services.
    """
    rng = random.Random(seed)
    agency = next(iter(knowledge.agencies))
    services = {service.id: service for service in _services(count, agency, rng)}
    return replace(knowledge, services=services, referrals={}, version=f"{count}-{seed}")


def questions_about(services: Sequence[Service], count: int, seed: int) -> tuple[Question, ...]:
    """Questions that hold four of the six words of a service's name among two common words, every third mistyped."""
    rng = random.Random(seed)
    common = [word for service in services[:50] for word in service.summary.split()]
    questions = []
    for number in range(count):
        service = rng.choice(services)
        words = rng.sample(service.name.split(), _ASKED) + rng.sample(common, 2)
        rng.shuffle(words)
        text = " ".join(words)
        text = noisy(text, "one typo", seed) if number % 3 == 0 else text
        questions.append(Question(text, IN_SCOPE, (service.id,)))
    return tuple(questions)


def _services(count: int, agency: str, rng: random.Random) -> list[Service]:
    factor, exponent = _HEAPS
    vocabulary = _vocabulary(int(factor * count**exponent), rng)
    reach = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))  # Zipf: the n-th word has share 1/n
    names: dict[tuple[str, ...], None] = {}
    while len(names) < count:
        name = dict.fromkeys(rng.choices(vocabulary, cum_weights=reach, k=2 * _NAME))
        if len(name) >= _NAME:
            names[tuple(name)[:_NAME]] = None
    return [_service(number, name, vocabulary, agency, rng) for number, name in enumerate(names)]


def _service(number: int, name: tuple[str, ...], vocabulary: list[str], agency: str, rng: random.Random) -> Service:
    common = vocabulary[:40]

    def phrase(extra: int) -> str:
        words = rng.sample(name, _SHORTER) + rng.sample(common, extra)
        rng.shuffle(words)
        return " ".join(words)

    return Service(
        id=f"s{number}",
        name=" ".join(name),
        summary=" ".join(rng.sample(common, _ASKED)),
        names=(phrase(0), phrase(0)),
        examples=(phrase(3), phrase(3)),
        agency=agency,
        updated=_DAY,
    )


def _vocabulary(count: int, rng: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(_syllable(rng) for _ in range(rng.choice((2, 2, 3, 3, 4))))] = None
    return list(words)


def _syllable(rng: random.Random) -> str:
    return rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
