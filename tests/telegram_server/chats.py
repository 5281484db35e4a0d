"""Which chats does the bot know, and what stands in them?"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.telegram_server.markup import parse_html, utf16_length
from tests.telegram_server.refusal import Refusal, bad_request

Json = dict[str, object]
Params = Mapping[str, str]

BOT: Json = {
    "id": 777,
    "is_bot": True,
    "first_name": "Tanya",
    "username": "tanya_uji_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
MOST_TEXT, MOST_CAPTION, MOST_DATA = 4096, 1024, 64


@dataclass(frozen=True)
class Key:
    """A button under a message."""

    label: str
    data: str = ""
    url: str = ""


@dataclass
class Message:
    """A message of the bot as its reader sees it now, edits included."""

    chat: int
    id: int
    text: str
    source: str  # as the bot sent it, markup included
    body: Json  # as the Bot API shows it
    keys: tuple[tuple[Key, ...], ...] = ()
    params: Params = field(default_factory=dict)
    edits: int = 0
    deleted: bool = False

    @property
    def labels(self) -> list[str]:
        """Labels of all buttons, row by row."""
        return [key.label for row in self.keys for key in row]

    def key(self, label: str) -> Key:
        """The button of a label, or of the beginning of one."""
        found = [key for row in self.keys for key in row if key.label.startswith(label)]
        assert found, f"no button {label!r} among {self.labels}"
        return found[0]


@dataclass
class Chats:
    """All chats. Touched only from the server's own event loop."""

    known: dict[int, Json] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    sent: list[Message] = field(default_factory=list)
    next_message: int = 1

    def new_id(self) -> int:
        """Messages of people and of the bot are counted together."""
        self.next_message += 1
        return self.next_message

    def chat(self, params: Params) -> Json:
        """The chat a request is about, or the refusal Telegram gives."""
        given = params.get("chat_id", "")
        if not given:
            raise bad_request("chat_id is empty")
        if not given.lstrip("-").isdigit() or int(given) not in self.known:
            raise bad_request("chat not found")
        if int(given) in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return self.known[int(given)]

    def add(self, chat: Json, params: Params, content: Json, source: str) -> Message:
        """Put a message of the bot into a chat."""
        body: Json = {"message_id": self.new_id(), "date": int(time.time()), "chat": chat, "from": BOT, **content}
        if "message_thread_id" in params:
            body |= {"message_thread_id": int(params["message_thread_id"]), "is_topic_message": True}
        text = str(content.get("text", content.get("caption", "")))
        message = Message(int(str(chat["id"])), int(str(body["message_id"])), text, source, body, params=params)
        self._set_keys(message, params)
        self.sent.append(message)
        return message

    def find(self, params: Params, purpose: str) -> Message:
        """The bot's own message a request is about."""
        chat, given = self.chat(params), params.get("message_id", "")
        for message in self.sent:
            if message.chat == chat["id"] and str(message.id) == given and not message.deleted:
                return message
        raise bad_request(f"message to {purpose} not found")

    def edit(self, message: Message, params: Params, content: Json, source: str) -> Message:
        """Change text and buttons, or only the buttons; the same again is refused."""
        keys = keyboard(params)
        same_text = all(message.body.get(name, []) == value for name, value in content.items())
        if same_text and keys == message.keys:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        if content:
            message.body.update(content)
            message.text, message.source = str(content["text"]), source
        message.edits += 1
        self._set_keys(message, params)
        return message

    @staticmethod
    def _set_keys(message: Message, params: Params) -> None:
        message.keys = keyboard(params)
        message.body.pop("reply_markup", None)
        if message.keys:
            message.body["reply_markup"] = json.loads(params["reply_markup"])


def formatted(params: Params, name: str, most: int) -> Json:
    """Text and entities of a text or caption, or the refusal Telegram gives."""
    source = params.get(name, "")
    mode = params.get("parse_mode", "")
    if mode.upper() not in {"", "HTML"}:
        raise bad_request("unsupported parse_mode")
    text, entities = parse_html(source) if mode else (source, [])
    if not text.strip() and name == "text":
        raise bad_request("message text is empty")
    if utf16_length(text) > most:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return {name: text, **({"entities" if name == "text" else "caption_entities": entities} if entities else {})}


def keyboard(params: Params) -> tuple[tuple[Key, ...], ...]:
    """Buttons of a request, or the refusal Telegram gives."""
    if not params.get("reply_markup"):
        return ()
    try:
        rows = json.loads(params["reply_markup"]).get("inline_keyboard", [])
    except (ValueError, AttributeError):
        raise bad_request("object expected as reply markup") from None
    return tuple(tuple(_key(button) for button in row) for row in rows if row)


def _key(button: Mapping[str, str]) -> Key:
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: text is empty")
    if "url" in button:
        return Key(button["text"], url=button["url"])
    data = button.get("callback_data")
    if data is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(data.encode()) <= MOST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return Key(button["text"], data)
