"""What of an update may be stored? A white list: ids, the command, masked words, what kind of thing was sent."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import structlog
from telegram.ext import filters

from bot.privacy import Masked
from bot.storage.inbox import Arrival, UpdateState

Json = Mapping[str, Any]
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_MARKS = {"bot_command": re.compile(r"(?<!\S)/\w+(?:@\w+)?"), "mention": re.compile(r"(?<![\w@])@\w{4,}")}
_FILE: dict[str, Any] = {"file_id": "", "file_unique_id": ""}
_SIZE: dict[str, Any] = {**_FILE, "width": 0, "height": 0}
_LENGTH: dict[str, Any] = {**_FILE, "duration": 0}
_PLACE: dict[str, Any] = {"longitude": 0.0, "latitude": 0.0}
# Fields of what is no text, each with the value it has when it is not kept: a contact without number and name.
_KINDS: dict[str, dict[str, Any]] = {
    "voice": _LENGTH,
    "audio": _LENGTH,
    "video": {**_SIZE, "duration": 0},
    "video_note": {**_LENGTH, "length": 0},
    "animation": {**_SIZE, "duration": 0},
    "sticker": {**_SIZE, "is_animated": False, "is_video": False, "type": "regular"},
    "contact": {"phone_number": "", "first_name": ""},
    "location": _PLACE,
    "venue": {"location": _PLACE, "title": "", "address": ""},
}
_KEPT = frozenset({"file_id", "file_unique_id"})
_SERVICE = frozenset(name.lower() for name in vars(filters.StatusUpdate) if name.isupper())
"""Fields of what Telegram itself says in a chat: that somebody came, that a message was pinned."""
_LATEST = 2**37  # seconds of a date that a calendar can hold
_FLAGS = ("is_topic_message",)


class Unreadable(Exception):  # noqa: N818 - the update is unreadable; nothing of ours has failed
    """An update that is not what the Bot API describes."""


@dataclass(frozen=True)
class Intake:
    """Turns raw updates into what the inbox keeps."""

    mask: Callable[[str], Masked]
    bot: Callable[[], int]  # the bot's own id, known once it is connected

    def arrivals(self, updates: list[Any]) -> Iterator[Arrival]:
        """Each update that has an id: open, over at once when nobody answers its kind, or bad when it is unreadable."""
        for update in updates:
            number = update.get("update_id") if isinstance(update, dict) else None
            if type(number) is int and _fits(number):
                yield self._arrival(update, number)
            else:
                _log.warning("an update without an id was left out")

    def _arrival(self, update: Json, number: int) -> Arrival:
        try:
            kept = self._kept(update)
        except Exception as error:  # noqa: BLE001 - whatever it holds, it alone is set aside
            _log.warning("an update that cannot be read was set aside", cause=type(error).__name__)
            return Arrival(number, 0, "", UpdateState.BAD)
        if kept is None:
            return Arrival(number, 0, "", UpdateState.DONE)
        chat, body = kept
        text = json.dumps({"update_id": number, **body}, ensure_ascii=False, separators=(",", ":"))
        return Arrival(number, chat, text)

    def _kept(self, update: Json) -> tuple[int, dict[str, Any]] | None:
        for kind in ("message", "edited_message"):
            if kind in update:
                message = self._message(update[kind])
                return None if message is None else (message["chat"]["id"], {kind: message})
        if "callback_query" in update:
            query = self._press(update["callback_query"])
            where = query["message"]["chat"]["id"] if "message" in query else query["from"]["id"]
            return where, {"callback_query": query}
        if "inline_query" in update:
            given = update["inline_query"]
            typed = self.mask(_text(given["query"])).text
            query = {"id": _text(given["id"]), "from": _person(given["from"]), "query": typed, "offset": ""}
            return query["from"]["id"], {"inline_query": query}
        return None

    def _message(self, given: Json) -> dict[str, Any] | None:
        """A message without what it must not keep; None when it is none that is answered.

        Of a kind that is not known nothing is kept but that it came: its sender is told that it cannot be read.
        """
        content = {**self._words(given), **_things(given)}
        if not content and not _SERVICE.isdisjoint(given):
            return None
        message = {**self._envelope(given), **content}
        if "from" in given:
            message["from"] = _person(given["from"])
        if isinstance(replied := given.get("reply_to_message"), dict) and self._is_own(replied):
            message["reply_to_message"] = {**self._envelope(replied), "from": _person(replied["from"])}
        if "via_bot" in given:
            message["via_bot"] = _person(given["via_bot"])
        return message

    def _is_own(self, message: Json) -> bool:
        sender = message.get("from")
        return isinstance(sender, dict) and sender.get("id") == self.bot()

    def _press(self, given: Json) -> dict[str, Any]:
        query: dict[str, Any] = {
            "id": _text(given["id"]),
            "from": _person(given["from"]),
            "chat_instance": _text(given.get("chat_instance", "")),
            "data": _text(given.get("data", ""))[:64],
        }
        if isinstance(shown := given.get("message"), dict):
            # The bot's own words are not needed, its own buttons are: a rating changes them.
            query["message"] = {**self._envelope(shown), **_buttons(shown)}
        if "inline_message_id" in given:
            query["inline_message_id"] = _text(given["inline_message_id"])
        return query

    @staticmethod
    def _envelope(given: Json) -> dict[str, Any]:
        kept: dict[str, Any] = {
            "message_id": _whole(given["message_id"]),
            "date": _date(given["date"]),
            "chat": {"id": _whole(given["chat"]["id"]), "type": _text(given["chat"]["type"])},
        }
        if "message_thread_id" in given:
            kept["message_thread_id"] = _whole(given["message_thread_id"])
        if "edit_date" in given:
            kept["edit_date"] = _date(given["edit_date"])
        if "media_group_id" in given:
            kept["media_group_id"] = _text(given["media_group_id"])
        if isinstance(sender := given.get("sender_chat"), dict):
            kept["sender_chat"] = {"id": _whole(sender["id"]), "type": _text(sender["type"])}
        return kept | {flag: True for flag in _FLAGS if given.get(flag)}

    def _words(self, given: Json) -> dict[str, Any]:
        """Masked text or caption, with the entities that decide who handles it."""
        for name, marks in (("text", "entities"), ("caption", "caption_entities")):
            if name in given:
                words = self.mask(_text(given[name])).text
                wanted = {_text(mark["type"]) for mark in given.get(marks, [])} & _MARKS.keys()
                found = [mark for kind in sorted(wanted) for mark in _entities(kind, words)]
                return {name: words, **({marks: found} if found else {})}
        return {}


def _things(given: Json) -> dict[str, Any]:
    kept: dict[str, Any] = {kind: _filled(given[kind], blank) for kind, blank in _KINDS.items() if kind in given}
    if given.get("photo"):
        kept["photo"] = [_filled(given["photo"][-1], _SIZE)]
    if "document" in given:
        document = given["document"]
        kept["document"] = _filled(document, _FILE) | _file(document)
    return kept


def _filled(given: Json, blank: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(given[name]) if name in _KEPT else value for name, value in blank.items()}


def _file(document: Json) -> dict[str, Any]:
    """Size and ending of a file; its name may be somebody's."""
    ending = PurePosixPath(_text(document.get("file_name", ""))).suffix.casefold()
    kept: dict[str, Any] = {"file_name": f"berkas{ending}"} if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else {}
    if "file_size" in document:
        kept["file_size"] = _whole(document["file_size"])
    return kept


