"""How is a change told to an admin? What differs, what forbids it, which questions it makes wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.access import COMMON_FOLDERS
from bot.authoring.changing.changes import Applied, Proposal
from bot.authoring.changing.difference import Difference, Extent, KeyChange, shown_apart
from bot.authoring.changing.questions_shown import answer_line, required, wrong_line
from bot.authoring.changing.renewed_tests import RenewedTest
from bot.conversation.composing.wording import shortened
from bot.conversation.reply import Block, Button, Reply, bullets, heading, text
from bot.conversation.turn import Action, ActionKind, Outcome
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.knowledge.problems import Problem, nearest
from bot.knowledge.reading.folder import EVERYTHING
from bot.storage.history import How, Version

APPLY, CANCEL = "terapkan", "batal"
Good = Callable[[str], bytes | None]
"""The last good version of a file, if there is one."""

_MOST_LINES = 15  # of one list; a phone shows no more at a time
_MOST_LETTERS = 160  # of an old or a new text


def told(phrases: Phrases, name: str, **values: object) -> Reply:
    """A sentence for admins; an empty line in it parts paragraphs."""
    return Reply("", Outcome.HELP, tuple(text(one) for one in _say(phrases, name, **values).split("\n\n")))


def proposed(proposal: Proposal, phrases: Phrases, *, others: bool = False) -> Reply:
    """What a change would do, with the buttons to decide; none when it makes wrong what others are asked."""
    remarks = (_list(proposal.warnings, phrases, _say(phrases, "perhatikan")),) if proposal.warnings else ()
    if not proposal.differences and not proposal.problems:
        return Reply("", Outcome.HELP, (*told(phrases, "tidak_berubah").blocks, *remarks))
    allowed = proposal.may_be_applied and not others
    title = heading(_say(phrases, "judul_periksa" if allowed else "judul_ditolak"))
    blocks = (title, *_reasons(proposal, phrases), *_changed(proposal.differences, phrases))
    if proposal.mends:
        blocks += (text(_say(phrases, "dari_versi_baik", berkas=proposal.mends)),)
    blocks += remarks
    if proposal.may_be_applied and proposal.asked:
        blocks += tuple(_questions(proposal, phrases))
    if others:
        blocks += (text(_say(phrases, "uji_orang_lain")),)
    return Reply("", Outcome.HELP, blocks, _buttons(proposal, phrases) if allowed else ())


def overtaken(proposal: Proposal, phrases: Phrases) -> Reply:
    """A change that was shown can no longer be made: the knowledge has moved since."""
    reply = proposed(proposal, phrases)
    title, *rest = reply.blocks
    moved = text(_say(phrases, "usang_tombol"))
    return replace(reply, blocks=(title, moved, *rest)) if proposal.differences else reply


def stolen(proposal: Proposal, phrases: Phrases) -> Reply:
    """A phrase is not added: which questions it would make wrong."""
    blocks = (text(_say(phrases, "frasa_ditolak")), *_changed(proposal.differences, phrases))
    return Reply("", Outcome.HELP, (*blocks, *_questions(proposal, phrases)))


def broken(problems: Sequence[object], phrases: Phrases) -> Reply:
    """What has to be mended before anything can be looked at."""
    listed = _list(problems, phrases, _say(phrases, "masalah"))
    return Reply("", Outcome.HELP, (heading(_say(phrases, "judul_ditolak")), listed))


def applied(done: Applied, phrases: Phrases, name: str, **values: object) -> Reply:
    """A change stands; what it changed stays to be read."""
    if not done.answers:
        return told(phrases, "ditulis")
    if values:
        return told(phrases, name, **values)
    said = told(phrases, name, versi=done.version)
    return replace(said, blocks=(*said.blocks, *_changed(done.differences, phrases)))


def unknown(subject: str, known: Sequence[str], phrases: Phrases) -> Reply:
    """There is no such subject; those that are named like it."""
    asked = {*subject.casefold().split("-")}
    near = [one for one in known if asked & {*one.split("-")}] or [one for one in [nearest(subject, known)] if one]
    hint = f" {_say(phrases, 'mungkin', mirip=', '.join(_first(near, phrases)))}" if near else ""
    return Reply("", Outcome.HELP, (text(_say(phrases, "tidak_ditemukan", id=subject) + hint),))


def own_subjects(own: Sequence[str], knowledge: KnowledgeBase) -> Reply:
    """The ids that commands ask for, with the names they stand for, by folder; and how they are used."""
    phrases, folders = knowledge.phrases, defaultdict[str, list[str]](list)
    for subject in own:
        folder = knowledge.files[subject].partition("/")[0]
        folders[folder].append(f"{subject} · {knowledge.subjects[subject].name}")
    how = text(_say(phrases, "pakai_ambil", id=own[0] if own else "id"))
    blocks = (bullets(lines, folder) for folder, lines in folders.items())
    return Reply("", Outcome.HELP, (heading(_say(phrases, "daftar_id")), how, *blocks))


def not_a_service(subject: str, own: Sequence[str], knowledge: KnowledgeBase) -> Reply:
    """Only a service can be withdrawn; what can be done instead."""
    services = ", ".join(_first(own, knowledge.phrases)) or "-"
    name = knowledge.subjects[subject].name
    return told(knowledge.phrases, "bukan_layanan", id=subject, nama=name, layanan=services)


def state(
    knowledge: KnowledgeBase, problems: Sequence[Problem], good: Good, waiting: int, unknown_folders: Sequence[str]
) -> Reply:
    """Which knowledge answers, what is wrong in its folder, whose folder does not exist, and how many messages wait."""
    phrases = knowledge.phrases
    counts = {"layanan": len(knowledge.services), "rujukan": len(knowledge.referrals)}
    blocks = [heading(_say(phrases, "status")), text(_say(phrases, "status_versi", versi=knowledge.version, **counts))]
    blocks += _troubles(problems, good, phrases) if problems else (text(_say(phrases, "status_baik")),)
    if unknown_folders:
        there = ", ".join((*knowledge.agencies, *COMMON_FOLDERS))
        blocks.append(text(_say(phrases, "status_tanpa_folder", folder=", ".join(unknown_folders), ada=there)))
    return Reply("", Outcome.HELP, (*blocks, text(_say(phrases, "status_antre", jumlah=waiting))))


def alarm(problems: Sequence[Problem], good: Good, phrases: Phrases) -> Reply:
    """Files of the folder are broken."""
    return Reply("", Outcome.HELP, tuple(_troubles(problems, good, phrases)))


def _troubles(problems: Sequence[Problem], good: Good, phrases: Phrases) -> Iterator[Block]:
    """What is wrong where something good answers still, and where nothing does."""
    answers = {one: one.file == EVERYTHING or good(one.file) is not None for one in problems}
    for name, is_so in (("status_rusak", True), ("status_tanpa", False)):
        if some := [one for one in problems if answers[one] is is_so]:
            yield _list(some, phrases, _say(phrases, name))


def history(versions: Sequence[Version], knowledge: KnowledgeBase) -> Reply:
    """Versions, newest first, in local time."""
    phrases = knowledge.phrases
    if not versions:
        return told(phrases, "riwayat_kosong")
    names = {file: knowledge.subjects[subject].name for subject, file in knowledge.files.items()}
    lines = [
        _say(
            phrases,
            "riwayat_baris",
            nomor=one.id,
            waktu=f"{knowledge.region.local(one.at):%Y-%m-%d %H.%M}",
            nama=names.get(one.file, one.file),
            cara=_say(phrases, f"cara_{one.how.value}" if one.content or one.how is not How.FOUND else "cara_absent"),
            siapa=_person(one.who, phrases),
        )
        for one in versions
    ]
    older = next((one for one in versions[1:] if one.file == versions[0].file), versions[0])
    how = text(_say(phrases, "riwayat_cara", nomor=older.id))
    return Reply("", Outcome.HELP, (heading(_say(phrases, "riwayat")), bullets(lines), how))


def _reasons(proposal: Proposal, phrases: Phrases) -> Iterator[Block]:
    """What forbids a change."""
    if proposal.problems:
        yield _list(proposal.problems, phrases, _say(phrases, "masalah"))
    for lost in proposal.stale:
        yield _list(_lines(lost, phrases), phrases, _say(phrases, "usang"))
        is_file = proposal.pending.how is How.UPLOAD
        yield text(_say(phrases, "usang_cara", id=lost.subject) if is_file else _say(phrases, "usang_ulang"))


def _changed(differences: Iterable[Difference], phrases: Phrases) -> Iterator[Block]:
    for one in differences:
        match one.extent:
            case Extent.NEW:
                yield text(_say(phrases, "berkas_baru", nama=one.name))
                yield from (_list(part.added, phrases, part.where) for part in one.changes)
            case Extent.GONE:
                yield text(_say(phrases, "berkas_hilang", nama=one.name))
            case Extent.LAYOUT:
                yield text(_say(phrases, "tata_letak"), one.name)
            case Extent.VALUES:
                yield _list(_lines(one, phrases), phrases, one.name)


def _lines(one: Difference, phrases: Phrases) -> Iterator[str]:
    for change in one.changes:
        yield from _line(change, phrases)


def _line(change: KeyChange, phrases: Phrases) -> Iterator[str]:
    where = change.where or _say(phrases, "seluruh_isi")
    if len(change.removed) == len(change.added) == 1:
        old, new = shown_apart(change.removed[0], change.added[0], _MOST_LETTERS)
        yield _say(phrases, "jadi", bagian=where, lama=old, baru=new)
    elif sorted(change.removed) == sorted(change.added):
        yield _say(phrases, "diurutkan", bagian=where)
    else:
        for old in change.removed:
            yield _say(phrases, "dihapus", bagian=where, lama=shortened(old, _MOST_LETTERS))
        for new in change.added:
            yield _say(phrases, "ditambah", bagian=where, baru=shortened(new, _MOST_LETTERS))


def _questions(proposal: Proposal, phrases: Phrases) -> Iterator[Block]:
    if proposal.harmed:
        lines = [wrong_line(one, phrases) for one in proposal.wrong]
        lines += [answer_line(one, phrases) for one in proposal.spoiled]
        yield _list(lines, phrases, _say(phrases, "uji_salah", jumlah=len(lines)))
    else:
        yield text(_say(phrases, "uji_baik", jumlah=proposal.asked))
    if proposal.weaker:
        yield _list((one.question for one in proposal.weaker), phrases, _say(phrases, "uji_balik"))
    if proposal.renewed:
        yield _list((_renewed(one, phrases) for one in proposal.renewed), phrases, _say(phrases, "isi_ikut"))


def _renewed(one: RenewedTest, phrases: Phrases) -> str:
    """A test that a change contradicts: what it asked for, what the answer says then, and what it asks for then."""
    wanted = required(one.holds, one.lacks, phrases) or _say(phrases, "isi_hapus")
    return _say(phrases, "isi_ikut_baris", uji=answer_line(one.check, phrases, one.answer), jadinya=wanted)


def _buttons(proposal: Proposal, phrases: Phrases) -> tuple[Button, ...]:
    label = "tombol_tetap" if proposal.harmed else "tombol_terapkan"
    return (
        Button(_say(phrases, label), Action(ActionKind.ADMIN, APPLY, proposal.pending.id)),
        Button(_say(phrases, "tombol_batal"), Action(ActionKind.ADMIN, CANCEL, proposal.pending.id)),
    )


def _person(who: str, phrases: Phrases) -> str:
    channel, _, number = who.partition(":")
    if channel == "telegram":
        return _say(phrases, "siapa_telegram", id=number)
    return _say(phrases, "siapa_terminal" if channel else "siapa_tidak_tahu")


def _list(lines: Iterable[object], phrases: Phrases, title: str) -> Block:
    return bullets(_first(lines, phrases), title)


def _first(lines: Iterable[object], phrases: Phrases) -> list[str]:
    """The first lines, and how many more there are."""
    shown = [str(line) for line in lines]
    if len(shown) > _MOST_LINES:
        shown[_MOST_LINES:] = [_say(phrases, "masih", jumlah=len(shown) - _MOST_LINES)]
    return shown


def _say(phrases: Phrases, name: str, **values: object) -> str:
    return phrases.say(f"admin.{name}", **values)
