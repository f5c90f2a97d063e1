"""Work on many dossiers in several processes, with what comes of it in the order in which it was asked for."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait

from ..reading.source import shown_name
from .exits import Exit
from .work import Made, Order, Task, Worker

AHEAD = 4  # tasks for each process that may be done before it is their turn
_DIED = "the process that worked on it died"


class Processes:
    """A pool of processes, each with an engine of its own: durable-rules keeps its state for a whole process.

    A process that dies (the engine is C) costs the dossier that it worked on, and no other.
    """

    def __init__(self, number: int, order: Order) -> None:
        self._number = number
        self._order = order
        self._pool = self._started(number)

    def work(self, tasks: Iterable[Task]) -> Iterator[Made]:
        """Yield what became of each dossier, in order. Ends all processes when it is closed."""
        coming = iter(tasks)
        waiting: deque[tuple[Task, Future[Made]]] = deque()
        try:
            while True:
                more = islice(coming, self._number * AHEAD - len(waiting))
                waiting.extend((task, self._pool.submit(_work, task)) for task in more)
                if not waiting:
                    return
                task, future = waiting.popleft()
                try:
                    made = future.result()
                except BrokenProcessPool:
                    made = self._alone(task)
                    self._pool = self._started(self._number)
                    waiting = deque((task, future if _is_done(future) else self._pool.submit(_work, task)) for task, future in waiting)
                yield made
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()

    def _alone(self, task: Task) -> Made:
        """Work on a dossier in a process of its own: it may be the one that ended the others."""
        with self._started(1) as pool:
            try:
                return pool.submit(_work, task).result()
            except BrokenProcessPool:
                shown = shown_name(task.name)
                return Made(shown, Exit.INTERNAL, (f"child-impact: {shown}: internal error: {_DIED}",), (_DIED,))

    def _started(self, number: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # the only way that is safe beside threads, and the same on every system
        return ProcessPoolExecutor(number, context, _begin, (self._order,))


_worker: Worker | None = None


def _begin(order: Order) -> None:
    """Make this process ready. Ctrl-C reaches it too, but its parent decides; without a parent it ends."""
    global _worker  # noqa: PLW0603 - one for each process, as the engine is
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _worker = Worker(order)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(Exit.INTERNAL)


def _work(task: Task) -> Made:
    assert _worker is not None
    return _worker(task)


def _is_done(future: Future[Made]) -> bool:
    return future.done() and future.exception() is None
