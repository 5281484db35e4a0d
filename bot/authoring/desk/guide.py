"""What does an admin answer for? The ids that commands ask for, with the names they stand for."""

from bot.authoring.desk.desk import Desk
from bot.conversation.reply import Reply, bullets, heading, text
from bot.conversation.turn import Outcome


def own_subjects(desk: Desk, user: int) -> Reply:
    """Every id that an admin may fetch and change, by folder, and how."""
    knowledge = desk.knowledge
    own = [subject for subject, file in knowledge.files.items() if desk.access.may_change(user, file)]
    folders: dict[str, list[str]] = {}
    for subject in own:
        folder = knowledge.files[subject].partition("/")[0]
        folders.setdefault(folder, []).append(f"{subject} · {knowledge.subjects[subject].name}")
    how = knowledge.phrases.say("admin.pakai_ambil", id=own[0] if own else "id")
    blocks = (bullets(lines, folder) for folder, lines in folders.items())
    return Reply("", Outcome.HELP, (heading(knowledge.phrases.say("admin.daftar_id")), text(how), *blocks))
