"""Which service is meant, and how surely?"""
