"""What has no agency confirmed yet, and how is that told to its admins? Lists, a service in full, buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.authoring.desk import wording
from bot.authoring.standards.sections import Section, sections, stored
from bot.conversation.composing import components as parts
from bot.conversation.composing.wording import Occasion, label, long_date, sentence
from bot.conversation.reply import Block, BlockKind, Button, Reply, bullets, heading, note, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.model import Service
from bot.knowledge.phrases import Phrases

CONFIRM, LOOK, LIST = "konfirmasi", "konfirmasi-lihat", "konfirmasi-daftar"
_MOST_BUTTONS = 6


def listed_drafts(drafts: Sequence[Service], count: int, phrases: Phrases) -> Reply:
    """Which services of how many nobody confirmed, with a button to look at each of the first."""
    if not drafts:
        return wording.told(phrases, "konfirmasi_lengkap" if count else "konfirmasi_tanpa_layanan")
    title = phrases.say("admin.konfirmasi_judul", jumlah=len(drafts), semua=count)
    lines = [" · ".join(filter(None, (one.id, one.name, _lapsed(one, phrases)))) for one in drafts]
    how = text(phrases.say("admin.pakai_konfirmasi", id=drafts[0].id))
    looks = tuple(Button(label(one.name), _act(LOOK, one.id)) for one in drafts[:_MOST_BUTTONS])
    return Reply("", Outcome.HELP, (heading(title), how, bullets(lines)), looks)


def shown(service: Service, asking: Occasion) -> Reply:
    """Everything that citizens are told of a service, its sources once, with the button to confirm it."""
    phrases = asking.knowledge.phrases
    blocks = [heading(service.name), note(_state(service, phrases)), text(sentence(service.summary))]
    blocks += parts.notes(service, asking)
    told = (*sections(service, asking), *stored(service, asking))
    blocks += [block for section in told for block in _labelled(section)]
    blocks = [block for block in blocks if block.kind is not BlockKind.SOURCE]
    titles = [source.title for source in service.sources]
    blocks += [bullets(titles, asking.say("terbit.sumber"))] if titles else []
    return Reply("", Outcome.HELP, tuple(blocks), next_steps([service], phrases))


def next_steps(services: Iterable[Service], phrases: Phrases) -> tuple[Button, ...]:
    """What can be confirmed of some services: the only draft among them, or one after the other."""
    drafts = [one for one in services if one.is_draft]
    if len(drafts) == 1:
        confirm = _act(CONFIRM, drafts[0].id, drafts[0].digest)
        return (Button(phrases.say("admin.tombol_konfirmasi"), confirm), list_button(phrases))
    return (list_button(phrases),) if drafts else ()


def list_button(phrases: Phrases) -> Button:
    """What is not confirmed."""
    return Button(phrases.say("admin.tombol_belum_konfirmasi"), _act(LIST))


def _act(act: str, subject: str = "", digest: str = "") -> Action:
    return Action(ActionKind.ADMIN, act, subject, digest)


def _lapsed(service: Service, phrases: Phrases) -> str:
    given = service.confirmed
    why = _why_lapsed(service, phrases)
    return phrases.say("admin.konfirmasi_gugur", tanggal=long_date(given.day), sebab=why) if given else ""


def _state(service: Service, phrases: Phrases) -> str:
    given = service.confirmed
    if given is None:
        return phrases.say("admin.konfirmasi_belum")
    day, why = long_date(given.day), _why_lapsed(service, phrases)
    if service.is_draft:
        return phrases.say("admin.konfirmasi_berubah_sejak", tanggal=day, sebab=why)
    return phrases.say("admin.konfirmasi_oleh", tanggal=day)


def _why_lapsed(service: Service, phrases: Phrases) -> str:
    """What is known of a confirmation that lapsed: one without a digest only has its day."""
    compared = service.confirmed and service.confirmed.digest
    return phrases.say("admin.sebab_isi" if compared else "admin.sebab_tanggal")


def _labelled(section: Section) -> Iterable[Block]:
    first, *rest = section.blocks
    title = section.title.rstrip(" ?")
    joined = f"{title} – {first.label}" if first.label else title
    return (replace(first, label=joined), *rest)
