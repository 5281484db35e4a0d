"""Which words and topics does the knowledge lack?"""
