"""Stable ids and times as the library writes them."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_id() -> str:
    """Return a fresh id that no other laptop makes."""
    return str(uuid.uuid4())
