"""Versions of knowledge files, and changes that wait for a yes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "knowledge_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("change_id", sa.String(16), nullable=False),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("content", sa.LargeBinary),
    )
    op.create_index("knowledge_versions_by_file", "knowledge_versions", ["file", "id"])
    op.create_index("knowledge_versions_by_change", "knowledge_versions", ["change_id"])
    op.create_table(
        "knowledge_proposals",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("bases", sa.Text, nullable=False),
    )
