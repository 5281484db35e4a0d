"""The one way through: what a channel gets for a turn and has to keep."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.assistant import Assistant, Handled
from bot.conversation.turn import Action, ActionKind, Outcome, Rated, Rating, Session, Turn
from bot.knowledge.reading.loader import load
from bot.knowledge.vocabulary import Aspect
from bot.live import Snapshot
from bot.understanding.matcher import Matcher
from bot.understanding.result import Topic, Understanding

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@dataclass
class Live:
    snapshot: Snapshot


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    knowledge = load(Path(__file__).parent.parent / "knowledge")
    ticks = count()
    return Assistant(Live(Snapshot(knowledge, Matcher(knowledge))), lambda: next(ticks) / 1000)


def turn(said: str | Action) -> Turn:
    return Turn("turn1", NOW, "terminal", "chat", "user", said)


def test_a_question_is_answered_and_leaves_a_row(assistant: Assistant) -> None:
    handled = assistant.handle(turn("biaya ganti ktp hilang"), Session())
    record = handled.record
    assert (handled.reply.outcome, handled.reply.answered) == (Outcome.ANSWER, ("ktp-hilang",))
    assert (record.outcome, record.services, record.aspects) == (Outcome.ANSWER, ("ktp-hilang",), (Aspect.COST,))
    assert (record.scores[0][0], record.version) == ("ktp-hilang", assistant.snapshot.version)


def test_the_row_tells_how_long_understanding_took(assistant: Assistant) -> None:
    assert assistant.handle(turn("biaya ganti ktp hilang"), Session()).record.latency_ms == pytest.approx(1)


def test_a_question_that_is_not_answered_leaves_a_row_without_services(assistant: Assistant) -> None:
    record = assistant.handle(turn("resep rendang padang"), Session()).record
    assert (record.outcome, record.services) == (Outcome.DECLINE, ())


def test_the_topic_is_kept_for_the_next_turn(assistant: Assistant) -> None:
    first = assistant.handle(turn("syarat ganti ktp hilang"), Session())
    second = assistant.handle(turn("biayanya?"), first.session)
    assert (second.reply.answered, second.decision.aspects) == (("ktp-hilang",), (Aspect.COST,))


def test_a_button_is_answered_without_a_row(assistant: Assistant) -> None:
    handled = assistant.handle(turn(Action(ActionKind.SHOW, "ktp-hilang", "syarat")), Session())
    assert (handled.reply.answered, handled.record, handled.understood) == (("ktp-hilang",), None, None)


def test_a_rating_is_handed_on_without_a_row(assistant: Assistant) -> None:
    handled = assistant.handle(turn(Action(ActionKind.RATE, aspect="buruk", turn="turn0")), Session())
    assert (handled.decision.rated, handled.record) == (Rated("turn0", Rating.BAD), None)


class TestSeveralShortMessages:
    def ask(self, assistant: Assistant, *texts: str, apart_s: float = 2) -> Handled:
        session = Session()
        for number, said in enumerate(texts):
            at = NOW + timedelta(seconds=number * apart_s)
            handled = assistant.handle(replace(turn(said), at=at), session)
            session = handled.session
        return handled

    @pytest.mark.parametrize(
        ("texts", "subject", "aspects"),
        [
            (("mau tanya", "ktp hilang"), "ktp-hilang", ()),
            (("min", "syarat", "kk hilang"), "kk-hilang-rusak", (Aspect.REQUIREMENTS,)),
        ],
    )
    def test_are_one_question_when_the_first_alone_made_none(
        self, assistant: Assistant, texts: tuple[str, ...], subject: str, aspects: tuple[Aspect, ...]
    ) -> None:
        handled = self.ask(assistant, *texts)
        assert (handled.reply.answered, handled.decision.aspects) == ((subject,), aspects)
        assert handled.record.turn.said.endswith(" ".join(texts[-2:]))

    @pytest.mark.parametrize(
        ("texts", "answered"),
        [
            (("ktp", "rusak"), ("ktp-rusak",)),
            (("ktp", "kk hilang"), ("kk-hilang-rusak",)),
            (("ktp", "halo"), ()),
            (("ktp", "asdfgh"), ()),
        ],
    )
    def test_are_heard_one_by_one_after_a_question_back(
        self, assistant: Assistant, texts: tuple[str, ...], answered: tuple[str, ...]
    ) -> None:
        handled = self.ask(assistant, *texts)
        said = handled.reply.answered if handled.reply.outcome is Outcome.ANSWER else ()
        assert (said, handled.record.turn.said) == (answered, texts[-1])

    def test_are_two_when_they_come_too_late(self, assistant: Assistant) -> None:
        handled = self.ask(assistant, "syarat", "kk hilang", apart_s=11)
        assert (handled.reply.answered, handled.decision.aspects) == (("kk-hilang-rusak",), ())
        assert handled.record.turn.said == "kk hilang"

    def test_are_two_when_the_first_was_answered(self, assistant: Assistant) -> None:
        first = self.ask(assistant, "syarat ktp hilang")
        assert first.session.unanswered == ""

    def test_of_which_the_second_says_all_are_two(self, assistant: Assistant) -> None:
        handled = self.ask(assistant, "halo", "biaya ganti ktp hilang")
        assert handled.record.turn.said == "biaya ganti ktp hilang"

    def test_danger_is_heard_whatever_was_left_open(self, assistant: Assistant) -> None:
        handled = self.ask(assistant, "syarat ktp", "tolong kebakaran")
        assert handled.reply.outcome is Outcome.EMERGENCY

    def test_thanks_settle_what_was_left_open(self, assistant: Assistant) -> None:
        handled = self.ask(assistant, "syarat", "makasih")
        assert (handled.reply.outcome, handled.session.unanswered) == (Outcome.THANKS, "")


def test_a_message_is_understood_once_whatever_was_left_open(assistant: Assistant) -> None:
    matcher, heard = assistant.snapshot.matcher, []

    class Counting:
        read = matcher.read

        def understand(self, text: str, about: Topic | None) -> Understanding:
            heard.append(text)
            return matcher.understand(text, about)

    counted = Assistant(Live(Snapshot(assistant.snapshot.knowledge, Counting())), lambda: 0.0)
    counted.handle(turn("hilang"), Session(at=NOW, unanswered="ktp"))
    assert heard == ["ktp hilang"]
