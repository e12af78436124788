package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.ByteSize;
import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;

/**
 * An instance type that the service does not have, or has otherwise.
 *
 * @param cpus how many a job of it gets, as far as this machine has them
 * @param memory of a job, as far as this machine has it
 * @param gpus how many a job of it gets; 0 for none
 * @param gpuModel how listings call its GPUs; empty without GPU
 * @param gpuMemory memory of all its GPUs together
 */
public record OwnInstanceType(
    String name, int cpus, ByteSize memory, int gpus, String gpuModel, ByteSize gpuMemory) {

  public OwnInstanceType {
    atLeast("cpus", cpus, 1);
    atLeast("gpus", gpus, 0);
    if (memory.bytes() == 0) {
      throw new IllegalArgumentException("memory must be more than nothing, such as 8g");
    }
  }

  static OwnInstanceType read(String name, Value value) {
    var fields = Fields.of(value);
    var cpus = fields.require("cpus", v -> atLeast("cpus", v.integer(), 1));
    var memory = fields.require("memory", Value::size);
    var gpus = fields.read("gpus", 0, v -> atLeast("gpus", v.integer(), 0));
    var model = fields.read("gpu-model", "", Value::text);
    var gpuMemory = fields.read("gpu-memory", new ByteSize(0), Value::size);
    fields.end();
    return new OwnInstanceType(name, cpus, memory, gpus, model, gpuMemory);
  }

  private static int atLeast(String key, int number, int minimum) {
    if (number < minimum) {
      throw new IllegalArgumentException(key + " must be at least " + minimum + ", not " + number);
    }
    return number;
  }
}
