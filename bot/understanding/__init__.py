"""What a question means: from text to services and aspects. Pure: no input, no output, no clock."""
