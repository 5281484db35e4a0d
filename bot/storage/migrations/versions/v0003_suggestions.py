"""What was chosen of what was offered, and which suggestions somebody has dealt with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column and the table."""
    op.add_column("queries", sa.Column("picked", sa.String(32)))
    op.create_table(
        "suggestion_marks",
        sa.Column("words", sa.Text, primary_key=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
    )
