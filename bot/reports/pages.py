"""How do questions and figures look on a phone? As replies whose buttons turn the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.reply import Block, Button, Reply, bullets, heading, note, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.reports.statistics import Statistics
from bot.reports.tables import outcome_name, service_line, subject_name
from bot.storage.log.filters import Cursor, Filter
from bot.storage.log.querylog import UNANSWERED, Asked, Page

LOG, STATISTICS = "log", "statistik"
"""What a button of the log leads to."""

_GROUP = "log"
_OPEN = "!"  # in a button: those left without an answer; no word that is searched for holds it
_PLACE = re.compile(r"([0-9a-f]{1,15})-([0-9a-f]{1,15})")  # 60 bits each: no database number overflows
_MOST_BYTES = 40  # of the words in a button: the rest is for the place


@dataclass(frozen=True)
class Shown:
    """Which questions are shown: those left open, those with some words, or all; and from where on."""

    words: str = ""
    unanswered: bool = False
    after: Cursor | None = None

    @staticmethod
    def asked(text: str, phrases: Phrases) -> "Shown":
        """What stands after /log."""
        if text.casefold().strip() == phrases.say(f"{_GROUP}.cari_tidak_terjawab"):
            return Shown(unanswered=True)
        words = Filter(text=text).words()
        while len(" ".join(words).encode()) > _MOST_BYTES:
            words = words[:-1]
        return Shown(" ".join(words))

    def filter(self) -> Filter:
        """The filter of the log."""
        return Filter(text=self.words, outcomes=UNANSWERED if self.unanswered else ())

    def action(self) -> Action:
        """The button that shows this."""
        place = f"{self.after.at_ms:x}-{self.after.id:x}" if self.after else ""
        return Action(ActionKind.ADMIN, LOG, _OPEN if self.unanswered else self.words, place)


def shown_of(action: Action) -> Shown:
    """What a button shows; a broken place is the beginning."""
    unanswered = action.aspect == _OPEN
    place = _PLACE.fullmatch(action.turn)
    after = Cursor(int(place[1], 16), int(place[2], 16)) if place else None
    return Shown("" if unanswered else action.aspect, unanswered, after)


def log_page(page: Page, shown: Shown, knowledge: KnowledgeBase, now: datetime) -> Reply:
    """A page of questions, the newest first."""
    phrases = knowledge.phrases
    rows = [_row(row, knowledge, now) for row in page.rows] or [text(phrases.say(f"{_GROUP}.kosong"))]
    blocks = (heading(_title(shown, phrases)), *rows, note(phrases.say(f"{_GROUP}.cara")))
    return Reply("", Outcome.HELP, blocks, tuple(_buttons(page, shown, phrases)))


def _title(shown: Shown, phrases: Phrases) -> str:
    if shown.unanswered:
        return phrases.say(f"{_GROUP}.judul_tidak_terjawab")
    return phrases.say(f"{_GROUP}.judul_cari", kata=shown.words) if shown.words else phrases.say(f"{_GROUP}.judul")


def _row(row: Asked, knowledge: KnowledgeBase, now: datetime) -> Block:
    services = ", ".join(subject_name(service, knowledge) for service in row.services)
    label = knowledge.phrases.say(
        f"{_GROUP}.baris",
        waktu=f"{row.at.astimezone(now.tzinfo):%d-%m %H.%M}",
        hasil=outcome_name(row.outcome, knowledge.phrases),
        layanan=f" → {services}" if services else "",
    )
    rated = " ".join(filter(None, (row.feedback, row.reason)))
    return text(f"{row.question} ({rated})" if rated else row.question, label)


def _buttons(page: Page, shown: Shown, phrases: Phrases) -> Iterator[Button]:
    if page.following:
        yield Button(phrases.say(f"{_GROUP}.lebih_lama"), replace(shown, after=page.following).action())
    if shown.after or shown.words or shown.unanswered:
        yield Button(phrases.say(f"{_GROUP}.terbaru"), Shown().action())
    if not shown.unanswered:
        yield Button(phrases.say(f"{_GROUP}.tombol_tidak_terjawab"), Shown(unanswered=True).action())
    yield Button(phrases.say(f"{_GROUP}.tombol_statistik"), Action(ActionKind.ADMIN, STATISTICS))


def statistics_page(periods: Sequence[Statistics], knowledge: KnowledgeBase) -> Reply:
    """The figures of all periods."""
    phrases = knowledge.phrases
    blocks = [heading(phrases.say(f"{_GROUP}.statistik_judul"))]
    for one in periods:
        blocks += _period(one, knowledge)
    buttons = (
        Button(phrases.say(f"{_GROUP}.tombol_log"), Shown().action()),
        Button(phrases.say(f"{_GROUP}.tombol_tidak_terjawab"), Shown(unanswered=True).action()),
    )
    return Reply("", Outcome.HELP, tuple(blocks), buttons)


def _period(one: Statistics, knowledge: KnowledgeBase) -> Iterator[Block]:
    phrases = knowledge.phrases
    title = phrases.say(f"{_GROUP}.hari_terakhir", hari=one.days) if one.days > 1 else phrases.say(f"{_GROUP}.hari_ini")
    yield heading(title)
    if not one.questions:
        yield text(phrases.say(f"{_GROUP}.belum_ada"))
        return
    yield text(phrases.say(f"{_GROUP}.jumlah", pertanyaan=one.questions, warga=one.people, terbuka=one.unanswered))
    outcomes = ", ".join(f"{outcome_name(name, phrases)} {times}" for name, times in one.outcomes)
    yield text(outcomes, phrases.say(f"{_GROUP}.hasil"))
    if one.services:
        lines = [service_line(service, knowledge) for service in one.services]
        yield bullets(lines, phrases.say(f"{_GROUP}.layanan"))
    if one.feedback:
        rated = ", ".join(f"{name} {times}" for name, times in (*one.feedback, *one.reasons))
        yield text(rated, phrases.say(f"{_GROUP}.penilaian"))
    yield note(phrases.say(f"{_GROUP}.lama", tengah=f"{one.latency_p50_ms:.2f}", atas=f"{one.latency_p95_ms:.2f}"))
