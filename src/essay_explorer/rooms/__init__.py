"""Rooms: a class at one reading for a while, which marks blind and then sees itself."""
