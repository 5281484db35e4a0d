"""What do citizens see and do in Telegram?"""
