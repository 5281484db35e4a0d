"""Which knowledge answers right now? Tried before it may answer, swapped as one; the last good one stays."""

from bot.live.candidate import CandidateKnowledge
from bot.live.live import Live, Tell
from bot.live.trial import Snapshot
from bot.live.watching import STAGED, staged

__all__ = ["STAGED", "CandidateKnowledge", "Live", "Snapshot", "Tell", "staged"]
