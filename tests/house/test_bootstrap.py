"""The way from a clean clone to a running product: which Python is taken, what is installed, what is said when it is not."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUDO = "" if os.geteuid() == 0 else "sudo "
TOOLS = ["bash", "cat", "cp", "env", "expand", "flock", "grep", "head", "make", "mkdir", "mktemp"]
TOOLS += ["readlink", "rm", "sed", "sh", "sha256sum", "tail", "uname"]

# An interpreter that answers as a real one would and writes down what it was asked.
FAKE_PYTHON = """#!/bin/sh
echo "$@" | head -n 1 >>"{log}"
case "$*" in
"-E -c "*) echo "3.12 yes" ;;
"--version") echo "Python 3.12.1" ;;
"-m venv --clear .venv")
    rm -rf .venv
    mkdir -p .venv/bin
    cp "$0" .venv/bin/python
    echo "VIRTUAL_ENV=$PWD/.venv" >.venv/bin/activate
    ;;
"-m pip install "*)
    if [ -e network-down ]; then echo "no route to host" >&2; exit 1; fi
    ;;
"-m kstthc_training.serve") echo "serving as $$ on $HOST:$PORT from $DATA_DIR" ;;
esac
"""


class Machine:
    """A clone of the scripts in a folder of its own, with only chosen programs on PATH."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.bin, tools = folder / "clone", folder / "bin", folder / "tools"
        for made in (self.clone, self.bin, tools):
            made.mkdir()
        for name in TOOLS:
            (tools / name).symlink_to(shutil.which(name) or name)
        shutil.copytree(ROOT / "scripts", self.clone / "scripts")
        shutil.copy(ROOT / "Makefile", self.clone)
        (self.clone / "requirements.txt").write_text("library==1.0\n")
        self.log = folder / "asked"
        self.environment = {"PATH": f"{self.bin}:{tools}", "HOME": str(folder)}

    def add(self, name: str, text: str, *, folder: Path | None = None) -> Path:
        """Put a program on PATH."""
        program = (folder or self.bin) / name
        program.write_text(text)
        program.chmod(0o755)
        return program

    def add_python(self) -> Path:
        """Put an interpreter on PATH that can make environments and install libraries."""
        return self.add("python3", FAKE_PYTHON.format(log=self.log))

    def asked(self) -> list[str]:
        """What the interpreters were asked since the last time."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.write_text("")
        return lines

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the clone."""
        return subprocess.run(
            command, cwd=self.clone, env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def answering(words: str) -> str:
    return f"#!/bin/sh\necho '{words}'\n"


def test_python_is_the_first_that_fits(machine: Machine) -> None:
    machine.add("python3", answering("3.9 yes"))
    machine.add("python3.13", answering("3.13 no"))
    expected = machine.add("python3.12", answering("3.12 yes"))
    machine.add("python3.11", answering("3.11 yes"))

    found = machine.run("scripts/python")

    assert (found.returncode, found.stdout, found.stderr) == (0, f"{expected}\n", "")


def test_python_that_exists_but_fails_when_called_is_passed_over(machine: Machine, tmp_path: Path) -> None:
    machine.add("python3", "#!/bin/sh\necho 'python3: command not found' >&2\nexit 127\n")
    second = tmp_path / "second"
    second.mkdir()
    expected = machine.add("python3", answering("3.11 yes"), folder=second)
    machine.environment["PATH"] += f":{second}"

    assert machine.run("scripts/python").stdout == f"{expected}\n"


def test_python_that_runs_this_test_fits(machine: Machine) -> None:
    own = machine.bin / "python3"
    own.symlink_to(sys.executable)

    assert machine.run("scripts/python").stdout == f"{own}\n"


@pytest.mark.parametrize(("name", "package"), [("python3", "python3-venv"), ("python3.11", "python3.11-venv")])
def test_python_without_venv_names_the_package(machine: Machine, name: str, package: str) -> None:
    without = "import sys; sys.modules['ensurepip'] = None; sys.version_info = (3, 11)"
    path = machine.add(name, f'#!/bin/sh\nexec {sys.executable} -c "{without}\n$3"\n')

    refused = machine.run("scripts/python")

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"{path} is there, but the part that makes virtual environments is not. Install it with:\n"
        f"  {SUDO}apt-get update && {SUDO}apt-get install -y {package}\n"
        "and run the same command again.\n"
    )


def test_python_too_old_or_too_new_is_named(machine: Machine) -> None:
    old = machine.add("python3", answering("3.9 yes"))
    new = machine.add("python3.13", answering("3.14 yes"))

    refused = machine.run("scripts/python")

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "Python 3.11, 3.12 or 3.13 is needed and was not found. There is:\n"
        f"  {old} is Python 3.9\n"
        f"  {new} is Python 3.14\n"
        "On Debian 12 and 13 install it with:\n"
        f"  {SUDO}apt-get update && {SUDO}apt-get install -y python3 python3-venv\n"
        "and run the same command again.\n"
    )


