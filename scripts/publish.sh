#!/usr/bin/env bash
# Makes a self-contained folder and archive of the command line, compiled ahead for one platform: needs no SDK where it runs.
# Usage: scripts/publish.sh [linux-x64|linux-arm64]     writes artifacts/publish/PLATFORM and artifacts/publish/chain-PLATFORM.tar.gz
set -euo pipefail
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
. "$root/scripts/setup.sh"
platform="${1:-linux-x64}"
case "$platform" in
    linux-x64 | linux-arm64) ;;
    *) say "Usage: scripts/publish.sh [linux-x64|linux-arm64]"; exit 64 ;;
esac
out="$root/artifacts/publish/$platform"
log="$root/artifacts/publish/$platform.log"

lock_build
install_missing
require_dotnet
mkdir -p "$root/artifacts/publish"
rm -rf "$out"
say "Building for $platform ..."
# PublishPlatform keeps this restore's lock files and objects apart from those of other builds (Directory.Build.props).
dotnet publish "$root/src/Cli" -c Release -r "$platform" --self-contained true -o "$out" --disable-build-servers \
    -p:PublishPlatform="$platform" -p:PublishReadyToRun=true -p:DebugType=none -p:PublishDocumentationFiles=false \
    -tl:off -v:minimal </dev/null 9>&- | tee "$log" | build_progress || build_failed "$log"
# Same sources, same bytes: order, owners and times do not depend on the machine.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C "$out" -cf - . | gzip -9n >"$root/artifacts/publish/chain-$platform.tar.gz"
unlock_build
say "$(du -sh "$out" | cut -f1) in $out"
say "$(du -h "$root/artifacts/publish/chain-$platform.tar.gz" | cut -f1) in $root/artifacts/publish/chain-$platform.tar.gz"
