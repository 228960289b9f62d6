"""Answers as servers should not. Prints its port, and that where it speaks TLS with a certificate of its own."""
import socket
import ssl
import sys
import threading
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"


def endless_line(s):
    s.sendall(HEAD + b"\r\nv\n1\n")
    for _ in range(3200):  # 200 MB
        s.sendall(b"x" * 65536)
    s.sendall(b"\n2\n")


def page(s):
    s.sendall(HEAD + b"Content-Length: 10737418240\r\n\r\n")
    while True:
        s.sendall(b'{"v":1}\n' * 8192)


def slow(s):
    s.sendall(HEAD + b"\r\n")
    for byte in b"v\n1\n2\n":
        s.sendall(bytes([byte]))
        time.sleep(0.2)


def headers(s):
    s.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        s.sendall(b"X-More: yes\r\n" * 1000)


ANSWERS = {
    "line": endless_line,
    "page": page,
    "slow": slow,
    "headers": headers,
    "loop": lambda s: s.sendall(b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"),
    "file": lambda s: s.sendall(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
    "garbage": lambda s: s.sendall(bytes(range(256)) * 4),
    "half": lambda s: s.sendall(HEAD + b"Content-Length: 1000\r\n\r\nv\n1\n"),
    "chunks": lambda s: s.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nv\n1\n\r\nzz\r\n"),
    "zip": lambda s: s.sendall(HEAD + b"\r\nPK\x03\x04" + bytes(2000)),
    "secret": lambda s: s.sendall(HEAD + b"\r\nv\n1\n"),
}


def answer(s):
    try:
        asked = s.recv(4096).decode("latin-1").split()
        name = asked[1].strip("/").split("?")[0]
        if name == "secret" and asked[1] != "/secret?token=abc":
            s.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        else:
            ANSWERS[name](s)
        s.shutdown(socket.SHUT_WR)
        s.recv(1)
    except OSError:
        pass
    finally:
        s.close()


def serve(listening, tls):
    while True:
        s, _ = listening.accept()
        try:
            s = tls.wrap_socket(s, server_side=True) if tls else s
        except OSError:
            continue
        threading.Thread(target=answer, args=(s,), daemon=True).start()


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(sys.argv[1])
plain, secure = (socket.create_server(("127.0.0.1", 0)) for _ in range(2))
print(plain.getsockname()[1], secure.getsockname()[1], flush=True)
threading.Thread(target=serve, args=(secure, tls), daemon=True).start()
serve(plain, None)
