"""The command as it is installed."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

import pytest

from conftest import COMMAND, PATIENCE_SECONDS, ROOT, package_folder

# What hides the Java of this machine, so that the extra has to do.
NO_JAVA = {"JAVA_HOME": None, "PATH": str(pathlib.Path(COMMAND).parent) + ":/bin"}


def test_the_exit_code_and_the_input_are_those_of_the_command_that_it_runs(run):
    ended = run("exec", "--", "sh", "-c", "cat; exit 7", stdin=b"text")
    assert (ended.returncode, ended.text) == (7, "text")


def test_it_becomes_java_so_that_nothing_can_outlive_it(surroundings, tmp_path):
    process = subprocess.Popen(
        [COMMAND, "exec", "--", "sh", "-c", "echo ready; exec sleep 600"], env=surroundings, stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"ready\n"
        assert os.path.basename(os.readlink("/proc/%d/exe" % process.pid)) == "java"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 128 + signal.SIGTERM
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def test_signals_that_python_ignores_are_not_ignored_by_what_it_runs(run):
    ended = run("exec", "--", "sh", "-c", "grep SigIgn /proc/self/status")
    assert int(ended.text.split()[1], 16) & (1 << signal.SIGPIPE - 1) == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", None])
def test_commands_get_the_users_own_locale(run, locale):
    ended = run("exec", "--", "sh", "-c", "echo ${LC_ALL-unset} ${LC_CTYPE-unset}; printf '\\303\\244'", LC_ALL=locale)
    assert ended.text == "%s unset\nä" % (locale or "unset")


def test_without_any_java_the_extra_will_do(run):
    ended = run("version", **NO_JAVA)
    assert ended.returncode == 0, ended.complaint
    assert ended.text.startswith("datasphere-emulator ")


def test_the_module_is_the_command(surroundings):
    ended = subprocess.run([sys.executable, "-m", "datasphere_emulator", "version"], env=surroundings,
                           stdout=subprocess.PIPE, timeout=PATIENCE_SECONDS)
    assert ended.stdout.startswith(b"datasphere-emulator ")


def test_without_java_it_says_in_eight_lines_what_to_do(run, fake_java, tmp_path):
    # -S: no site-packages, so no extra; /usr/lib/jvm is of the machine, hence through the function
    program = ("import sys; sys.path.insert(0, sys.argv.pop(1)); from datasphere_emulator import java, launcher;"
               "java._usual_homes = lambda environ: []; java._extra = lambda: None; sys.exit(launcher.main())")
    ended = subprocess.run([sys.executable, "-S", "-c", program, package_folder(), "version"],
                           env={"PATH": str(tmp_path), "JAVA_HOME": str(fake_java("11.0.2"))},
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    text = ended.stderr.decode()
    assert ended.returncode == 69
    assert "Java 11.0.2 is too old" in text and "Mend it with: " in text
    assert len(text.splitlines()) <= 8 and "Traceback" not in text


def test_java_that_cannot_be_started_is_told_without_a_traceback(run, fake_java, tmp_path):
    home = fake_java(program="#!/no/such/interpreter\n")
    ended = run("version", JAVA_HOME=str(home), XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert ended.returncode == 69
    assert "cannot start %s" % (home / "bin" / "java") in ended.complaint
    assert len(ended.complaint.splitlines()) <= 8 and "Traceback" not in ended.complaint


@pytest.mark.parametrize("version", ["17.0.9", "21.0.4", "24.0.1", "25.0.2", "26"])
@pytest.mark.parametrize("command", ["start", "types"])
def test_java_is_told_the_same_as_by_the_launcher_of_a_clone(run, fake_java, calls, surroundings, tmp_path, version, command):
    tree = tmp_path / "clone" / "emulator"
    (tree / "target").mkdir(parents=True)
    (tree / "bin").mkdir()
    (tree / "target" / "datasphere-emulator.jar").write_text("")
    launcher = shutil.copy(ROOT / "emulator" / "bin" / "datasphere-emulator", tree / "bin")
    home = str(fake_java(version))
    subprocess.run([launcher, command], env=dict(surroundings, JAVA_HOME=home), stderr=subprocess.DEVNULL, check=True)
    told = flags(calls()[-1])
    assert run(command, JAVA_HOME=home, XDG_CACHE_HOME=str(tmp_path / "cache")).returncode == 0
    assert flags(calls()[-1]) == told


def flags(call):
    """Without what names files."""
    plain = re.sub(r"(SharedArchiveFile|AOTCache|emulator\.program)=.*?(?= -)", r"\1", call)
    return re.sub(r"-jar .*\.jar", "-jar", plain).split()


def test_it_runs_out_of_one_file_in_a_folder_with_an_odd_name(surroundings, tmp_path):
    folder = tmp_path / "ein Örtchen"
    (folder / "app").mkdir(parents=True)
    shutil.copytree(package_folder() + "/datasphere_emulator", folder / "app" / "datasphere_emulator",
                    ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-m", "zipapp", str(folder / "app"), "-m", "datasphere_emulator.launcher:main",
                    "-o", str(folder / "emu.pyz")], check=True)
    ended = subprocess.run([sys.executable, str(folder / "emu.pyz"), "version"],
                           env=surroundings, stdout=subprocess.PIPE, timeout=PATIENCE_SECONDS)
    assert ended.stdout.startswith(b"datasphere-emulator ")