def _entities(kind: str, words: str) -> Iterator[dict[str, Any]]:
    """Where Telegram's own marks stand in the masked words, in UTF-16 units."""
    for match in _MARKS[kind].finditer(words):
        start, length = _units(words[: match.start()]), _units(match.group())
        yield {"type": kind, "offset": start, "length": length}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _person(given: Json) -> dict[str, Any]:
    return {"id": _whole(given["id"]), "is_bot": given["is_bot"] is True, "first_name": ""}


def _buttons(given: Json) -> dict[str, Any]:
    rows = given.get("reply_markup", {}).get("inline_keyboard", [])
    kept = [
        [
            {"text": _text(key["text"]), "callback_data": _text(key["callback_data"])}
            for key in row
            if "callback_data" in key
        ]
        for row in rows
    ]
    return {"reply_markup": {"inline_keyboard": kept}} if any(kept) else {}


def _whole(value: object) -> int:
    if type(value) is not int or not _fits(value):
        raise Unreadable
    return value


def _fits(number: int) -> bool:
    """Whether a database can hold it."""
    return number.bit_length() < 64  # noqa: PLR2004 - bits of its integers, one for the sign


def _date(value: object) -> int:
    date = _whole(value)
    if not 0 <= date < _LATEST:
        raise Unreadable
    return date


def _text(value: object) -> str:
    """Words that a database can hold: without halves of letters, and without the letter that ends none."""
    if not isinstance(value, str):
        raise Unreadable
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")
