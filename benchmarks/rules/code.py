"""The rules that stand in the code, each with what stands for it where it is lacking."""

from typing import Any

from benchmarks.rules.rule import Rule, Swap, of_code

_READING, _HEARING, _RANKING = "bot.understanding.reading", "bot.understanding.hearing", "bot.understanding.ranking"
_MATCHER, _RANKER = "bot.understanding.matcher:Matcher", f"{_RANKING}.ranking:Ranker"
_FOLLOW_UP, _FINDER = f"{_RANKING}.follow_up:FollowUp", "bot.understanding.stored.finder"
_DIALOGUE = "bot.conversation.deciding.dialogue"


def _no(*_: Any, **__: Any) -> bool:
    return False


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _no_text(*_: Any, **__: Any) -> str:
    return ""


def _empty(*_: Any, **__: Any) -> tuple[()]:
    return ()


def _first(_: Any, first: Any, *__: Any, **___: Any) -> Any:
    return first


RULES: tuple[Rule, ...] = (
    of_code("reading: letters and halves of words are joined", Swap(f"{_READING}.reader:Reader", "_joined", _first)),
    of_code("reading: typos are guessed", Swap(f"{_READING}.spelling:Speller", "guess", _nothing)),
    of_code(
        "hearing: courtesies beside a question",
        Swap("bot.understanding.hearer:Hearer", "_courtesies", lambda _, __, cues, ___: (cues, False)),
    ),
    of_code("aspects: what was learned", Swap(f"{_RANKING}.asking:Asking", "aspects", lambda _, __, ___, heard: heard)),
    of_code("danger: cues", Swap(f"{_HEARING}.danger:DangerListener", "hear", _no_text)),
    of_code("danger: what was learned", Swap(f"{_RANKING}.dread:Dread", "kind", lambda _, __, ___, heard: heard)),
    of_code("ranking: pairs of telling words", Swap(f"{_RANKING}.ranking", "with_pairs", lambda words, _: words)),
    of_code("ranking: an event in life counts half", Swap(_RANKER, "_done_to_a_thing", _first)),
    of_code("ranking: trait obj", Swap(_RANKER, "_names_a_rivals", _no)),
    of_code("ranking: trait contrary", Swap(_RANKER, "_does_a_rivals", _no)),
    of_code("ranking: trait long", Swap(f"{_RANKING}.ranking", "_LONG", 1e9)),
    of_code("ranking: veto on what is bare", Swap(_RANKER, "_is_bare", _no)),
    of_code("ranking: likeness of phrases", Swap(f"{_RANKING}.ranking", "LIKENESS_WEIGHT", 0.0)),
    of_code("ranking: the linear view", Swap(f"{_RANKING}.ranking", "LINEAR_WEIGHT", 0.0)),
    of_code("ranking: the subject of a complaint", Swap(_RANKER, "concerned", _no_text)),
    of_code("two services in one question", Swap(f"{_RANKING}.two_services:Pairs", "find", _nothing)),
    of_code(
        "a thing told by the way", Swap(f"{_RANKING}.two_services:Pairs", "told_by_the_way", lambda *_: frozenset())
    ),
    of_code("offers for a bare thing", Swap(f"{_RANKING}.offers:Offers", "arranged", _first)),
    of_code("named alone", Swap(_MATCHER, "_named_alone", _empty)),
    of_code("places of another region", Swap(_MATCHER, "_placed", lambda _, ranking, *__: (ranking, None))),
    of_code("nothing but a place is ours", Swap(_MATCHER, "_strays", _no)),
    of_code("the day whose hours are asked names no service", Swap(_MATCHER, "_without_day", _first)),
    of_code("stored: word for word", Swap(f"{_FINDER}:Finder", "word_for_word", _nothing)),
    of_code("stored: is_no_answer", Swap("bot.understanding.stored.score", "is_no_answer", _no)),
    of_code("stored: asked of the topic", Swap(f"{_FINDER}:Finder", "is_asked_of", _no)),
    of_code("follow-up: what is rejected", Swap(_FOLLOW_UP, "_not_rejected", lambda _, said: said.words)),
    of_code("follow-up: coming back to an earlier subject", Swap(_FOLLOW_UP, "_come_back_to", _no_text)),
    of_code("follow-up: asking anew", Swap(_FOLLOW_UP, "_asks_anew", _no)),
    of_code("follow-up: another subject is named", Swap(_FOLLOW_UP, "_names_another", _no)),
    of_code("follow-up: asked of the subject itself", Swap(_FOLLOW_UP, "_asks_of", _no)),
    of_code("follow-up: a detail of the subject", Swap(_FOLLOW_UP, "_fits", _no)),
    of_code("follow-up: a case of the subject", Swap(f"{_HEARING}.aspects:Details", "is_a_case", _no)),
    of_code("follow-up: several short messages", Swap("bot.assistant", "joined", lambda turn, *_: turn)),
    of_code("deciding: aspects that still wait", Swap(_DIALOGUE, "_kept", _empty)),
    of_code("deciding: small talk that leans on the topic", Swap(_DIALOGUE, "_only_small_talk", _no)),
    of_code("deciding: an agency named in asking who speaks", Swap(_DIALOGUE, "_asks_who", _no)),
    of_code("deciding: ours or a neighbour's", Swap(_DIALOGUE, "_tells_apart", _no)),
    of_code("deciding: what is too far to be near", Swap(_DIALOGUE, "NEAR", 0.0)),
)
