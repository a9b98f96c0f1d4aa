"""Loads the demonstration into an empty database, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from onboarding.models import Vendor
from workflows import demo


class Command(BaseCommand):
    """`./mitra manage load_demo`."""

    help = "Loads about 200 invented firms and the people who work with them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load, unless it is there already; refuses a database with real work in it."""
        if demo.is_demo():
            self.stdout.write("the demonstration is already there")
            return
        if not settings.DEMO:
            raise CommandError("Set DEMO=1: demonstration data belongs in a demonstration.")
        if Vendor.objects.exists():
            raise CommandError("This database already holds businesses; it will not be mixed.")
        demo.load(lambda what: self.stdout.write(f"  {what} …"))
        self.stdout.write("demonstration loaded")
