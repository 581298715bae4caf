"""What a key in a URL can be."""

LARGEST_KEY = 2**31 - 1
"""What an integer key holds; a longer number is nobody's, and PostgreSQL would refuse to look for it."""
