#!/usr/bin/env bash
# Puts the peers of the benchmark into .venv, where `npm run bench` looks for them.
set -euo pipefail
cd "$(dirname "$0")/../.."
python3 -m venv .venv
.venv/bin/pip install --quiet 'qutip==5.3.*' 'qthermo==0.7.*'
.venv/bin/python -c 'import qutip; print("QuTiP", qutip.__version__, "in .venv")'
