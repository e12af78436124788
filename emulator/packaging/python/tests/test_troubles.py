"""What can be wrong on a machine: it works all the same, or says in a few lines what to do. What is wrong with Java itself is
in test_java.py, with the user's cache in test_cache.py; a worker that is killed is in test_plugin.py."""

import shutil
import socket
import subprocess
import sys

import pytest

from conftest import PATIENCE_SECONDS, package_folder


def without_traceback(text):
    assert len(text.splitlines()) <= 8 and "Traceback" not in text and "\tat " not in text, text
    return text


def test_an_occupied_port_is_named_with_the_option_that_chooses_another(run, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        free = ["--http-port", "0", "--tls-port", "0", "--proxy-port", "0"]
        ended = run("start", "--data-dir", str(tmp_path / "data"), "--grpc-port", port, *free)
    assert ended.returncode not in (0, 2)
    assert port in without_traceback(ended.complaint) and "--grpc-port" in ended.complaint


def test_a_proxy_of_the_machine_is_asked_for_nothing_that_is_the_emulators(run):
    # Where nobody listens
    proxy = dict.fromkeys(["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"], "http://127.0.0.1:9")
    asks = ("import os, urllib.request as u\nfrom datasphere_emulator.face import Face\n"
            "print(Face(os.environ).get('/server')['runner'])\n"
            "print(u.urlopen(os.environ['DATASPHERE_EMULATOR_HTTP'] + '/healthz').read().decode())")
    ended = run("exec", "--", sys.executable, "-c", asks, **proxy)
    assert ended.returncode == 0, ended.complaint
    assert ended.text == "process\nok\n\n"


def test_a_home_that_cannot_be_written_does_no_harm(run, tmp_path):
    home = tmp_path / "a file"
    home.write_text("")
    ended = run("exec", "--", "true", HOME=str(home), XDG_CACHE_HOME=None)
    assert ended.returncode == 0
    assert str(home) not in without_traceback(ended.complaint)


def test_two_versions_side_by_side_have_archives_of_their_own(run, fake_java, surroundings, tmp_path):
    variables = dict(surroundings, JAVA_HOME=str(fake_java()), XDG_CACHE_HOME=str(tmp_path / "cache"))
    other = tmp_path / "other"
    shutil.copytree(package_folder() + "/datasphere_emulator", str(other / "datasphere_emulator"))
    build = other / "datasphere_emulator" / "_build.py"
    build.write_text(build.read_text().replace('VERSION = "', 'VERSION = "9.'))

    def start(path):
        ended = subprocess.run([sys.executable, "-m", "datasphere_emulator", "version"], stderr=subprocess.PIPE,
                               env=dict(variables, PYTHONPATH=path), timeout=PATIENCE_SECONDS)
        return ended.returncode, ended.stderr.decode()

    assert "preparing fast starts" in start("")[1]
    assert "preparing fast starts" in start(str(other))[1]
    # Neither has taken the other's
    assert start("") == start(str(other)) == (0, "")
    assert len(list((tmp_path / "cache" / "datasphere-emulator").iterdir())) == 2


@pytest.fixture
def little_room(tmp_path):
    """A file system with 1 MB, where this user may make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("this user may mount nothing")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_without_room_for_the_archive_it_starts_without_one(run, fake_java, calls, little_room):
    ended = run("version", JAVA_HOME=str(fake_java()), XDG_CACHE_HOME=str(little_room))
    assert (ended.returncode, ended.complaint) == (0, "")
    assert "SharedArchiveFile" not in calls()[-1]
    assert not list(little_room.rglob("*.jar"))


def test_without_room_for_its_data_it_says_so(run, little_room):
    full = little_room / "full"
    with open(str(full), "wb", buffering=0) as out:
        try:
            while out.write(b"x" * 65536):
                pass
        except OSError:
            pass
    ports = [option for name in ("grpc", "http", "tls", "proxy") for option in ("--%s-port" % name, "0")]
    ended = run("start", "--data-dir", str(little_room / "data"), *ports)
    assert ended.returncode not in (0, 2)
    complaint = without_traceback(ended.complaint)
    assert str(little_room) in complaint and ("space" in complaint or "full" in complaint)


def test_an_environment_in_a_path_with_blanks_and_umlauts_works(surroundings, tmp_path):
    folder = tmp_path / "ein Örtchen mit Leerzeichen"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "emulator.pth").write_text(package_folder() + "\n", encoding="utf-8")
    work = folder / "Arbeit hier"
    work.mkdir()
    (work / "job.yaml").write_text("cmd: echo fertig > 'größe.txt'\noutputs: ['größe.txt']\n", encoding="utf-8")
    ended = subprocess.run([str(folder / "bin/python"), "-m", "datasphere_emulator", "run", "job.yaml"], cwd=str(work),
                           env=dict(surroundings, TMPDIR=str(work)), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           timeout=PATIENCE_SECONDS)
    assert ended.returncode == 0, ended.stderr.decode()
    assert (work / "größe.txt").read_text() == "fertig\n"
