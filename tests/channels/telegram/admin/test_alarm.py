"""Who is told of a broken file: whom it concerns, once; others only when nobody of these could be reached."""

from structlog.testing import capture_logs

from bot.knowledge.problems import Problem
from tests.channels.telegram.admin.office import KTP, OTHER_CLERK
from tests.channels.telegram.running import ADMIN, CLERK

BROKEN = Problem(KTP, 9, "kunci `sarat` tidak dikenal.")
SIM = Problem("rujukan/rujukan-sim.yaml", 2, "kunci `naam` tidak dikenal.")
REGION = Problem("daerah.yaml", 1, "kunci `nam` tidak dikenal.")
ALL = (CLERK, OTHER_CLERK, ADMIN)


async def alarm_of(office, telegram, *reachable):
    """The alarm of a running bot, to which these people wrote before."""
    for person in reachable:
        telegram.meet(person)
    await telegram.called("setMyShortDescription")
    return office.alarm


def told(telegram):
    return {person: [message.text for message in telegram.messages(person)] for person in ALL}


async def test_those_who_may_mend_everything_hear_what_nobody_concerned_could_be_told(office, telegram):
    alarm = await alarm_of(office, telegram, OTHER_CLERK, ADMIN)
    await alarm((BROKEN,))
    assert KTP in told(telegram)[ADMIN][0]
    assert told(telegram)[OTHER_CLERK] == []


async def test_who_could_not_be_told_is_named_to_the_operator(office, telegram):
    alarm = await alarm_of(office, telegram, ADMIN)
    with capture_logs() as lines:
        await alarm((BROKEN,))
    assert [line["admin"] for line in lines if line["event"] == "an admin could not be told"] == [CLERK]


async def test_one_is_told_of_a_problem_once_whatever_else_breaks(office, telegram):
    alarm = await alarm_of(office, telegram, *ALL)
    await alarm((BROKEN,))
    await alarm((BROKEN, SIM))
    assert {person: len(messages) for person, messages in told(telegram).items()} == {
        CLERK: 1,
        OTHER_CLERK: 1,
        ADMIN: 0,
    }


async def test_a_file_in_a_folder_without_admins_is_told_to_those_who_may_mend_it(office, telegram):
    alarm = await alarm_of(office, telegram, *ALL)
    await alarm((REGION,))
    assert {person: len(messages) for person, messages in told(telegram).items()} == {
        CLERK: 0,
        OTHER_CLERK: 0,
        ADMIN: 1,
    }


async def test_who_was_told_hears_when_his_own_files_are_right_again(office, telegram):
    alarm = await alarm_of(office, telegram, *ALL)
    await alarm((BROKEN, SIM))
    await alarm((SIM,))
    assert "sudah benar lagi" in told(telegram)[CLERK][1]
    assert len(told(telegram)[OTHER_CLERK]) == 1
