#!/usr/bin/env python3
"""Django's own command line, for `./mitra manage …`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["read_document"]:
        # A file is read without the site, so that a script need not wait for it a second each time.
        from documents.readout import main

        sys.exit(main(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
