"""Telegram: a thin adapter between python-telegram-bot and the assistant."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # spans of time as such, as the library's next version has them
