"""Masks: areas and texts that differ from take to take, found out and proposed."""
