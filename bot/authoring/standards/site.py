"""How are all standards published as a site of plain files? Readable without a server, and without script."""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.authoring.standards import poster
from bot.authoring.standards.pages import STATIC, render, stylesheet, write_folder
from bot.authoring.standards.sections import inside, sections, stored
from bot.conversation.composing import components as parts
from bot.conversation.composing.wording import Occasion, drafts_line, standing
from bot.knowledge.model import Agency, Referral, Service, Subject


def export_site(folder: Path, asking: Occasion, bot: str = "") -> int:
    """Write the site, and take away what an earlier export wrote and is no more; how many pages there are."""
    files = site(asking, bot)
    write_folder(folder, files)
    return sum(name.endswith(".html") for name in files)


def site(asking: Occasion, bot: str = "") -> Mapping[str, str]:
    """Every file of the site by its path; without the bot's name on Telegram its pages do not link to it."""
    knowledge = asking.knowledge
    agencies = [(agency, list(knowledge.of_agency(agency.id))) for agency in knowledge.agencies.values()]
    named = {"root": "", "today": asking.today, "agencies": agencies, "referrals": list(knowledge.referrals.values())}
    named["drafts"] = drafts_line(asking)
    codes = {
        f"qr/{one}.svg": poster.code(poster.PosterLink(bot).of(one), "svg").decode()
        for one in knowledge.subjects
        if bot
    }
    return {
        **{_address(subject): _page(subject, asking, bot) for subject in knowledge.subjects.values()},
        "index.html": render("indeks.html", knowledge, **named),
        "aset/gaya.css": stylesheet(),
        "aset/cari.js": (STATIC / "cari.js").read_text(encoding="utf-8"),
        "aset/indeks.js": _search_index(asking),
        **codes,
    }


def _address(subject: Subject) -> str:
    folder = "layanan" if isinstance(subject, Service) else "rujukan" if isinstance(subject, Referral) else "instansi"
    return f"{folder}/{subject.id}.html"


def _page(subject: Subject, asking: Occasion, bot: str) -> str:
    knowledge, gone = asking.knowledge, subject.is_withdrawn(asking.today)
    agency = knowledge.agency_of(subject) if isinstance(subject, Service) else None
    return render(
        "halaman.html",
        knowledge,
        root="../",
        today=asking.today,
        subject=subject,
        place=agency.name if agency else subject.body if isinstance(subject, Referral) else knowledge.region.name,
        home=_address(agency) if agency else "",
        notices=knowledge.notices(subject, asking.today),
        withdrawn=gone,
        draft=not gone and isinstance(subject, Service) and subject.is_draft,
        standing=standing(subject, asking),
        overdue=not gone and bool(subject.review_by and subject.review_by < asking.today),
        link=poster.PosterLink(bot).of(subject.id),
        notes=parts.note_lines(subject),
        sections=sections(subject, asking),
        stored=stored(subject, asking),
        inside=inside(subject, asking) if isinstance(subject, Service) else [],
        services=list(knowledge.of_agency(subject.id)) if isinstance(subject, Agency) else [],
    )


def _search_index(asking: Occasion) -> str:
    """A script that holds only data: a page opened from a folder may not fetch a file beside it."""
    rows = []
    for subject in asking.knowledge.subjects.values():
        words = subject.names if subject.is_withdrawn(asking.today) else (*subject.names, subject.summary)
        rows.append([subject.name, _short_owner(subject, asking), _address(subject), " ".join(words)])
    return f"const INDEKS = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"


def _short_owner(subject: Subject, asking: Occasion) -> str:
    if isinstance(subject, Referral):
        return asking.say("terbit.rujukan")
    return asking.knowledge.agency_of(subject).short
