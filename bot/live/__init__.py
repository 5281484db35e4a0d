"""Which knowledge answers right now? Tried before it may answer, swapped as one; the last good one stays."""

from bot.live.live import JOURNAL, Candidate, Live, Tell
from bot.live.snapshot import Snapshot

__all__ = ["JOURNAL", "Candidate", "Live", "Snapshot", "Tell"]
