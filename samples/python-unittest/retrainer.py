"""Trains a model again with another rate: a program that uses the official client's SDK."""

from pathlib import Path

from datasphere import SDK


class Retrainer:
    def __init__(self, template):
        self._sdk = SDK()
        self._template = template

    def start(self, rate):
        """Starts a copy of the template job; its wait() returns when it is over."""
        return self._sdk.fork_job(self._template, env_vars={"RATE": str(rate)}, name="retrain")

    def retrain(self, rate):
        """The trained model, downloaded into the working folder."""
        job = self.start(rate)
        job.wait()
        return Path("model.bin")
