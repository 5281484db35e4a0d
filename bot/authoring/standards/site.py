"""How are all standards published as a site of plain files? Readable without a server, and without script."""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.authoring.standards import poster
from bot.authoring.standards.pages import STATIC, render, stylesheet, write_folder
from bot.authoring.standards.sections import inside, sections
from bot.conversation.composing.answer import is_withdrawn
from bot.conversation.composing.wording import Occasion
from bot.knowledge.model import Agency, Notice, Referral, Service, Subject


def export_site(folder: Path, asking: Occasion, bot: str = "") -> int:
    """Write the site.

    Args:
        folder: Where to; pages that an earlier export wrote and that are no more are taken away.
        asking: The knowledge and the moment.
        bot: The bot's name on Telegram; empty: pages do not link to it.

    Returns:
        How many pages there are.
    """
    files = site(asking, bot)
    write_folder(folder, files)
    return sum(name.endswith(".html") for name in files)


def site(asking: Occasion, bot: str = "") -> Mapping[str, str]:
    """Every file of the site by its path."""
    files = {_address(subject): _page(subject, asking, bot) for subject in asking.knowledge.subjects.values()}
    files["index.html"] = _index(asking)
    files["aset/gaya.css"] = stylesheet()
    files["aset/cari.js"] = (STATIC / "cari.js").read_text(encoding="utf-8")
    files["aset/indeks.js"] = _search_index(asking)
    if bot:
        files |= {
            f"qr/{one}.svg": poster.code(poster.Door(bot).of(one), "svg").decode() for one in asking.knowledge.subjects
        }
    return files


def _address(subject: Subject) -> str:
    folder = "layanan" if isinstance(subject, Service) else "rujukan" if isinstance(subject, Referral) else "instansi"
    return f"{folder}/{subject.id}.html"


def _index(asking: Occasion) -> str:
    knowledge = asking.knowledge
    agencies = [(agency, list(knowledge.of_agency(agency.id))) for agency in knowledge.agencies.values()]
    referrals = list(knowledge.referrals.values())
    return render("indeks.html", knowledge, root="", today=asking.today, agencies=agencies, referrals=referrals)


def _page(subject: Subject, asking: Occasion, bot: str) -> str:
    knowledge = asking.knowledge
    gone = is_withdrawn(subject, asking)
    return render(
        "halaman.html",
        knowledge,
        root="../",
        today=asking.today,
        subject=subject,
        place=_owner(subject, asking),
        home=_address(knowledge.agency_of(subject)) if isinstance(subject, Service) else "",
        notices=_notices(subject, asking),
        withdrawn=gone,
        overdue=not gone and bool(subject.review_by and subject.review_by < asking.today),
        link=poster.Door(bot).of(subject.id),
        sections=sections(subject, asking),
        inside=inside(subject, asking) if isinstance(subject, Service) else [],
        services=list(knowledge.of_agency(subject.id)) if isinstance(subject, Agency) else [],
    )


def _owner(subject: Subject, asking: Occasion) -> str:
    """Who gives a service, in the line above its name."""
    if isinstance(subject, Service):
        return asking.knowledge.agency_of(subject).name
    return subject.body if isinstance(subject, Referral) else asking.knowledge.region.name


def _notices(subject: Subject, asking: Occasion) -> list[Notice]:
    entries: list[Subject] = [subject]
    if isinstance(subject, Service):
        entries.append(asking.knowledge.agency_of(subject))
    return [one.notice for one in entries if one.notice and one.notice.until >= asking.today]


def _search_index(asking: Occasion) -> str:
    """A script that holds only data: a page opened from a folder may not fetch a file beside it."""
    rows = []
    for subject in asking.knowledge.subjects.values():
        words = subject.names if is_withdrawn(subject, asking) else (*subject.names, subject.summary)
        rows.append([subject.name, _short_owner(subject, asking), _address(subject), " ".join(words)])
    return f"const INDEKS = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"


def _short_owner(subject: Subject, asking: Occasion) -> str:
    if isinstance(subject, Service):
        return asking.knowledge.agency_of(subject).short
    return subject.short if isinstance(subject, Agency) else asking.phrases.say("terbit.rujukan")
