"""The bank for other programs: each format is a module with ``render(export) -> bytes``, listed in ``formats``.

docs/exports.md says for each how texts are encoded, how it is imported, and what is lost.
"""
