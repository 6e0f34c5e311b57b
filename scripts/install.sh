#!/usr/bin/env bash
# Installs the Debian packages that the named purposes lack, and touches no network where all is there.
# Usage: scripts/install.sh [build] [test] [bench]
set -euo pipefail

# What the toolchain itself links with and runs on; a machine where it was unpacked as an archive may lack them.
swift='binutils gcc git libc6-dev libcurl4 libncurses6 libsqlite3-0 libstdc++-12-dev libxml2'
# What the rooms speak to.
libraries='libsodium-dev nettle-dev libsqlite3-dev libpq-dev libmicrohttpd-dev libgnutls28-dev zlib1g-dev libcurl4-openssl-dev libgmime-3.0-dev libglib2.0-dev liboath-dev libfido2-dev libqrencode-dev libzip-dev libcmark-gfm-dev libcmark-gfm-extensions-dev'
build="$swift pkg-config $libraries"
test='python3 python3-venv postgresql python3-aiosmtpd openssl zbar-tools chromium chromium-driver fiu-utils nginx-light slowhttptest man-db mandoc zsh fish systemd strace'
bench='python3 python3-venv postgresql nginx-light wrk valgrind'

checked_swift() {
    local version
    version=$(swift --version 2>&1 | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9.]+$') || true
    if [ -z "$version" ]; then
        echo "$(command -v swift) does not run here: $(swift --version 2>&1 | head -n 1)" >&2
        exit 1
    fi
    if [ "$(printf '6.3\n%s\n' "$version" | sort -V | head -n 1)" != 6.3 ]; then
        echo "Swift $version is too old. Install Swift 6.3 or newer for Debian 12 from https://swift.org/install and try again." >&2
        exit 1
    fi
}

wanted=
for purpose in "$@"; do
    case $purpose in
        build | test | bench) wanted+=" ${!purpose}" ;;
        *) echo "scripts/install.sh: no purpose is called “$purpose”; there are build, test and bench." >&2; exit 2 ;;
    esac
done

if ! command -v swift >/dev/null; then
    echo 'Swift is not on the PATH. Install Swift 6.3 or newer for Debian 12 from https://swift.org/install and try again.' >&2
    exit 1
fi

missing=()
for package in $wanted; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then checked_swift; exit 0; fi

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
checked_swift