def test_python_missing_says_what_to_type(machine: Machine) -> None:
    refused = machine.run("scripts/python")

    assert refused.returncode == 2
    assert refused.stderr == (
        "Python 3.11, 3.12 or 3.13 is needed and was not found.\n"
        "On Debian 12 and 13 install it with:\n"
        f"  {SUDO}apt-get update && {SUDO}apt-get install -y python3 python3-venv\n"
        "and run the same command again.\n"
    )


def test_other_machines_are_told(machine: Machine) -> None:
    machine.add("uname", answering("Linux aarch64"))
    machine.add_python()

    refused = machine.run("scripts/install", "requirements.txt")

    assert refused.returncode == 2
    assert refused.stderr.startswith("This machine is Linux aarch64. The product runs on Linux x86-64 only")


def test_install_happens_once(machine: Machine) -> None:
    machine.add_python()

    first = machine.run("scripts/install", "requirements.txt")
    assert first.returncode == 0
    assert machine.asked()[1:] == [
        "--version",
        "-m venv --clear .venv",
        "-m pip install --quiet --require-hashes --only-binary :all: -r requirements.txt",
    ]

    second = machine.run("scripts/install", "requirements.txt")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert machine.asked() == []


def test_install_repeats_when_the_lock_changes(machine: Machine) -> None:
    machine.add_python()
    machine.run("scripts/install", "requirements.txt")
    machine.asked()
    (machine.clone / "requirements.txt").write_text("library==1.1\n")

    machine.run("scripts/install", "requirements.txt")

    assert machine.asked() == [
        "-m pip --version",
        "-m pip install --quiet --require-hashes --only-binary :all: -r requirements.txt",
    ]


def test_install_that_failed_is_explained_and_tried_again(machine: Machine) -> None:
    machine.add_python()
    (machine.clone / "network-down").touch()

    failed = machine.run("scripts/install", "requirements.txt")
    assert failed.returncode == 2
    assert failed.stderr.splitlines()[0] == "no route to host"
    assert "check the network or the proxy" in failed.stderr

    (machine.clone / "network-down").unlink()
    machine.asked()
    assert machine.run("scripts/install", "requirements.txt").returncode == 0
    assert machine.asked()[-1].startswith("-m pip install")


def test_install_makes_a_moved_environment_anew(machine: Machine) -> None:
    machine.add_python()
    machine.run("scripts/install", "requirements.txt")
    machine.asked()
    moved = machine.clone.rename(machine.clone.with_name("moved"))

    subprocess.run(["scripts/install", "requirements.txt"], cwd=moved, env=machine.environment, check=True)

    assert "-m venv --clear .venv" in machine.asked()
    assert f"{moved}/.venv" in (moved / ".venv/bin/activate").read_text()


def test_run_leaves_no_shell_before_the_server(machine: Machine) -> None:
    machine.add_python()
    machine.run("scripts/install", "requirements.txt")

    with subprocess.Popen(["scripts/run"], cwd=machine.clone, env=machine.environment, stdout=subprocess.PIPE) as run:
        said = run.stdout.read().decode() if run.stdout else ""

    assert said == f"serving as {run.pid} on : from \n"


def test_make_run_passes_the_settings_on(machine: Machine) -> None:
    machine.add_python()
    machine.environment["DATA_DIR"] = "/somewhere"

    started = machine.run("make", "run", "PORT=9123", "HOST=0.0.0.0")

    assert started.returncode == 0
    assert re.fullmatch(r"serving as \d+ on 0\.0\.0\.0:9123 from /somewhere", started.stdout.splitlines()[-1])


def test_tests_say_which_programs_are_missing(machine: Machine) -> None:
    refused = machine.run("scripts/tools")
    wanted = "chromium postgresql exim4-daemon-light dovecot-imapd openssl libical3"

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"The tests need: {wanted}. On Debian 12 and 13 install with:\n"
        f"  {SUDO}apt-get update && {SUDO}apt-get install -y --no-install-recommends {wanted}\n"
    )


def test_steps_go_on_after_a_failure_and_remember_it(machine: Machine) -> None:
    steps = '. scripts/steps.bash; step good echo quiet; step bad sh -c "echo why; exit 3"; step last true'

    ran = machine.run("bash", "-c", f"{steps}; echo ${{failed_steps[@]}}")

    assert [re.sub(r"\d+\.\d", "0.0", line) for line in ran.stdout.splitlines()] == [
        "ok      good                       0.0 s",
        "why",
        "FAILED  bad                        0.0 s",
        "ok      last                       0.0 s",
        "bad",
    ]


def test_help_lists_every_target() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert targets
    assert re.findall(r"^  (\w+) ", listed, re.MULTILINE) == targets[1].split()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_lock_holds_only_names_versions_and_hashes(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    allowed = re.compile(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    #\s.*")

    assert lines[:2] == ["# This file was autogenerated by uv via the following command:", "#    make lock"]
    assert [line for line in lines[2:] if not allowed.fullmatch(line)] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_follows_what_is_asked_for(name: str) -> None:
    asked = re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?(==\S+)?$", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
    locked = dict(re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?(==\S+)", (ROOT / f"{name}.txt").read_text(), re.MULTILINE))

    assert asked
    assert {library: version or locked.get(library) for library, version in asked} == {
        library: locked.get(library, "not locked") for library, _ in asked
    }
