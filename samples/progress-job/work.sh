#!/bin/bash
# Says after each step how far it is: one JSON object, which replaces the one before as a whole.
trap 'echo "stopping early"; exit 0' TERM

for percent in 25 50 75 100; do
  sleep 0.3
  printf '{"progress": %d, "message": "%d of 4 steps", "create_time": "%s"}\n' \
    "$percent" $((percent / 25)) "$(date -u +%Y-%m-%dT%H:%M:%S+00:00)" >"$JOB_PROGRESS_FILENAME.next"
  mv "$JOB_PROGRESS_FILENAME.next" "$JOB_PROGRESS_FILENAME"
  echo "step $((percent / 25)) is done"
done
sleep 0.3
