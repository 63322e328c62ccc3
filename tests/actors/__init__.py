"""A storyboard of two people, filmed and told from end to end."""
