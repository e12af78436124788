"""Where the program is."""

import os

from datasphere_emulator._build import JAR_SHA256, JAR_SIZE, VERSION

_NAME = "datasphere-emulator.jar"


def path(environ):
    """The jar as a file: in this package, or, if that is inside an archive (zipapp), unpacked into the user's cache."""
    packaged = os.path.join(os.path.dirname(os.path.abspath(__file__)), _NAME)
    return packaged if os.path.isfile(packaged) else _unpacked(environ)


def _unpacked(environ):
    import tempfile
    from pkgutil import get_data

    from datasphere_emulator import cache

    folder = os.path.join(cache.place(environ), "%s-%s" % (VERSION, JAR_SHA256[:12]))
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        folder = tempfile.mkdtemp(prefix="datasphere-emulator-")
    file = os.path.join(folder, "unpacked.jar")
    if not (os.path.isfile(file) and os.stat(file).st_size == JAR_SIZE):
        handle, part = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as out:
            out.write(get_data(__package__, _NAME))
        os.replace(part, file)
    return file
