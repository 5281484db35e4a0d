"""What is kept: the inbox, the conversations and the query log. Whatever cannot be done here raises StorageError."""
