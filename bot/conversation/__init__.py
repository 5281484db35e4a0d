"""What to say next: from a turn and what was understood to a reply. Pure: no input, no output, no clock."""
