"""Which Java is taken, and what is said where none will do."""

import os

import pytest

from datasphere_emulator import java


@pytest.fixture(autouse=True)
def no_other_java(monkeypatch):
    """Whatever this machine has in the usual places, or as the extra."""
    monkeypatch.setattr(java, "_usual_homes", lambda environ: [])
    monkeypatch.setattr(java, "_extra", lambda: None)


def complaint(environ):
    with pytest.raises(java.NoJavaError) as caught:
        java.find(dict({"PATH": "/nowhere"}, **environ))
    text = str(caught.value)
    # With the name of the program before it
    assert len(text.splitlines()) <= 8
    return text


def test_java_home_comes_before_the_extra_and_that_before_the_path(fake_java, monkeypatch):
    first, second, third = fake_java(name="first"), fake_java(name="second"), fake_java(name="third")
    monkeypatch.setattr(java, "_extra", lambda: str(second))
    path = {"PATH": str(third / "bin")}
    assert java.find(dict(path, JAVA_HOME=str(first))).home == str(first)
    assert java.find(path).home == str(second)
    monkeypatch.setattr(java, "_extra", lambda: None)
    assert java.find(path).home == str(third)


def test_the_usual_places_come_last(fake_java, monkeypatch):
    home = fake_java("21.0.1")
    monkeypatch.setattr(java, "_usual_homes", lambda environ: [str(home)])
    assert java.find({"PATH": "/nowhere"}).version == "21.0.1"


def test_one_that_is_too_old_is_passed_over(fake_java):
    old, good = fake_java("11.0.2"), fake_java("17.0.9")
    found = java.find({"JAVA_HOME": str(old), "PATH": "%s:%s" % (old / "bin", good / "bin")})
    assert (found.version, found.major) == ("17.0.9", 17)


def test_all_that_were_looked_at_are_named(fake_java, tmp_path):
    old = fake_java("11.0.2")
    text = complaint({"JAVA_HOME": str(tmp_path / "gone"), "PATH": str(old / "bin")})
    assert "JAVA_HOME (%s): has no bin/java" % (tmp_path / "gone") in text
    assert "PATH (%s): Java 11.0.2 is too old" % (old / "bin" / "java") in text
    assert "the extra [java]: not installed" in text
    assert text.splitlines()[-1].startswith("Mend it with: ")


def test_nothing_at_all_is_told_as_such(tmp_path):
    text = complaint({"PATH": str(tmp_path)})
    assert "JAVA_HOME: not set" in text
    assert "PATH: has no java" in text


def test_many_that_will_not_do_are_no_long_list(fake_java):
    path = ":".join(str(fake_java("8", name="old %d" % n) / "bin") for n in range(20))
    assert "more, as unfit" in complaint({"PATH": path})


def test_the_numbering_of_old_versions_is_known(fake_java):
    assert "Java 1.8.0_402 is too old" in complaint({"JAVA_HOME": str(fake_java("1.8.0_402"))})


def test_without_a_release_file_it_is_asked(fake_java):
    assert java.find({"JAVA_HOME": str(fake_java("19.0.1", release=False))}).version == "19.0.1"


def test_one_for_another_processor_is_named_as_such(fake_java):
    home = fake_java(architecture="sparcv9", program="\x7fELF for something else")
    assert "is for another processor, sparcv9" in complaint({"JAVA_HOME": str(home)})


def test_a_foreign_one_that_runs_all_the_same_will_do(fake_java):
    assert java.find({"JAVA_HOME": str(fake_java(architecture="sparcv9"))}).version == "17.0.9"


def test_one_that_may_not_be_run_is_told(fake_java):
    home = fake_java()
    (home / "bin" / "java").chmod(0o644)
    assert "is not executable" in complaint({"JAVA_HOME": str(home)})


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").symlink_to(tmp_path / "gone")
    assert "is a link that leads nowhere" in complaint({"JAVA_HOME": str(tmp_path)})


def test_one_that_breaks_is_told_in_its_own_words(fake_java):
    home = fake_java(release=False, program="#!/bin/sh\necho 'libjli.so: no such file' >&2\nexit 127\n")
    assert "does not say its version: libjli.so: no such file" in complaint({"JAVA_HOME": str(home)})


def test_links_and_odd_names_lead_to_it(fake_java, tmp_path):
    home = fake_java(name="Jävä and more")
    (tmp_path / "java").symlink_to(home / "bin" / "java")
    assert java.find({"PATH": str(tmp_path)}).program == os.path.join(str(home), "bin", "java")
