"""Telegram: a thin adapter between python-telegram-bot and the assistant."""
