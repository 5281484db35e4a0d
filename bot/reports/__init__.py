"""What does the query log say? Figures, and files to take away."""
