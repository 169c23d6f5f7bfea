# Shared by ./chain and ./test (sourced, not run): what the machine must have, and the one build lock.
# Expects $root, the repository's folder.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export MSBUILDDISABLENODEREUSE=1 # no build server outlives the call and keeps its pipes or its lock open
[ -n "${HOME:-}" ] || export HOME="$root/artifacts/home"

readonly EXIT_UNAVAILABLE=69

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit "$EXIT_UNAVAILABLE"
}

# Prints the Debian packages that are missing here, one a line. "tests" adds what only the tests need. The node's own libraries
# come with its packages; these two are what .NET itself asks of a machine: OpenSSL for TLS, and certificates to fetch packages.
missing_packages() {
    local libraries
    libraries="$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p)"
    [[ "$libraries" == *libcrypto.so.3* && "$libraries" == *libssl.so.3* ]] || echo libssl3
    [ -n "${SSL_CERT_FILE:-}${SSL_CERT_DIR:-}" ] || [ -s /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
    if [ "${1:-}" = tests ]; then
        command -v node >/dev/null || echo nodejs
        command -v npm >/dev/null || echo npm
        # Partitions by network namespaces; who is not root tests them over proxies.
        [ "$(id -u)" -ne 0 ] || PATH="$PATH:/usr/sbin:/sbin" command -v ip >/dev/null || echo iproute2
    fi
}

# Installs what is missing by apt, or says which command does.
install_missing() {
    local packages
    mapfile -t packages < <(missing_packages "$@")
    [ "${#packages[@]}" -gt 0 ] || return 0
    local install="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
    local help="Missing: ${packages[*]}
Install with, as root:  $install
(names of Debian 12; elsewhere install OpenSSL 3 and the certificates by other means)"
    command -v apt-get >/dev/null || die "$help"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        # Without a terminal sudo could not ask, so then it must work unasked.
        command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; } || die "$help"
        as_root=(sudo)
    fi
    say "Installing ${packages[*]} ..."
    local log="$root/artifacts/apt.log"
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
        "apt-get -o DPkg::Lock::Timeout=120 update && apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends ${packages[*]}" \
        >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        die "$help"
    fi
}

require_dotnet() {
    command -v dotnet >/dev/null || die "The .NET SDK 10.0 is needed: no 'dotnet' on the PATH."
    dotnet --version >/dev/null 2>&1 || die "The .NET SDK 10.0 is needed (global.json); installed here: $(dotnet --list-sdks | tr '\n' ' ')"
}

# Takes the build lock until the script ends; children must not inherit it (9>&-).
lock_build() {
    mkdir -p "$root/artifacts"
    exec 9>"$root/artifacts/build.lock"
    if ! flock -n 9; then
        say "Waiting for another build ..."
        flock 9
    fi
}

unlock_build() { exec 9>&-; }

# Shortens msbuild's minimal output to one line for each project.
build_progress() { sed -u -n 's/^ *\(Chain\.[A-Za-z.]*\) -> .*\.dll$/  built \1/p' >&2; }

# Prints the faults of a build log, and dies.
build_failed() {
    grep -E ': (error|warning) ' "$1" | sort -u | head -n 20 >&2
    say "The build failed; its whole log: $1"
    exit 70
}
