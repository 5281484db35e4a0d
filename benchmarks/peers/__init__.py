"""How well and how fast is a question understood, next to what anybody could install instead?"""
