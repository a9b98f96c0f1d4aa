"""Wiring: settings, URLs, Celery. Knows every room; the rooms know only its gate for uploads."""
