"""How do questions and figures look? As replies; on a phone their buttons turn the page."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot.conversation.reply import Block, Button, Reply, bullets, heading, note, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.reports.query import LogQuery, outcome_name
from bot.reports.statistics import ServiceFigures, Statistics
from bot.storage.log.filters import Cursor
from bot.storage.log.querylog import Asked, Page

LOG, STATISTICS = "log", "statistik"
"""What a button of the log leads to."""

_GROUP = "log"
_PLACE = re.compile(r"([0-9a-f]{1,15})-([0-9a-f]{1,15})")  # 60 bits each: no database number overflows


def place_of(action: Action) -> Cursor | None:
    """Where the page of a button begins; a broken place is the beginning."""
    place = _PLACE.fullmatch(action.turn)
    return Cursor(int(place[1], 16), int(place[2], 16)) if place else None


def log_page(page: Page, query: LogQuery, after: Cursor | None, knowledge: KnowledgeBase, now: datetime) -> Reply:
    """A page of questions for a phone, the newest first."""
    phrases = knowledge.phrases
    blocks = (*_questions(page.rows, query, knowledge, now, "baris"), note(phrases.say(f"{_GROUP}.cara")))
    return Reply("", Outcome.HELP, blocks, tuple(_buttons(page, query, after, phrases)))


def log_in_full(rows: Sequence[Asked], query: LogQuery, knowledge: KnowledgeBase, now: datetime) -> Reply:
    """Questions with the codes of their people and the ids of what was answered."""
    return Reply("", Outcome.HELP, tuple(_questions(rows, query, knowledge, now, "baris_lengkap")))


def _questions(
    rows: Sequence[Asked], query: LogQuery, knowledge: KnowledgeBase, now: datetime, line: str
) -> Iterator[Block]:
    phrases = knowledge.phrases
    title = phrases.say(f"{_GROUP}.judul_saring", saringan=" · ".join(query.names)) if query.names else ""
    yield heading(title or phrases.say(f"{_GROUP}.judul"))
    if not rows:
        yield text(phrases.say(f"{_GROUP}.kosong"))
    for row in rows:
        at = row.at.astimezone(now.tzinfo)
        label = phrases.say(
            f"{_GROUP}.{line}",
            waktu=f"{at:%d-%m %H.%M}" if at.year == now.year else f"{at:%d-%m-%Y %H.%M}",
            warga=row.person,
            hasil=outcome_name(row.outcome, phrases),
            layanan=_arrow(subject_name(service, knowledge) for service in row.services),
            id=_arrow(iter(row.services)),
        )
        rated = " ".join(filter(None, (row.feedback, row.reason)))
        yield text(f"{row.question} ({rated})" if rated else row.question, label)


def _arrow(names: Iterator[str]) -> str:
    shown = ", ".join(names)
    return f" → {shown}" if shown else ""


def _buttons(page: Page, query: LogQuery, after: Cursor | None, phrases: Phrases) -> Iterator[Button]:
    unanswered = phrases.say(f"{_GROUP}.cari_tidak_terjawab")
    if place := page.following:
        older = Action(ActionKind.ADMIN, LOG, query.said, f"{place.at_ms:x}-{place.id:x}")
        yield Button(phrases.say(f"{_GROUP}.lebih_lama"), older)
    if after or query.said:
        yield _to_log("terbaru", "", phrases)
    if query.said != unanswered:
        yield _to_log("tombol_tidak_terjawab", unanswered, phrases)
    yield Button(phrases.say(f"{_GROUP}.tombol_statistik"), Action(ActionKind.ADMIN, STATISTICS))


def _to_log(label: str, said: str, phrases: Phrases) -> Button:
    return Button(phrases.say(f"{_GROUP}.{label}"), Action(ActionKind.ADMIN, LOG, said))


def statistics_page(periods: Sequence[Statistics], agency: str, knowledge: KnowledgeBase) -> Reply:
    """The figures of all periods, the shortest first; equal ones once. ``agency`` is the one counted, "" all."""
    phrases = knowledge.phrases
    title = phrases.say(f"{_GROUP}.statistik_instansi", nama=subject_name(agency, knowledge)) if agency else ""
    blocks = [heading(title or phrases.say(f"{_GROUP}.statistik_judul"))]
    for _, same in groupby(periods, lambda one: one.questions):
        equal = list(same)
        blocks.append(heading(" · ".join(_title(one.days, phrases) for one in equal)))
        blocks += _period(equal[-1], knowledge)
    unanswered = phrases.say(f"{_GROUP}.cari_tidak_terjawab")
    buttons = (_to_log("tombol_log", "", phrases), _to_log("tombol_tidak_terjawab", unanswered, phrases))
    return Reply("", Outcome.HELP, tuple(blocks), buttons)


def _title(days: int, phrases: Phrases) -> str:
    return phrases.say(f"{_GROUP}.hari_terakhir", hari=days) if days > 1 else phrases.say(f"{_GROUP}.hari_ini")


def _period(one: Statistics, knowledge: KnowledgeBase) -> Iterator[Block]:
    phrases = knowledge.phrases
    if not one.questions:
        yield text(phrases.say(f"{_GROUP}.belum_ada"))
        return
    yield text(phrases.say(f"{_GROUP}.jumlah", pertanyaan=one.questions, warga=one.people, terbuka=one.unanswered))
    outcomes = ", ".join(f"{outcome_name(name, phrases)} {times}" for name, times in one.outcomes)
    yield text(outcomes, phrases.say(f"{_GROUP}.hasil"))
    if one.services:
        yield bullets((service_line(service, knowledge) for service in one.services), phrases.say(f"{_GROUP}.layanan"))
    if one.feedback:
        rated = ", ".join(f"{name} {times}" for name, times in (*one.feedback, *one.reasons))
        yield text(rated, phrases.say(f"{_GROUP}.penilaian"))
    yield note(phrases.say(f"{_GROUP}.lama", tengah=f"{one.latency_p50_ms:.2f}", atas=f"{one.latency_p95_ms:.2f}"))


def service_line(one: ServiceFigures, knowledge: KnowledgeBase) -> str:
    """A service and what was asked of it: "KTP hilang 12 (biaya 7, syarat 5)"."""
    overview = knowledge.phrases.say(f"{_GROUP}.umum")
    aspects = ", ".join(f"{aspect or overview} {times}" for aspect, times in one.aspects)
    return f"{subject_name(one.service, knowledge)} {one.questions} ({aspects})"


def subject_name(subject: str, knowledge: KnowledgeBase) -> str:
    """What a service, referral or agency is called; its id when it is no longer known."""
    known = knowledge.subjects.get(subject)
    return known.name if known else subject
