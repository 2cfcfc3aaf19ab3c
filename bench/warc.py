#!/usr/bin/env python3
"""A large WARC file made of a folder's pages, repeated with changes, and onrecord on it: pages a second, peak memory.

    python3 bench/warc.py PROGRAM PAGES... [--n 20000] [--bytes 0] [--work /tmp/warc-bench] [--form gz|plain] [--kills 20]

PAGES are folders or .tar.xz files of HTML pages. The file gets --n pages (or as many as make --bytes, if given); each
repetition changes the title, the address and a paragraph, so that no page is the same as another. What is measured:

1. `stage article` over the bare pages of one repetition, and over the WARC, one thread: is reading as fast as the stage?
2. `read` of the WARC into a record: pages a second, peak memory before linking starts and at the end.
3. `read` killed --kills times at moments spread over a whole run, the last of them while it links, and then left to end:
   every row of every table the same (articles, quotes, speakers, statements, stories), none lost, none twice.

Peak memory is VmHWM of the process; "memory" is VmRSS at each tenth of the run: flat
means that it does not grow with what was read. Nothing but the standard library is needed. The work folder is removed.
"""

import argparse, gzip, hashlib, io, os, random, shutil, signal, sqlite3, subprocess, sys, tarfile, time
from pathlib import Path


def bare_pages(places, limit):
    """The HTML pages of folders and archives, in the order of their names."""
    pages = []
    for place in places:
        if place.endswith(".tar.xz"):
            with tarfile.open(place) as tar:
                for member in sorted(tar.getmembers(), key=lambda m: m.name):
                    if member.name.endswith(".html"):
                        pages.append(tar.extractfile(member).read())
        else:
            pages += [path.read_bytes() for path in sorted(Path(place).rglob("*.html"))]
    return pages[:limit] if limit else pages


def changed(page, n):
    """The page as another one: its own title, and a paragraph of its own."""
    mark = f" No. {n}".encode()
    lower = page.lower()
    at = lower.find(b"</title>")
    if at >= 0:
        page = page[:at] + mark + page[at:]
        lower = page.lower()
    at = lower.find(b"</p>")
    return page[:at] + mark + page[at:] if at >= 0 else page + mark


def write_warc(path, pages, n_pages, n_bytes, form):
    """Writes records until there are enough. Gives the number of pages, and of bytes before compression."""
    rng, n, size = random.Random(7), 0, 0
    with open(path, "wb") as file:
        while n < n_pages if not n_bytes else size < n_bytes:
            body = changed(pages[n % len(pages)], n)
            # As servers send them: a third chunked, a third compressed.
            headers = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            if n % 3 == 1:
                cut = rng.randrange(1, max(2, len(body)))
                parts = [part for part in (body[:cut], body[cut:]) if part]
                body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
                headers += b"Transfer-Encoding: chunked\r\n"
            elif n % 3 == 2:
                body = gzip.compress(body, 1)
                headers += b"Content-Encoding: gzip\r\n"
            for record in (request(n), response(n, headers + b"\r\n" + body)):
                size += len(record)
                file.write(gzip.compress(record, 1) if form == "gz" else record)
            n += 1
    return n, size


def record(kind, ident, url, block):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:bench:{ident}>\r\nWARC-Date: 2031-03-04T10:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def request(n):
    return record("request", f"q{n}", f"https://bench.example/{n}", b"GET / HTTP/1.1\r\n\r\n")


def response(n, block):
    return record("response", f"r{n}", f"https://bench.example/{n}", block)


def watched(command, out, until=None):
    """Runs; gives the seconds, those of the processor, the exit code, the peak memory in MB, that when the WARC was read
    to its end, what was told, and the memory over time."""
    began, peak, at_end_of_reading, memory, cpu = time.time(), 0, None, [], 0.0
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
            peak = max(peak, int(status.split("VmHWM:")[1].split()[0]))
            memory.append(int(status.split("VmRSS:")[1].split()[0]) / 1000)
            times = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
            cpu = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError, ValueError):
            pass
        if until and at_end_of_reading is None and until():
            at_end_of_reading = (time.time() - began, peak / 1000, cpu, over_time(memory))
        time.sleep(0.05)
    err = process.stderr.read().decode(errors="replace").strip().splitlines()
    return time.time() - began, cpu, process.returncode, peak / 1000, at_end_of_reading, err, over_time(memory)


def over_time(memory):
    """Megabytes at each tenth."""
    return " ".join(f"{memory[min(len(memory) - 1, len(memory) * tenth // 10)]:.0f}" for tenth in range(1, 11)) if memory else ""


def mark(record):
    """How many pages were read, and whether that is all, as the record has it."""
    try:
        with sqlite3.connect(f"file:{record}?mode=ro", uri=True, timeout=1) as conn:
            return conn.execute("SELECT n_pages, done FROM mark").fetchone() or (0, 0)
    except sqlite3.Error:
        return (0, 0)


