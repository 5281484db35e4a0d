"""How does a workbook reach the knowledge from the command line? The same path as an upload, without anybody to ask."""

from dataclasses import dataclass

from bot.authoring.changing.changes import Applied, Changes
from bot.authoring.changing.questions import Checked
from bot.authoring.desk.uploads import sheet_upload
from bot.authoring.spreadsheet.write import Progress, quiet
from bot.errors import KnowledgeError
from bot.storage.history import How


@dataclass(frozen=True)
class Imported:
    """What a workbook changed: paths of files, and the questions that it made wrong."""

    files: tuple[str, ...] = ()
    wrong: tuple[Checked, ...] = ()


async def import_sheet(raw: bytes, name: str, changes: Changes, who: str, progress: Progress = quiet) -> Imported:
    """Take a workbook back: all of it or nothing.

    Args:
        raw: The workbook.
        name: What it is called in problems.
        changes: The knowledge and its history.
        who: Who is to be kept as the one who changed it.
        progress: Told after each file that was compared.

    Raises:
        KnowledgeError: It cannot be taken; every problem is named by sheet and cell, and nothing was written.
        StorageError: It could not be written, and all is as it was.
    """
    upload = sheet_upload(raw, name, changes.live.files(), changes.live.snapshot.knowledge, progress)
    if upload.problems:
        raise KnowledgeError(upload.problems)
    if not upload.files:
        return Imported()
    proposal = await changes.propose(upload.files, who, How.SHEET, upload.bases)
    if proposal.problems:
        raise KnowledgeError(upload.named(proposal.problems))
    done = await changes.apply(proposal.pending)
    if isinstance(done, Applied):
        return Imported(tuple(sorted(done.files)), proposal.wrong)
    changed = [f"{one.file}: berkas ini baru saja diubah orang lain. Ulangi." for one in done.stale]
    raise KnowledgeError(done.problems or changed)
