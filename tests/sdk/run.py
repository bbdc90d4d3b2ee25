"""Installs the client libraries and runs each against a live service. `make sdk-test` calls it.

usage: run.py CONCORDAT SDK [LANGUAGE]…

CONCORDAT is the program, SDK the folder that `make sdk` filled. A language whose tools are missing is named and
left out; one that is asked for by name must run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from service import Service
from unruly import Unruly

HERE = Path(__file__).resolve().parent


def typescript(sdk, work):
    """npm installs the library, tsc checks the test against its types, node runs it."""
    quietly(["npm", "install", "--no-audit", "--no-fund"], sdk)
    shutil.copy(HERE / "typescript/client.ts", work)
    (work / "package.json").write_text('{"private": true}')
    quietly(["npm", "install", "--no-audit", "--no-fund", str(sdk), "@types/node@22"], work)
    flags = ["--strict", "--target", "es2022", "--module", "commonjs", "--skipLibCheck", "--esModuleInterop", "--types", "node"]
    quietly([str(sdk / "node_modules/.bin/tsc"), *flags, "client.ts"], work)
    return ["node", "client.js"]


def python(sdk, work):
    """pip installs the library into a virtual environment of its own."""
    quietly([sys.executable, "-m", "venv", str(work / "venv")], work)
    interpreter = work / "venv/bin/python"
    quietly([str(interpreter), "-m", "pip", "install", "--quiet", str(sdk)], work)
    return [str(interpreter), str(HERE / "python/client.py")]


def rust(sdk, work):
    """cargo builds a program that depends on the library."""
    (work / "src").mkdir(exist_ok=True)
    shutil.copy(HERE / "rust/client.rs", work / "src/main.rs")
    manifest = (HERE / "rust/Cargo.toml").read_text()
    (work / "Cargo.toml").write_text(manifest.replace("SDK", str(sdk)))
    quietly(["cargo", "build", "--quiet"], work)
    return [str(work / "target/debug/client")]


def go(sdk, work):
    """go builds a program whose module finds the library beside it."""
    shutil.copy(HERE / "go/client.go", work)
    module = f"module client\n\ngo 1.23\n\nrequire concordat-client v0.0.0\n\nreplace concordat-client => {sdk}\n"
    (work / "go.mod").write_text(module)
    quietly(["go", "build", "-o", "client", "."], work)
    return ["./client"]


def java(sdk, work):
    """javac builds the library and the test; Jackson, all that it needs, comes with the generator."""
    jackson, = (HERE.parents[1] / ".tools").rglob("openapi-generator.jar")
    classes = work / "classes"
    shutil.rmtree(classes, ignore_errors=True)
    sources = [str(path) for path in sorted((sdk / "src/main/java").rglob("*.java"))]
    (work / "sources").write_text("\n".join(f'"{path}"' for path in [*sources, HERE / "java/Example.java"]))
    quietly(["javac", "--release", "17", "-proc:none", "-cp", str(jackson), "-d", str(classes), "@sources"], work)
    return ["java", "-cp", f"{classes}{os.pathsep}{jackson}", "Example"]


# What each needs, and how it is brought to run.
LANGUAGES = {
    "typescript": (["node", "npm"], typescript),
    "python": ([], python),
    "rust": (["cargo"], rust),
    "java": (["java", "javac"], java),
    "go": (["go"], go),
}


# The oldest version that a library is written for, and what tells the one that is there.
OLDEST = {
    "go": ((1, 23), ["go", "env", "GOVERSION"]),
    "javac": ((17,), ["javac", "-version"]),
}


def lacking(tools):
    """Which of the tools are not there, or too old for what the library is written with."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    for tool in set(tools) - set(missing):
        oldest, command = OLDEST.get(tool, ((), None))
        said = subprocess.run(command, capture_output=True, text=True).stdout if command else ""
        if tuple(map(int, re.findall(r"\d+", said)))[: len(oldest)] < oldest:
            missing.append(f"{tool} {'.'.join(map(str, oldest))}")
    return missing


def quietly(command, folder):
    """Runs a command that must succeed; shows what it said only if it does not."""
    environment = {name: value for name, value in os.environ.items() if name != "CARGO_TARGET_DIR"}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"{' '.join(command)} failed in {folder}:\n{ran.stdout}{ran.stderr}")


def check(language, program, sdk):
    """Runs one library's test; tells whether all went well."""
    work = sdk / "tests" / language
    work.mkdir(parents=True, exist_ok=True)
    command = LANGUAGES[language][1](sdk / language, work)
    with tempfile.TemporaryDirectory() as folder, Service(program, folder) as service:
        with Unruly(service.address) as unruly:
            environment = {
                **os.environ,
                "BASE_URL": f"http://{unruly.address}",
                "API_KEY": service.key,
            }
            ran = subprocess.run(command, cwd=work, env=environment, timeout=120)
            faults = unruly.faults()
    for fault in faults:
        print(f"{language}: {fault}", file=sys.stderr)
    return ran.returncode == 0 and not faults


def main(program, sdk, asked):
    passed, failed, left_out = [], [], []
    for language, (tools, _) in LANGUAGES.items():
        if asked and language not in asked:
            continue
        missing = lacking(tools)
        if missing:
            left_out.append(f"{language} (no {', '.join(missing)})")
            continue
        print(f"== {language}", flush=True)
        (passed if check(language, program, sdk) else failed).append(language)
    print(f"ran: {', '.join(passed) or 'none'}" + (f"; failed: {', '.join(failed)}" if failed else ""))
    if left_out:
        print(f"left out: {', '.join(left_out)}")
    return 1 if failed or not passed or (asked and len(passed) < len(asked)) else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3:]))
