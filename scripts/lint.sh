#!/usr/bin/env bash
# Formatting, opening comments, house names, and arrows between rooms. Prints what is wrong and fails, or prints nothing.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

swift format lint --strict --recursive --parallel Package.swift Sources Tests || failed=1

sources=$(git ls-files --cached --others --exclude-standard -- '*.swift' '*.py' '*.sh' 'Makefile' | sort -u)
for file in $sources; do
    [ -f "$file" ] || continue
    opening=$(grep -vE '^(#!|// swift-tools-version|#pragma once)' "$file" | head -n 1)
    case $opening in
        '//'* | '#'* | '"""'*) ;;
        *) echo "$file:1: a file opens with a comment that says what it is for"; failed=1 ;;
    esac
done

names=$(printf '%s\n' "$sources" | grep -E '(Util|Utils|Helper|Helpers|Manager|Service|Core|Common|Misc)\.[a-z]+$')
[ -z "$names" ] || { printf '%s: a name that says nothing\n' $names; failed=1; }

later=$(git grep -nE '\b(TODO|FIXME|XXX)\b' -- Sources Tests bench/\*.py | grep -v '^Tests/Conformance/')
[ -z "$later" ] || { printf '%s\n' "$later" 'nothing is left for later in the code'; failed=1; }

Tests/statements.py --words || failed=1
Tests/carried.py --words || failed=1

scripts/arrows.py || failed=1
swift build --explicit-target-dependency-import-check error || failed=1
exit $failed
