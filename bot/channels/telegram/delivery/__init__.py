"""How does every update end answered, exactly once?"""
