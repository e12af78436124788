"""Java reads names of files by the locale, once. Where that knows English letters alone, Java gets another one, and
jobs and commands the user's own."""

import os
import sys


def restore(environ):
    """Changes the environment for Java; returns the options that let the emulator give the user's own back."""
    _undo_coercion(environ)
    if os.name == "nt" or _knows_all_letters():
        return []
    users = environ.get("LC_ALL", "")
    environ["LC_ALL"] = "C.UTF-8"
    return ["-Ddatasphere.emulator.lc_all=" + users]


def _undo_coercion(environ):
    """Python itself sets LC_CTYPE where the locale is C (PEP 538): then it is in UTF-8 mode, unasked."""
    asked = environ.get("PYTHONUTF8") or "utf8" in sys._xoptions
    if sys.flags.utf8_mode and not asked and sys.version_info < (3, 15):
        if environ.get("LC_CTYPE") in ("C.UTF-8", "C.utf8", "UTF-8"):
            del environ["LC_CTYPE"]


def _knows_all_letters():
    try:
        import _locale

        _locale.setlocale(_locale.LC_CTYPE, "")
        return _locale.nl_langinfo(_locale.CODESET).lower() in ("utf-8", "utf8")
    except (ImportError, AttributeError, ValueError, OSError):
        return False
