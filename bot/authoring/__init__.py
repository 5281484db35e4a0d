"""How does an agency change what the bot knows?"""
