"""Which stored question was asked? The knowledge's own questions and answers, found in a clause of a story too."""
