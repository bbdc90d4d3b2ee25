"""Proves that the service keeps to its contract, on SQLite and on PostgreSQL. `make contract-check` calls it.

usage: run.py CONCORDAT SCHEMATHESIS CASES SEED

CONCORDAT is the program, SCHEMATHESIS that of the same name. On each database, which is filled first, `concordat
contract check` sends CASES made-up requests of each kind to every operation, then Schemathesis sends as many. PostgreSQL
is a temporary one, of the programs that are installed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from glob import glob
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Postgres:
    """A server of our own, on a socket in a folder; it ends with the `with`."""

    def __enter__(self):
        found = sorted(glob("/usr/lib/postgresql/*/bin"), key=lambda it: int(it.split("/")[-2]))
        on_path = shutil.which("initdb")
        programs = Path(found[-1]) if found else Path(on_path).parent if on_path else None
        if programs is None:
            sys.exit("PostgreSQL is missing: apt-get install -y postgresql")
        self.folder = tempfile.mkdtemp()
        self.user = []
        if os.geteuid() == 0:
            # It refuses to run as root.
            self.user = ["runuser", "-u", "postgres", "--"]
            shutil.chown(self.folder, "postgres")
        data = f"{self.folder}/data"
        self.run([programs / "initdb", "-D", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"])
        flags = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}", "-c", "fsync=off"]
        self.log = open(f"{self.folder}/log", "w")
        self.server = subprocess.Popen(
            [*self.user, programs / "postgres", "-D", data, *flags], stdout=self.log, stderr=self.log, cwd="/"
        )
        ready = [*self.user, programs / "pg_isready", "-q", "-h", self.folder]
        while subprocess.run(ready, cwd="/").returncode:
            if self.server.poll() is not None:
                sys.exit(Path(f"{self.folder}/log").read_text())
            time.sleep(0.1)
        return f"postgres://postgres@{self.folder.replace('/', '%2F')}:5432/postgres"

    def run(self, command):
        ran = subprocess.run([*self.user, *command], cwd="/", capture_output=True, text=True)
        if ran.returncode:
            sys.exit(ran.stdout + ran.stderr)

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Sqlite:
    """A file of our own; it goes away with the `with`."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        return f"{self.folder}/test.sqlite3"

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)


def prove(program, schemathesis, cases, seed, database):
    """Runs both against a service on a database; tells whether both were content."""
    environment = os.environ | {"DATABASE_URL": database, "PORT": "0", "RATE_LIMIT": "off"}
    seeded = subprocess.run([program, "seed", "--json"], env=environment, check=True, capture_output=True, text=True)
    key = json.loads(seeded.stdout)[0]["keys"]["admin"]
    with tempfile.TemporaryFile("w+") as log:
        service = subprocess.Popen([program, "serve"], env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            line = service.stdout.readline()
            if not line.startswith("listening on "):
                log.seek(0)
                sys.exit(f"the service did not start:\n{log.read()}")
            url = line.removeprefix("listening on ").strip()
            return all([ours(program, cases, seed, url, key), theirs(schemathesis, cases, seed, url, key)])
        finally:
            service.terminate()
            service.wait()


def ours(program, cases, seed, url, key):
    """`concordat contract check`."""
    environment = os.environ | {"CONTRACT_BEARER": key}
    command = [program, "contract", "check", "openapi.yaml", "--url", url, "--cases", cases, "--seed", seed]
    return subprocess.run([*command, "--strict", "--timeout", "60s"], cwd=ROOT, env=environment).returncode == 0


def theirs(schemathesis, cases, seed, url, key):
    """Schemathesis, which reads `schemathesis.toml`."""
    command = [schemathesis, "run", "openapi.yaml", "--url", url, "--header", f"Authorization: Bearer {key}"]
    # One worker: two that parse Python at once can fail in CPython 3.11 (its issue 106905).
    limits = ["--max-examples", str(max(int(cases), 1)), "--seed", seed, "--workers", "1", "--request-timeout", "60"]
    return subprocess.run([*command, *limits, "--no-color"], cwd=ROOT).returncode == 0


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    program, schemathesis = (str(Path(it).resolve()) for it in sys.argv[1:3])
    cases, seed = sys.argv[3:5]
    failed = []
    for name, backend in [("SQLite", Sqlite()), ("PostgreSQL", Postgres())]:
        print(f"== {name}, seed {seed}", flush=True)
        with backend as database:
            if not prove(program, schemathesis, cases, seed, database):
                failed.append(name)
    if failed:
        sys.exit(f"failed on {' and '.join(failed)}; to repeat: make contract-check CASES={cases} SEED={seed}")


main()
