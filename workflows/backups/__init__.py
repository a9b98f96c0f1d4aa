"""Keeping a copy of an installation, and getting it back: database, files, and what proves both."""
