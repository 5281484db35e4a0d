"""How are the standards published and measured? A site, posters, compliance."""
