"""The bare echo bot that delivery is measured beside: `python -m benchmarks.echo URL TOKEN [at-once]`."""

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(update.message.text)


def main(url: str, token: str, *, at_once: bool) -> None:
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").concurrent_updates(at_once)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], at_once="at-once" in sys.argv)
