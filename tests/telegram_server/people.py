"""What people do in Telegram, and what they then see: the side of the stand-in that tests talk to."""

import asyncio
import itertools
import re
import time
from collections.abc import Callable
from copy import deepcopy
from typing import Self, TypeVar

from tests.telegram_server.chats import BOT, Json, Message
from tests.telegram_server.faults import Fault
from tests.telegram_server.markup import utf16_length
from tests.telegram_server.methods import Call
from tests.telegram_server.server import TOKEN, BotApiServer

T = TypeVar("T")

PATIENCE_S = 30.0  # only who waits in vain waits so long
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_@]+")
_MENTION = re.compile(r"(?<!\S)@[A-Za-z0-9_]+")


class Telegram:
    """Telegram with people in it. Chats with positive ids are private: the person's id is the chat's."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        self.server = BotApiServer(token, port)
        self.token = token
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    @property
    def url(self) -> str:
        """Value for TELEGRAM_API_URL."""
        return self.server.url

    # What people do

    def say(self, text: str, chat: int = 1, **fields: object) -> int:
        """Write a message, commands and mentions marked as Telegram does; its message id."""
        return self._message(chat, {"text": text, "entities": _entities(text), **fields})

    def send(self, content: Json, chat: int = 1) -> int:
        """Send something that is no text: ``{"sticker": …}``; its message id."""
        return self._message(chat, content)

    def send_file(self, name: str, data: bytes, chat: int = 1, caption: str = "") -> int:
        """Send a document; its message id."""
        file_id = self.server.on_loop(lambda: self.server.methods.keep(data))
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(data)}
        return self._message(chat, {"document": document, **({"caption": caption} if caption else {})})

    def edit(self, message_id: int, text: str, chat: int = 1) -> None:
        """Change an earlier message of one's own."""
        body = self._body(chat, {"text": text, "entities": _entities(text)}, message_id)
        self.push("edited_message", {**body, "edit_date": int(time.time())})

    def press(self, label: str, chat: int = 1, user: int | None = None) -> str:
        """Press a button of the last message that has it; the query's id."""
        shown = [message for message in self.messages(chat) if any(one.startswith(label) for one in message.labels)]
        assert shown, f"no button {label!r} in chat {chat}: {[message.labels for message in self.messages(chat)]}"
        return self.press_data(shown[-1].key(label).data, chat, shown[-1].body, user)

    def press_data(self, data: str, chat: int = 1, message: Json | None = None, user: int | None = None) -> str:
        """Press a button that holds this, be it forged or from an older bot; the query's id."""
        query = self._query()
        body: Json = {"id": query, "from": _user(user or abs(chat)), "chat_instance": str(chat), "data": data}
        self.push("callback_query", body | {"message": message or self._body(chat, {"text": "…"})})
        return query

    def search_inline(self, text: str, user: int = 1) -> str:
        """Type the bot's name and a text in any chat; the query's id."""
        query = self._query()
        self.push("inline_query", {"id": query, "from": _user(user), "query": text, "offset": ""})
        return query

    def push(self, kind: str, body: Json) -> int:
        """Any update; its id."""
        return self.server.on_loop(lambda: self.server.methods.updates.push(kind, body))

    def push_raw(self, update: Json) -> None:
        """Any document in place of an update."""
        self.server.on_loop(lambda: self.server.methods.updates.push_raw(update))

    def meet(self, chat: int) -> None:
        """Let the bot know a chat, as if it had been used before."""
        self.server.on_loop(lambda: self.server.methods.chats.known.setdefault(chat, _chat(chat)))

    def block(self, chat: int) -> None:
        """The person blocks the bot."""
        self.server.on_loop(lambda: self.server.methods.chats.blocked.add(chat))

    def trouble(self, *faults: Fault) -> None:
        """Let something go wrong."""
        self.server.on_loop(lambda: self.server.faults.add(*faults))

    def calm(self) -> None:
        """Everything well again."""
        self.server.on_loop(self.server.faults.clear)

    # What people see

    def messages(self, chat: int = 1) -> list[Message]:
        """What the bot wrote in a chat, oldest first, as it stands now."""
        return self.server.on_loop(
            lambda: [deepcopy(one) for one in self.server.methods.chats.sent if one.chat == chat and not one.deleted]
        )

    def calls(self, method: str) -> list[Call]:
        """Requests of a method that were carried out, oldest first."""
        return self.server.on_loop(lambda: [call for call in self.server.methods.calls if call.method == method])

    def pending(self) -> int:
        """Updates that the bot has not confirmed."""
        return self.server.on_loop(lambda: len(self.server.methods.updates.pending))

    async def reply(self, number: int = 1, chat: int = 1) -> Message:
        """The bot's message of this number in a chat, counted from 1; waits for it."""
        sent = self.server.methods.chats.sent  # only counted here, which any thread may do
        await until(lambda: sum(one.chat == chat for one in sent) >= number, f"message {number} in chat {chat}")
        return self.messages(chat)[number - 1]

    async def called(self, method: str, number: int = 1) -> Call:
        """The request of this number of a method, counted from 1; waits for it."""
        await until(lambda: len(self.calls(method)) >= number, f"{method} number {number}")
        return self.calls(method)[number - 1]

    def _query(self) -> str:
        query = f"query-{next(self._numbers)}"
        self.server.on_loop(lambda: self.server.methods.queries.add(query))
        return query

    def _message(self, chat: int, content: Json) -> int:
        body = self._body(chat, content)
        self.push("message", body)
        return int(str(body["message_id"]))

    def _body(self, chat: int, content: Json, message_id: int | None = None) -> Json:
        self.meet(chat)
        number = message_id or self.server.on_loop(self.server.methods.chats.new_id)
        sender = _user(abs(chat))
        return {"message_id": number, "date": int(time.time()), "chat": _chat(chat), "from": sender, **content}


def _user(number: int) -> Json:
    return {"id": number, "is_bot": False, "first_name": f"Warga {number}", "language_code": "id"}


def _chat(number: int) -> Json:
    if number > 0:
        return {"id": number, "type": "private", "first_name": f"Warga {number}"}
    return {"id": number, "type": "supergroup", "title": f"Grup {number}", "is_forum": True}


def _entities(text: str) -> list[Json]:
    found = [("bot_command", match) for match in _COMMAND.finditer(text)]
    found += [("mention", match) for match in _MENTION.finditer(text)]
    return [
        {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match.group())}
        for kind, match in found
    ]


def mention(text: str) -> str:
    """The text, addressed to the bot as one does in a group."""
    return f"@{BOT['username']} {text}"


async def until(holds: Callable[[], T], what: str) -> T:
    """Wait for something that must come soon; what came.

    Raises:
        AssertionError: It did not, for ``PATIENCE_S``.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not (came := holds()):
        if time.monotonic() > deadline:
            raise AssertionError(f"never came: {what}")
        await asyncio.sleep(0.005)
    return came
