#!/usr/bin/env bash
# Installs the Debian packages that the named purposes lack, and touches no network where all is there.
# Usage: scripts/install.sh [build] [test] [bench]
set -euo pipefail

build='libsodium-dev libsqlite3-dev libmicrohttpd-dev libcmark-gfm-dev libcmark-gfm-extensions-dev pkg-config'
test='python3 chromium chromium-driver'
bench='python3 python3-venv nginx-light wrk valgrind'

wanted=
for purpose in "$@"; do
    case $purpose in
        build | test | bench) wanted+=" ${!purpose}" ;;
        *) echo "scripts/install.sh: no purpose is called “$purpose”; there are build, test and bench." >&2; exit 2 ;;
    esac
done

if ! version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9.]+$'); then
    echo 'Swift is not on the PATH. Install Swift 6.3 or newer for Debian 12 from https://swift.org/install and try again.' >&2
    exit 1
fi
if [ "$(printf '6.3\n%s\n' "$version" | sort -V | head -n 1)" != 6.3 ]; then
    echo "Swift $version is too old. Install Swift 6.3 or newer for Debian 12 from https://swift.org/install and try again." >&2
    exit 1
fi

missing=()
for package in $wanted; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing: ${missing[*]}. As root, run: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
