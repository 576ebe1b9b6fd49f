"""The readers and an editor, as locust users: ``python -m evaluation.loading.crowd PLAN OUT``.

A process of its own, since locust makes every socket in it cooperative.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from itertools import count, cycle
from pathlib import Path
from typing import Any

import gevent
from locust import User, between, task
from locust.env import Environment
from locust.exception import StopUser

from evaluation.loading.judging import judged
from evaluation.loading.wire import Session

_TURNS = 3  # questions of one conversation; then it is begun anew


class Reader(User):
    """Asks about its own library, in one language, and looks whether the replies are its own."""

    plan: dict[str, Any]
    records: list[dict[str, Any]]
    started: float
    done = 0  # readers who have asked all they wanted to
    _numbers = count()

    def on_start(self) -> None:
        """Open the page, as a browser tab of its own."""
        self.asked = 0
        self.fact = self.plan["facts"][next(Reader._numbers) % len(self.plan["facts"])]
        self.session = Session(self.plan["address"])
        self.questions = cycle(self.fact["questions"])
        self.earlier: list[str] = []

    @task
    def ask(self) -> None:
        """Ask the next question; begin a new conversation after a few.

        Who has asked all stays: in the place of one who leaves while others arrive comes another.
        """
        if self.asked == self.plan["rounds"] > 0:
            return
        if len(self.earlier) == _TURNS:
            self.session.call("forget", self.fact["language"])
            self.earlier = []
        question, expected = next(self.questions)
        self._noted(question, expected)
        self.earlier.append(question)
        self.asked += 1
        if self.asked == self.plan["rounds"]:
            Reader.done += 1

    def _noted(self, question: str, expected: str) -> None:
        at, found = time.monotonic(), dict[str, Any]()
        failure: Exception | None = None
        try:
            reply = self.session.call("converse", question, None, self.fact["language"])
            others = [
                wanted
                for fact in self.plan["facts"]
                for _, wanted in fact["questions"]
                if fact is not self.fact
            ]
            found = judged(reply, question, self.earlier, expected, others)
        except Exception as error:
            failure = error
        seconds = time.monotonic() - at
        error_text = f"{type(failure).__name__}: {failure}" if failure else ""
        self.records.append(
            {"at": at - self.started, "seconds": seconds, "error": error_text, **found}
        )
        self.environment.events.request.fire(
            request_type="page", name="ask", response_time=1000 * seconds,
            response_length=0, exception=failure, context={},
        )  # fmt: skip


class Editor(User):
    """Adds articles from a file, lot by lot, in the second half."""

    plan: dict[str, Any]
    added: list[dict[str, Any]]
    started: float
    fixed_count = 1
    done = False  # all files are added
    _lots = count()

    def on_start(self) -> None:
        """Open the page."""
        self.session = Session(self.plan["address"])

    @task
    def add(self) -> None:
        """Upload the next file of articles and wait for the report."""
        wait = self.started + self.plan["quiet"] - time.monotonic()
        if wait > 0:
            gevent.sleep(wait)
        files = self.plan["files"]
        number = next(Editor._lots)
        if number >= len(files):
            Editor.done = True
            raise StopUser
        at = time.monotonic()
        upload = self.session.upload(Path(files[number]))
        self.session.call("add_1", "", [upload], "id")
        self.added.append({"at": at - self.started, "seconds": time.monotonic() - at})


def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Let the crowd in, and return what each question and each addition met with."""
    records, added = list[dict[str, Any]](), list[dict[str, Any]]()
    low, high = plan["pause"]
    started = time.monotonic()
    for user in (Reader, Editor):
        user.plan, user.started = plan, started
    Reader.records, Reader.wait_time = records, between(low, high)
    Editor.added, Editor.wait_time = added, between(0, 0)
    classes: list[type[User]] = [Reader, Editor] if plan["files"] else [Reader]
    environment = Environment(user_classes=classes, catch_exceptions=True, stop_timeout=60)
    runner = environment.create_local_runner()
    runner.start(plan["users"] + len(classes) - 1, spawn_rate=plan["users"] / plan["arriving"])
    while time.monotonic() < started + plan["seconds"]:
        gevent.sleep(0.2)
        if Reader.done == plan["users"] and (Editor.done or not plan["files"]):
            break
    runner.stop()
    runner.quit()
    return {"records": records, "added": added}


def main(arguments: Sequence[str]) -> None:
    """Run a plan and write what came of it."""
    plan = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    Path(arguments[1]).write_text(json.dumps(run(plan)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
