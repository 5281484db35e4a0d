"""What do admins see and do in Telegram?"""
