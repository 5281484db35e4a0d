"""What of an update may be stored? A white list: ids, the command, masked words, what kind of thing was sent."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeGuard

import structlog
from telegram.ext import filters

from bot.channels.telegram.screen.render import units
from bot.privacy import Masked
from bot.storage.inbox import Arrival, UpdateState

Json = Mapping[str, Any]
FieldReader = Callable[[Any], Any]
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_MARKS = {"bot_command": re.compile(r"(?<!\S)/\w+(?:@\w+)?"), "mention": re.compile(r"(?<![\w@])@\w{4,}")}
_SIZE: dict[str, Any] = {"file_id": "", "file_unique_id": "", "width": 0, "height": 0}
_LENGTH: dict[str, Any] = {"file_id": "", "file_unique_id": "", "duration": 0}
_PLACE: dict[str, Any] = {"longitude": 0.0, "latitude": 0.0}
_KINDS: dict[str, Any] = {
    "photo": [_SIZE],
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
"""What is no text, as it is kept: nobody looks into it, so nothing stays but what it was."""

_SERVICE = frozenset(name.lower() for name in vars(filters.StatusUpdate) if name.isupper())
"""Fields of what Telegram itself says in a chat: that somebody came, that a message was pinned."""
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,4}\Z|\Z", re.IGNORECASE)  # that tells the kind of a file
_LATEST = 2**37  # seconds of a date that a calendar can hold


@dataclass(frozen=True)
class Intake:
    """Turns raw updates into what the inbox keeps; only an admin's files keep their names."""

    mask: Callable[[str], Masked]
    is_admin: Callable[[int], bool]

    def arrivals(self, updates: list[Any]) -> Iterator[Arrival]:
        """Each update that has an id: open, over at once when nobody answers its kind, or bad when it is unreadable."""
        for update in updates:
            number = update.get("update_id") if isinstance(update, dict) else None
            if _is_whole(number):
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
            query = _press(update["callback_query"])
            where = query["message"]["chat"] if "message" in query else query["from"]
            return where["id"], {"callback_query": query}
        if "inline_query" in update:
            query = _only(update["inline_query"], {"id": _text, "from": _person, "query": self._masked})
            return query["from"]["id"], {"inline_query": {**query, "offset": ""}}
        return None

    def _message(self, given: Json) -> dict[str, Any] | None:
        """A message without what it must not keep; None when it is none that is answered.

        Of a kind that is not known nothing is kept but that it came: its sender is told that it cannot be read.
        """
        content = {**self._words(given), **{kind: blank for kind, blank in _KINDS.items() if kind in given}}
        if "document" in given:
            content["document"] = self._document(given["document"], given.get("from"))
        if not content and not _SERVICE.isdisjoint(given):
            return None
        message = {**_envelope(given), **content}
        if isinstance(replied := given.get("reply_to_message"), dict):
            answered = _envelope(replied)
            if answered.get("from", {}).get("is_bot"):  # nobody else's message is looked at
                message["reply_to_message"] = answered
        return message

    def _masked(self, given: object) -> str:
        return self.mask(_text(given)).text

    def _document(self, given: Json, sender: Any) -> dict[str, Any]:
        """What it takes to fetch a file, its size, and an admin's name for it: masked as words, but for how it ends."""
        kept = _only(given, {"file_id": _text, "file_unique_id": _text}, {"file_size": _whole})
        if not sender or not self.is_admin(_person(sender)["id"]):
            return kept
        name = PurePosixPath(_text(given.get("file_name", ""))).name
        spoken = name.replace("_", " ")  # a number is known for what it is where it stands as a word of its own
        masked, ending = self._masked(spoken), next(_ENDING.finditer(name))[0]
        return {**kept, "file_name": name if masked == spoken else masked.removesuffix(ending) + ending}

    def _words(self, given: Json) -> dict[str, Any]:
        """Masked text or caption, with the entities that decide who handles it."""
        for name, marks in (("text", "entities"), ("caption", "caption_entities")):
            if name in given:
                words = self._masked(given[name])
                wanted = {_text(mark["type"]) for mark in given.get(marks, [])} & _MARKS.keys()
                found = [mark for kind in sorted(wanted) for mark in _entities(kind, words)]
                return {name: words, **({marks: found} if found else {})}
        return {}


def _only(
    given: Json, needed: Mapping[str, FieldReader], optional: Mapping[str, FieldReader] | None = None
) -> dict[str, Any]:
    """The fields of a white list, each as its reader reads it."""
    there = {name: read for name, read in (optional or {}).items() if name in given}
    return {name: read(given[name]) for name, read in {**needed, **there}.items()}


def _envelope(given: Json) -> dict[str, Any]:
    return _only(given, {"message_id": _whole, "date": _date, "chat": _chat}, _OF_A_MESSAGE)


def _press(given: Json) -> dict[str, Any]:
    data = _text(given.get("data", ""))[:64]
    query = {**_only(given, {"id": _text, "from": _person}), "chat_instance": "", "data": data}
    if isinstance(shown := given.get("message"), dict):
        # The bot's own words are not needed, its own buttons are: a rating changes them.
        query["message"] = {**_envelope(shown), **_buttons(shown)}
    return query


def _entities(kind: str, words: str) -> Iterator[dict[str, Any]]:
    """Where Telegram's own marks stand in the masked words, in UTF-16 units."""
    for match in _MARKS[kind].finditer(words):
        start, length = units(words[: match.start()]), units(match.group())
        yield {"type": kind, "offset": start, "length": length}


def _buttons(given: Json) -> dict[str, Any]:
    rows = given.get("reply_markup", {}).get("inline_keyboard", [])
    key_of = {"text": _text, "callback_data": _text}
    kept = [[_only(key, key_of) for key in row if "callback_data" in key] for row in rows]
    return {"reply_markup": {"inline_keyboard": kept}} if any(kept) else {}


def _chat(given: Json) -> dict[str, Any]:
    return _only(given, {"id": _whole, "type": _text})


def _person(given: Json) -> dict[str, Any]:
    return {**_only(given, {"id": _whole, "is_bot": bool}), "first_name": ""}


def _whole(value: Any) -> int:
    if not _is_whole(value):
        raise TypeError
    return value


def _is_whole(value: Any) -> TypeGuard[int]:
    """Whether it is a number that a database can hold."""
    return type(value) is int and value.bit_length() < 64  # noqa: PLR2004 - bits of its integers, one for the sign


def _date(value: Any) -> int:
    if not 0 <= (seconds := _whole(value)) < _LATEST:
        raise ValueError
    return seconds


def _text(value: Any) -> str:
    """Words that a database can hold: without halves of letters, and without the letter that ends none."""
    whole = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return str(whole).replace("\0", "\ufffd")


_OF_A_MESSAGE: Mapping[str, FieldReader] = {
    "message_thread_id": _whole,
    "is_topic_message": bool,
    "edit_date": _date,
    "media_group_id": _text,
    "from": _person,
    "via_bot": _person,
}
