"""What can a bot ask for? The methods of the Bot API this project uses, as strict as the real ones."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.telegram_server.chats import BOT, MOST_CAPTION, MOST_TEXT, Chats, Json, Params, formatted
from tests.telegram_server.refusal import Refusal, bad_request
from tests.telegram_server.updates import Updates

Files = dict[str, tuple[str, bytes]]  # field of the form -> name, content
MOST_DOWNLOAD = 20 * 1024 * 1024
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True)
class Call:
    """A request that was carried out."""

    method: str
    params: Params


@dataclass
class Methods:
    """The Bot API of one bot. Touched only from the server's own event loop."""

    updates: Updates = field(default_factory=Updates)
    chats: Chats = field(default_factory=Chats)
    calls: list[Call] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)  # callback and inline queries that may be answered
    files: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # what setMy… left, by method and scope

    async def run(self, method: str, params: Params, files: Files) -> object:
        """Carry out one request.

        Raises:
            Refusal: As the real server refuses it.
        """
        act = self._table().get(method.lower())
        if act is None:
            raise Refusal(404, "Not Found: method not found")
        result = await act(params, files)
        self.calls.append(Call(method, params))
        return result

    def _table(self) -> dict[str, Callable[[Params, Files], Awaitable[object]]]:
        acts = (
            self.get_me,
            self.get_updates,
            self.set_webhook,
            self.delete_webhook,
            self.send_message,
            self.send_document,
            self.send_photo,
            self.send_chat_action,
            self.edit_message_text,
            self.edit_message_reply_markup,
            self.delete_message,
            self.answer_callback_query,
            self.answer_inline_query,
            self.set_my_commands,
            self.set_my_description,
            self.set_my_short_description,
            self.get_file,
        )
        return {act.__name__.replace("_", ""): act for act in acts}

    async def get_me(self, _params: Params, _files: Files) -> Json:
        return BOT

    async def get_updates(self, params: Params, _files: Files) -> list[Json]:
        allowed = json.loads(params["allowed_updates"]) if params.get("allowed_updates") else None
        offset, limit = int(params.get("offset", "0")), int(params.get("limit", "100"))
        return await self.updates.fetch(offset, limit, float(params.get("timeout", "0")), allowed)

    async def set_webhook(self, params: Params, _files: Files) -> bool:
        url = params.get("url", "")
        if url and not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self.updates.set_webhook(url)
        return True

    async def delete_webhook(self, _params: Params, _files: Files) -> bool:
        self.updates.set_webhook("")
        return True

    async def send_message(self, params: Params, _files: Files) -> Json:
        chat = self.chats.chat(params)
        content = formatted(params, "text", MOST_TEXT)
        return self.chats.add(chat, params, content, params["text"]).body

    async def send_document(self, params: Params, files: Files) -> Json:
        return self._send_file("document", params, files)

    async def send_photo(self, params: Params, files: Files) -> Json:
        return self._send_file("photo", params, files)

    def _send_file(self, kind: str, params: Params, files: Files) -> Json:
        chat = self.chats.chat(params)
        content = formatted(params, "caption", MOST_CAPTION)
        attached = params.get(kind, "").removeprefix("attach://")
        name, data = files.get(attached) or files.get(kind) or ("", b"")
        if not data:
            raise bad_request("file must be non-empty")
        shown: Json = {"file_id": self.keep(data), "file_unique_id": name, "file_name": name, "file_size": len(data)}
        content[kind] = [{**shown, "width": 1, "height": 1}] if kind == "photo" else shown
        return self.chats.add(chat, params, content, params.get("caption", "")).body

    async def send_chat_action(self, params: Params, _files: Files) -> bool:
        self.chats.chat(params)
        return True

    async def edit_message_text(self, params: Params, _files: Files) -> Json:
        message = self.chats.find(params, "edit")
        content = formatted(params, "text", MOST_TEXT)
        return self.chats.edit(message, params, {"entities": [], **content}, params["text"]).body

    async def edit_message_reply_markup(self, params: Params, _files: Files) -> Json:
        return self.chats.edit(self.chats.find(params, "edit"), params, {}, "").body

    async def delete_message(self, params: Params, _files: Files) -> bool:
        self.chats.find(params, "delete").deleted = True
        return True

    async def answer_callback_query(self, params: Params, _files: Files) -> bool:
        if params.get("callback_query_id") not in self.queries:
            raise bad_request(_OLD_QUERY)
        if len(params.get("text", "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        return True

    async def answer_inline_query(self, params: Params, _files: Files) -> bool:
        if params.get("inline_query_id") not in self.queries:
            raise bad_request(_OLD_QUERY)
        results = json.loads(params["results"])
        if len(results) > 50:
            raise bad_request("RESULTS_TOO_MUCH")
        ids = [result["id"] for result in results]
        if len(set(ids)) < len(ids) or not all(1 <= len(one.encode()) <= 64 for one in ids):
            raise bad_request("RESULT_ID_INVALID")
        for result in results:
            content = result["input_message_content"]
            shown = {"text": content["message_text"], "parse_mode": content.get("parse_mode", "")}
            formatted(shown, "text", MOST_TEXT)
        return True

    async def set_my_commands(self, params: Params, _files: Files) -> bool:
        commands = json.loads(params["commands"])
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.texts[f"commands {params.get('scope', '')}".strip()] = " ".join(one["command"] for one in commands)
        return True

    async def set_my_description(self, params: Params, _files: Files) -> bool:
        return self._describe("description", params, 512)

    async def set_my_short_description(self, params: Params, _files: Files) -> bool:
        return self._describe("short_description", params, 120)

    def _describe(self, name: str, params: Params, most: int) -> bool:
        if len(params.get(name, "")) > most:
            raise bad_request(f"{name} is too long")
        self.texts[name] = params.get(name, "")
        return True

    async def get_file(self, params: Params, _files: Files) -> Json:
        file_id = params.get("file_id", "")
        if file_id not in self.files:
            raise bad_request("invalid file_id")
        size = len(self.files[file_id])
        if size > MOST_DOWNLOAD:
            raise bad_request("file is too big")
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"documents/{file_id}"}

    def keep(self, data: bytes) -> str:
        """Store a file; its id."""
        file_id = f"file-{len(self.files)}"
        self.files[file_id] = data
        return file_id
