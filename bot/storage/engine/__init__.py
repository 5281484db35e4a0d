"""How are rows kept safely, whatever the database?"""
