"""Which updates are an admin's? Only his own, new, in his private chat; everybody else meets the ordinary handlers."""

from collections.abc import Collection
from typing import Any

from telegram import Chat, Update
from telegram.ext import CallbackQueryHandler, filters

from bot.access import Access
from bot.channels.telegram.context import Act, Context
from bot.conversation.turn import Action, ActionKind


class FromAdmin(filters.UpdateFilter):
    """A new message in the private chat of somebody who may change knowledge."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self._access = access

    def filter(self, update: Update) -> bool:
        """Whether it is one."""
        return update.message is not None and _by_admin(update, self._access)


class AdminPress(CallbackQueryHandler[Context, None]):
    """A button for admins, pressed by one; ``acts`` are the acts it stands for."""

    def __init__(self, act: Act, access: Access, acts: Collection[str]) -> None:
        super().__init__(act)
        self._access, self._acts = access, acts

    def check_update(self, update: object) -> bool | Any:
        """Whether this press is one of them."""
        if not isinstance(update, Update) or update.callback_query is None or not _by_admin(update, self._access):
            return False
        action = Action.decode(update.callback_query.data or "")
        return action is not None and action.kind is ActionKind.ADMIN and action.service in self._acts


def _by_admin(update: Update, access: Access) -> bool:
    user, chat = update.effective_user, update.effective_chat
    return user is not None and chat is not None and chat.type == Chat.PRIVATE and access.is_admin(user.id)
