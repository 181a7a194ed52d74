#!/bin/sh
# Every file that names a version names that of Cargo.toml.
# usage: versions.sh VERSION ABI SOURCE_DIR BUILD_DIR
set -eu
version=$1 abi=$2 source=$3 build=$4

failed=0
# says FILE TEXT: a line of the file starts with it.
says() {
    if ! sed 's/^ *//' "$1" | awk -v text="$2" 'index($0, text) == 1 { found = 1 }
            END { exit !found }'; then
        echo "$1 does not say: $2" >&2
        failed=1
    fi
}

says "$source/Cargo.toml" "version = \"$version\""
says "$source/include/logitude/logitude.h" "#define LGT_VERSION \"$version\""
says "$source/include/logitude/api.json" "\"version\": \"$version\","
says "$source/cmake/logitude.map" "LOGITUDE_$abi {"
says "$source/packaging/vcpkg/ports/logitude/vcpkg.json" "\"version\": \"$version\","
says "$source/CHANGELOG.md" "## [$version]"
if [ -e "$build/logitude.pc" ]; then
    says "$build/logitude.pc" "Version: $version"
    says "$build/logitude-config-version.cmake" "set(PACKAGE_VERSION \"$version\")"
fi
# The number: major * 10000 + minor * 100 + patch.
number=$(echo "$version" | awk -F. '{ print $1 * 10000 + $2 * 100 + $3 }')
says "$source/include/logitude/logitude.h" "#define LGT_VERSION_NUMBER $number"
exit $failed
