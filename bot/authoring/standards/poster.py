"""How does the standard of a service hang at the counter? One A4 sheet as PDF, with a code that opens the bot."""

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from bot.authoring.standards.pages import TEMPLATES, write_folder
from bot.authoring.standards.sections import Section, sections
from bot.conversation.composing import components as parts
from bot.conversation.composing.wording import Occasion, sentence, standing
from bot.conversation.reply import BlockKind
from bot.errors import SettingsError
from bot.knowledge.model import Service
from bot.knowledge.vocabulary import Aspect

_MAIN = (Aspect.REQUIREMENTS, Aspect.STEPS)
_LEFT = (Aspect.FORMS, Aspect.ONLINE, Aspect.PLACE, Aspect.HOURS)
_RIGHT = (Aspect.COST, Aspect.COMPLAINTS, Aspect.LEGAL_BASIS)


@dataclass(frozen=True)
class PosterLink:
    """Where a code leads: to the bot; where nobody knows the bot's name, to the web page; else nowhere."""

    bot: str = ""  # its name on Telegram
    web: str = ""  # address of the web page

    def of(self, subject: str) -> str:
        """The address at a subject; empty without one."""
        if self.bot:
            return f"https://t.me/{self.bot}?start={subject}"
        return f"{self.web.rstrip('/')}/layanan/{subject}" if self.web else ""


def export_posters(folder: Path, asking: Occasion, door: PosterLink, progress: Callable[[int, int], None]) -> int:
    """Write one PDF, ``<id>.pdf``, for each service that is not withdrawn; how many there are."""
    services = [service for service in asking.knowledge.services.values() if not service.is_withdrawn(asking.today)]
    files: dict[str, bytes] = {}
    for service in services:
        files[f"{service.id}.pdf"] = poster_of(service, asking, door)
        progress(len(files), len(services))
    write_folder(folder, files)
    return len(files)


def export_codes(folder: Path, asking: Occasion, bot: str) -> int:
    """Write the QR code of each service as PNG for print and as SVG; how many services there are."""
    services = asking.knowledge.services
    write_folder(folder, {f"{one}.{kind}": code(PosterLink(bot).of(one), kind) for one in services for kind in _SCALES})
    return len(services)


def poster_of(service: Service, asking: Occasion, door: PosterLink) -> bytes:
    """One poster as PDF."""
    data = json.dumps(_content(service, asking) | _code(service, asking, door), ensure_ascii=False)
    return typst.compile((TEMPLATES / "poster.typ").read_bytes(), font_paths=_fonts(), sys_inputs={"data": data})


@cache
def _fonts() -> typst.Fonts:
    """Fonts of this machine, looked for once."""
    return typst.Fonts()


def _content(service: Service, asking: Occasion) -> dict[str, Any]:
    agency = asking.knowledge.agency_of(service)
    found = {section.key: section for section in sections(service, asking)}
    named = [*service.legal_basis, *(source.title for source in service.sources)][:1]
    footer = [sentence(f"{asking.say('jawaban.sumber')}: {one}") for one in named]
    footer.append(standing(service, asking))
    footer += [asking.say("jawaban.rangkuman")] if service.is_draft else []
    return {
        "agency": agency.name,
        "name": service.name,
        "summary": sentence(service.summary),
        "facts": _facts(service, asking),
        "main": _shown(found, _MAIN),
        "left": _shown(found, _LEFT),
        "right": _shown(found, _RIGHT),
        "footer": " ".join(footer),
    }


def _code(service: Service, asking: Occasion, door: PosterLink) -> dict[str, str]:
    """The code with what stands below it; without an address only how to find the bot."""
    address = door.of(service.id)
    if not address:
        said = asking.say("terbit.tanpa_kode", daerah=asking.knowledge.region.name)
        return {"qr": "", "qr_alt": "", "scan": said, "link": ""}
    scan = asking.say("terbit.pindai" if door.bot else "terbit.pindai_situs")
    shown = asking.say("terbit.tautan", nama=door.bot) if door.bot else address.partition("://")[2]
    return {"qr": code(address, "svg").decode(), "qr_alt": asking.say("terbit.kode_qr"), "scan": scan, "link": shown}


def _facts(service: Service, asking: Occasion) -> list[Mapping[str, Any]]:
    """What is asked most, set large: the cost, the time, what one gets."""
    missing = asking.say("terbit.belum")
    free = bool(service.cost and service.cost.free)
    known = parts.cost_short(service.cost, asking).split(". ", maxsplit=1)[0]
    cost = asking.say("terbit.poster_gratis") if free else known or missing
    duration = service.duration
    time = (duration.at_most or duration.text) if duration else missing
    facts = {"terbit.poster_biaya": cost, "terbit.poster_waktu": time, "terbit.poster_hasil": service.output or missing}
    return [{"title": asking.say(key), "text": text, "big": free and text == cost} for key, text in facts.items()]


def _shown(found: Mapping[str, Section], aspects: Iterable[Aspect]) -> list[Mapping[str, Any]]:
    """Sections as plain values, shortened: a poster is read standing."""
    return [asdict(_short(found[aspect])) for aspect in aspects if aspect in found]


def _short(section: Section) -> Section:
    """Of the hours only the week, of complaints only the routes; the sources have no place."""
    section = replace(section, blocks=tuple(one for one in section.blocks if one.kind is not BlockKind.SOURCE))
    if section.key == Aspect.HOURS:
        return replace(section, blocks=section.blocks[:1])
    if section.key == Aspect.COMPLAINTS:
        routes = (replace(one, lines=tuple(line.split(": ")[0] for line in one.lines)) for one in section.blocks)
        return replace(section, blocks=tuple(routes))
    return section


_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_SCALES = {"svg": 4, "png": 12}  # dots for one module: about 4 cm at 300 dots an inch


def username(setting: str) -> str:
    """The bot's name on Telegram, without ``@``; SettingsError: it is not set, or is no name a bot can have."""
    name = setting.strip().removeprefix("@")
    if not name:
        raise SettingsError(
            "BOT_USERNAME is not set, so a QR code has no bot to lead to. "
            "@BotFather shows the name; write it into .env, for example BOT_USERNAME=tanya_contoh_bot"
        )
    if not _USERNAME.fullmatch(name):
        raise SettingsError(f"BOT_USERNAME {name!r} is no name of a Telegram bot")
    return name


def code(address: str, kind: str) -> bytes:
    """A QR code as "svg" or "png": black on white, large enough for print, with the quiet zone that readers need."""
    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(stream, kind=kind, scale=_SCALES[kind], light="#ffffff", border=4)
    return stream.getvalue()
