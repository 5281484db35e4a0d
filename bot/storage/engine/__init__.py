"""How are rows kept safely, whatever the database? Whatever cannot be done here raises StorageError."""
