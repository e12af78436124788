"""What the wheel holds."""

import hashlib
import pathlib
import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution

from conftest import ROOT
from datasphere_emulator import _build

LIMIT = 60 * 1024 * 1024


def build(into):
    wheel = subprocess.run([sys.executable, str(ROOT / "emulator/packaging/python/build"), "--into", str(into)],
                           stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    return pathlib.Path(wheel)


def test_two_builds_give_the_same_bytes_of_less_than_60_megabytes(tmp_path):
    first, second = build(tmp_path / "first"), build(tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < LIMIT
    assert not list(tmp_path.rglob("*.part"))


def test_the_jar_inside_is_the_executable_one(tmp_path):
    with zipfile.ZipFile(build(tmp_path)) as wheel:
        inside = wheel.read("datasphere_emulator/datasphere-emulator.jar")
    assert inside == (ROOT / "emulator/target/datasphere-emulator.jar").read_bytes()


def test_jar_and_wheel_are_of_one_version(run):
    said = run("version").text.split()[1]
    assert said == _build.VERSION
    assert distribution("datasphere-emulator").version == re.sub("-SNAPSHOT$", ".dev0", said)
