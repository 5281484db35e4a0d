"""What is kept: the inbox, the conversations and the query log."""
