"""Which key names people; the inbox without what nobody read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table, drop the columns."""
    op.create_table("pseudonym_keys", sa.Column("fingerprint", sa.String(16), primary_key=True))
    for column in ("not_before_ms", "owner", "lease_until_ms"):
        op.drop_column("inbox", column)
