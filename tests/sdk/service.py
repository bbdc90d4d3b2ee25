"""The service, as a process of its own with a demo partner on SQLite."""

import re
import subprocess


class Service:
    """Runs while the block does; `address` is where it listens, `key` the demo partner's."""

    def __init__(self, program, folder):
        self._command = [str(program), "serve", "--demo"]
        self._folder = folder

    def __enter__(self):
        self._process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            env={"DATABASE_URL": f"{self._folder}/test.sqlite", "PORT": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.address = self._find(r"listening on http://(\S+)")
        self.key = self._find(r"Bearer ([^'\s]+)")
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.communicate(timeout=40)

    def _find(self, pattern):
        for line in self._process.stdout:
            if found := re.search(pattern, line):
                return found.group(1)
        raise SystemExit(f"the service ended before it printed {pattern}")
