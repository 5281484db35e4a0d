"""From a text to what it asks: the one door of this room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act
from bot.knowledge.model import Subject
from bot.knowledge.vocabulary import Aspect
from bot.understanding.explain import met
from bot.understanding.hearer import Hearer
from bot.understanding.hearing.aspects import AspectFinder, Details
from bot.understanding.hearing.book import CueBook
from bot.understanding.ranking import bayes, index
from bot.understanding.ranking.acts import ACTS, Acts
from bot.understanding.ranking.follow_up import FollowUp, Utterance
from bot.understanding.ranking.offers import Offers
from bot.understanding.ranking.phrases import told
from bot.understanding.ranking.ranking import Ranker, Ranking, WordWeights
from bot.understanding.ranking.two_services import NO_JOINT, Pairs
from bot.understanding.reading import places
from bot.understanding.reading.places import Place
from bot.understanding.reading.reader import Token
from bot.understanding.result import Candidate, Cue, Topic, Understanding, Verdict
from bot.understanding.stored.finder import Entry, Finder
from bot.understanding.texts import Texts, read_of

MOST_CANDIDATES = 5
_EXPLAINED = 2  # candidates whose words are told: the first and the one that lost
_LEAST = 1e-3  # score of the first candidate when nothing speaks for it


class Matcher:
    """Understands texts by one knowledge base.

    Args:
        knowledge: What can be asked for.
        before: A matcher of an earlier version; what both read alike is not read again.
    """

    def __init__(self, knowledge: KnowledgeBase, before: "Matcher | None" = None) -> None:
        language = knowledge.language
        self._read_of = read_of(knowledge)
        self._agencies, self._referrals = knowledge.agencies.keys(), knowledge.referrals.keys()
        self.texts: Texts = Texts(knowledge, before.texts if before else None)
        content_words = self.texts.content_words
        self._neighbours = {one.referral for one in knowledge.region.neighbours}
        self._staying = CueBook({"": language.small_talk.not_elsewhere}, self.texts.all_words)
        self._ranker = Ranker(index.build(self._phrases(knowledge)), language)
        self._acts = Acts(self._ranker.view, language.numbers)
        self._details = Details(knowledge, content_words, self._ranker.weight)
        aspects = AspectFinder(language.aspects, content_words)
        self._stored = Finder(knowledge, content_words, lambda words: aspects.find(words)[0])
        self.hearer = Hearer(language, self.texts, self._ranker, aspects, self._stored)
        called = {one.id: self._called(one) for one in knowledge.subjects.values()}
        self._offers = Offers(knowledge, content_words, self._ranker.tells)
        self._by_name = dict(self._named_alone(knowledge))
        self._context = FollowUp(
            language, self._ranker, self._offers, self._details, self._stored, read=content_words, called=called
        )
        both = language.small_talk.both
        joints = CueBook({"": both.cues, NO_JOINT: both.unless}, self.texts.all_words)
        ours = {key: words for key, words in called.items() if key not in self._agencies}
        self._pairs = Pairs(language.events, joints, self._ranker, ours)

    def fits(self, knowledge: KnowledgeBase) -> bool:
        """Whether it understands everything as one made of another knowledge: what is read of both is the same."""
        return self._read_of == read_of(knowledge)

    def understand(self, text: str, about: Topic | None = None) -> Understanding:
        """Find the services and aspects a text asks for.

        Args:
            text: As typed, personal data already masked, 0..4096 characters.
            about: What the last turn was about; None outside a conversation.

        Returns:
            At most 5 candidates, scores 0..1, descending; empty aspects mean nothing in particular.
        """
        heard = self.hearer.hear(text)
        ranking = self._rank(self._without_day(heard) if Aspect.HOURS in heard.aspects else heard, about)
        words = frozenset(heard.spoken)
        topic = about.subjects if about and not about.offered else ()
        stored = self._stored.word_for_word(
            heard.spoken, about.subjects if about else (), ranking.subjects[:MOST_CANDIDATES]
        )
        sure = ranking.verdict is Verdict.SURE
        likely, near = self._stored.find(heard.question, ranking.likeliest, topic, sure=sure)
        asked = stored or likely
        named = self._by_name.get(words) or self._by_name.get(words - heard.asking)
        if one := asked.under if asked and asked.under not in ranking.meant else named:
            ranking = replace(ranking.led_by((one,), Verdict.SURE, (one,)), confidence=1.0, not_ours=False)
        tokens = tuple(token.word for token in heard.tokens)
        ranking, place = (ranking, None) if one else self._placed(ranking, heard, tokens)
        found = {Cue.NOT_OURS: ranking.not_ours, Cue.ELSEWHERE: place is not None}
        meant = ranking.meant
        return Understanding(
            text=text,
            tokens=tokens,
            candidates=self._candidates(ranking, heard, place),
            verdict=ranking.verdict,
            meant=meant,
            aspects=() if words in self._by_name else heard.aspects,
            cues=(heard.cues - ({Cue.EMERGENCY} if stored else set())) | {cue for cue, holds in found.items() if holds},
            acts=(acts := self._acts.heard(heard.said, heard.cues)),
            concerned=self._ranker.concerned(heard.words) if Act.COMPLAINT in acts else "",
            confidence=ranking.confidence,
            faq=asked.entry if asked else None,
            near_stored=tuple(place for subject, place in near if meant == (subject,)),
            place=place.name if place else "",
            choice=self._details.pick(heard.spoken) if about and about.offered else None,
            day=self._day(heard, meant),
            variant=self._details.variant(meant[0], words, about) if len(meant) == 1 else "",
            danger="" if stored else heard.danger,  # "Ada tawuran, telepon ke mana?" has an answer of its own
        )

    def _rank(self, heard: Utterance, about: Topic | None) -> Ranking:
        if pair := self._pairs.find(heard.content):
            return self._ranker.rank(heard.words).led_by(pair, Verdict.SURE, pair)
        if aside := self._pairs.told_by_the_way(heard.content):
            heard = replace(heard, words={w: quality for w, quality in heard.words.items() if w not in aside})
        ranking = self._context.lean(heard, about) if about else self._alone(heard)
        if self._strays(heard):
            return replace(ranking, verdict=Verdict.UNKNOWN, meant=(), not_ours=True)
        return ranking

    def _alone(self, heard: Utterance) -> Ranking:
        """The ranking of a text outside a conversation."""
        ranking = self._ranker.rank(heard.words, heard.said)
        return self._offers.arranged(ranking, heard.words.keys() - heard.leaning)

    def _placed(self, ranking: Ranking, heard: Utterance, tokens: Sequence[str]) -> tuple[Ranking, Place | None]:
        """The ranking, and the place of another region whose office is asked.

        Ours or a neighbour's? Unless that is the very question, a citizen is asked, the neighbour first.
        """
        by_the_way = ranking.not_ours or self._staying.find(tokens)
        place = None if by_the_way else self.texts.places.asked(heard.tokens, lambda word: self._asks_for(word, heard))
        if places.OURS in tokens and not any(map(places.is_foreign, tokens)):
            return ranking.without(self._neighbours), None
        if not (place and place.shared):
            return ranking, place
        rest = self._ranker.rank(_placeless(heard))
        if ranking.meant == (place.referral,) == (rest.first,):
            return ranking, None
        led = rest.led_by(self._referrals & {place.referral}, Verdict.UNSURE)
        return replace(led, shares=(max(rest.shares, default=1.0), *rest.shares)), None

    def _asks_for(self, word: str, heard: Utterance) -> bool:
        return self._ranker.tells(word) and word not in heard.asking

    def _strays(self, heard: Utterance) -> bool:
        """Whether a place is all that is ours in a text: "cuaca di Serpong" asks for no office there."""
        if not any(places.is_foreign(word) for word in heard.spoken):
            return False
        return self._ranker.rank(_placeless(heard)).not_ours

    def traits(self, text: str) -> tuple[Ranking, Mapping[Act, Mapping[str, float]]]:
        """The ranking of a text with its traits, and those of each act (for ``make calibrate``)."""
        heard = self.hearer.hear(text)
        acts = {act: self._acts.traits(act, heard.said, heard.cues) for act in ACTS}
        return self._ranker.rank(heard.words, heard.said), acts

    def traits_of_stored(self, text: str, about: Topic | None = None) -> list[tuple[Entry, Mapping[str, float]]]:
        """Stored questions a text may ask, and the traits of each (for ``make calibrate``)."""
        heard = self.hearer.hear(text)
        ranking, topic = self._rank(heard, about), about.subjects if about else ()
        sure = ranking.verdict is Verdict.SURE
        found = self._stored.candidates(heard.question, ranking.likeliest, topic, sure=sure)
        return [(entry, traits) for entry, _, traits in found]

    def read(self, text: str) -> tuple[tuple[Token, ...], frozenset[Cue]]:
        """The words of a text that say what it is about, and what it does besides; quicker than understanding it."""
        heard = self.hearer.hear(text)
        return heard.content, heard.cues

    def weight(self, word: str) -> float:
        """How much an official word tells subjects apart; 0 when the knowledge does not use it."""
        return self._ranker.weight(word)

    def _called(self, subject: Subject) -> Sequence[str]:
        """Words of a subject's first names."""
        names = (subject.name, *subject.names[:2])
        return tuple(dict.fromkeys(word for name in names for word in self.texts.content_words(name)))

    def _named_alone(self, knowledge: KnowledgeBase) -> Iterator[tuple[frozenset[str], str]]:
        """Words that one subject alone is called by: its name, or another that is more than a thing many are about."""
        owners: dict[frozenset[str], set[str]] = {}
        for subject in knowledge.subjects.values():
            name, *others = (frozenset(self.texts.content_words(name)) for name in (subject.name, *subject.names))
            for words in (name, *(words for words in others if not self._offers.names_a_thing(words))):
                owners.setdefault(words, set()).add(subject.id)
        return ((words, called.pop()) for words, called in owners.items() if words and len(called) == 1)

    def _phrases(self, knowledge: KnowledgeBase) -> Iterator[tuple[str, Sequence[str]]]:
        paired = bayes.telling(knowledge.language.events)
        for subject, text in told(knowledge):
            words = tuple(self.texts.weighed([token for token in self.texts.read(text) if not token.filler]))
            yield subject, (*words, *bayes.pairs(words, paired))

    def _candidates(self, ranking: Ranking, heard: Utterance, place: Place | None) -> tuple[Candidate, ...]:
        subjects = ranking.subjects
        if place and place.referral in self._referrals:
            subjects = tuple(dict.fromkeys((place.referral, *subjects)))
        best = max(ranking.shares, default=1.0) or 1.0
        shares = sorted((*ranking.shares, *([0.0] * len(subjects))), reverse=True)
        scores = [round(max(ranking.confidence, _LEAST) * share / best, 4) for share in shares]
        told = met(self._ranker, subjects[:_EXPLAINED], heard.content)
        why = (*told, *([()] * MOST_CANDIDATES))
        return tuple(map(Candidate, subjects[:MOST_CANDIDATES], scores, why))

    def _day(self, heard: Utterance, meant: Sequence[str]) -> str:
        """The day whose hours are asked; a day in a story ("besok mau bikin KTP") is none."""
        aspects = heard.aspects
        asked = Aspect.HOURS in aspects or (not aspects and (Cue.SWITCH in heard.cues or self._agencies & set(meant)))
        return self._details.day([token.word for token in heard.tokens])[0] if asked else ""

    def _without_day(self, heard: Utterance) -> Utterance:
        """What was heard less the day whose hours are asked: "25 Desember" names no service."""
        _, at = self._details.day(heard.spoken)
        content = tuple(token for i, token in enumerate(heard.content) if i not in at)
        return replace(heard, content=content, words=self.texts.weighed(content))


def _placeless(heard: Utterance) -> WordWeights:
    """The words of a text that stand for no place and no direction."""
    return {word: quality for word, quality in heard.words.items() if not places.comes_of_place(word)}