def digest(record):
    """How many rows each table of a record has, and a hash of them all; when they were read does not count."""
    tables = {}
    with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as conn:
        schema = conn.execute("SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE type = 'table'").fetchall()
        # What is looked up by words is made of the other tables, in a form that not every SQLite reads.
        by_words = tuple(name for name, sql in schema if sql.startswith("CREATE VIRTUAL"))
        for name in sorted(name for name, _ in schema if name not in ("meta", "mark") and not name.startswith(("sqlite", *by_words))):
            columns = [row[1] for row in conn.execute(f'PRAGMA table_info("{name}")')]
            columns = ", ".join(f'"{column}"' for column in columns if column not in ("first_read", "bytes"))
            total, n = 0, 0
            for row in conn.execute(f'SELECT {columns} FROM "{name}"'):
                total = (total + int.from_bytes(hashlib.sha256(repr(row).encode()).digest()[:8], "big")) % 2**64
                n += 1
            tables[name] = (n, f"{total:016x}")
    return tables


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("pages", nargs="+")
    args.add_argument("--n", type=int, default=20_000)
    args.add_argument("--bytes", type=int, default=0)
    args.add_argument("--work", default="/tmp/warc-bench")
    args.add_argument("--form", choices=["gz", "plain"], default="gz")
    args.add_argument("--kills", type=int, default=20)
    args.add_argument("--threads", default="1")
    args.add_argument("--only", default="stage,read,killed")
    args = args.parse_args()
    work = Path(args.work)
    work.mkdir(parents=True)
    try:
        run(args, work)
    finally:
        shutil.rmtree(work)


def run(args, work):
    pages = bare_pages(args.pages, 0)
    warc = work / ("bench.warc.gz" if args.form == "gz" else "bench.warc")
    n, size = write_warc(warc, pages, args.n, args.bytes, args.form)
    print(f"{warc.name}: {n} pages made of {len(pages)}, {size / 1e6:.0f} MB of records, {warc.stat().st_size / 1e6:.0f} MB on disk", flush=True)
    if "stage" in args.only:
        bare = work / "bare"
        bare.mkdir()
        n_bare = min(len(pages), n)
        for idx, page in enumerate(pages[:n_bare]):
            (bare / f"{idx:05}.html").write_bytes(page)
        for name, path, count in (("bare pages", bare, n_bare), ("WARC", warc, n)):
            seconds, cpu, code, peak, _, err, memory = watched([args.program, "stage", "article", str(path), "--threads", args.threads], subprocess.DEVNULL)
            print(f"stage article, {name}: {1000 * cpu / count:.2f} ms of processor a page, {count / seconds:.1f} pages/s, {seconds:.1f} s, peak {peak:.0f} MB, memory {memory}, exit {code} {err[-1:] or ''}", flush=True)
    if "read" in args.only or "killed" in args.only:
        whole = work / "whole.db"
        done = lambda: mark(whole)[1] == 1
        seconds, cpu, code, peak, reading, err, memory = watched([args.program, "read", str(warc), "--record", str(whole), "--threads", args.threads], subprocess.DEVNULL, done)
        read_s, read_peak, read_cpu, read_memory = reading or (seconds, peak, cpu, memory)
        print(f"read: {1000 * read_cpu / n:.2f} ms of processor a page, {n / read_s:.1f} pages/s until all was read ({read_s:.1f} s, peak {read_peak:.0f} MB, memory {read_memory}); {seconds:.1f} s, {cpu:.1f} s of processor and peak {peak:.0f} MB with linking, exit {code} {err[-1:] or ''}", flush=True)
        began = time.time()
        subprocess.run([args.program, "read", str(warc), "--record", str(whole)], stdout=subprocess.DEVNULL, check=False)
        print(f"read again: {time.time() - began:.2f} s", flush=True)
    if "killed" in args.only:
        a = digest(whole)
        whole.unlink()  # both would fill a small disk
        killed, resumed, rng = work / "killed.db", [], random.Random(7)
        for kill in range(args.kills):
            until = n * (kill + rng.uniform(0.5, 1.2)) / args.kills
            process = subprocess.Popen([args.program, "read", str(warc), "--record", str(killed), "--threads", args.threads], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while process.poll() is None and mark(killed)[0] < min(until, n) and not mark(killed)[1]:
                time.sleep(0.1)
            time.sleep(rng.uniform(0, 2))
            process.send_signal(signal.SIGKILL)
            process.wait()
            resumed.append(mark(killed)[0])
        process = subprocess.run([args.program, "read", str(warc), "--record", str(killed), "--threads", args.threads], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        print(f"killed {args.kills} times, at pages {resumed}; then exit {process.returncode}: {process.stderr.decode().strip()}")
        b = digest(killed)
        print(f"rows in one go {a}, after the kills: {'the same' if a == b else f'DIFFERENT {b}'}")


if __name__ == "__main__":
    main()
