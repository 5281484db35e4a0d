"""How does the bot run?"""

import time
from datetime import timedelta
from functools import partial

from bot.access import Access
from bot.authoring.changing.changes import Changes
from bot.authoring.changing.folder import keep_whole, recover
from bot.authoring.desk.desk import Desk
from bot.authoring.desk.suggestions import SuggestionDesk
from bot.authoring.suggestions.boards import Boards
from bot.bootstrap.house import LAST_GOOD_FILE, assemble
from bot.bootstrap.starting import announce, check_network
from bot.bootstrap.storing import answering_database, names_of_people
from bot.bootstrap.tidying import keep_tidy
from bot.channels.telegram.admin.alarm import Alarm
from bot.channels.telegram.app import open_channel
from bot.channels.telegram.delivery.delivery import stop_on_signals
from bot.channels.telegram.delivery.waiting import Clocks, beside, going_on
from bot.live.learner import Learner
from bot.logs import set_up
from bot.settings import Settings, writable
from bot.storage.history import ChangeLog
from bot.storage.log.missed import Suggestions


async def serve(settings: Settings) -> None:
    """Answer in Telegram until a signal says stop, or until only a fresh process helps."""
    set_up(json=settings.log_format == "json", secrets=settings.secrets)
    check_network(settings)
    access = Access(settings.admin_ids, settings.agency_admins, settings.editor_ids)
    async with answering_database(settings) as database:
        name_of = await names_of_people(settings, database)
        history = ChangeLog(database)
        await recover(settings.knowledge_dir, history)
        house = assemble(settings.knowledge_dir, last_good=writable(settings.data_dir) / LAST_GOOD_FILE)
        announce(settings, access, house.live.snapshot.knowledge)
        desk = Desk(access, Changes(house.live, history, house.now))
        clocks = Clocks(house.now, time.monotonic)
        offered = SuggestionDesk(desk, Boards(Suggestions(database), house.live, house.now))
        channel = open_channel(settings, house.assistant, database, name_of, clocks, offered=offered)
        alarm = Alarm(channel.application.bot, desk)
        retention = timedelta(days=settings.log_retention_days)
        tidying = partial(keep_tidy, database, channel.sessions, retention, house.now)
        whole = partial(keep_whole, settings.knowledge_dir, history, clocks.sleep)
        await beside(
            channel.delivery.run(stop_on_signals(), channel.welcome),
            database.watch(),
            going_on("watching the knowledge", partial(house.live.watch, alarm), clocks.sleep),
            going_on("learning from edits", Learner(house.live, clocks.sleep).follow, clocks.sleep),
            going_on("ending what was cut off", whole, clocks.sleep),
            going_on("keeping tidy", tidying, clocks.sleep),
            going_on("keeping suggestions fresh", offered.boards.keep_fresh, clocks.sleep),
        )
