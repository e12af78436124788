#!/bin/bash
# Prints the most frequent words of a file, most frequent first.
set -euo pipefail
text=$1 top=$2

echo "counting the words of $(wc -l <"$text") lines" >&2
tr -cs '[:alpha:]' '\n' <"$text" | tr '[:upper:]' '[:lower:]' |
  sort | uniq -c | sort -k1,1nr -k2 | sed -n "1,${top}p" |
  while read -r count word; do
    echo "$word $count"
  done
