from tests.channels.telegram.conftest import bot, knowledge, telegram  # noqa: F401 - fixtures of the channel's own tests
