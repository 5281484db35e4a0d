"""What is said in a text, before it is known what it is about? Its words, courtesies, aspects, and danger first."""

from collections.abc import Sequence

from bot.knowledge.language import Language
from bot.knowledge.vocabulary import Aspect
from bot.understanding.hearing.aspects import AspectFinder
from bot.understanding.hearing.danger import DangerListener
from bot.understanding.hearing.small_talk import CuePlaces, Listener
from bot.understanding.ranking.asking import Asking, marks_of, told_twice
from bot.understanding.ranking.dread import Dread
from bot.understanding.ranking.follow_up import Utterance
from bot.understanding.ranking.ranking import Ranker
from bot.understanding.reading.alarm import AlarmReader
from bot.understanding.reading.clauses import clauses
from bot.understanding.reading.reader import Token
from bot.understanding.reading.text import is_sign
from bot.understanding.result import Cue
from bot.understanding.stored.finder import Finder
from bot.understanding.texts import Texts, typed

_COURTESIES = {Cue.THANKS: 2, Cue.HELP: 1, Cue.NOD: 1, Cue.BYE: 1, Cue.WHO: 1}
"""Telling words beside a courtesy from which it comes with a question."""
_NOTHING_BESIDES = frozenset({Cue.NOD, Cue.BYE})  # heard only where nothing else is said
_LEANING = (Cue.FOLLOW_UP, Cue.SWITCH, Cue.CORRECTION)


class Hearer:
    """Hears texts."""

    def __init__(self, language: Language, texts: Texts, ranker: Ranker, aspects: AspectFinder, stored: Finder) -> None:
        self._texts, self._ranker, self._aspects, self._stored = texts, ranker, aspects, stored
        self._listener = Listener(language.small_talk, texts.all_words)
        self._alarm = AlarmReader(language.danger, language.affixes, texts.read)
        self._danger = DangerListener(language.danger, self._alarm.cue)
        self._dread = Dread(language.danger_numbers.weights)
        self._asking = Asking(language.asking_numbers.weights)
        self._joints = frozenset(language.small_talk.joints)

    def hear(self, text: str) -> Utterance:
        """A text as it was read, before it is known what it is about."""
        tokens = self._texts.read(text)
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
        heard, asking = self._aspects.find(spoken)
        asked = frozenset(spoken[i] for i in asking)
        aspects = self._asking.aspects(*self._asked(tokens, content), heard)
        said = self._ranker.view.scores(typed(tokens))
        question = self._stored.asked([token for token in content if token.word not in leaning], aspects, asked)
        words_of = self._texts.weighed(content)
        return Utterance(tokens, content, cues, words_of, spoken, leaning, aspects, asked, question, said, danger)

    def asked(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Aspect, ...]]:
        """Words, marks and aspects by their cues of a text (for learning what is asked)."""
        heard = self.hear(text)
        return *self._asked(heard.tokens, heard.content), self._aspects.find(heard.spoken)[0]

    def _asked(self, tokens: Sequence[Token], content: Sequence[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parts = clauses(content, self._joints)
        cues = self._aspects.cues([token.word for token in content])
        return told_twice(typed(tokens), content, parts), marks_of(cues, parts)

    def _in_danger(self, tokens: Sequence[Token]) -> str:
        words = self._alarm.words(tokens)
        return self._dread.kind(typed(tokens), self._alarm.marks(words), self._danger.hear(words))

    def alarm(self, text: str) -> tuple[tuple[str, ...], str]:
        """What the words of darurat.yaml tell of a text, and the danger that is heard by them (for learning)."""
        words = self._alarm.words(self._texts.read(text))
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
