"""The inbox, the conversations, the query log and who looked at it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SEARCH = (
    "CREATE VIRTUAL TABLE query_words USING fts5(question, content='queries', content_rowid='id', prefix='3')",
    """CREATE TRIGGER query_words_in AFTER INSERT ON queries BEGIN
    INSERT INTO query_words(rowid, question) VALUES (new.id, new.question); END""",
    """CREATE TRIGGER query_words_out AFTER DELETE ON queries BEGIN
    INSERT INTO query_words(query_words, rowid, question) VALUES ('delete', old.id, old.question); END""",
)


def upgrade() -> None:
    """Make the tables."""
    _inbox()
    _sessions()
    _queries()
    op.create_table(
        "looks",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
    )
    op.create_table(
        "day_counts",
        sa.Column("begins_ms", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ends_ms", sa.BigInteger, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":  # its own index of words, kept by the database itself
        for statement in _SEARCH:
            op.execute(statement)


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("received_ms", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before_ms", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.String(36)),
        sa.Column("lease_until_ms", sa.BigInteger),
        sa.Column("ended_ms", sa.BigInteger),
    )
    op.create_index("inbox_by_state", "inbox", ["state", "received_ms"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("conversation", sa.String(40), primary_key=True),
        sa.Column("person", sa.String(16), nullable=False),
        sa.Column("topic", sa.Text),
        sa.Column("declines", sa.Integer, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("sessions_by_person", "sessions", ["person"])
    op.create_index("sessions_by_time", "sessions", ["at_ms"])
    op.create_table(
        "replies",
        sa.Column("conversation", sa.String(40), primary_key=True),
        sa.Column("question", sa.BigInteger, primary_key=True),
        sa.Column("messages", sa.Text, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("replies_by_time", "replies", ["at_ms"])


def _queries() -> None:
    op.create_table(
        "queries",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("turn", sa.String(32), nullable=False, unique=True),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("services", sa.Text, nullable=False),
        sa.Column("scores", sa.Text, nullable=False),
        sa.Column("aspects", sa.Text, nullable=False),
        sa.Column("latency_us", sa.Integer, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("feedback", sa.String(8)),
        sa.Column("reason", sa.String(24)),
        sa.Column("found", sa.Text, nullable=False),
    )
    op.create_index(
        "queries_by_time",
        "queries",
        ["at_ms", "outcome", "services", "aspects", "feedback", "reason", "person", "latency_us"],
    )
    op.create_index("queries_by_outcome", "queries", ["outcome", "at_ms"])
    op.create_index("queries_by_feedback", "queries", ["feedback", "at_ms"])
    op.create_index("queries_by_person", "queries", ["person", "at_ms"])
    op.create_table(
        "answered",
        sa.Column("service", sa.String(32), primary_key=True),
        sa.Column("at_ms", sa.BigInteger, primary_key=True),
        sa.Column("turn", sa.String(32), sa.ForeignKey("queries.turn", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("answered_by_turn", "answered", ["turn"])
