"""What Java is told; the launcher of a clone, emulator/bin/datasphere-emulator, says why."""


def modules(java):
    """Options with which an archive of classes has to be made and used alike."""
    if java.major < 24:
        return []
    # Libraries still do what these versions warn of
    return ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]


def of(java, archive, command):
    """All options, for this archive of classes (or None) and the emulator's command."""
    flags = ["-XX:-UsePerfData", "-XX:+UseSerialGC", "-Xms24m", "-Xlog:disable", "-Xlog:all=error:stderr",
             "-Xlog:cds*=off:stderr"]
    if java.major >= 25:
        flags.append("-Xlog:aot*=off:stderr")
    if archive is not None:
        flags += ["-XX:AOTCache=" + archive] if java.major >= 25 else ["-Xshare:auto", "-XX:SharedArchiveFile=" + archive]
    if java.major <= 25:
        flags += ["-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0"]
    if java.major == 25:
        flags.append("-XX:-AOTReplayTraining")
    flags += modules(java)
    flags.append("-XX:CompileThresholdScaling=%d" % (2 if command == "start" and java.major < 25 else 6))
    return flags
