"""What people do on the platform: each function is one deed, checked, in one transaction, and written down.

Nothing here knows of requests or pages. A deed that may not be done raises ``Refused``, with the reason for a person.
"""
