"""How does a workbook reach the knowledge from the command line? The same path as an upload."""

from collections.abc import Callable

from bot.authoring.changing.changes import Applied, Changes
from bot.authoring.desk import wording
from bot.authoring.desk.uploads import sheet_upload
from bot.authoring.spreadsheet.write import Progress
from bot.conversation.reply import Reply
from bot.errors import KnowledgeError
from bot.knowledge.phrases import Phrases
from bot.storage.history import How

Agree = Callable[[Reply, Phrases], bool]
"""Shown what a change would do; whether it shall be made."""


async def import_sheet(
    raw: bytes, name: str, changes: Changes, who: str, *, agree: Agree, progress: Progress
) -> Reply | None:
    """Take a workbook back, all of it or nothing; what came of it, None when it was not agreed to.

    Raises:
        KnowledgeError: It cannot be taken; every problem is named by sheet and cell.
        StorageError: It could not be written.
    """
    knowledge = changes.live.snapshot.knowledge
    phrases = knowledge.phrases
    upload = sheet_upload(raw, name, changes.live.files(), knowledge, progress)
    if upload.problems:
        raise KnowledgeError(upload.problems)
    found = upload.told(await changes.propose(upload.files, who, How.SHEET, upload.bases))
    if found.may_be_applied:
        if not agree(wording.proposed(found, phrases), phrases):
            return None
        done = await changes.apply(found.pending)
        if isinstance(done, Applied):
            return wording.told(phrases, "lembar_diterapkan", berkas=", ".join(sorted(done.files)))
        found = done
    if not found.differences and not found.problems:
        return wording.proposed(found, phrases)
    overtaken = [f"{one.file}: berkas ini baru saja diubah orang lain. Ulangi." for one in found.stale]
    raise KnowledgeError(found.problems or overtaken)
