"""What is stored, in which columns? Moments and lists go in and come out as Python's own."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

HEAD = "0004"
"""The newest migration; a test compares it with the scripts."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(moment: datetime) -> int:
    """Milliseconds of an aware moment."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The moment, in UTC."""
    return EPOCH + timedelta(milliseconds=ms)


class Moment(TypeDecorator[datetime]):
    """An aware moment, given back in UTC; stored as whole milliseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002, D102
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else from_ms(value)


class Json(TypeDecorator[Any]):
    """What JSON can say, stored as text; lists come back as tuples."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002, D102
        return _TO_JSON.encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002, D102
        return value and _frozen(json.loads(value))


_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


metadata = MetaData()

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),  # NULL once the update is over
    Column("received_ms", Moment, key="received", nullable=False),
    Column("body", Text),  # the white list of RELIABILITY 2; NULL once the update is over
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("ended_ms", Moment, key="ended"),
    Index("inbox_by_state", "state", "received"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("conversation", String(40), primary_key=True),  # pseudonyms
    Column("person", String(16), nullable=False),
    Column("topic", Json),  # what is spoken of, and what waits for a next message
    Column("declines", Integer, nullable=False),
    Column("at_ms", Moment, key="at", nullable=False),
    Index("sessions_by_person", "person"),
    Index("sessions_by_time", "at"),
)

replies = Table(
    "replies",
    metadata,
    Column("conversation", String(40), primary_key=True),  # pseudonyms
    Column("question", BigInteger, primary_key=True),  # id of the message that asked
    Column("messages", Json, nullable=False),  # ids of the messages that answered
    Column("at_ms", Moment, key="at", nullable=False),
    Index("replies_by_time", "at"),
)

queries = Table(
    "queries",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("turn", String(32), nullable=False, unique=True),
    Column("at_ms", Moment, key="at", nullable=False),
    Column("channel", String(16), nullable=False),
    Column("person", String(16), nullable=False),  # pseudonym
    Column("question", Text, nullable=False),  # masked
    Column("outcome", String(12), nullable=False),
    Column("services", Json, nullable=False),  # answered
    Column("scores", Json, nullable=False),  # candidates, best first: [[id, score], …]
    Column("aspects", Json, nullable=False),
    Column("latency_us", Integer, nullable=False),
    Column("version", String(64), nullable=False),
    Column("feedback", String(8)),
    Column("reason", String(24)),
    Column("found", Json, nullable=False),  # kinds of personal data
    Column("picked", String(32)),  # of what was offered
    # The statistics are read from this index alone.
    Index("queries_by_time", "at", "outcome", "services", "aspects", "feedback", "reason", "person", "latency_us"),
    Index("queries_by_outcome", "outcome", "at"),
    Index("queries_by_feedback", "feedback", "at"),
    Index("queries_by_person", "person", "at"),
)

answered = Table(
    "answered",
    metadata,
    Column("service", String(32), primary_key=True),
    Column("at_ms", Moment, key="at", primary_key=True),
    Column("turn", String(32), ForeignKey("queries.turn", ondelete="CASCADE"), primary_key=True),
    Index("answered_by_turn", "turn"),
)

suggestion_marks = Table(
    "suggestion_marks",
    metadata,
    Column("words", Json, primary_key=True),  # what the questions of the group have in common, sorted
    Column("state", String(8), nullable=False),  # "handled", "ignored", "new"
    Column("at_ms", Moment, key="at", nullable=False),
    Column("who", String(40), nullable=False),
)

looks = Table(
    "looks",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at_ms", Moment, key="at", nullable=False),
    Column("who", String(40), nullable=False),
    Column("what", String(16), nullable=False),  # "log", "statistik", "ekspor", "hapus"
    Column("detail", Text, nullable=False),
    Column("rows", Integer, nullable=False),
)

pseudonym_keys = Table(  # one row: which key names people
    "pseudonym_keys", metadata, Column("fingerprint", String(16), primary_key=True)
)

day_counts = Table(  # what ``figures`` counted in days that are over; gone when a row of the day changes
    "day_counts",
    metadata,
    Column("begins_ms", Moment, key="begins", primary_key=True, autoincrement=False),
    Column("ends_ms", Moment, key="ends", nullable=False),
    Column("counts", Json, nullable=False),
)

versions = Table(
    "knowledge_versions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at_ms", Moment, key="at", nullable=False),
    Column("who", String(40), nullable=False),
    Column("how", String(16), nullable=False),
    Column("change_id", String(16), nullable=False),  # the files of one change share it
    Column("file", String(80), nullable=False),  # path below the knowledge folder
    Column("content", LargeBinary),  # NULL: the change took the file away
    Index("knowledge_versions_by_file", "file", "id"),
    Index("knowledge_versions_by_change", "change_id"),
)

proposals = Table(
    "knowledge_proposals",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("at_ms", Moment, key="at", nullable=False),
    Column("who", String(40), nullable=False),
    Column("how", String(16), nullable=False),
    Column("files", Json, nullable=False),  # new text by path; null takes the file away
    Column("bases", Json, nullable=False),  # version of each file that the change was made for
)

LATEST = timedelta(hours=49)
"""How long after it was asked a question may still come in: Telegram keeps it for a day, the inbox for another."""
