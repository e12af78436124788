"""The command: finds Java, and becomes it."""

import os
import sys

# As sysexits has it: what is needed is not here.
UNAVAILABLE = 69
_INTERRUPTED = 130


def main(program=None):
    """Runs the command line. On Linux and macOS it returns only if the program cannot be started."""
    try:
        return _run(sys.argv[1:], program or _name())
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        return UNAVAILABLE


def _run(arguments, program):
    from datasphere_emulator import cache, jar

    try:
        java, packaged = _java(), jar.path(os.environ)
    except _Complaint as e:
        say(str(e))
        return UNAVAILABLE
    run, archive = cache.program(java, packaged, os.environ, say)
    if arguments[:1] == ["--prepare"]:
        return 0
    return _become(java, command(java, run, archive, arguments, program))


class _Complaint(Exception):
    pass


def _java():
    from datasphere_emulator import java

    try:
        return java.find(os.environ)
    except java.NoJavaError as e:
        raise _Complaint(str(e)) from None


def command(java, jar, archive, arguments, program):
    """The whole command line of Java."""
    from datasphere_emulator import locales, options

    flags = options.of(java, archive, arguments[0] if arguments else "") + locales.restore(os.environ)
    terminal = "true" if _is_terminal() else "false"
    own = ["-Ddatasphere.emulator.program=" + program, "-Ddatasphere.emulator.terminal=" + terminal]
    users = os.environ.get("DATASPHERE_EMULATOR_JAVA_OPTS", "").split()
    return [java.program] + flags + users + own + ["-jar", jar] + arguments


def _become(java, command):
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if os.name == "nt":
            from datasphere_emulator import windows

            return windows.run(command)
        _restore_signals()
        os.execv(java.program, command)
    except OSError as e:
        from datasphere_emulator.java import mend

        say("cannot start %s: %s.\nIs it made for this system? Another Java is brought by: %s" % (
            java.program, e.strerror or e, mend()))
        return UNAVAILABLE


def _restore_signals():
    """Python ignores some, and what is ignored stays so in what this process becomes, and in its jobs."""
    import _signal

    for name in ("SIGPIPE", "SIGXFSZ"):
        if hasattr(_signal, name):
            _signal.signal(getattr(_signal, name), _signal.SIG_DFL)


def _name():
    """How the user calls us, for messages that name a command to type."""
    program = sys.argv[0]
    name = os.path.basename(program)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        file = os.path.join(folder, name)
        if os.path.isfile(file):
            return name if os.path.realpath(file) == os.path.realpath(program) else program
    return program


def _is_terminal():
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:
        return False


def say(text):
    try:
        sys.stderr.write("datasphere-emulator: %s\n" % text)
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        # Nobody listens
        pass
