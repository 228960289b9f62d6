"""limited.py - a program at work, within limits that a busy machine cannot reach.

What a mistake made endless either burns the processor or waits for what never comes. Both are
measured as such: the processor's time, and the time in which nothing that was started wanted a
processor. Waiting for one that others use counts as neither."""
import ctypes
import os
import re
import resource
import signal
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")
STEP = 0.05  # s between two looks
MEMORY = 4 << 30
PR_SET_CHILD_SUBREAPER = 36


def adopt():
    """What loses its parent becomes this process's: whoever starts sessions of their own, as programs
    in terminals of their own do, is found, too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def family():
    """{pid: (state, s of the processor)} of all that descends from this process."""
    told, children = {}, {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % name, errors="replace") as f:
                words = f.read().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        told[int(name)] = (words[0], sum(int(w) for w in words[11:15]) / TICKS)
        children.setdefault(int(words[1]), []).append(int(name))
    found, parents = {}, [os.getpid()]
    while parents:
        for pid in children.get(parents.pop(), []):
            found[pid] = told[pid]
            parents.append(pid)
    return found


def end_family():
    """Ends all of it, and whatever it starts meanwhile."""
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        for pid in family():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.002)


def used():
    """s of the processor that those took that have ended."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def confine(burnt):
    """Also when nobody looks any more, nothing runs for ever."""
    most = int(burnt) + 1
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def failed_already(log):
    try:
        with open(log, "rb") as f:
            return re.search(rb"^not ok", f.read(), flags=re.M) is not None
    except OSError:
        return False


class Run:
    """passed: with status 0, and within the limits: s of the processor, and s asleep. Tests of check
    tell in `log` what has failed so far, and are not heard to the end then."""

    def __init__(self, words, cwd, env, log, burnt, asleep):
        if os.path.exists(log):
            os.remove(log)
        self.passed, self.burnt, self.asleep = False, 0, 0
        begin = used()
        process = subprocess.Popen(
            words, cwd=cwd, env=dict(env, CK_TAP_LOG_FILE_NAME=log), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: confine(burnt))
        try:
            while self.burnt <= burnt and self.asleep <= asleep and not failed_already(log):
                try:
                    self.passed = process.wait(STEP) == 0
                    break
                except subprocess.TimeoutExpired:
                    self.look(begin)
        finally:
            end_family()
        self.burnt = used() - begin

    def look(self, begin):
        alive = family().values()
        self.burnt = used() - begin + sum(seconds for _, seconds in alive)
        if not any(state in "RD" for state, _ in alive):
            self.asleep += STEP
