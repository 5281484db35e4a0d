"""What does a short question mean after what was spoken of? Follow-ups, picks and corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.language import Language
from bot.knowledge.vocabulary import Aspect
from bot.understanding.hearing.aspects import Details
from bot.understanding.hearing.book import Read
from bot.understanding.ranking.bayes import Floats
from bot.understanding.ranking.offers import Offers
from bot.understanding.ranking.ranking import Ranker, Ranking, WordWeights
from bot.understanding.reading.reader import Token
from bot.understanding.result import Cue, Topic, Verdict
from bot.understanding.stored.finder import Finder
from bot.understanding.stored.question import Question

_CLEAR = 1.5  # log odds by which one of a few must lead to be taken
_BEYOND_DOUBT = 0.85  # confidence in another subject that takes a text away from a topic whose words it uses


@dataclass(frozen=True)
class Utterance:
    """A text as it was read, before it is known what it is about."""

    tokens: tuple[Token, ...]
    content: tuple[Token, ...]  # neither fillers nor courtesy
    cues: frozenset[Cue]
    words: WordWeights  # of the content, in order; they may name a subject
    spoken: tuple[str, ...]  # official words of the content
    leaning: frozenset[str]  # words that only lean on what was said before
    aspects: tuple[Aspect, ...]
    asking: frozenset[str]  # words that only ask for an aspect
    question: Question  # what it may ask of those stored
    said: Floats  # what the linear view says of it
    danger: str = ""  # kind of danger somebody is in now


class FollowUp:
    """Reads a text in the light of a topic."""

    def __init__(
        self,
        language: Language,
        ranker: Ranker,
        offers: Offers,
        details: Details,
        stored: Finder,
        *,
        read: Read,
        called: Mapping[str, Sequence[str]],
    ) -> None:
        events = language.events
        kinds = (events.objects, events.operations, events.life, events.people)
        self._ranker = ranker
        self._offers = offers
        self._details = details
        self._stored = stored
        self._kinds = tuple(frozenset(kind) for kind in kinds)
        self._telling = frozenset(word for kind in kinds for word in kind)
        self._things = frozenset((*events.objects, *events.life))
        self._rejecting = frozenset(word for text in language.small_talk.rejecting for word in read(text))
        self._called = called

    def lean(self, said: Utterance, about: Topic) -> Ranking:
        """The ranking of a text when the topic is taken into account: what of it the knowledge still holds."""
        about = replace(about, subjects=tuple(subject for subject in about.subjects if subject in self._called))
        if not about.subjects:
            return self._ranker.rank(said.words, said.said)
        words = self._not_rejected(said)
        own = {word: quality for word, quality in words.items() if self._is_own(word, said)}
        newly = {word: quality for word, quality in words.items() if word not in said.leaning}
        alone = self._ranker.rank(newly, said.said)
        if alone.not_ours:  # to the linear view, what says little is nobody's; here it is the topic's
            alone = self._ranker.rank(newly, self._ranker.silence)
        alone = self._offers.arranged(alone, newly.keys())
        if Cue.CORRECTION in said.cues:
            return self._corrected(own, alone, about)
        if about.offered:
            return self._picked(own, alone, about)
        return self._followed(said, own, alone, about)

    def _is_own(self, word: str, said: Utterance) -> bool:
        return word not in said.asking | said.leaning and self._ranker.tells(word)

    def _not_rejected(self, said: Utterance) -> WordWeights:
        """The words less the one that was rejected: "bukan apotek, toko obat"."""
        if Cue.CORRECTION not in said.cues:
            return said.words
        words = list(said.words)
        at = next((i for i, word in enumerate(words) if word in self._rejecting), len(words))
        rejected = words[at + 1] if at + 1 < len(words) and self._is_own(words[at + 1], said) else None
        kept = {word: quality for word, quality in said.words.items() if word not in (rejected, *words[at : at + 1])}
        return kept if any(self._is_own(word, said) for word in kept) else said.words

    def _followed(self, said: Utterance, own: WordWeights, alone: Ranking, about: Topic) -> Ranking:
        if not own:
            return _sure(about.subjects)
        if len(about.subjects) > 1 and (one := self._one_of(own, about.subjects)):
            return _sure((one,))
        if self._details.is_a_case(about.subjects[0], frozenset(own)):
            return _sure(about.subjects[:1])
        if alone.confidence < _BEYOND_DOUBT and (one := self._come_back_to(said, own, about)):
            return _sure((one,))
        if self._names_another(said, own, alone, about):
            return alone
        if one := self._spoken_of(said, own, alone, about):
            return _sure((one,))
        if Cue.SWITCH not in said.cues and (alone.not_ours or self._asks_anew(own, said)):
            return alone
        return self._swapped(own, alone, about, switch=Cue.SWITCH in said.cues)

    def _spoken_of(self, said: Utterance, own: WordWeights, alone: Ranking, about: Topic) -> str:
        """The subject of before that a text comes back to or asks a detail of; empty when none."""
        if one := self._come_back_to(said, own, about):
            return one
        if alone.first in about.subjects:
            return alone.first
        first = about.subjects[0]
        if not self._things & own.keys() and self._stored.is_asked_of(first, said.question):
            return first
        stays = Cue.SWITCH not in said.cues and not alone.not_ours
        return first if stays and self._fits(first, own, alone) else ""

    def _come_back_to(self, said: Utterance, own: WordWeights, about: Topic) -> str:
        """The subject answered earlier that a text comes back to: "balik ke ktp tadi"; empty when none."""
        return self._one_of(own, about.earlier) if Cue.FOLLOW_UP in said.cues else ""

    def _asks_anew(self, own: WordWeights, said: Utterance) -> bool:
        """Whether a thing is asked for in so many words: "mau urus akta" takes nothing over, "akta?" does."""
        return bool(self._things & own.keys() and said.words.keys() - own.keys() - said.asking - said.leaning)

    def _names_another(self, said: Utterance, own: WordWeights, alone: Ranking, about: Topic) -> bool:
        """Whether a text stands for itself; more is asked when the topic knows all of its words too."""
        if alone.verdict is not Verdict.SURE or not self._things & own.keys():
            return False
        first = about.subjects[0]
        known = all(self._ranker.uses(first, word) for word in own)
        return not known or (alone.confidence >= _BEYOND_DOUBT and not self._asks_of(first, said))

    def _asks_of(self, subject: str, said: Utterance) -> bool:
        """Whether something is asked that a subject speaks of itself: a stored question, or a variant."""
        variant = self._details.variant(subject, frozenset(said.words))
        return bool(variant) or self._stored.is_asked_of(subject, said.question)

    def _fits(self, subject: str, own: WordWeights, alone: Ranking) -> bool:
        """Whether a question is about a detail of a subject: its phrases know each word, and no bare thing is named."""
        bare = self._things & own.keys() and alone.verdict is not Verdict.SURE
        return not bare and all(self._ranker.uses(subject, word) for word in own)

    def _corrected(self, own: WordWeights, alone: Ranking, about: Topic) -> Ranking:
        rejected = () if about.offered else about.subjects
        if alone.verdict is Verdict.SURE and alone.first not in rejected:
            return alone
        if not own:
            return replace(alone, verdict=Verdict.UNKNOWN, meant=())
        ranking = self._swapped(own, alone, about, switch=True)
        kept = [i for i, subject in enumerate(ranking.subjects) if subject not in rejected]
        if not kept:
            return alone
        subjects = tuple(ranking.subjects[i] for i in kept)
        shares = tuple(ranking.shares[i] for i in kept)
        return replace(ranking, subjects=subjects, shares=shares, meant=subjects[:1] if ranking.meant else ())

    def _picked(self, own: WordWeights, alone: Ranking, about: Topic) -> Ranking:
        if not own:
            return Ranking(about.subjects, tuple(1 / len(about.subjects) for _ in about.subjects), 0.0, Verdict.UNSURE)
        if alone.verdict is Verdict.SURE and alone.first not in about.subjects:
            return alone
        one = self._one_of(own, about.subjects)
        return _sure((one,)) if one else alone

    def _one_of(self, own: WordWeights, subjects: Sequence[str]) -> str:
        """The one of a few subjects that words clearly point at; empty when none."""
        ranked = self._ranker.among(own, subjects)
        if not ranked or not any(self._ranker.uses(ranked[0][0], word) for word in own):
            return ""
        clear = len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _CLEAR
        return ranked[0][0] if clear else ""

    def _swapped(self, own: WordWeights, alone: Ranking, about: Topic, *, switch: bool) -> Ranking:
        """The topic's words, those of a kind with what was said now left out, and what was said now."""
        replaced = {word for kind in self._kinds if kind & own.keys() for word in kind}
        before = [word for subject in about.subjects[:1] for word in self._called[subject] if word not in replaced]
        if switch:
            before = [word for word in before if word in self._telling]
        leaning = self._ranker.rank({**dict.fromkeys(before, 1.0), **own})
        if leaning.first in about.subjects and not (switch and replaced):
            return replace(leaning, verdict=Verdict.SURE, meant=(leaning.first,))
        return leaning if leaning.confidence >= alone.confidence else alone


def _sure(subjects: tuple[str, ...]) -> Ranking:
    return Ranking(subjects, tuple(1.0 for _ in subjects), 1.0, Verdict.SURE, meant=subjects)
