"""What comes back from Telegram, or from something in between that is not Telegram?"""

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.channels.telegram.delivery.lines import Lines
from tests.telegram_server.faults import Fault, html_page, refused

FOREIGN = [
    b"[]",
    b"{}",
    b"null",
    b"true",
    b"7",
    b'"ok"',
    b"",
    b"<html></html>",
    b'{"ok":true}',
    b'{"ok":true,"result":[]}',
    b'{"ok":true,"result":null}',
    b'{"ok":true,"result":true}',
    b'{"ok":true,"result":{}}',
    b'{"ok":true,"result":{"message_id":"1","date":1,"chat":{"id":1,"type":"private"}}}',
    b'{"ok":true,"result":{"message_id":1,"date":1,"chat":[]}}',
    b'{"ok":false,"error_code":400,"description":null}',
    b'{"ok":false,"error_code":400,"description":"x","parameters":["x"]}',
    b'{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":"soon"}}',
    b'{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":1e400}}',
    b'{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":"x"}}',
    b"[" * 100_000,
    b'{"ok":true,"result":' + b"9" * 5000 + b"}",
]


@pytest.fixture
async def line():
    async with Lines(1, 10.0) as line:
        yield line


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 409, 429, 500, 502, 503])
async def test_F23_whatever_is_no_answer_of_the_bot_api_is_network_trouble(line, telegram, status):
    for body in FOREIGN:
        telegram.trouble(Fault("sendMessage", status=status, body=body))
        with pytest.raises(NetworkError) as raised:
            await line.post(f"{telegram.url}/bot{telegram.token}/sendMessage")
        assert type(raised.value) is NetworkError, (status, body[:80])


@pytest.mark.parametrize("method", ["getMe", "getFile", "getUpdates", "editMessageText", "sendDocument"])
async def test_F23_every_method_knows_what_it_may_be_answered(line, telegram, method):
    for result in (b"null", b"true", b"{}", b'"x"', b"0"):
        telegram.trouble(Fault(method, status=200, body=b'{"ok":true,"result":%b}' % result))
        with pytest.raises(NetworkError):
            await line.post(f"{telegram.url}/bot{telegram.token}/{method}?offset=1")


@pytest.mark.parametrize(
    ("code", "parameters", "kind"),
    [
        (400, {}, BadRequest),
        (400, {"migrate_to_chat_id": -100123}, ChatMigrated),
        (401, {}, InvalidToken),
        (403, {}, Forbidden),
        (429, {"retry_after": 3}, RetryAfter),
    ],
)
async def test_a_refusal_of_telegram_stays_what_it_is(line, telegram, code, parameters, kind):
    telegram.trouble(refused("sendMessage", code, "No", **parameters))
    with pytest.raises(kind):
        await line.post(f"{telegram.url}/bot{telegram.token}/sendMessage")


async def test_a_proxys_page_instead_of_a_file_is_network_trouble(line, telegram):
    telegram.trouble(html_page("sendMessage", 404))
    with pytest.raises(NetworkError):
        await line.retrieve(f"{telegram.url}/file/bot{telegram.token}/documents/nowhere")
