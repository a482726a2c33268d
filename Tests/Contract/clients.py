"""Makes clients from openapi.yaml and asks the service through one of them, as users of the file do.

    clients.py path/to/smtp-codes

openapi-python-client and datamodel-code-generator have to make theirs without a warning. That of the former then asks
for entries, one reply as a string and as an object, a batch, counts, and a message, and its answers have types.
"""

import importlib
import io
import subprocess
import sys
import tempfile
from pathlib import Path

from contract import FILE, start

BIN = Path(sys.executable).parent
MESSAGE = Path(__file__).parents[1] / "Corpus" / "bounces" / "postfix-user-unknown.eml"


def make(directory):
    """What the generators have to say beyond what they always say; empty where all is well."""
    client = [BIN / "openapi-python-client", "generate", "--path", FILE, "--meta", "none"]
    client += ["--config", Path(__file__).parent / "client.yaml", "--output-path", Path(directory) / "smtp_codes"]
    models = [BIN / "datamodel-codegen", "--input", FILE, "--input-file-type", "openapi", "--formatters", "builtin"]
    models += ["--output-model-type", "pydantic_v2.BaseModel", "--output", Path(directory) / "models.py"]
    told = ""
    for command in client, models:
        ran = subprocess.run(command, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        lines = [line for line in ran.stdout.splitlines() if line.strip() and not line.startswith("Generating")]
        told += "\n".join(lines) + (f"\n{command[0].name} failed" if ran.returncode else "")
    compile((Path(directory) / "models.py").read_text(), "models.py", "exec")
    return told


def ask(port):
    """The questions, and whether each got the right answer of the right type."""
    from smtp_codes import models
    from smtp_codes.api.categories import get_category
    from smtp_codes.api.codes import get_enhanced_code, get_reply_code
    from smtp_codes.api.explain import explain
    from smtp_codes.client import Client
    from smtp_codes.types import File

    with Client(base_url=f"http://127.0.0.1:{port}") as client:
        code = get_reply_code.sync("550", client=client)
        yield "a reply code", isinstance(code, models.ReplyCode) and code.code == 550
        code = get_enhanced_code.sync("5.1.1", client=client)
        yield "an enhanced code", isinstance(code, models.EnhancedCode) and code.category == "unknown-recipient"
        category = get_category.sync("mailbox-full", client=client)
        yield "a category", isinstance(category, models.CategoryEntry) and category.name == "mailbox-full"
        unknown = get_reply_code.sync("299", client=client)
        yield "an unknown code", isinstance(unknown, models.UnknownReplyCode)

        answer = explain.sync(client=client, body="550 5.1.1 No such user")
        hard = models.Bouncing.HARD
        yield "a string", isinstance(answer, models.Explanation) and answer.suppress and answer.bounce is hard
        reply = models.WholeReply(reply="451 4.7.1 Greylisted", id="7", command=models.Command.RCPT)
        answer = explain.sync(client=client, body=reply)
        yield "an object", isinstance(answer, models.Explanation) and answer.id == "7" and answer.retry.after_seconds == 300
        answer = explain.sync(client=client, body=models.ReplyParts(code=552, enhanced="5.2.2"))
        yield "parts", isinstance(answer, models.Explanation) and answer.category is models.Category.MAILBOX_FULL
        batch = models.BatchRequest(replies=["550 5.1.1 No such user", models.WholeReply(reply="250 Ok"), {"code": 1}])
        answer = explain.sync(client=client, body=batch)
        kinds = [type(it) for it in answer.explanations]
        fits = kinds == [models.Explanation, models.Explanation, models.ItemProblem] and answer.summary.explained == 2
        yield "a batch", isinstance(answer, models.Batch) and fits
        event = models.SendGridEvent(sg_event_id="e", email="ann@b.example", reason="550 5.1.1 No such user")
        answer = explain.sync(client=client, body=event)
        fits = isinstance(answer, models.Batch) and answer.explanations[0].recipient == "ann@b.example"
        yield "an event of a mail service", fits and answer.explanations[0].suppress
        answer = explain.sync(client=client, body=batch, summary=models.ExplainSummary.TRUE)
        yield "counts", isinstance(answer, models.Summary) and answer.count == 3
        answer = explain.sync(client=client, body=File(payload=io.BytesIO(MESSAGE.read_bytes())))
        fits = answer.recipients[0].recipient == "bob@b.example" and answer.recipients[0].explanation.suppress
        yield "a message", isinstance(answer, models.MessageAnswer) and fits
        yield "a bad reply", isinstance(explain.sync(client=client, body=" "), models.Problem)


def run():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as directory, start() as service:
        if told := make(directory):
            print(told)
            return True
        sys.path.insert(0, directory)
        importlib.invalidate_caches()
        for what, is_right in ask(service.port):
            passed, failed = passed + bool(is_right), failed + (not is_right)
            if not is_right:
                print(f"The generated client got no right answer to {what}.")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(run())
