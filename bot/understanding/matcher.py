"""From a text to what it asks: the one door of this room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Act, Language
from bot.knowledge.model import Subject
from bot.knowledge.vocabulary import Aspect
from bot.understanding.explain import met
from bot.understanding.hearing.aspects import AspectFinder, Details
from bot.understanding.hearing.book import CueBook
from bot.understanding.hearing.danger import DangerListener
from bot.understanding.hearing.small_talk import CuePlaces, Listener
from bot.understanding.ranking import bayes, index
from bot.understanding.ranking.acts import ACTS, Acts
from bot.understanding.ranking.dread import Dread
from bot.understanding.ranking.follow_up import FollowUp, Utterance
from bot.understanding.ranking.offers import Offers
from bot.understanding.ranking.phrases import told
from bot.understanding.ranking.ranking import Ranker, Ranking, WordWeights
from bot.understanding.ranking.two_services import NO_JOINT, Pairs
from bot.understanding.reading import lexicon, places
from bot.understanding.reading.alarm import AlarmReader
from bot.understanding.reading.places import Place, Places
from bot.understanding.reading.reader import Reader, Token
from bot.understanding.reading.text import is_sign
from bot.understanding.result import Candidate, Cue, Topic, Understanding, Verdict
from bot.understanding.stored.finder import Entry, Finder, Found

MOST_CANDIDATES = 5
_EXPLAINED = 2  # candidates whose words are told: the first and the one that lost
_LEAST = 1e-3  # score of the first candidate when nothing speaks for it
_COURTESIES = {Cue.THANKS: 2, Cue.HELP: 1, Cue.NOD: 1, Cue.BYE: 1, Cue.WHO: 1}
"""Telling words beside a courtesy from which it comes with a question."""
_NOTHING_BESIDES = frozenset({Cue.NOD, Cue.BYE})  # heard only where nothing else is said
_LEANING = (Cue.FOLLOW_UP, Cue.SWITCH, Cue.CORRECTION)


class Matcher:
    """Understands texts by one knowledge base.

    Args:
        knowledge: What can be asked for.
        before: A matcher of an earlier version; what both read alike is not read again.
    """

    def __init__(self, knowledge: KnowledgeBase, before: "Matcher | None" = None) -> None:
        language = knowledge.language
        self._read_of = _read_of(knowledge)
        self._agencies, self._referrals = knowledge.agencies.keys(), knowledge.referrals.keys()
        self.directions = language.events.directions
        self._places = Places(knowledge.region, self.directions)
        self.villages = self._places.villages
        self.lexicon = lexicon.build(language, _texts(knowledge), self._places.words())
        self._reader = Reader(self.lexicon)
        same = before and (before.directions, before.villages) == (self.directions, self.villages)
        alike = before and same and before.lexicon.reads_as(self.lexicon)
        self.learned: Mapping[str, tuple[Token, ...]] = before.learned if before and alike else {}
        self.learned = {text: self._read(text) for text in dict.fromkeys(_texts(knowledge))}
        self._aspects = AspectFinder(language.aspects, self._content_words)
        self._listener = Listener(language.small_talk, self._all_words)
        self._alarm = AlarmReader(language.danger, language.affixes, self._read)
        self._danger = DangerListener(language.danger, self._alarm.cue)
        self._neighbours = {one.referral for one in knowledge.region.neighbours}
        self._dread = Dread(language.danger_numbers.weights)
        self._staying = CueBook({"": language.small_talk.not_elsewhere}, self._all_words)
        self._ranker = Ranker(index.build(self._phrases(knowledge)), language)
        self._acts = Acts(self._ranker.view, language.numbers)
        self._details = Details(knowledge, self._content_words, self._ranker.weight)
        self._stored = Finder(knowledge, self._content_words, lambda words: self._aspects.find(words)[0])
        called = {one.id: self._called(one) for one in knowledge.subjects.values()}
        self._offers = Offers(knowledge, self._content_words, self._ranker.tells)
        self._by_name = dict(self._named_alone(knowledge))
        self._context = FollowUp(
            language, self._ranker, self._offers, self._details, self._stored, read=self._content_words, called=called
        )
        both = language.small_talk.both
        joints = CueBook({"": both.cues, NO_JOINT: both.unless}, self._all_words)
        ours = {key: words for key, words in called.items() if key not in self._agencies}
        self._pairs = Pairs(language.events, joints, self._ranker, ours)

    def fits(self, knowledge: KnowledgeBase) -> bool:
        """Whether it understands everything as one made of another knowledge: what is read of both is the same."""
        return self._read_of == _read_of(knowledge)

    def understand(self, text: str, about: Topic | None = None) -> Understanding:
        """Find the services and aspects a text asks for.

        Args:
            text: As typed, personal data already masked, 0..4096 characters.
            about: What the last turn was about; None outside a conversation.

        Returns:
            At most 5 candidates, scores 0..1, descending; empty aspects mean nothing in particular.
        """
        heard = self._hear(text)
        ranking = self._rank(self._without_day(heard) if Aspect.HOURS in heard.aspects else heard, about)
        words = frozenset(heard.spoken)
        topic = about.subjects if about and not about.offered else ()
        stored = self._stored.word_for_word(
            heard.spoken, about.subjects if about else (), ranking.subjects[:MOST_CANDIDATES]
        )
        likely, near = self._stored_of(heard, ranking, topic)
        asked = stored or likely
        named = self._by_name.get(words) or self._by_name.get(words - heard.asking)
        if sure := asked.under if asked and asked.under not in ranking.meant else named:
            ranking = replace(ranking.led_by((sure,), Verdict.SURE, (sure,)), confidence=1.0, not_ours=False)
        tokens = tuple(token.word for token in heard.tokens)
        ranking, place = (ranking, None) if sure else self._placed(ranking, heard, tokens)
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

    def _stored_of(
        self, heard: Utterance, ranking: Ranking, topic: tuple[str, ...]
    ) -> tuple[Found | None, tuple[Entry, ...]]:
        sure = ranking.verdict is Verdict.SURE
        ranked = tuple(dict.fromkeys((*ranking.meant, *ranking.subjects)))
        return self._stored.find(heard.question, ranked, topic, sure=sure)

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
        place = None if by_the_way else self._places.asked(heard.tokens, lambda word: self._asks_for(word, heard))
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

    def traits(self, text: str) -> tuple[Mapping[str, float], tuple[str, ...]]:
        """What confidence in a text's ranking is calibrated on, and the ranked subjects (for ``make calibrate``)."""
        heard = self._hear(text)
        ranking = self._ranker.rank(heard.words, heard.said)
        return ranking.traits, ranking.subjects

    def traits_of_acts(self, text: str) -> Mapping[Act, Mapping[str, float]]:
        """What the likelihood of each act is calibrated on (for ``make calibrate``)."""
        heard = self._hear(text)
        return {act: self._acts.traits(act, heard.said, heard.cues) for act in ACTS}

    def traits_of_stored(self, text: str, about: Topic | None = None) -> list[tuple[Entry, Mapping[str, float]]]:
        """Stored questions a text may ask, and what the likelihood of each is fitted on (for ``make calibrate``)."""
        heard = self._hear(text)
        ranking = self._rank(heard, about)
        ranked, sure = tuple(dict.fromkeys((*ranking.meant, *ranking.subjects))), ranking.verdict is Verdict.SURE
        found = self._stored.candidates(heard.question, ranked, about.subjects if about else (), sure=sure)
        return [(entry, traits) for entry, _, traits in found]

    def read(self, text: str) -> tuple[tuple[Token, ...], frozenset[Cue]]:
        """The words of a text that say what it is about, and what it does besides; quicker than understanding it."""
        heard = self._hear(text)
        return heard.content, heard.cues

    def weight(self, word: str) -> float:
        """How much an official word tells subjects apart; 0 when the knowledge does not use it."""
        return self._ranker.weight(word)

    def _read(self, text: str) -> tuple[Token, ...]:
        return self.learned.get(text) or self._places.with_unlisted(self._places.with_villages(self._reader.read(text)))

    def _hear(self, text: str) -> Utterance:
        tokens = self._read(text)
        words = [token.word for token in tokens]
        last = next((i + 1 for i in reversed(range(len(tokens))) if not tokens[i].filler), len(tokens))
        cues, places_of = self._listener.hear(words, last)
        danger = self._in_danger(tokens)
        cues |= {Cue.EMERGENCY} if danger else set()
        courtesy = places_of[Cue.GREETING] | places_of[Cue.THANKS]
        content = tuple(token for i, token in enumerate(tokens) if i not in courtesy and not token.filler)
        spoken = tuple(token.word for token in content)
        cues, only_courtesy = self._courtesies(tokens, cues, places_of)
        if only_courtesy:
            content, spoken = (), ()
        if not tokens and is_sign(text):
            cues |= {Cue.NOD}
        leaning = frozenset(words[i] for cue in _LEANING for i in places_of[cue])
        aspects, asking = self._aspects.find(spoken)
        asked = frozenset(spoken[i] for i in asking)
        said = self._ranker.view.scores(_typed(tokens))
        question = self._stored.asked([token for token in content if token.word not in leaning], aspects, asked)
        words_of = self._words(content)
        return Utterance(tokens, content, cues, words_of, spoken, leaning, aspects, asked, question, said, danger)

    def _in_danger(self, tokens: Sequence[Token]) -> str:
        words = self._alarm.words(tokens)
        return self._dread.kind(_typed(tokens), self._alarm.marks(words), self._danger.hear(words))

    def alarm(self, text: str) -> tuple[tuple[str, ...], str]:
        """What the words of darurat.yaml tell of a text, and the danger that is heard by them (for learning)."""
        words = self._alarm.words(self._read(text))
        return self._alarm.marks(words), self._danger.hear(words)

    def _courtesies(
        self, tokens: Sequence[Token], cues: frozenset[Cue], places_of: CuePlaces
    ) -> tuple[frozenset[Cue], bool]:
        """The cues that hold beside what else was said, and whether nothing but a courtesy was said."""
        polite = places_of[Cue.GREETING] | places_of[Cue.THANKS]
        alone = False
        for cue, least in _COURTESIES.items():
            if cue in cues:
                own = places_of[cue] | polite
                rest = [token.word for i, token in enumerate(tokens) if i not in own and not token.filler]
                says_more = self._says_more(rest, least)
                alone = alone or not says_more
                cues -= {cue} if says_more and cue in _NOTHING_BESIDES else frozenset()
        return cues, alone

    def _says_more(self, spoken: Sequence[str], least: int) -> bool:
        """Whether a courtesy comes with a question: "sip makasih" asks for no SIP."""
        telling = [word for word in spoken if self._ranker.tells(word)]
        return len(telling) >= least or bool(self._aspects.find(spoken)[0])

    def _words(self, tokens: Sequence[Token]) -> WordWeights:
        words: dict[str, float] = {}
        for token in tokens:
            words[token.word] = max(words.get(token.word, 0.0), token.quality)
        return words | dict.fromkeys(self._places.moves(tokens), 1.0)

    def _all_words(self, text: str) -> tuple[str, ...]:
        return tuple(token.word for token in self._read(text))

    def _content_words(self, text: str) -> tuple[str, ...]:
        return tuple(token.word for token in self._read(text) if not token.filler)

    def _called(self, subject: Subject) -> Sequence[str]:
        """Words of a subject's first names."""
        names = (subject.name, *subject.names[:2])
        return tuple(dict.fromkeys(word for name in names for word in self._content_words(name)))

    def _named_alone(self, knowledge: KnowledgeBase) -> Iterator[tuple[frozenset[str], str]]:
        """Words that one subject alone is called by: its name, or another that is more than a thing many are about."""
        owners: dict[frozenset[str], set[str]] = {}
        for subject in knowledge.subjects.values():
            name, *others = (frozenset(self._content_words(name)) for name in (subject.name, *subject.names))
            for words in (name, *(words for words in others if not self._offers.names_a_thing(words))):
                owners.setdefault(words, set()).add(subject.id)
        return ((words, called.pop()) for words, called in owners.items() if words and len(called) == 1)

    def _phrases(self, knowledge: KnowledgeBase) -> Iterator[tuple[str, Sequence[str]]]:
        paired = bayes.telling(knowledge.language.events)
        for subject, text in told(knowledge):
            words = tuple(self._words([token for token in self._read(text) if not token.filler]))
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
        return replace(heard, content=content, words=self._words(content))


