"""Which questions does somebody want to see? Read from the words behind a command."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.conversation.composing.calendar import date_written
from bot.conversation.composing.hours import day_words
from bot.conversation.turn import Outcome, Rating
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.knowledge.problems import nearest
from bot.storage.log.figures import Day
from bot.storage.log.filters import Filter
from bot.storage.log.querylog import UNANSWERED

_MOST_BYTES = 40  # of the words in a button: the rest is for the place
_MOST_DAYS = 366
_NOT_OF_A_BUTTON = re.compile(r"[^\w\s-]+")

FilterFields = Mapping[str, Any]
"""Fields of a filter."""


@dataclass(frozen=True)
class LogQuery:
    """What stands behind /log or /statistik, understood."""

    said: str = ""  # what a button repeats
    filter: Filter = field(default_factory=Filter)
    names: tuple[str, ...] = ()  # what was understood, for a title
    days: int = 0  # the last ones, today included; 0: none were named

    @staticmethod
    def of(said: str, knowledge: KnowledgeBase, now: datetime) -> "LogQuery":
        """Read words: what became of a question, its rating, an agency or service, days; the rest is searched for.

        They are as written behind a command, or as a button repeats them; ``now`` is in the region's zone.
        """
        words = _NOT_OF_A_BUTTON.sub(" ", said.replace("/", "-")).casefold().split()
        while len(" ".join(words).encode()) > _MOST_BYTES:
            words = words[:-1]
        return _read(LogQuery(" ".join(words)), f" {' '.join(words)} ", knowledge, now)


def _read(query: LogQuery, rest: str, knowledge: KnowledgeBase, now: datetime) -> LogQuery:
    phrases = knowledge.phrases
    for name, change in _names(knowledge, now):
        if f" {name} " in rest:
            rest, query = rest.replace(f" {name} ", " "), _with(query, name, change)
    last = re.search(rf" (\d{{1,3}}) {phrases.say('log.kata_hari')} ", rest)
    if last and 0 < int(last[1]) <= _MOST_DAYS:
        rest, name = rest.replace(last[0], " "), phrases.say("log.hari_terakhir", hari=int(last[1]))
        query = replace(_with(query, name, {"since": days_back(now, int(last[1]))}), days=int(last[1]))
    words = rest.split()
    for said in (*map(" ".join, zip(words, words[1:], words[2:], strict=False)), *words):  # 5 Desember 2026, 2026-12-05
        if day := date_written(said, day_words(phrases)):
            rest, query = rest.replace(f" {said} ", " "), _with(query, f"{day:%d-%m-%Y}", _on(day, now))
    ratings = {rating.value: {"feedback": rating.value} for rating in (Rating.GOOD, Rating.BAD)}
    alone = {**dict(_outcomes(phrases)), **ratings}
    left = rest.split()
    if all(word in alone for word in left):  # "bantuan sosial" is searched for, "bantuan" is an outcome
        for word in left:
            query = _with(query, word, alone[word])
        return query
    return _with(query, phrases.say("log.memuat", kata=" ".join(left)), {"text": " ".join(left)})


def _with(query: LogQuery, name: str, change: FilterFields) -> LogQuery:
    joined = {key: (*getattr(query.filter, key), *value) for key, value in change.items() if isinstance(value, tuple)}
    return replace(query, filter=replace(query.filter, **{**change, **joined}), names=(*query.names, name))


def meant(text: str, ids: Sequence[str], phrases: Phrases) -> tuple[str, ...]:
    """Which id is perhaps meant by words that name none."""
    near = next(filter(None, (nearest(word, ids) for word in text.split() if word not in ids)), "")
    return (phrases.say("log.mungkin", id=near),) if near else ()


def _names(knowledge: KnowledgeBase, now: datetime) -> Iterator[tuple[str, FilterFields]]:
    """What is known wherever it stands: names of several words, and ids."""
    phrases = knowledge.phrases
    yield phrases.say("log.cari_tidak_terjawab"), {"outcomes": UNANSWERED}
    yield phrases.say("log.kata_hari_ini"), {"since": days_back(now, 1)}
    yield phrases.say("log.kata_kemarin"), _on(now.date() - timedelta(days=1), now)
    yield from (pair for pair in _outcomes(phrases) if " " in pair[0])
    yield from ((agency, {"services": services_of(agency, knowledge)}) for agency in knowledge.agencies)
    yield from ((subject, {"services": (subject,)}) for subject in knowledge.subjects if "-" in subject)


def _outcomes(phrases: Phrases) -> Iterator[tuple[str, FilterFields]]:
    return ((outcome_name(outcome, phrases), {"outcomes": (outcome.value,)}) for outcome in Outcome)


def outcome_name(outcome: str, phrases: Phrases) -> str:
    """What an outcome is called."""
    key = f"log.hasil_{outcome}"
    return phrases.say(key) if key in phrases.sentences else outcome


def services_of(agency: str, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Everything that is answered for an agency: itself and its services."""
    return (agency, *(service.id for service in knowledge.of_agency(agency)))


def days_back(now: datetime, count: int) -> datetime:
    """The first moment of the last days, today included."""
    return Day.of(now.date() - timedelta(days=count - 1), now.tzinfo).begins


def _on(day: date, now: datetime) -> FilterFields:
    found = Day.of(day, now.tzinfo)
    return {"since": found.begins, "until": found.ends}
