#!/usr/bin/env python3
"""Imports a folder of many dossiers, is killed on the way, goes on, and says how fast it was and how much memory it took.

  batch.py MSE [COUNT] [--tabs]      MSE: the program; COUNT: how many dossiers of about 20 KB (10,000); --tabs: the
                                     figures for `make bench`, separated by tabs

Every dossier is a sealed referral of another person, made from the samples. Ends with 1 when one is missing or there
twice, or when the import takes 100 MB of memory or more.
"""
import base64, glob, hashlib, json, os, random, re, signal, subprocess, sys, tempfile, time, uuid

words = [word for word in sys.argv[1:] if word != "--tabs"]
program = os.path.abspath(words[0])
count = int(words[1]) if len(words) > 1 else 10_000
most_memory = 100  # MB
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
always = ["--user", "l.aliyeva", "--now", "2026-03-04T10:00"]


def part(name, content):
    digest = hashlib.sha256(content).hexdigest()
    return ('<d:Part ref="%s" size="%d" sha256="%s"/>' % (name, len(content), digest)).encode()


def dossier(sample, number):
    """The sample as a referral of another person, with a note that brings it to 20 KB."""
    code = "".join(digits[number // 34**place % 34] for place in range(7))
    text = re.sub(rb'<d:Sender code="[^"]*"', b'<d:Sender code="CLIN-12"', sample)
    text = re.sub(rb"<fin>\w+</fin>", b"<fin>" + code.encode() + b"</fin>", text)
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


def cases():
    return json.loads(mse("case", "list", "--all", "--limit", "1000000", "--json", "number", *always))["items"]


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.mkdir("batch")
    # adults with a personal number of their own: the others are one person in all their copies
    names = ["quliyev-coxarthrosis", "karimov-band-edge", "abdullayev-work-injury", "nasirov-home-visit"]
    samples = [open("%s/Samples/dossiers/referral/good/%s.xml" % (root, name), "rb").read() for name in names]
    for number in range(count):
        with open("batch/%06d.xml" % number, "wb") as file:
            file.write(dossier(samples[number % len(samples)], number + 1))
    mse("init", "--test", "--office", root + "/Samples/demo/office", user="r.huseynli")
    mse("deploy", "--now", "2026-03-02T09:00", user="r.huseynli")
    owner = ["--owner", "CLIN-12", "--to", "clinic.pem", "--now", "2026-03-02T09:00"]
    mse("key", "new", "CLIN-12/2026", *owner, user="r.huseynli")
    mse("dossier", "seal", "batch", "--key", "clinic.pem", "--name", "CLIN-12/2026", "--to", "sealed", *always)
    size = sum(os.path.getsize(path) for path in glob.glob("sealed/*.xml"))
    command = [program, "dossier", "import", "sealed", "--report", "report.jsonl", *always]
    # killed after a tenth, and once more at some moment
    for stop in [count // 10, count // 10 + random.randrange(1 + count // 10)]:
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while running.poll() is None:
            if os.path.exists("report.jsonl") and sum(1 for _ in open("report.jsonl")) > stop:
                break
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
        running.wait()
    done_before = len(cases())  # the report may lack the last ones before the end
    start = time.monotonic()
    with open("errors.txt", "w") as errors:
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(running.pid, 0)
    seconds = time.monotonic() - start
    worked = used.ru_utime + used.ru_stime
    memory = used.ru_maxrss / 1024
    said = open("errors.txt").read().strip()
    listed = cases()
    rate = (count - done_before) / seconds
    if "--tabs" in sys.argv:
        for name, value, unit in [("import-store", rate, "dossiers/s"), ("import-store memory", memory, "MB")]:
            print("import-store", name, "%.1f" % value, unit, sep="\t")
    else:
        print("batch: %d dossiers, %.0f MB, killed twice after %d" % (count, size / 1e6, done_before))
        print("batch: the rest in %.1f s (%.1f s of processor), %.1f dossiers/s, at most %.0f MB of memory" % (seconds, worked, rate, memory))
        print("batch:", said.split("\n")[-1])
    if status or len(listed) != count:
        sys.exit("%d cases instead of %d; %s" % (len(listed), count, said[-2000:]))
    if memory >= most_memory:
        sys.exit("the import took %.0f MB of memory, %d are allowed" % (memory, most_memory))
