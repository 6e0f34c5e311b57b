#!/usr/bin/env bash
# Programs that the compiler must refuse. Each file of Tests/MustNotCompile says in its first line which error it expects,
# `// refused: ...`; those called ok*.swift must compile. Needs a debug build. Usage: scripts/must-not-compile.sh [FILE...]
set -uo pipefail
cd "$(dirname "$0")/.."

modules=.build/debug/Modules
[ -d $modules ] || { echo 'There is no debug build. Run `make build` first.' >&2; exit 1; }
flags=(-swift-version 6 -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility -I $modules)
for flag in $(pkg-config --cflags-only-I libpq); do flags+=(-Xcc "$flag"); done
for map in Sources/C/*/module.modulemap; do flags+=(-Xcc "-fmodule-map-file=$map"); done

# A grant that is spent twice is found only after type-checking, in the intermediate language: hence -emit-sil.
compile() { swiftc "${flags[@]}" -parse-as-library -emit-sil "$1" -o /dev/null 2>&1; }

passed=0 failed=0
fault() { printf '%s: %s\n' "$1" "$2"; failed=$((failed + 1)); }
[ $# -gt 0 ] || set -- Tests/MustNotCompile/*.swift
for file in "$@"; do
    said=$(compile "$file"); code=$?
    case ${file##*/} in
        ok*)
            if [ $code = 0 ]; then passed=$((passed + 1)); else fault "$file" "must compile, but: $said"; fi
            continue ;;
    esac
    expected=$(sed -n '1s|^// refused: ||p' "$file")
    if [ -z "$expected" ]; then fault "$file" 'its first line has no “// refused: ...”'
    elif [ $code = 0 ]; then fault "$file" 'compiles, and must not'
    elif ! grep 'error:' <<<"$said" | grep -qF -- "$expected"; then fault "$file" "is refused for another reason: $said"
    else passed=$((passed + 1)); fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
