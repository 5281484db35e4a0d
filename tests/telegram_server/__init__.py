"""A stand-in for Telegram's Bot API, strict as the real one, with people to drive it."""

from tests.telegram_server.people import Telegram

__all__ = ["Telegram"]
