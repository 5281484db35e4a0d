import httpx
import pytest

from tests.telegram_server.people import Telegram
from tests.telegram_server.server import TOKEN


class Bot:
    """Speaks to the stand-in as any bot would: plain HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.Client(timeout=20)

    def ask(self, method: str, token: str = TOKEN, **params: object) -> dict:
        return self.client.post(f"{self.url}/bot{token}/{method}", json=params).json()

    def refusal(self, method: str, **params: object) -> str:
        answer = self.ask(method, **params)
        assert not answer["ok"], answer
        return answer["description"]


@pytest.fixture
def telegram():
    with Telegram() as telegram:
        telegram.meet(1)
        yield telegram


@pytest.fixture
def bot(telegram):
    bot = Bot(telegram.url)
    with bot.client:
        yield bot
