"""Gives the fuzzers something to begin with: seed.py CORPUS FOLDER, in which each gets a folder of its name."""
import json
import pathlib
import sys

corpus, folder = map(pathlib.Path, sys.argv[1:])


def write(fuzzer, name, content):
    (folder / fuzzer).mkdir(parents=True, exist_ok=True)
    (folder / fuzzer / name).write_bytes(content)


for file in corpus.glob("*.jsonl"):
    for number, line in enumerate(file.read_text().splitlines()):
        write("replies", f"{file.stem}-{number}", json.loads(line)["input"].encode())
for file in (corpus / "bounces").glob("*.eml"):
    kind = b"\x01" if file.stem.endswith("-delivery-status") else b"\x00"
    write("bounces", file.stem, kind + file.read_bytes())

# What FuzzAPI.swift takes: the number of the route, or 16 and more for /explain; query or parameter; NUL; the body.
TARGETS = ["", "q=mailbox+full&class=5", "550", "subject=1&q=%C3%A4", "x.1.1", "", "google", "", "mailbox-full", "q=5.1.1"]
BODIES = [
    b'{"reply":"550 5.1.1 No such user","id":"7","command":"RCPT","host":"a.example","recipient":"b@a.example"}',
    b'{"code":452,"enhanced":"4.2.2","text":"mailbox \\u00e4 full"}',
    b'{"replies":["550 no",{"code":550.0},[],-1.5e9,null,"\\ud83d\\ude00"]}',
    b'{"bounce":{"bouncedRecipients":[{"emailAddress":"b@a.example","diagnosticCode":"550 no"}]},"mail":{"messageId":"1"}}',
    b'{"Type":"Notification","Message":"{\\"delivery\\":{\\"recipients\\":[\\"b@a.example\\"],\\"smtpResponse\\":\\"250 ok\\"}}"}',
    b'[{"sg_event_id":"a","email":"b@a.example","reason":"550 no","status":"5.0.0"}]',
    b'"550 no"\n{"reply":"421 later"}\nbad\n',
    b"reply=550+5.1.1+No+such+user&id=7%20",
    b"550 5.1.1 No\n421 later\n",
]
for route, text in enumerate(TARGETS):
    write("requests", f"target-{route}", bytes([route]) + text.encode() + b"\0")
for number, body in enumerate(BODIES):
    for choice, query in enumerate([b"", b"summary", b"each=line", b"pretty"]):
        write("requests", f"body-{number}-{choice}", bytes([18 + 7 * choice]) + query + b"\0" + body)

# What fuzz_http.c takes: where to cut, and the bytes on the connection.
CONNECTIONS = [
    b"GET /post HTTP/1.1\r\nHost: a\r\n\r\n",
    b"HEAD /get/x%20y?q=1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nX-Request-Id: 7\r\n\r\n",
    b"POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhelloGET /get HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nX: y\r\n\r\n",
    b"GET http://a/get HTTP/1.1\r\nHost: a\r\nIf-None-Match: W/\"a\", *\r\nConnection: close\r\n\r\n",
    b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
]
for number, connection in enumerate(CONNECTIONS):
    for cut in (0, 100, 255):
        write("connections", f"{number}-{cut}", bytes([cut]) + connection)
