#!/bin/bash
# Writes each file of one folder, sorted, to the same place in another.
set -euo pipefail
from=$1 to=$2

find "$from" -type f -printf '%P\n' | while read -r file; do
  mkdir -p "$to/$(dirname "$file")"
  sort "$from/$file" >"$to/$file"
  echo "sorted $file"
done
