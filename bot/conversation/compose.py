"""How is a decision put into words? One function for each outcome; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import buttons
from bot.conversation.answer import answer_blocks
from bot.conversation.asking import Asking
from bot.conversation.decision import Decision, Reason
from bot.conversation.guidance import greet, guide, thank
from bot.conversation.people import emergency, person
from bot.conversation.refusal import decline, elsewhere
from bot.conversation.reply import Block, Reply, Said, text
from bot.conversation.turn import Outcome
from bot.knowledge.base import KnowledgeBase


def compose(decision: Decision, knowledge: KnowledgeBase) -> Reply:
    """The reply to a decision; every one has a next step."""
    asking = Asking(knowledge, decision.at, decision.day, decision.variant)
    blocks, next_steps = _BY_OUTCOME[decision.outcome](decision, asking)
    return Reply(decision.turn, decision.outcome, blocks, next_steps, decision.subjects)


def _answer(decision: Decision, asking: Asking) -> Said:
    blocks: list[Block] = []
    aspects = decision.aspects
    if decision.reason is Reason.ELSEWHERE:  # only whom to ask there is known, whatever was asked
        blocks.append(elsewhere(decision, asking))
        aspects = ()
    for position, identity in enumerate(decision.subjects):
        subject = asking.knowledge.subjects[identity]
        faq = decision.faq if decision.faq and _whose(decision) == position else None
        blocks += answer_blocks(subject, aspects, asking, faq)
    return tuple(blocks), buttons.answer_buttons(decision, asking)


def _whose(decision: Decision) -> int:
    """Under which of the subjects the question's own answer stands; an agency's under the first."""
    owner = decision.faq[0] if decision.faq else ""
    return decision.subjects.index(owner) if owner in decision.subjects else 0


def _clarify(decision: Decision, asking: Asking) -> Said:
    phrases = asking.phrases
    offered = buttons.offered_buttons(decision, asking.knowledge)
    if decision.reason is Reason.GUESSED:
        name = asking.knowledge.subjects[decision.subjects[0]].name
        return (text(phrases.say("percakapan.maksudnya_ini", nama=name)),), offered
    return (text(phrases.say("percakapan.maksudnya_yang_mana")),), offered


_BY_OUTCOME: Mapping[Outcome, Callable[[Decision, Asking], Said]] = {
    Outcome.ANSWER: _answer,
    Outcome.REFER: _answer,
    Outcome.CLARIFY: _clarify,
    Outcome.DECLINE: decline,
    Outcome.GREET: greet,
    Outcome.THANKS: thank,
    Outcome.HELP: guide,
    Outcome.EMERGENCY: emergency,
    Outcome.PERSON: person,
}