def _typed(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Words as they were typed."""
    return tuple(word for token in tokens for word in token.typed.split())


def _placeless(heard: Utterance) -> WordWeights:
    """The words of a text that stand for no place and no direction."""
    return {word: quality for word, quality in heard.words.items() if not places.comes_of_place(word)}


def _texts(knowledge: KnowledgeBase) -> Iterator[str]:
    """Every text whose words are known forms."""
    yield from (text for _, text in told(knowledge))
    yield from (text for subject in knowledge.subjects.values() for faq in subject.faq for text in faq.wordings)
    language = knowledge.language
    yield from chain(language.days.ways, *language.days.ways.values(), language.days.dates)
    yield from (cue.replace("/", " ") for cue in _cues(language))


def _cues(language: Language) -> Iterator[str]:
    """All that is listened for, so that a typo in it is one."""
    yield from (*language.aspects.all(), *language.small_talk.cues(), *language.danger.cues(), *language.danger.ways())
    yield from chain(*language.frames.cues().values())


def _read_of(knowledge: KnowledgeBase) -> tuple[object, ...]:
    """All that a matcher reads of a knowledge; what an answer says is not among it."""
    kinds = (knowledge.agencies.keys(), knowledge.services.keys(), knowledge.referrals.keys())
    subjects = (
        (
            *(one.id, one.name, one.summary, one.names, one.examples, getattr(one, "agency", "")),
            tuple((*faq.wordings, faq.answer) for faq in one.faq),
            tuple((case.title, case.names) for case in getattr(one, "variants", ())),
        )
        for one in knowledge.subjects.values()
    )
    return knowledge.region, knowledge.language, *map(tuple, kinds), *subjects
