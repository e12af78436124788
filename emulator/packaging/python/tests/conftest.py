import os
import pathlib
import subprocess
import sys
import textwrap

import pytest

pytest_plugins = ["pytester"]

ROOT = pathlib.Path(__file__).resolve().parents[4]
COMMAND = str(pathlib.Path(sys.executable).parent / "datasphere-emulator")
PATIENCE_SECONDS = 240


def package_folder():
    """Where Python finds the package."""
    import datasphere_emulator

    return str(pathlib.Path(datasphere_emulator.__file__).parents[1])


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """One for all tests that run the real program, so that its archive is made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def surroundings(cache, tmp_path):
    """Variables of a user whose folders are all below the test's own."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("DATASPHERE_", "LC_", "LANG"))}
    variables.update(XDG_CACHE_HOME=str(cache), HOME=str(tmp_path), TMPDIR=str(tmp_path), LC_ALL="C.UTF-8",
                     DATASPHERE_EMULATOR_RUNNER="process")
    return variables


@pytest.fixture
def run(surroundings):
    """Runs the installed command; variables of None are taken away."""

    def run(*arguments, stdin=b"", **variables):
        environ = dict(surroundings, **variables)
        environ = {name: value for name, value in environ.items() if value is not None}
        ended = subprocess.run([COMMAND, *arguments], input=stdin, env=environ, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS)
        ended.text = ended.stdout.decode()
        ended.complaint = ended.stderr.decode()
        return ended

    return run


@pytest.fixture
def fake_java(tmp_path):
    """Makes a Java that notes in `calls`, a line each, how it is called, and makes the archives that it is asked for."""

    def make(version="17.0.9", architecture=None, release=True, name=None, program=None):
        home = tmp_path / (name or "java %s" % version)
        (home / "bin").mkdir(parents=True)
        java = home / "bin" / "java"
        java.write_text(program or textwrap.dedent("""\
            #!/bin/sh
            echo "$@" >>'%s'
            case "$*" in *-XshowSettings*) echo '    java.version = %s' >&2 ;; esac
            for o; do case $o in -XX:ArchiveClassesAtExit=*|-XX:AOTCacheOutput=*) : >"${o#*=}" ;; esac; done
            """ % (tmp_path / "calls", version)))
        java.chmod(0o755)
        if release:
            lines = ['JAVA_VERSION="%s"' % version, 'OS_ARCH="%s"' % (architecture or os.uname().machine)]
            (home / "release").write_text("\n".join(lines) + "\n")
        return home

    return make


@pytest.fixture
def calls(tmp_path):
    def calls():
        file = tmp_path / "calls"
        return file.read_text().splitlines() if file.exists() else []

    return calls
