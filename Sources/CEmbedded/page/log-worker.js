// Reads logs of any size in slices, asks for the explanation of each line that differs from those before, and counts.
//
// The page sends {task: "read", files} and gets {progress}, many times, then {tally} or {trouble}. Then it may send
// {task: "lines", format} or {task: "dead"} and gets {blob}; {task: "stop"} ends the reading. What is kept grows with what differs in the log, not
// with the log: the lines themselves are read again when somebody wants them as a file.

import { texts } from "./files.js";
import { fold, gist, own } from "./folding.js";
import { Replies } from "./replies.js";
import { Senders } from "./senders.js";
import { explain, Trouble } from "./service.js";

/** In bytes of JSON; below what a service takes by default. */
const BATCH = 200_000;
const REQUESTS_AT_A_TIME = 2;
/** Lines that wait for an answer; reading pauses beyond it. */
const MOST_WAITING = 5000;
/** What is asked of one line, in UTF-16 units. */
const LONGEST = 65_536;
/** Senders that a row counts apart. Mailing lists have one for each message (VERP). */
const MOST_SENDERS = 1000;

/** By the key of a line: the explanations that it has; none where it carries no reply. */
const answers = new Map();
let files;

// MARK: - Reading

/** The lines of a file; `read` hears of the bytes that were read of it. */
async function* lines(file, read) {
    let rest = "";
    for await (const text of texts(file, read)) {
        const parts = text.split(/\r\n|\n|\r(?!$)/); // a last "\r" may be half of a line's end
        parts[0] = rest + parts[0];
        rest = parts.pop();
        yield parts;
    }
    yield [rest];
}

/** Every reply of the files, with the number of its line. */
async function* replies(read) {
    for (const file of files) {
        const found = new Replies();
        for await (const part of lines(file, read)) {
            const ended = [];
            for (const line of part) {
                const reply = found.add(line);
                if (reply) ended.push(reply);
            }
            yield ended;
        }
        const last = found.end();
        if (last) yield [last];
    }
}

// MARK: - Asking

/** What is kept of an explanation: enough to count it and to show it in a row. */
function slim({ action, bounce, category, confidence, disposition, enhanced, evidence, provider, recipient, reply,
    suppress, text }) {
    return {
        action, bounce, category, confidence, disposition, suppress, recipient,
        enhanced: enhanced && { code: enhanced.code }, reply: reply && { code: reply.code },
        evidence: evidence.slice(0, 1), provider: provider?.name, text: text.slice(0, 600),
    };
}

/** A text as the service reads lines: those that go on by indentation are one, and nothing is binary. */
const asLines = (text) => text.replace(/\n[ \t]+/g, " ").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, " ").toWellFormed();

/** What the service says of each text: nothing where it carries no reply, and several explanations where it has them. */
async function explained(texts) {
    const owners = []; // by line of the body; a blank line ends each text
    const lines = texts.map((text, i) => {
        const line = asLines(text) + "\n";
        owners.push(...Array(line.split("\n").length).fill(i));
        return line;
    });
    const found = texts.map(() => []);
    const answer = await (await explain(lines.join("\n"), "text/plain", undefined, "?each=line")).text();
    for (const line of answer.split("\n")) {
        if (!line) continue;
        const it = JSON.parse(line);
        found[owners[it.line - 1]].push(it);
    }
    return found;
}

/** The lines whose answer is not known yet. They wait together with those that have the same key. */
class Questions {
    #batch = new Map();
    #size = 0;
    #waiting = 0;
    #underway = new Map();
    #trouble;

    /** `answered` gets a key, its text, its explanations, and the lines that waited for them. */
    constructor(answered) {
        this.answered = answered;
    }

