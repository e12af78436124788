package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import io.github.datasphere.proto.emulator.ServerFacts;
import io.grpc.Channel;
import java.util.function.Supplier;

/**
 * The parts of the emulator that the face shows.
 *
 * @param engine the current one: a reset swaps it
 * @param control what the control service does
 * @param services a channel to the services beside the journal, whose calls may do everything
 * @param facts facts about the emulator, asked for at each request
 * @param access who may come in
 * @param watch tells of changes of jobs
 */
public record FaceParts(
    Supplier<JobEngine> engine,
    Control control,
    Channel services,
    Supplier<ServerFacts> facts,
    FaceAccess access,
    RecordingSwitch watch) {}
