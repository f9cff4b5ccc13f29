"""Judges submissions. It alone of the platform reaches into ``sandbox`` and the hidden half of the content."""
