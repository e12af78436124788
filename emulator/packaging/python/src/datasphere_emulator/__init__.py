"""DataSphere Jobs Emulator: the command (``python -m datasphere_emulator``) and a pytest plugin."""
