"""Which danger does a message sound like to who has read many? What was learned of bahasa/pesan-darurat.yaml."""

from collections.abc import Collection, Sequence

from bot.knowledge.language import Act
from bot.understanding.ranking.linear import LinearView, Weights
from bot.understanding.reading.alarm import PAPERS

# Of messages that somebody else wrote, 95 in 100 of people in danger are heard so, and 3 in 100 of those like them.
_SURE = -0.9  # log odds from which it is danger without a cue
_SURE_BESIDE_PAPERS = 0.0  # the same where papers are spoken of: "kartu keluarga saya hanyut"
_FEWEST = 3  # words that tell something: "anak" alone is a question back
_DOUBTED = -3.4  # log odds up to which not even a cue is believed


class Dread:
    """Tells danger by how messages are written; without learned weights the cues alone tell it.

    Args:
        weights: Encoded, of the label of danger and of each kind; empty when nothing was learned.
    """

    def __init__(self, weights: str) -> None:
        self._view = LinearView(Weights.decoded(weights)) if weights else None

    def kind(self, words: Sequence[str], marks: Collection[str], heard: str) -> str:
        """The kind of danger that somebody is in; empty when nobody is.

        Args:
            words: Of a message, as typed.
            marks: What the words of darurat.yaml tell of it.
            heard: The kind that a cue tells of, or none.
        """
        if self._view is None or len(words) < _FEWEST:
            return heard
        said = self._view.scores(words, marks)
        labels = self._view.labels
        danger = said[labels[Act.DANGER]]
        if heard:
            return heard if danger > _DOUBTED else ""
        if danger <= (_SURE_BESIDE_PAPERS if PAPERS in marks else _SURE):
            return ""
        return max((label for label in labels if label != Act.DANGER), key=lambda label: float(said[labels[label]]))
