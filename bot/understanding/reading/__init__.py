"""Which words stand in a text?"""
