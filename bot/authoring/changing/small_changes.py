"""Which small changes are made without a file: a notice, a withdrawal, a phrase, a yes? Bytes in, bytes out."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from bot.authoring.changing.yaml_edit import EditError, edited
from bot.errors import KnowledgeError
from bot.knowledge.model import KEY_ORDER
from bot.knowledge.problems import Problem
from bot.knowledge.reading.document import document_of

PhraseKey = Literal["sebutan", "contoh"]


def noticed(raw: bytes, text: str, until: date) -> bytes:
    """A subject's file with a temporary notice, shown up to and on its last day."""
    return _with(raw, "pemberitahuan", {"isi": _line(text), "sampai": until.isoformat()})


def unnoticed(raw: bytes) -> bytes:
    """A subject's file without its notice."""
    return _with(raw, "pemberitahuan", None)


def withdrawn(raw: bytes, reason: str, since: date) -> bytes:
    """A service's file with its answer taken back."""
    return _with(raw, "ditarik", {"alasan": _line(reason), "sejak": since.isoformat()})


def put_back(raw: bytes) -> bytes:
    """A service's file whose answer is given again."""
    return _with(raw, "ditarik", None)


def confirmed(raw: bytes, by: str, day: date, digest: str) -> bytes:
    """A service's file with the confirmation of what it tells, named by a digest of it."""
    return _with(raw, "dikonfirmasi", {"oleh": _line(by), "tanggal": day.isoformat(), "isi": digest})


def with_phrase(raw: bytes, key: PhraseKey, phrase: str) -> bytes:
    """A subject's file with one more way to ask for it."""
    phrases = _data(raw).get(key, [])
    return _with(raw, key, [*phrases, _line(phrase)])


def with_message(raw: bytes, message: str, subject: str) -> bytes:
    """The file of messages with one more, of a subject."""
    line = f"- {{pesan: {json.dumps(_line(message), ensure_ascii=False)}, untuk: [{subject}]}}"
    return raw.rstrip() + f"\n{line}\n".encode()


def _with(raw: bytes, key: str, value: Any) -> bytes:
    data = {name: old for name, old in _data(raw).items() if name != key}
    try:
        return edited(raw, data if value is None else {**data, key: value}, KEY_ORDER)
    except EditError:
        hint = "Ubah berkasnya lalu kirim berkas itu."
        raise KnowledgeError([Problem("", 1, f"`{key}` di berkas ini tidak dapat diubah otomatis.", hint)]) from None


def _data(raw: bytes) -> Mapping[str, Any]:
    document = document_of(raw)
    if document.problems or not isinstance(document.data, dict):
        raise KnowledgeError(document.problems or [Problem("", 1, "isi berkas bukan kelompok kunci.")])
    return document.data


def _line(text: str) -> str:
    return " ".join(text.split())
