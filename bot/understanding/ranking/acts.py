"""What does a message do, other than ask about a subject? It reports a delay or one's own file, or it complains."""

from collections.abc import Mapping

from bot.knowledge.language import Act, Numbers
from bot.understanding.logistic import CONSTANT, likelihood, within
from bot.understanding.ranking.bayes import Floats
from bot.understanding.ranking.linear import LinearView
from bot.understanding.result import Cue

ACTS = (Act.OWN_FILE, Act.COMPLAINT)
_CUES = {Act.OWN_FILE: {Cue.OWN_FILE}, Act.COMPLAINT: {Cue.COMPLAINT, Cue.LEVY}}
_UNLEARNED = {CONSTANT: -2.0, "cue": 4.0}  # without learned numbers the cues decide
_LIKELY = 0.5
_MOST = 6.0  # log odds of the linear view beyond which nothing gets surer


class Acts:
    """Hears acts by the cues of sapaan.yaml and by what the linear view learned of messages."""

    def __init__(self, view: LinearView, numbers: Numbers) -> None:
        self._numbers = numbers.acts
        self._labels = view.labels
        self._subjects = [number for label, number in view.labels.items() if label not in set(Act)]

    def heard(self, said: Floats, cues: frozenset[Cue]) -> frozenset[Act]:
        """The acts of a message.

        Args:
            said: What the linear view says of it.
            cues: Heard in it.
        """
        learned = self._numbers
        return frozenset(
            act for act in ACTS if likelihood(learned.get(act, _UNLEARNED), self.traits(act, said, cues)) >= _LIKELY
        )

    def traits(self, act: Act, said: Floats, cues: frozenset[Cue]) -> Mapping[str, float]:
        """What the likelihood of an act is calibrated on: its cue, what the linear view says of it, and its lead."""
        cue = float(bool(cues & _CUES[act]))
        if act not in self._labels:
            return {"cue": cue}
        linear = float(said[self._labels[act]])
        lead = linear - float(said[self._subjects].max())
        return {"cue": cue, "linear": within(linear, _MOST), "lead": within(lead, _MOST)}
