"""Asking a person at a terminal: what they type, and what questions and results look like."""
