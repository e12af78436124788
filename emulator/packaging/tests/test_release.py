"""A release as a tag makes it, and what builds make of it that know nothing but its folder.

Run by .ci/run as the mix "release"; by hand: python3 -m pytest emulator/packaging/tests. It needs gpg, git, a JDK, and
what Maven fetches. DATASPHERE_EMULATOR_TEST_RELEASES=2 makes a second one elsewhere, as the mix "release-twice" does.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
VERSION = "7.0.3"
GROUP = "io/github/datasphere"
LIBRARIES = ("datasphere-emulator-proto", "datasphere-emulator", "datasphere-emulator-junit")
GRADLE = "8.11.1"
PATIENCE_SECONDS = 900


def run(folder, *command, **variables):
    """What it prints; its exit code has to be 0."""
    words = [str(word) for word in command]
    ended = subprocess.run(words, cwd=folder, env=dict(os.environ, **variables), stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS)
    out, err = ended.stdout.decode(), ended.stderr.decode()
    assert ended.returncode == 0, "%s\n%s\n%s" % (" ".join(words), out, err)
    return out


class Checkout:
    """This checkout as it is now, elsewhere, with the next version set and tagged."""

    def __init__(self, folder):
        self.folder = folder
        listed = run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
        for name in filter(None, listed):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(str(ROOT / name), str(folder / name))
        self.said = run(folder, "emulator/packaging/release", "--set", VERSION)
        git = ("git", "-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false")
        run(folder, *git, "init", "--quiet")
        run(folder, *git, "add", "--all")
        run(folder, *git, "commit", "--quiet", "--message", "the release")
        run(folder, *git, "tag", "v" + VERSION)

    def release(self, *options, **variables):
        run(self.folder, "emulator/packaging/release", "--into", self.folder / "out", *options, **variables)
        return self.folder / "out"


@pytest.fixture(scope="session")
def key():
    """A key that lives as long as the tests: (its id, its home). Names of sockets may not be long, so neither is the home."""
    home = tempfile.mkdtemp(prefix="gpg")
    try:
        run(home, "gpg", "--batch", "--passphrase", "", "--quick-generate-key", "test <test@example.invalid>", "rsa3072",
            "sign", "1d", GNUPGHOME=home)
        told = run(home, "gpg", "--list-secret-keys", "--with-colons", GNUPGHOME=home)
        yield re.search(r"^fpr:+(\w+):", told, re.M)[1], home
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], env=dict(os.environ, GNUPGHOME=home))
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    return Checkout(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def release(checkout, key):
    """The folder of what a release publishes, signed."""
    return checkout.release("--key", key[0], GNUPGHOME=key[1])


@pytest.fixture(scope="session")
def bundle(release, tmp_path_factory):
    """What the Portal of Maven Central unpacks."""
    folder = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(str(release / "bundle.zip")) as archive:
        archive.extractall(str(folder))
    return folder


def published(bundle):
    return sorted(file for file in bundle.rglob("*") if file.is_file() and file.suffix not in (".md5", ".sha1", ".asc"))


def test_the_bundle_has_all_that_the_portal_asks_for(bundle):
    for library in LIBRARIES:
        stem = bundle / GROUP / library / VERSION / ("%s-%s" % (library, VERSION))
        for end in (".pom", ".jar", "-sources.jar", "-javadoc.jar"):
            assert pathlib.Path(str(stem) + end).is_file()
        with zipfile.ZipFile(str(stem) + "-javadoc.jar") as archive:
            assert "index.html" in archive.namelist()
        with zipfile.ZipFile(str(stem) + "-sources.jar") as archive:
            assert any(name.endswith(".java") for name in archive.namelist())
    names = {file.relative_to(bundle).parts[3] for file in published(bundle)}
    assert names == {*LIBRARIES, "datasphere-emulator-parent", "datasphere-emulator-bom"}
    assert not list(bundle.rglob("maven-metadata*"))


def test_each_file_has_its_checksums_and_a_signature_that_is_good(bundle, key):
    files = published(bundle)
    assert len(files) > 12
    for file in files:
        for kind in ("md5", "sha1"):
            assert (file.parent / (file.name + "." + kind)).read_text().split()[0] == hashlib.new(
                kind, file.read_bytes()).hexdigest()
    signatures = [str(file) + ".asc" for file in files]
    for signature in signatures:
        run(bundle, "gpg", "--batch", "--verify", signature, signature[: -len(".asc")], GNUPGHOME=key[1])


def test_a_file_that_was_changed_fits_no_signature(bundle, key, tmp_path):
    pom = next(file for file in published(bundle) if file.suffix == ".pom")
    (tmp_path / pom.name).write_text(pom.read_text() + "\n")
    ended = subprocess.run(["gpg", "--batch", "--verify", str(pom) + ".asc", str(tmp_path / pom.name)],
                           env=dict(os.environ, GNUPGHOME=key[1]), stderr=subprocess.PIPE)
    assert ended.returncode != 0


@pytest.mark.skipif(os.environ.get("DATASPHERE_EMULATOR_TEST_RELEASES", "1") == "1", reason="one build takes a minute")
def test_another_build_in_another_folder_gives_the_same_bytes(release, tmp_path_factory):
    again = Checkout(tmp_path_factory.mktemp("a second one with blänks")).release()
    first, second = digests(release), digests(again)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert any(name.endswith(".whl") for name in first) and "sbom.json" in first


def digests(release):
    """Of all that is published but signatures, which tell their time, and the archive that holds them."""
    left_out = (".asc", "bundle.zip")
    # The repository's own list of versions says when it was written
    files = (file for file in release.rglob("*") if file.is_file() and "maven-metadata" not in file.name)
    return {str(file.relative_to(release)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files if not file.name.endswith(left_out)}


def test_everything_is_of_one_version(checkout, release):
    jar = checkout.folder / "emulator/target/datasphere-emulator.jar"
    assert run(release, "java", "-jar", jar, "--version").split()[1] == VERSION
    wheel = release / ("datasphere_emulator-%s-py3-none-any.whl" % VERSION)
    with zipfile.ZipFile(str(wheel)) as archive:
        inside = archive.read("datasphere_emulator/datasphere-emulator.jar")
        assert inside == jar.read_bytes()
        assert 'VERSION = "%s"' % VERSION in archive.read("datasphere_emulator/_build.py").decode()
        metadata = archive.read("datasphere_emulator-%s.dist-info/METADATA" % VERSION).decode()
        parts = archive.read("datasphere_emulator-%s.dist-info/sboms/sbom.cdx.json" % VERSION)
    assert "\nVersion: %s\n" % VERSION in metadata
    assert parts == (release / "sbom.json").read_bytes()
    assert json.loads(parts)["metadata"]["component"]["version"] == VERSION
    assert "tag that commit v" + VERSION in checkout.said


def test_the_notes_are_what_the_changelog_had_unreleased(release):
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", text, re.M | re.S)[1].strip()
    assert (release / "notes.md").read_text(encoding="utf-8").strip() == unreleased


def test_a_tag_that_leads_elsewhere_is_refused(checkout, release):
    git = ("git", "-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false")
    run(checkout.folder, *git, "commit", "--quiet", "--allow-empty", "--message", "one more")
    ended = subprocess.run(["emulator/packaging/release", "--into", "other"], cwd=str(checkout.folder),
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    assert ended.stderr.decode() == "release: the tag v%s is at another commit; choose a new version\n" % VERSION
    run(checkout.folder, "git", "reset", "--quiet", "--hard", "v" + VERSION)


@pytest.fixture
def consumer(tmp_path, bundle):
    """A project of a user: a test on the libraries, and the BOM for their versions."""
    folder = tmp_path / "a user's project"
    shutil.copytree(str(HERE / "consumer"), str(folder))
    pom = folder / "pom.xml"
    pom.write_text(pom.read_text().replace("REPOSITORY", bundle.as_uri()).replace("VERSION", VERSION))
    return folder


def maven(checkout, folder, *arguments):
    """In a local repository of its own, but for what the build of this checkout has fetched already."""
    shared = pathlib.Path(os.environ.get("MAVEN_REPOSITORY", str(pathlib.Path.home() / ".m2/repository")))
    return run(folder, checkout.folder / "mvnw", "-B", "-Dmaven.repo.local=%s" % (folder / "repository"),
               "-Dmaven.repo.local.tail=%s" % shared, *arguments)


def test_a_maven_project_uses_it(checkout, consumer):
    told = maven(checkout, consumer, "test")
    assert "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0" in told
    fetched = consumer / "repository" / GROUP
    assert sorted(path.name for path in fetched.iterdir()) == sorted(
        [*LIBRARIES, "datasphere-emulator-parent", "datasphere-emulator-bom"])


def test_gradle_uses_it(checkout, consumer, bundle, tmp_path):
    """The engine of Gradle itself, which Maven Central has as a library, makes a Java project of it, resolves its class
    paths, and hands them over; its distribution, with the command, is not to be had from there."""
    gradle = tmp_path / "gradle.txt"
    maven(checkout, consumer, "-q", "-f", consumer / "gradle.xml", "dependency:build-classpath",
          "-Dmdep.outputFile=%s" % gradle, "-Dgradle.version=" + GRADLE)
    # Gradle's own start does so, too
    opens = "--add-opens=java.base/java.lang=ALL-UNNAMED"
    told = run(consumer, "java", opens, "-cp", gradle.read_text().strip(), HERE / "GradleProject.java", consumer, bundle.as_uri(), VERSION)
    assert "Gradle " + GRADLE in told
    compile_path, test_path = (re.search("^%s=(.*)$" % name, told, re.M)[1] for name in ("compile", "run"))
    # What is for a class path at run time alone is not on the one to compile with
    assert "datasphere-emulator-junit-%s.jar" % VERSION in compile_path
    classes = tmp_path / "classes"
    run(consumer, "javac", "-cp", compile_path, "-d", classes, *(consumer / "src").rglob("*.java"))
    ended = run(consumer, "java", "-cp", "%s%s%s" % (classes, os.pathsep, test_path),
                "org.junit.platform.console.ConsoleLauncher", "execute", "--disable-banner", "--scan-classpath", classes)
    assert "1 tests successful" in ended and "0 tests failed" in ended
