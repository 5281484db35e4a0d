"""What nobody may read in any answer of the shipped knowledge: of each subject, in each case, on each day."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.composing import referrals
from bot.conversation.composing.answer import answer
from bot.conversation.composing.services import LONG_LIST
from bot.conversation.composing.wording import Occasion
from bot.conversation.reply import Block, BlockKind
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import covering, said, says_what_it_covers
from bot.knowledge.model import Referral, Service, Subject
from bot.knowledge.reading.loader import load
from bot.knowledge.vocabulary import Aspect
from tests.conftest import REAL_KNOWLEDGE

ZONE = ZoneInfo("Asia/Jakarta")
WORKDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
MOMENTS = {  # and the days that are asked for at each
    WORKDAY: ("", "besok", "sabtu", "25 desember", "hari libur"),
    datetime(2026, 11, 28, 10, 0, tzinfo=ZONE): ("", "hari ini"),  # a Saturday
    datetime(2026, 12, 24, 10, 0, tzinfo=ZONE): ("", "hari ini"),  # cuti bersama
    datetime(2027, 2, 15, 15, 30, tzinfo=ZONE): ("", "hari ini"),  # Ramadan
}
_HANGING = re.compile(
    r"\b(di|ke|dari|oleh|pada|dengan|untuk|dan|atau|yang)(?=\s*[.;!?)\n]|$)"  # nothing follows
    r"|\b(di|ke|dari) (Di|Ke|Tersebar|Lewat|Melalui|Secara|Belum|Tidak|Bisa|Ada)\b"  # what follows stands alone
    r"|\(\s*\)|\.\.(?!\.)|[,;:]\s*[.;]|\b(None|null)\b"
)
NEIGHBOURS = (  # of fire brigade, ambulance and other posts of the neighbouring city, which do not serve here
    *("0215582144", "0215522366", "02155732113", "02173450934", "02159319462", "087883370496", "081284030288"),
    *("087882325820", "081315598563", "02155791008", "0215531310", "0215587234", "1500041", "081314940504"),
    "08116121095",
)
_SENTENCE = 25  # letters from which one that stands twice is noticed
_SAID = {BlockKind.TEXT, BlockKind.NOTE}


@cache
def knowledge() -> KnowledgeBase:
    return load(REAL_KNOWLEDGE)


def answers(subject: Subject) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Every answer about a subject, with the question it is to."""
    titles = [one.title for one in subject.variants] if isinstance(subject, Service) else []
    for case in ("", *titles):
        asking = Occasion(knowledge(), WORKDAY, variant=case)
        for asked in ((), *((aspect,) for aspect in Aspect)):
            yield f"{case} {asked}", answer(subject, asked, asking).blocks
    for moment, days in MOMENTS.items():
        for day in days:
            blocks = answer(subject, (Aspect.HOURS,), Occasion(knowledge(), moment, day)).blocks
            yield f"{moment:%d %b} jam {day}", blocks
    for index, faq in enumerate(subject.faq):
        yield faq.question, answer(subject, (), Occasion(knowledge(), WORKDAY), (subject.id, index)).blocks


@pytest.fixture(params=sorted(knowledge().subjects))
def subject(request: pytest.FixtureRequest) -> Subject:
    return knowledge().subjects[request.param]


def printed(blocks: tuple[Block, ...]) -> str:
    return "\n".join(": ".join(filter(None, (block.label, line))) for block in blocks for line in block.lines)


def test_no_word_is_left_hanging_and_no_sentence_stands_twice(subject: Subject) -> None:
    for question, blocks in answers(subject):
        assert not _HANGING.search(printed(blocks)), (question, _HANGING.search(printed(blocks)))
        own = " ".join(line for block in blocks if block.kind in _SAID for line in block.lines)
        sentences = [one for one in re.split(r"(?<=[.!?])\s+", own) if len(one) >= _SENTENCE]
        assert sorted(set(sentences)) == sorted(sentences), question


def test_what_is_open_day_and_night_is_never_closed(subject: Subject) -> None:
    if "24 jam" in str(getattr(subject, "hours", "")):
        for question, blocks in answers(subject):
            assert not re.search(r"\btutup\b(?! telepon)", printed(blocks)), question


def test_a_lawful_fine_is_not_called_a_levy(subject: Subject) -> None:
    levy = knowledge().phrases.say("biaya.pungutan", jalur="").split(",")[0]
    for question, blocks in answers(subject):
        text = printed(blocks)
        assert levy not in text or "denda" not in text.casefold(), question


def test_the_sources_printed_under_an_aspect_cover_it(subject: Subject) -> None:
    if not says_what_it_covers(subject) or subject.is_withdrawn(WORKDAY.date()):
        return
    asking = Occasion(knowledge(), WORKDAY)
    for aspect in Aspect:
        parts = {aspect, *referrals.WHOM} if isinstance(subject, Referral) else {aspect}  # whom to turn to stands below
        held = [*said(subject, parts)]
        if any(one.part == aspect for one in held):
            covers = {source.address for one in held for source in covering(subject, one)}
            shown = {link for block in answer(subject, (aspect,), asking).blocks for link in block.links}
            assert shown <= covers, aspect
            for one in held:
                addresses = {source.address for source in covering(subject, one)}
                assert not addresses or shown & addresses, (aspect, one)


def test_a_long_list_of_cases_is_offered_by_case(subject: Subject) -> None:
    if isinstance(subject, Service) and sum(bool(one.requirements) for one in subject.variants) > 1:
        told = answer(subject, (Aspect.REQUIREMENTS,), Occasion(knowledge(), WORKDAY))
        letters = sum(len(line) for block in told.blocks if block.kind is BlockKind.BULLETS for line in block.lines)
        common = sum(map(len, subject.requirements))
        assert told.cases or letters <= LONG_LIST
        assert not told.cases or letters <= common + sum(len(one.title) for one in subject.variants)


def test_no_number_of_the_neighbouring_city_is_told() -> None:
    told = [one.model_dump_json(exclude={"content_tests"}) for one in knowledge().subjects.values()]
    digits = re.sub(r"[ ().-]", "", "".join([*told, knowledge().region.model_dump_json()]))
    assert [one for one in NEIGHBOURS if one in digits] == []
