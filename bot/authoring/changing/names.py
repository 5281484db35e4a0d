"""Is each subject found by what it is called? A name that is asked back, or leads to another, is said."""

from collections.abc import Iterable, Iterator

from bot.live import Snapshot
from bot.understanding.result import Verdict


def doubted_names(snapshot: Snapshot, subjects: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Of some subjects the id and what their own names come to, where that is not the subject itself."""
    known = snapshot.knowledge.subjects
    for subject in (known[one] for one in subjects):
        for name in dict.fromkeys((subject.name, *subject.names)):
            heard = snapshot.matcher.understand(name)
            if heard.verdict is not Verdict.SURE:
                yield subject.id, f"`{name}` belum cukup: bot akan bertanya kembali, maksudnya yang mana."
            elif subject.id not in heard.meant:
                others = ", ".join(known[one].name for one in heard.meant if one in known)
                yield subject.id, f"`{name}` dijawab dengan {others}."
