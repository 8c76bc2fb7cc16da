#!/usr/bin/env bash
# Run once by Gradescope, as root, when the autograder's image is built.
set -euo pipefail
root=${GRADER_ROOT:-/autograder}
source=$root/source
venv=${GRADER_VENV:-$source/.venv}

suitable() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
    2> /dev/null
}

find_python() {
  local name
  for name in ${GRADER_PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if suitable "$name"; then
      echo "$name"
      return
    fi
  done
  return 1
}

if [[ -z ${GRADER_SKIP_APT:-} ]]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  # The strongest isolation; where the image has none, the next one is used, and said so.
  apt-get install -qy --no-install-recommends bubblewrap || true
  find_python > /dev/null || apt-get install -qy --no-install-recommends python3 python3-venv
  find_python > /dev/null || apt-get install -qy --no-install-recommends python3.12 python3.12-venv ||
    apt-get install -qy --no-install-recommends python3.11 python3.11-venv || true
fi
if ! python=$(find_python); then
  echo "Python 3.11, 3.12 or 3.13 is needed: choose a newer base image (Ubuntu 24.04)" >&2
  exit 1
fi

unset PYTHONDONTWRITEBYTECODE
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir \
  --require-hashes -r "$source/requirements.lock"
# Compiled once here, not at each submission.
"$venv/bin/python" -m compileall -q "$source/grader"
cd "$source"
"$venv/bin/python" -m grader doctor
