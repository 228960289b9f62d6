#!/usr/bin/env python3
"""bench_live.py WEIR ROWS.csv - live sources: speed of a pipe, how soon a row that is written to a
followed file becomes an event, what clients and an idle screen cost, how soon /metrics answers."""
import fcntl
import os
import pty
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import urllib.request

weir, rows = sys.argv[1], sys.argv[2]


def say(what, measured, asked, ok):
    print(f"{what:<58} {measured:>12} {asked:>12}  {'ok' if ok else 'MISSED'}", flush=True)


def median(values):
    return sorted(values)[len(values) // 2]


def cpu_of(command, stdin=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdin=stdin, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pipe():
    """The writer's time is not weir's: cat is measured alone, and taken off."""
    one, other = [], []
    for _ in range(5):
        one.append(cpu_of([weir, "--headless", rows]))
        cat = cpu_of(["sh", "-c", f"cat '{rows}' | cat"]) / 2
        other.append(cpu_of(["sh", "-c", f"cat '{rows}' | '{weir}' --headless -"]) - cat)
    share = median(one) / median(other)
    say("CSV through a pipe, speed as a share of a file's", f"{share:.2f}", ">= 0.80", share >= 0.8)


def follow():
    """10,000 rows/s for 3 s, in pieces of a millisecond."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/log.csv"
        with open(path, "w") as f:
            f.write("n,ns\n0,0\n")
        run = subprocess.Popen([weir, "--headless", "-f", "--emit", "rows", "-k", "last(n)", path],
                               stdout=subprocess.PIPE, bufsize=0)
        late, done = [], threading.Event()

        def read():
            rest = b""
            while not done.is_set():
                piece = os.read(run.stdout.fileno(), 1 << 16)
                now = time.monotonic_ns()
                if not piece:
                    return
                lines = (rest + piece).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    at = line.find(b'"ns":')
                    if at > 0:
                        late.append(now - int(float(line[at + 5:line.find(b"}", at)])))

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        time.sleep(1)
        late.clear()
        with open(path, "ab", buffering=0) as f:
            begin, n = time.monotonic(), 0
            while n < 30000:
                due = min(int((time.monotonic() - begin) * 10000), 30000)
                if due > n:
                    now = time.monotonic_ns()
                    f.write(b"".join(b"%d,%d\n" % (i, now) for i in range(n, due)))
                    n = due
                time.sleep(0.001)
        time.sleep(1)
        run.terminate()
        done.set()
        run.wait()
        late.sort()
        p99 = late[len(late) * 99 // 100] / 1e6 if len(late) >= 29000 else float("inf")
        say("write to event of a followed file, 10,000 rows/s, p99 ms", f"{p99:.1f}", "<= 20", p99 <= 20)


class Screen:
    """weir on a terminal of 120 x 36, whose bytes are read as they come."""

    def __init__(self, *options):
        self.bytes = self.writes = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
            os.execv(weir, ["weir", *options])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def read(self, seconds):
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                try:
                    piece = os.read(self.fd, 1 << 16)
                except OSError:
                    return
                self.bytes += len(piece)
                self.writes += 1

    def cpu(self):
        with open(f"/proc/{self.pid}/stat") as f:
            words = f.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def type(self, keys):
        os.write(self.fd, keys)

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        self.read(0.2)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def connect(port):
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            time.sleep(0.02)
    raise SystemExit("weir does not listen")


def clients():
    port = free_port()
    screen = Screen(f"tcp-listen://127.0.0.1:{port}")
    screen.read(0.5)
    sockets = [connect(port) for _ in range(50)]
    done = threading.Event()

    def send():
        for s in sockets:
            s.sendall(b"temperature,pressure,flow\n")
        begin, n = time.monotonic(), 0
        while not done.is_set():
            due = int((time.monotonic() - begin) * 1000)
            if due > n:
                piece = b"".join(b"%d.5,%d,%d\n" % (i % 40, 1000 + i % 7, i % 13) for i in range(n, due))
                for s in sockets:
                    s.sendall(piece)
                n = due
            time.sleep(0.01)

    threading.Thread(target=send, daemon=True).start()
    screen.read(3)
    began, cpu = time.monotonic(), screen.cpu()
    screen.read(5)
    share = (screen.cpu() - cpu) / (time.monotonic() - began) * 100
    done.set()
    screen.end()
    say("50 clients, 1,000 rows/s each, on a screen, % of a core", f"{share:.0f}", "<= 50", share <= 50)


def idle():
    screen = Screen("exec:printf 'a,b\\n1,2\\n3,4\\n'; sleep 60")
    screen.read(4)
    screen.bytes = 0
    screen.read(5)
    a_second = screen.bytes / 5
    say("an idle live source on a screen, bytes a second", f"{a_second:.0f}", "<= 100", a_second <= 100)
    screen.type(b" ")
    screen.read(1.5)
    screen.bytes = 0
    screen.read(3)
    say("  paused, bytes", str(screen.bytes), "0", screen.bytes == 0)
    screen.end()


def metrics():
    port = free_port()
    kpis = [word for i in range(1000) for word in ("-k", f"k{i}: mean(n, {i + 2})")]
    run = subprocess.Popen([weir, "--headless", "--serve", f"127.0.0.1:{port}", *kpis,
                            "exec:echo n; seq 1 3000; sleep 60"], stdout=subprocess.DEVNULL)
    connect(port).close()

    def ask():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            return answer.read()

    while b'weir_rows_total{source="exec"} 3000' not in ask():
        time.sleep(0.2)
    took = []
    for _ in range(51):
        began = time.monotonic()
        body = ask()
        took.append((time.monotonic() - began) * 1000)
    run.terminate()
    run.wait()
    ms = median(took)
    say("/metrics of 1,000 KPIs, ms", f"{ms:.1f}", "<= 10", ms <= 10 and body.count(b"weir_kpi{") == 1000)


for bench in (pipe, follow, clients, idle, metrics):
    bench()
