"""storycast"""
