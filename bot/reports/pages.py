"""How do questions and figures look? As replies; on a phone their buttons turn the page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot.conversation.composing.wording import decimal
from bot.conversation.reply import Block, Button, Reply, bullets, heading, note, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.reports.query import LogQuery, meant, outcome_name
from bot.reports.statistics import ServiceFigures, Statistics
from bot.storage.log.filters import Cursor
from bot.storage.log.querylog import Asked, Page
from bot.storage.tables import from_ms, to_ms

LOG, STATISTICS = "log", "statistik"
"""What a button of the log leads to."""

_PLACE = re.compile(r"([0-9a-f]{1,11})-([0-9a-f]{1,15})")  # 44 and 60 bits: no moment and no number overflows


def place_of(action: Action) -> Cursor | None:
    """Where the page of a button begins; a broken place is the beginning."""
    place = _PLACE.fullmatch(action.turn)
    return Cursor(from_ms(int(place[1], 16)), int(place[2], 16)) if place else None


def log_page(page: Page, query: LogQuery, after: Cursor | None, knowledge: KnowledgeBase, now: datetime) -> Reply:
    """A page of questions for a phone, the newest first."""
    said, phrases = query.filter.text, knowledge.phrases
    near = meant(said, [*knowledge.subjects], phrases)
    searched = (phrases.say("log.dicari", kata=said), *near) if said and (near or not page.rows) else ()
    told = (text(" ".join(searched)),) if searched else ()
    blocks = (*_questions(page.rows, query, knowledge, now, "baris"), *told, note(phrases.say("log.cara")))
    return Reply("", Outcome.HELP, blocks, tuple(_buttons(page, query, after, phrases)))


def log_in_full(rows: Sequence[Asked], query: LogQuery, knowledge: KnowledgeBase, now: datetime) -> Reply:
    """Questions with the codes of their people and the ids of what was answered."""
    return Reply("", Outcome.HELP, tuple(_questions(rows, query, knowledge, now, "baris_lengkap")))


def _questions(
    rows: Sequence[Asked], query: LogQuery, knowledge: KnowledgeBase, now: datetime, line: str
) -> Iterator[Block]:
    say = knowledge.phrases.say
    yield heading(say("log.judul_saring", saringan=" · ".join(query.names)) if query.names else say("log.judul"))
    if not rows:
        yield text(say("log.kosong"))
    for row in rows:
        at = row.at.astimezone(now.tzinfo)
        label = say(
            f"log.{line}",
            waktu=f"{at:%d-%m %H.%M}" if at.year == now.year else f"{at:%d-%m-%Y %H.%M}",
            warga=row.person,
            hasil=outcome_name(row.outcome, knowledge.phrases),
            layanan=_arrow(subject_name(service, knowledge) for service in row.services),
            id=_arrow(row.services),
        )
        rated = " ".join(filter(None, (row.feedback, row.reason)))
        yield text(f"{row.question} ({rated})" if rated else row.question, label)


def _arrow(names: Iterable[str]) -> str:
    shown = ", ".join(names)
    return f" → {shown}" if shown else ""


def _buttons(page: Page, query: LogQuery, after: Cursor | None, phrases: Phrases) -> Iterator[Button]:
    if place := page.following:
        older = Action(ActionKind.ADMIN, LOG, query.said, f"{to_ms(place.at):x}-{place.id:x}")
        yield Button(phrases.say("log.lebih_lama"), older)
    if after or query.said:
        yield _to_log("terbaru", "", phrases)
    if query.said != phrases.say("log.cari_tidak_terjawab"):
        yield _to_unanswered(phrases)
    yield Button(phrases.say("log.tombol_statistik"), Action(ActionKind.ADMIN, STATISTICS))


def _to_log(label: str, said: str, phrases: Phrases) -> Button:
    return Button(phrases.say(f"log.{label}"), Action(ActionKind.ADMIN, LOG, said))


def _to_unanswered(phrases: Phrases) -> Button:
    return _to_log("tombol_tidak_terjawab", phrases.say("log.cari_tidak_terjawab"), phrases)


def statistics_page(periods: Sequence[Statistics], agency: str, knowledge: KnowledgeBase) -> Reply:
    """The figures of all periods, the shortest first; equal ones once. ``agency`` is the one counted, "" all."""
    phrases = knowledge.phrases
    name = subject_name(agency, knowledge)
    blocks = [
        heading(phrases.say("log.statistik_instansi", nama=name) if agency else phrases.say("log.statistik_judul"))
    ]
    for _, same in groupby(periods, lambda one: one.questions):
        equal = list(same)
        blocks.append(heading(" · ".join(_title(one.days, phrases) for one in equal)))
        blocks += _period(equal[-1], knowledge)
    return Reply("", Outcome.HELP, tuple(blocks), (_to_log("tombol_log", "", phrases), _to_unanswered(phrases)))


def not_counted(query: LogQuery, agency: str, knowledge: KnowledgeBase) -> Iterator[Block]:
    """What was written behind /statistik and does not change the figures, and what was perhaps meant."""
    phrases, agencies = knowledge.phrases, list(knowledge.agencies)
    counted = (agency, phrases.say("log.hari_terakhir", hari=query.days), phrases.say("log.kata_hari_ini"))
    if unused := [name for name in query.names if name not in counted]:
        said = phrases.say("log.statistik_lain", kata=" · ".join(unused), contoh=agency or next(iter(agencies), ""))
        yield text(" ".join((said, *meant(query.filter.text, agencies, phrases))))


def _title(days: int, phrases: Phrases) -> str:
    return phrases.say("log.hari_terakhir", hari=days) if days > 1 else phrases.say("log.hari_ini")


def _period(one: Statistics, knowledge: KnowledgeBase) -> Iterator[Block]:
    say = knowledge.phrases.say
    if not one.questions:
        yield text(say("log.belum_ada"))
        return
    yield text(say("log.jumlah", pertanyaan=one.questions, warga=one.people, terbuka=one.unanswered))
    yield text(
        _counted((outcome_name(name, knowledge.phrases), times) for name, times in one.outcomes), say("log.hasil")
    )
    if one.services:
        yield bullets((_service_line(service, knowledge) for service in one.services), say("log.layanan"))
    if one.feedback:
        yield text(_counted((*one.feedback, *one.reasons)), say("log.penilaian"))
    yield note(say("log.lama", tengah=decimal(one.latency_p50_ms), atas=decimal(one.latency_p95_ms)))


def _service_line(one: ServiceFigures, knowledge: KnowledgeBase) -> str:
    """A service and what was asked of it: "KTP hilang 12 (biaya 7, syarat 5)"."""
    aspects = _counted((aspect or knowledge.phrases.say("log.umum"), times) for aspect, times in one.aspects)
    return f"{subject_name(one.service, knowledge)} {one.questions} ({aspects})"


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {times}" for name, times in counts)


def subject_name(subject: str, knowledge: KnowledgeBase) -> str:
    """What a service, referral or agency is called; its id when it is no longer known."""
    known = knowledge.subjects.get(subject)
    return known.name if known else subject
