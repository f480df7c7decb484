#!/usr/bin/env python3
"""Imports a folder of many dossiers, is killed on the way, goes on, and says how fast it was and how much memory it took.

  batch.py MSE [COUNT]      MSE: the program; COUNT: how many dossiers of about 20 KB (10,000)

Every dossier is a referral of another person, made from the samples. Ends with 1 when one is missing or there twice.
"""
import base64, glob, hashlib, json, os, random, re, resource, signal, subprocess, sys, tempfile, time, uuid

program = os.path.abspath(sys.argv[1])
count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
always = ["--user", "l.aliyeva", "--now", "2026-03-04T10:00"]


def part(name, content):
    digest = hashlib.sha256(content).hexdigest()
    return ('<d:Part ref="%s" size="%d" sha256="%s"/>' % (name, len(content), digest)).encode()


def dossier(sample, number):
    """The sample as a referral of another person, with a note that brings it to 20 KB."""
    code = "".join(digits[number // 34**place % 34] for place in range(7))
    text = re.sub(rb"<fin>\w+</fin>", b"<fin>" + code.encode() + b"</fin>", sample)
    text = re.sub(rb"<setId>[^<]*</setId>", b"<setId>R-B-%07d</setId>" % number, text)
    text = re.sub(rb"<d:MessageId>[^<]*", b"<d:MessageId>" + str(uuid.UUID(int=number + (8 << 76) + (2 << 62))).encode(), text)
    forms = re.findall(rb"<d:Content>\s*(<.*?)\s*</d:Content>", text, re.S)
    note = b"Qeyd. " * max(1, (20_000 - len(text)) // 8)
    manifest = b"".join(part("doc%d" % n, form) for n, form in enumerate(forms, 1)) + part("att1", note)
    text = re.sub(rb"<d:Manifest>.*?</d:Manifest>", b"<d:Manifest>" + manifest + b"</d:Manifest>", text, flags=re.S)
    attachment = (
        b'<d:Attachments><d:Attachment id="att1" fileName="qeyd.txt" mediaType="text/plain" about="doc2"><d:Inline>'
        + base64.b64encode(note)
        + b"</d:Inline></d:Attachment></d:Attachments>"
    )
    return text.replace(b"</d:Documents>", b"</d:Documents>" + attachment)


def mse(*words, user=None):
    done = subprocess.run([program, *words], capture_output=True, text=True, env={**os.environ, **({"MSE_USER": user} if user else {})})
    if done.returncode:
        sys.exit("%s: %s" % (" ".join(words), done.stderr))
    return done.stdout


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.mkdir("batch")
    # adults with a personal number of their own: the others are one person in all their copies
    names = ["quliyev-coxarthrosis", "karimov-band-edge", "abdullayev-work-injury", "nasirov-home-visit"]
    samples = [open("%s/Samples/dossiers/referral/good/%s.xml" % (root, name), "rb").read() for name in names]
    for number in range(count):
        with open("batch/%06d.xml" % number, "wb") as file:
            file.write(dossier(samples[number % len(samples)], number + 1))
    size = sum(os.path.getsize(path) for path in glob.glob("batch/*.xml"))
    mse("init", "--test", "--office", root + "/Samples/demo/office", user="r.huseynli")
    mse("deploy", "--now", "2026-03-02T09:00", user="r.huseynli")
    command = [program, "dossier", "import", "batch", "--report", "report.jsonl", *always]
    start = time.monotonic()
    # killed after a tenth, and once more at some moment
    for stop in [count // 10, count // 10 + random.randrange(1 + count // 10)]:
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while running.poll() is None:
            if os.path.exists("report.jsonl") and sum(1 for _ in open("report.jsonl")) > stop:
                break
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
        running.wait()
    killed = time.monotonic() - start
    done_before = sum(1 for line in open("report.jsonl") if '"opened"' in line)
    start = time.monotonic()
    last = subprocess.run(command, capture_output=True, text=True)
    seconds = time.monotonic() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    listed = json.loads(mse("case", "list", "--all", "--limit", "1000000", "--json", "number", *always))["items"]
    print("batch: %d dossiers, %.0f MB, killed twice after %d" % (count, size / 1e6, done_before))
    print("batch: the rest in %.1f s, %.1f dossiers/s, at most %.0f MB of memory" % (seconds, (count - done_before) / seconds, memory))
    print("batch:", last.stderr.strip().splitlines()[-1] if last.stderr else "")
    if last.returncode or len(listed) != min(count, 1_000_000):
        sys.exit("%d cases instead of %d; %s" % (len(listed), count, last.stderr[-2000:]))
