"""The fixtures that hidden and public tests are written against: one closed facade, two backends.

``kit.py`` is the in-process backend; it is shipped to candidates as their ``tests/conftest.py`` and stands alone.
``remote.py`` is the backend over the wire. ``values.py`` holds the seeded values that both draw from.
"""
