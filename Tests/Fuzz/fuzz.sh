#!/usr/bin/env bash
# Feeds the policy room with bytes that libFuzzer makes up, for so many seconds, beginning from the corpus beside this file.
# Usage: Tests/Fuzz/fuzz.sh [SECONDS]. What crashes it is left in .build/fuzz/found, what it learnt in .build/fuzz/learnt; `--keep` merges
# what it learnt into the corpus, as long as that stays under a megabyte.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=Tests/Fuzz built=.build/fuzz
mkdir -p "$built/found" "$built/learnt"

swift build -c release --scratch-path "$built" --target Policy -Xswiftc -sanitize=fuzzer
maps=()
for module in CMark CSodium CNettle CGLib COath; do maps+=(-Xcc "-fmodule-map-file=Sources/C/$module/module.modulemap"); done
swiftc -O -swift-version 6 -sanitize=fuzzer -parse-as-library "$here/Fuzz.swift" -I "$built/release/Modules" "${maps[@]}" \
    "$built"/release/{Policy,Markdown,Crypto}.build/*.o -lsodium -lnettle -lcmark-gfm -loath -lglib-2.0 -o "$built/PolicyFuzz"
if [ "${1:-}" = --keep ]; then
    exec "$built/PolicyFuzz" -merge=1 -max_total_time=600 "$here/corpus" "$built/learnt"
fi
exec nice -n 19 "$built/PolicyFuzz" -dict="$here/words.dict" -max_len=4096 -timeout=20 -rss_limit_mb=2000 \
    -artifact_prefix="$built/found/" -max_total_time="${1:-3600}" "$built/learnt" "$here/corpus"
