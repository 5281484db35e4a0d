"""How does a folder become knowledge? All of it, or every problem."""
