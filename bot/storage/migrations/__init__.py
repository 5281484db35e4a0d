"""How did the tables come to be? One script a step."""
