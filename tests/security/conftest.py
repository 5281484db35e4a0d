from tests.channels.telegram.conftest import bot, knowledge, logged, telegram  # noqa: F401 - fixtures of the channel's own tests
