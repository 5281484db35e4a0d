"""What is said? From a decision to a reply."""
