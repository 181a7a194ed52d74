#!/bin/sh
# Installs packages of Debian, or says which are missing. One caller at a time: the parts of a
# proof run side by side.
#
#     tools/debian.sh PACKAGE...
set -eu

if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "Missing; on Debian, as root: apt-get install --no-install-recommends $*" >&2
    exit 1
fi
exec 9> /tmp/logitude-debian.lock
flock 9
# Lists that cannot be had anew may hold the packages all the same.
apt-get update -qq || true
apt-get install -y -qq --no-install-recommends "$@" > /dev/null
