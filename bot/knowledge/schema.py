"""How does an editor complete and check keys? JSON Schemas, generated from the models."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from bot.knowledge.assessment import Assessment
from bot.knowledge.language import LANGUAGE_FILES
from bot.knowledge.model import Agency, Referral, Service
from bot.knowledge.phrases import PhrasesFile
from bot.knowledge.region import Holidays, Region

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: Mapping[str, type[BaseModel]] = {
    "layanan": Service,
    "instansi": Agency,
    "rujukan": Referral,
    "daerah": Region,
    "hari-libur": Holidays,
    "kepatuhan": Assessment,
    "kalimat": PhrasesFile,
    **{name.removesuffix(".yaml"): model for name, model in LANGUAGE_FILES.items()},
}


def schemas() -> Mapping[str, str]:
    """File names below ``skema/`` and the text of each."""
    return {f"{name}.schema.json": _text(name, model) for name, model in _MODELS.items()}


def _text(name: str, model: type[BaseModel]) -> str:
    schema = {"$schema": _DRAFT, **_lenient(model.model_json_schema(by_alias=True)), "title": name}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _lenient(value: Any) -> Any:
    """The bot reads every scalar as text, so an editor must not complain about ``nomor: 112``."""
    if isinstance(value, list):
        return [_lenient(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _lenient(item) for key, item in value.items() if key not in {"title", "description"}}
    if plain.get("type") == "string" and not plain.keys() & {"pattern", "format", "enum", "const"}:
        plain["type"] = ["string", "number", "boolean"]
    return plain
