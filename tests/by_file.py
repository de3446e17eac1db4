"""What a run in several processes prints: a line for every file once it is through, and what fails at once.

pytest-xdist alone prints a point for every test, of whatever file it is. A run in one process is left as it
is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Sequence

import pytest
from _pytest.terminal import TerminalReporter

WORDS = ("failed", "error", "passed", "skipped")
"""What tests may become, in the order in which a line tells it."""

Status = tuple[str, str, object]


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Print by file in the process that leads others, unless somebody wants to see more or less."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and config.getoption("numprocesses", None) and config.get_verbosity() == 0:
        config.pluginmanager.register(ByFile(terminal))


class ByFile:
    """Counts what became of the tests of each file, in the process that gives the others their work."""

    def __init__(self, terminal: TerminalReporter) -> None:
        self._terminal = terminal
        self._waiting: dict[str, set[str]] = {}
        self._all = 0
        self._outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._seconds: Counter[str] = Counter()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Note which tests there are; every process has the same."""
        if not self._waiting:
            self._all = len(ids)
            for name in ids:
                self._waiting.setdefault(_file(name), set()).add(name)

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport | pytest.CollectReport
    ) -> Generator[None, Status, Status]:
        """Take the letter away that would be printed."""
        category, _letter, word = yield
        return category, "", word

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count, and print what failed."""
        file = _file(report.nodeid)
        self._seconds[file] += report.duration
        if (became := _became(report)) is not None:
            self._outcomes[file][became] += 1
        if report.failed:
            self._terminal.write_line(f"FAILED {report.nodeid} ({report.when})", red=True)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Print the line of a file of which this was the last test."""
        file = _file(nodeid)
        waiting = self._waiting.get(file, set())
        waiting.discard(nodeid)
        if not waiting and self._waiting.pop(file, None) is not None:
            self._terminal.write_line(self._line(file))

    def _line(self, file: str) -> str:
        done = self._all - sum(map(len, self._waiting.values()))
        counted = self._outcomes[file]
        told = ", ".join(f"{counted[word]} {word}" for word in WORDS if counted[word])
        return f"[{100 * done // self._all:3}%] {file}  {told}, {self._seconds[file]:.1f} s"


def _became(report: pytest.TestReport) -> str | None:
    """Return what a step of a test adds to the line; None for a step that a passed test has besides."""
    if report.failed:
        return "failed" if report.when == "call" else "error"
    if report.skipped:
        return "skipped"
    return "passed" if report.when == "call" else None


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]
