"""Healing: what a storyboard's locators found when it was approved is found again."""
