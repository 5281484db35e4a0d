"""How does a workbook reach the knowledge from the command line? The same path as an upload."""

from collections.abc import Callable

from bot.authoring.changing.changes import Applied, Changes, Proposal
from bot.authoring.desk import wording
from bot.authoring.desk.uploads import sheet_upload
from bot.authoring.spreadsheet.write import Progress, quiet
from bot.conversation.reply import Reply
from bot.errors import KnowledgeError
from bot.knowledge.phrases import Phrases
from bot.storage.history import How

Agree = Callable[[Reply, Phrases], bool]
"""Shown what a change would do; whether it shall be made."""


async def import_sheet(
    raw: bytes, name: str, changes: Changes, who: str, *, agree: Agree, progress: Progress = quiet
) -> Reply | None:
    """Take a workbook back: all of it or nothing.

    Args:
        raw: The workbook.
        name: What it is called in problems.
        changes: The knowledge and its history.
        who: Who is to be kept as the one who changed it.
        agree: Decides.
        progress: Told after each file that was compared.

    Returns:
        What came of it; None when it was not agreed to.

    Raises:
        KnowledgeError: It cannot be taken; every problem is named by sheet and cell, and nothing was written.
        StorageError: It could not be written, and all is as it was.
    """
    live = changes.live
    phrases = live.snapshot.knowledge.phrases
    upload = sheet_upload(raw, name, live.files(), live.snapshot.knowledge, progress)
    if upload.problems:
        raise KnowledgeError(upload.problems)
    if not upload.files:
        return wording.told(phrases, "tidak_berubah")
    proposal = upload.told(await changes.propose(upload.files, who, How.SHEET, upload.bases))
    if not proposal.may_be_applied:
        raise KnowledgeError(proposal.problems or _overtaken(proposal))
    if not agree(wording.proposed(proposal, phrases), phrases):
        return None
    done = await changes.apply(proposal.pending)
    if isinstance(done, Applied):
        return wording.told(phrases, "lembar_diterapkan", berkas=", ".join(sorted(done.files)))
    raise KnowledgeError(done.problems or _overtaken(done))


def _overtaken(proposal: Proposal) -> list[str]:
    return [f"{one.file}: berkas ini baru saja diubah orang lain. Ulangi." for one in proposal.stale]
