"""What is asked, and what else is said? Cues, aspects, small talk, details."""
