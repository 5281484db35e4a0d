"""Why this subject and not the next? Which word met which, and one sentence a clerk understands."""

from collections.abc import Sequence

from babel.lists import format_list

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.understanding.ranking.ranking import Ranker
from bot.understanding.reading import places
from bot.understanding.reading.reader import Token
from bot.understanding.result import Cue, Evidence, Understanding, Verdict

_WORDS_TOLD = 4  # of a sentence; the weightiest say enough
_WORTH_TELLING = 0.08  # share of all that was said


def met(ranker: Ranker, subjects: Sequence[str], tokens: Sequence[Token]) -> list[tuple[Evidence, ...]]:
    """For each subject the telling words of a question that its phrases hold, with their share of all that was said."""
    weights = {token.word: ranker.weight(token.word) * token.quality for token in tokens if not token.filler}
    total = sum(weights.values()) or 1.0
    typed = {token.word: token.typed for token in tokens}
    told = [
        Evidence(typed[word], word, round(weight / total, 3))
        for word, weight in sorted(weights.items(), key=lambda pair: -pair[1])
        if ranker.tells(word) and any(ranker.uses(subject, word) for subject in subjects)
    ]
    return [tuple(one for one in told if ranker.uses(subject, one.met)) for subject in subjects]


def explain(heard: Understanding, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Why the first candidate came first, and why the runner-up lost.

    Returns:
        One sentence each; only the first when nothing competed.
    """
    phrases = knowledge.phrases
    if not heard.candidates:
        return (phrases.say("penjelasan.tanpa_calon"),)
    first, *others = heard.candidates
    names = [knowledge.subjects[candidate.subject].name for candidate in (first, *others[:1])]
    if len(heard.meant) > 1:
        both = [knowledge.subjects[subject].name for subject in heard.meant]
        return (phrases.say("penjelasan.berdua", nama=format_list(both, locale="id")),)
    why = _why_first(heard, names[0], phrases)
    if not others or not first.evidence or heard.verdict is Verdict.UNKNOWN:
        return (why,)
    missed = [one for one in first.evidence if one.met not in {other.met for other in others[0].evidence}]
    if missed:
        return why, phrases.say("penjelasan.kalah_kata", nama=names[1], kata=_words(missed, phrases))
    return why, phrases.say("penjelasan.kalah_jarang", nama=names[1])


def _why_first(heard: Understanding, name: str, phrases: Phrases) -> str:
    evidence = heard.candidates[0].evidence
    if heard.verdict is Verdict.UNKNOWN:
        key = "bukan_urusan" if Cue.NOT_OURS in heard.cues else "tidak_tahu"
        return phrases.say(f"penjelasan.{key}", nama=name)
    if not evidence:
        return phrases.say("penjelasan.melanjutkan", nama=name)
    key = "dijawab" if heard.verdict is Verdict.SURE else "ditanya_balik"
    return phrases.say(f"penjelasan.{key}", nama=name, kata=_words(evidence, phrases))


def _words(evidence: Sequence[Evidence], phrases: Phrases) -> str:
    weighty = [one for one in evidence[:_WORDS_TOLD] if one.weight >= _WORTH_TELLING] or evidence[:1]
    told = [
        phrases.say("penjelasan.kata", kata=one.word)
        if one.word == one.met or places.stands_for_place(one.met)
        else phrases.say("penjelasan.dibaca", kata=one.word, baku=one.met)
        for one in weighty
    ]
    return format_list(told, locale="id")
