"""What is each rule and each word list good for? Everything is asked again without it."""
