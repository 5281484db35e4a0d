"""How do log and figures look in a terminal? As tables."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from rich import box
from rich.table import Table
from rich.text import Text

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.reports.export import COLUMNS
from bot.reports.statistics import ServiceFigures, Statistics
from bot.storage.log.querylog import Asked

_GROUP = "log"
_SHOWN_COLUMNS = ("time", "person", "question", "outcome", "services", "feedback")


def headings(phrases: Phrases) -> tuple[str, ...]:
    """Titles of all columns, for people."""
    return tuple(phrases.say(f"{_GROUP}.kolom_{name}") for name in COLUMNS)


def outcome_name(outcome: str, phrases: Phrases) -> str:
    """What an outcome is called."""
    key = f"{_GROUP}.hasil_{outcome}"
    return phrases.say(key) if key in phrases.sentences else outcome


def subject_name(subject: str, knowledge: KnowledgeBase) -> str:
    """What a service, referral or agency is called; its id when it is no longer known."""
    known = knowledge.subjects.get(subject)
    return known.name if known else subject


def log_table(rows: Iterable[Asked], knowledge: KnowledgeBase, zone: tzinfo) -> Table:
    """The rows, newest first; texts are shown as they are, never as markup."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in _SHOWN_COLUMNS:
        table.add_column(knowledge.phrases.say(f"{_GROUP}.kolom_{name}"), overflow="fold")
    for row in rows:
        cells = (
            f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}",
            row.person,
            row.question,
            outcome_name(row.outcome, knowledge.phrases),
            ", ".join(row.services),
            " ".join(filter(None, (row.feedback, row.reason))),
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def statistics_tables(periods: Sequence[Statistics], knowledge: KnowledgeBase) -> Iterator[Table]:
    """A table of each period."""
    return (_period(one, knowledge) for one in periods)


def _period(one: Statistics, knowledge: KnowledgeBase) -> Table:
    phrases = knowledge.phrases
    title = (
        phrases.say(f"{_GROUP}.hari_ini") if one.days == 1 else phrases.say(f"{_GROUP}.hari_terakhir", hari=one.days)
    )
    table = Table(box=box.SIMPLE, title=title, title_justify="left", show_header=False, pad_edge=False)
    table.add_row(
        "", phrases.say(f"{_GROUP}.jumlah", pertanyaan=one.questions, warga=one.people, terbuka=one.unanswered)
    )
    outcomes = [f"{outcome_name(name, phrases)} {times}" for name, times in one.outcomes]
    table.add_row(phrases.say(f"{_GROUP}.hasil"), ", ".join(outcomes))
    for number, service in enumerate(one.services):
        heading = "" if number else phrases.say(f"{_GROUP}.layanan")
        table.add_row(heading, Text(service_line(service, knowledge)))
    feedback = [f"{name} {times}" for name, times in (*one.feedback, *one.reasons)]
    table.add_row(phrases.say(f"{_GROUP}.penilaian"), ", ".join(feedback))
    middle, upper = f"{one.latency_p50_ms:.2f}", f"{one.latency_p95_ms:.2f}"
    table.add_row("", phrases.say(f"{_GROUP}.lama", tengah=middle, atas=upper))
    return table


def service_line(one: ServiceFigures, knowledge: KnowledgeBase) -> str:
    """A service and what was asked of it: "KTP hilang 12 (biaya 7, syarat 5)"."""
    overview = knowledge.phrases.say(f"{_GROUP}.umum")
    aspects = ", ".join(f"{aspect or overview} {times}" for aspect, times in one.aspects)
    return f"{subject_name(one.service, knowledge)} {one.questions} ({aspects})"
