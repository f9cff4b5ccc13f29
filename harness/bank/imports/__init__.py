"""Questions from other programs, as drafts of our format. Nothing they bring is proven.

A reader takes a file apart into ``Found`` questions; ``write`` makes folders of them. Each fault names its row or line.
"""
