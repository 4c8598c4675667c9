#!/usr/bin/env python3
"""Runs exported scripts in one Python, each in a namespace of its own.

    echo '[{"script": "print(\"{}\")"}]' | python run_exported.py

prints the list of what they print, as JSON.
"""

import contextlib
import io
import json
import sys
import warnings

warnings.filterwarnings("ignore", message="matplotlib not found")
warnings.filterwarnings("error", module="__main__")


class Output(io.StringIO):
    def reconfigure(self, **_: object) -> None:
        """A script asks its output for UTF-8; text in memory has no encoding."""


def run(script: str) -> dict:
    output = Output()
    with contextlib.redirect_stdout(output):
        exec(compile(script, "exported.py", "exec"), {"__name__": "__main__"})
    return json.loads(output.getvalue())


if __name__ == "__main__":
    requests = json.load(sys.stdin)
    json.dump([run(r["script"]) for r in requests], sys.stdout, allow_nan=False)
