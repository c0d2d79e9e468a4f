# Sourced by the scripts: `. "$(dirname "$0")/_environment.sh"`, then `ensure_environment`.
# Gives ROOT, VENV and VENV_PYTHON. PYTHON=… chooses the interpreter the environment is made with.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
VENV_PYTHON="$VENV/bin/python"
LOCK="$ROOT/requirements.lock"
CLUSTER_LOCK="$ROOT/scripts/cluster.lock"

# say ENGLISH CHINESE: one line each, to the error stream
say() {
    printf '%s\n%s\n' "$1" "$2" >&2
}

# A name on the path may be a stub that does not run: only trying tells.
_runs_python_311() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

_has_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

_find_python() {
    local candidate found=""
    local candidates=(python3 python3.13 python3.12 python3.11 python)
    [ -z "${PYTHON:-}" ] || candidates=("$PYTHON")
    for candidate in "${candidates[@]}"; do
        _runs_python_311 "$candidate" || continue
        found="$candidate"
        _has_venv "$candidate" || continue
        printf '%s\n' "$candidate"
        return 0
    done
    if [ -n "$found" ]; then
        say "$found has no venv module. Debian: apt-get install python3-venv" \
            "$found 缺少 venv 模块。Debian 请安装：apt-get install python3-venv"
    elif [ -n "${PYTHON:-}" ]; then
        say "PYTHON=$PYTHON is not Python 3.11 or later. Name another one." \
            "PYTHON=$PYTHON 不是 Python 3.11 或更高版本。请另行指定。"
    else
        say "Python 3.11 or later is missing. Debian: apt-get install python3 python3-venv" \
            "缺少 Python 3.11 或更高版本。Debian 请安装：apt-get install python3 python3-venv"
    fi
    return 1
}

_version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

# What the environment was made from: its place (one that was moved is broken) and the lock file.
_wanted_stamp() {
    printf '%s\n' "$ROOT"
    cat "$LOCK"
}

_is_current() {
    [ -x "$VENV_PYTHON" ] || return 1
    _wanted_stamp | cmp -s - "$VENV/installed" || return 1
    [ -z "${PYTHON:-}" ] || [ "$(_version_of "$PYTHON")" = "$(_version_of "$VENV_PYTHON")" ]
}

# An environment that runs is brought up to date in place: something may be running from it.
_make_venv() {
    local python="$1"
    if _runs_python_311 "$VENV_PYTHON"; then
        [ -n "${PYTHON:-}" ] || return 0
        [ "$(_version_of "$python")" != "$(_version_of "$VENV_PYTHON")" ] || return 0
    fi
    "$python" -m venv --clear "$VENV"
}

# The lock file is whole. Without --no-deps an older pip takes the newest release of a package that
# another one wants with an extra, instead of the one that is locked, and then misses its hash.
_install_packages() {
    "$VENV_PYTHON" -m pip install --quiet --no-input --disable-pip-version-check --no-deps \
        --only-binary=:all: --require-hashes -r "$1" >"$VENV/install.log" 2>&1 && return 0
    say "Packages could not be installed. Check the network, then see $VENV/install.log" \
        "无法安装依赖包。请检查网络，详见 $VENV/install.log"
    return 1
}

# A line in a .pth file makes the project importable without building it.
_link_project() {
    local packages
    packages="$("$VENV_PYTHON" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
    printf '%s\n' "$ROOT" >"$packages/refund_terminal.pth"
}

_build_environment() {
    _is_current && return 0
    local python
    python="$(_find_python)" || return 1
    say "Setting up .venv, about a minute ..." "正在准备 .venv，约一分钟……"
    rm -f "$VENV/installed"
    _make_venv "$python" && _install_packages "$LOCK" && _link_project || return 1
    _wanted_stamp >"$VENV/installed"
}

# Makes or updates .venv when it is not what the lock file says. Safe to run twice at once.
ensure_environment() {
    _is_current && return 0
    # The descriptor belongs to the subshell: nothing started later keeps the lock.
    (
        ! command -v flock >/dev/null 2>&1 || flock 9
        _build_environment
    ) 9<"$ROOT"
}

_build_cluster() {
    local installed="$VENV/installed-cluster"
    cmp -s "$CLUSTER_LOCK" "$installed" && return 0
    say "Adding what a Dask cluster needs to .venv ..." "正在 .venv 中添加 Dask 集群所需的包……"
    _install_packages "$CLUSTER_LOCK" && cp "$CLUSTER_LOCK" "$installed"
}

# Adds the packages of the extra `cluster` to a .venv that is current. Safe to run twice at once.
ensure_cluster() {
    (
        ! command -v flock >/dev/null 2>&1 || flock 9
        _build_cluster
    ) 9<"$ROOT"
}

_missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
            printf '%s ' "$package"
    done
}

_as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

_apt_install() {
    # A stale list elsewhere must not stop the install: only the install's own result counts.
    _as_root apt-get -qq update
    _as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 install "$@"
}

# ensure_packages NAME…: installs packages of a Debian-like system, or says what to install by hand
ensure_packages() {
    local missing="$*"
    if command -v apt-get >/dev/null 2>&1; then
        missing="$(_missing_packages "$@")"
        [ -n "$missing" ] || return 0
        say "Installing $missing..." "正在安装 $missing……"
        # shellcheck disable=SC2086  # a list of names
        _apt_install $missing >"$VENV/packages.log" 2>&1 && return 0
    fi
    say "Not installed: $missing. Install by hand; what needs them is skipped until then." \
        "未能安装：$missing。请手动安装；在此之前相关功能将跳过。"
    return 1
}
