"""Where do the parts meet? Only here; it owns the clock.

What cannot begin is said at once: SettingsError of a setting or a folder, KnowledgeError of the knowledge with all its
problems, StorageError of the database.
"""
