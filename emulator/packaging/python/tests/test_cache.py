"""The archive of classes: made once, and harmless where it cannot be."""

import os
import pathlib
import re
import time


def test_the_archive_of_classes_is_made_once(run, fake_java, calls, tmp_path):
    variables = {"JAVA_HOME": str(fake_java()), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert "preparing fast starts" in run("version", **variables).complaint
    assert run("version", **variables).complaint == ""
    assert len([call for call in calls() if "ArchiveClassesAtExit" in call]) == 1
    archive = re.search("-XX:SharedArchiveFile=(.*?) -", calls()[-1]).group(1)
    assert pathlib.Path(archive).is_relative_to(tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob("rehearsal.*"))


def test_an_archive_that_cannot_be_made_is_tried_once(run, fake_java, calls, tmp_path):
    java = fake_java(program="#!/bin/sh\necho \"$@\" >>'%s'\ncase $1 in -XX:Arch*) echo 'no base' >&2; exit 1 ;; esac\n"
                             % (tmp_path / "calls"))
    variables = {"JAVA_HOME": str(java), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert "could not be made (no base)" in run("version", **variables).complaint
    assert run("version", **variables).complaint == ""
    assert len(calls()) == 3


def test_a_cache_that_cannot_be_written_does_no_harm(run, fake_java, calls, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    ended = run("version", JAVA_HOME=str(fake_java()), XDG_CACHE_HOME=str(blocked))
    assert (ended.returncode, ended.complaint) == (0, "")
    assert "SharedArchiveFile" not in calls()[-1]


def test_a_cache_that_others_may_write_is_not_used(run, fake_java, calls, tmp_path):
    variables = {"JAVA_HOME": str(fake_java()), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run("version", **variables)
    folder = next((tmp_path / "cache" / "datasphere-emulator").iterdir())
    folder.chmod(0o777)
    run("version", **variables)
    assert str(tmp_path / "cache") not in calls()[-1]


def test_leftovers_of_a_killed_preparation_are_removed(run, fake_java, tmp_path):
    variables = {"JAVA_HOME": str(fake_java("17.0.1")), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run("version", **variables)
    folder = next((tmp_path / "cache" / "datasphere-emulator").iterdir())
    (folder / "rehearsal.killed").mkdir()
    run("version", **dict(variables, JAVA_HOME=str(fake_java("17.0.2"))))
    assert not (folder / "rehearsal.killed").exists()


def test_who_comes_while_another_prepares_does_not_wait(run, fake_java, calls, tmp_path):
    import fcntl

    variables = {"JAVA_HOME": str(fake_java("17.0.1")), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run("version", **variables)
    folder = next((tmp_path / "cache" / "datasphere-emulator").iterdir())
    with open(folder / "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = run("version", **dict(variables, JAVA_HOME=str(fake_java("17.0.2"))))
    assert (ended.returncode, ended.complaint) == (0, "")
    assert "SharedArchiveFile" not in calls()[-1]


def test_what_an_old_version_has_left_goes_after_two_months(run, fake_java, tmp_path):
    ours = tmp_path / "cache" / "datasphere-emulator"
    old, young = ours / "0.0.1-abc", ours / "0.0.2-def"
    for folder in (old, young):
        folder.mkdir(parents=True)
    os.utime(old, (time.time() - 61 * 86400,) * 2)
    run("version", JAVA_HOME=str(fake_java()), XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert not old.exists() and young.exists()