    async add(key, text, line) {
        const asked = this.#batch.get(key) ?? [...this.#underway.values()].find((it) => it.has(key))?.get(key);
        if (asked) asked.lines.push(line);
        else {
            this.#batch.set(own(key), { text: own(text.slice(0, LONGEST)), lines: [line] });
            this.#size += text.length;
        }
        this.#waiting += 1;
        if (this.#trouble) throw this.#trouble;
        if (this.#size > BATCH || (this.#batch.size && this.#waiting > MOST_WAITING)) await this.#send();
        else if (this.#waiting > MOST_WAITING) await Promise.race(this.#underway.keys());
    }

    async end() {
        if (this.#batch.size) await this.#send();
        await Promise.all(this.#underway.keys());
        if (this.#trouble) throw this.#trouble;
    }

    async #send() {
        const batch = this.#batch;
        this.#batch = new Map();
        this.#size = 0;
        const underway = this.#ask(batch).catch((error) => (this.#trouble = error))
            .finally(() => this.#underway.delete(underway));
        this.#underway.set(underway, batch);
        if (this.#underway.size >= REQUESTS_AT_A_TIME) await Promise.race(this.#underway.keys());
    }

    async #ask(batch) {
        const found = await explained([...batch.values()].map(({ text }) => text));
        [...batch].forEach(([key, { text, lines }], i) => {
            this.#waiting -= lines.length;
            this.answered(key, text, found[i], lines);
        });
    }
}

// MARK: - Counting

function increase(map, key) {
    const count = map.get(key);
    map.set(count ? key : own(key), (count ?? 0) + 1);
}

/** The recipient of a line: the address that stands where the explained line of the same key has its recipient. */
const recipientOf = ({ slot }, { addresses }) => addresses[slot]?.toLowerCase();

class Tally {
    rows = new Map();
    dead = new Map();
    replies = 0;
    without = 0;

    /** The row for an answer; those that say the same have one together. */
    row(it, sample, line) {
        const key = [it.category, it.action, it.bounce, it.reply?.code, it.enhanced?.code, gist(it.text)].join("|");
        if (!this.rows.has(key)) {
            this.rows.set(key, {
                it, line, sample, count: 0, hours: new Map(), domains: new Map(), senders: new Map(), recipients: new Set() });
        }
        return this.rows.get(key);
    }

    add(answers, line) {
        if (!answers.length) this.without += 1;
        for (const answer of answers) this.#add(answer, line);
    }

    #add(answer, line) {
        const { it, row } = answer;
        this.replies += 1;
        row.count += 1;
        if (line.when) increase(row.hours, line.when);
        if (line.sender) {
            const isApart = row.senders.has(line.sender) || row.senders.size < MOST_SENDERS;
            increase(row.senders, isApart ? line.sender : "");
        }
        const recipient = recipientOf(answer, line);
        if (!recipient) return;
        increase(row.domains, recipient.slice(recipient.lastIndexOf("@") + 1));
        if (row.recipients.size < 20) row.recipients.add(own(recipient));
        if (it.suppress) increase(this.dead, recipient);
    }
}

let tally = new Tally();
let stopped = false;

async function read() {
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const began = performance.now();
    let bytes = 0;
    let said = 0;
    const state = () => ({
        bytes, total, replies: tally.replies, without: tally.without, seconds: (performance.now() - began) / 1000 });
    const senders = new Senders();
    const questions = new Questions((key, text, explanations, lines) => {
        const [{ addresses, number }] = lines;
        const own = explanations.map((it) => ({
            it: slim(it), row: tally.row(slim(it), text, number),
            slot: addresses.findIndex((address) => address.toLowerCase() === it.recipient?.toLowerCase()),
        }));
        answers.set(key, own);
        for (const line of lines) tally.add(own, line);
    });
    let trouble;
    try {
        for await (const found of replies((count) => (bytes += count))) {
            if (stopped) break;
            for (const { text, number } of found) {
                const { key, addresses, when } = fold(text);
                const sender = senders.of(text);
                const known = answers.get(key);
                if (known) tally.add(known, { addresses, when, sender });
                else await questions.add(key, text, { addresses: addresses.map(own), when, sender, number });
            }
            if (performance.now() - said > 100) {
                said = performance.now();
                postMessage({ progress: state() });
            }
        }
        await questions.end();
    } catch (error) {
        if (!(error instanceof Trouble) || !tally.replies) throw error;
        trouble = error.message; // what was read until then is shown
    }
    postMessage({ tally: { ...state(), stopped, trouble, rows: [...tally.rows.values()], dead: tally.dead.size } });
}

// MARK: - As files

/** A cell of a CSV file; what a spreadsheet would take for a formula is made text. */
function cell(value) {
    const text = String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const COLUMNS = {
    line: ({ number }) => number,
    hour: ({ when }) => when,
    sender: ({ sender }) => sender,
    recipient: ({ recipient }) => recipient,
    bounce: ({ it }) => it.bounce,
    suppress: ({ it }) => it.suppress,
    category: ({ it }) => it.category,
    action: ({ it }) => it.action,
    confidence: ({ it }) => it.confidence,
    provider: ({ it }) => it.provider,
    code: ({ it }) => it.reply?.code,
    enhanced: ({ it }) => it.enhanced?.code,
    reply: ({ text }) => text,
};

const FORMATS = {
    csv: {
        type: "text/csv", head: Object.keys(COLUMNS).join(",") + "\r\n",
        row: (line) => Object.values(COLUMNS).map((value) => cell(value(line))).join(",") + "\r\n",
    },
    json: {
        type: "application/x-ndjson", head: "",
        row: (line) => JSON.stringify(Object.fromEntries(
            Object.entries(COLUMNS).map(([name, value]) => [name, value(line)]))) + "\n",
    },
};

/** Every reply of the log with its explanation, a line each; the log is read again for it. */
async function linesAs(format) {
    const { type, head, row } = FORMATS[format];
    const parts = [new Blob([head])]; // blobs: the browser need not keep them in memory
    let rows = [];
    const senders = new Senders();
    for await (const found of replies()) {
        for (const { text, number } of found) {
            const line = { ...fold(text), sender: senders.of(text), text, number };
            for (const answer of answers.get(line.key) ?? []) {
                rows.push(row({ ...line, it: answer.it, recipient: recipientOf(answer, line) }));
            }
        }
        if (rows.length > 5000) {
            parts.push(new Blob(rows));
            rows = [];
        }
    }
    postMessage({ blob: new Blob([...parts, ...rows], { type }) });
}

const tasks = {
    read: (data) => {
        files = data.files;
        return read();
    },
    lines: ({ format }) => linesAs(format),
    dead: () => {
        const addresses = [...tally.dead.keys()].sort().map((address) => address + "\n");
        postMessage({ blob: new Blob(addresses, { type: "text/plain" }) });
    },
    stop: () => (stopped = true),
};

onmessage = async ({ data }) => {
    try {
        await tasks[data.task](data);
    } catch (error) {
        if (!(error instanceof Trouble)) console.error(error);
        postMessage({ trouble: error instanceof Trouble ? error.message : "This page failed to read the log." });
    }
};
