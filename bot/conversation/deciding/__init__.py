"""What happens with what was heard? From an understanding to a decision."""
