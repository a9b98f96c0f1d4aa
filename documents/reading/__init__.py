"""Reads scanned papers in a throw-away process, so that hostile bytes never meet the site.

Start it as ``python -m documents.reading``; nothing here knows a web framework or a database.
"""

READER_VERSION = "2"
