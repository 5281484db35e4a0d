"""What may an admin do, and what is said about it?"""
