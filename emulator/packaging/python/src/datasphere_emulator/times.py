"""Lengths of time, as tests write them."""

import re
from datetime import timedelta

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1, "ms": 0.001}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|d|h|m|s)", re.ASCII)


def seconds(length):
    """Of a timedelta, a number of seconds, or a text such as ``14d``, ``1h 30m``, ``250ms``.

    Raises ValueError if the text is none.
    """
    if isinstance(length, timedelta):
        return length.total_seconds()
    if isinstance(length, (int, float)) and not isinstance(length, bool):
        return length
    rest, total = str(length), 0
    while rest.strip():
        found = _PART.match(rest)
        if found is None:
            raise ValueError("%r is no length of time; write 14d, 5h, 30m, 10s, 250ms, 1h30m, or a timedelta" % (length,))
        total += float(found.group(1)) * _UNITS[found.group(2)]
        rest = rest[found.end():]
    if not str(length).strip():
        raise ValueError("an empty text is no length of time; write 14d, 5h, 30m, 10s, or a timedelta")
    return total


def as_json(length):
    """As protobuf's JSON has a Duration."""
    return ("%.9f" % seconds(length)).rstrip("0").rstrip(".") + "s"
