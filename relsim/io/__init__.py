"""Errors for people, files that are whole or not there, text as programs write it."""
