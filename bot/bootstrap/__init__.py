"""Where do the parts meet? Only here; it owns the clock."""
