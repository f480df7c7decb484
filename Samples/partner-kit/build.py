#!/usr/bin/env python3
"""Builds a message from filled-in forms, checks it by the schemas and seals it: an example to copy from.

  build.py KIND SENDER RECEIVER OUT.xml form.xml ... [--case ASSIGNER/NUMBER] [--profile AZ-2022] [--test]
           [--created 2026-03-03T10:15:00Z] [--thread UUID --sequence 1 --previous SHA256]
           [--key private.pem --name CODE/2026]

Needs xmllint (forms, schemas, canonical form) and xmlsec1 (seal). Nothing else is used but what Python brings.
"""
import argparse, datetime, hashlib, os, re, subprocess, sys, tempfile, uuid

KIT = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
for name in ["kind", "sender", "receiver", "out"]:
    parser.add_argument(name)
parser.add_argument("forms", nargs="+")
for name in ["case", "created", "thread", "sequence", "previous", "key", "name"]:
    parser.add_argument("--" + name)
parser.add_argument("--profile", default="AZ-2022")
parser.add_argument("--test", action="store_true")
given = parser.parse_args()
created = given.created or datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(path):
    """Exclusive canonical XML of a form: what the manifest speaks of."""
    return subprocess.run(["xmllint", "--nonet", "--exc-c14n", path], check=True, capture_output=True).stdout


documents = manifest = ""
for number, path in enumerate(given.forms, 1):
    form = canonical(path).decode().strip()
    name = re.match(r"<(?:\w+:)?([\w-]+)", form).group(1)
    content = form.encode()
    manifest += '<d:Part ref="doc%d" size="%d" sha256="%s"/>' % (number, len(content), hashlib.sha256(content).hexdigest())
    documents += (
        '<d:Document id="doc%d" form="%s" formVersion="1.0" setId="%s" revision="1" lang="az">'
        '<d:Issued by="%s" at="%s"/><d:Content>%s</d:Content></d:Document>'
        % (number, name, uuid.uuid4(), given.sender, created, form)
    )

envelope = "<d:MessageId>%s</d:MessageId><d:Kind>%s</d:Kind>" % (uuid.uuid4(), given.kind)
envelope += '<d:Sender code="%s"/><d:Receiver code="%s"/>' % (given.sender, given.receiver)
if given.case:
    assigner, number = given.case.split("/", 1)
    envelope += '<d:CaseRef assigner="%s">%s</d:CaseRef>' % (assigner, number)
if given.key:
    envelope += "<d:Thread>%s</d:Thread>" % (given.thread or uuid.uuid4())
    envelope += "<d:Sequence>%s</d:Sequence>" % (given.sequence or 1)
    if given.previous:
        envelope += "<d:Previous>%s</d:Previous>" % given.previous
envelope += "<d:Created>%s</d:Created><d:Profile>%s</d:Profile>" % (created, given.profile)
envelope += "<d:Test>%s</d:Test><d:Manifest>%s</d:Manifest>" % ("true" if given.test else "false", manifest)
seal = ""
if given.key:
    seal = open(os.path.join(KIT, "seal.xml")).read().strip().replace("KEY", given.name)
message = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<d:Dossier xmlns:d="urn:msec:dossier:1" version="1.0" id="dossier">'
    '<d:Envelope id="envelope">%s</d:Envelope><d:Documents>%s</d:Documents>%s</d:Dossier>\n' % (envelope, documents, seal)
)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "message.xml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(message)
    if given.key:
        command = ["xmlsec1", "--sign", "--privkey-pem", given.key, "--output", given.out, path]
        subprocess.run(command, check=True)
    else:
        os.replace(path, given.out)
schema = os.path.join(KIT, "schemas", "dossier-1.0.xsd")
checked = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, given.out])
sys.exit(checked.returncode)
