"""How does a reply look in Telegram?"""
