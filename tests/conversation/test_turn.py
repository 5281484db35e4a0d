"""Buttons as values."""

import pytest

from bot.conversation.turn import OLD_BUTTON, Action, ActionKind
from bot.knowledge.vocabulary import Aspect

LONGEST_ID = "a" * 32


def test_a_button_comes_back_as_it_was() -> None:
    action = Action(ActionKind.RATE, aspect="baik", turn="Zx_9-0123456789a")
    assert Action.decode(action.encode()) == action


def test_a_button_carries_the_aspects_asked_in_their_order() -> None:
    asked = (Aspect.COST, Aspect.REQUIREMENTS)
    assert Action.decode(Action.about(ActionKind.PICK, "kia", asked).encode()).aspects == asked


def test_a_button_drops_the_last_aspects_that_do_not_fit() -> None:
    asked = (Aspect.LEGAL_BASIS, Aspect.COMPLAINTS, Aspect.REQUIREMENTS, Aspect.COST)
    action = Action.about(ActionKind.PICK, LONGEST_ID, asked)
    assert action.aspects == (Aspect.LEGAL_BASIS, Aspect.COMPLAINTS)
    assert len(action.encode()) <= 64


def test_words_in_a_button_that_are_no_aspect_are_left_out() -> None:
    assert Action(ActionKind.SHOW, "kia", "syarat+hadiah").aspects == (Aspect.REQUIREMENTS,)


@pytest.mark.parametrize("text", ["", "halo", "1s:kia", "0s:kia::", "1?:kia::", "1s:a:b:c:d", "::::"])
def test_a_broken_or_older_button_is_none(text: str) -> None:
    assert Action.decode(text) is None


@pytest.mark.parametrize("action", [Action(ActionKind.SHOW, "a:b"), Action(ActionKind.SHOW, "a" * 70)])
def test_what_does_not_fit_a_button_is_refused(action: Action) -> None:
    with pytest.raises(ValueError, match="not an action that fits a button"):
        action.encode()


def test_the_stand_in_for_an_old_button_fits_one_too() -> None:
    assert Action.decode(OLD_BUTTON.encode()) == OLD_BUTTON
