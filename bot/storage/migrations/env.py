"""Run by alembic: the connection is handed in by ``bot.storage.engine.migrate``."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
context.run_migrations()
