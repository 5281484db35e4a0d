"""What stood before: the oldest tables that are brought up to date."""

revision = "0003"
down_revision = None


def upgrade() -> None:
    """Nothing: a new database is made as ``tables`` says."""
