// A log: its progress while the worker reads it, then the shares, the counts by one thing or another, and the rows.

import { button, el, say } from "./elements.js";
import { excerpt, marked } from "./evidence.js";
import { explain, title, Trouble } from "./service.js";
import { badge, explanation } from "./verdict.js";
import { ACTIONS, BOUNCES, bounceOf, counted, duration, number, percent } from "./words.js";

/** Rows and bars that are shown at a time. */
const ROWS = 100;
const BARS = 12;

/** What the counts may go by: the keys of a row with the count of each, and how a key is called. */
const PIVOTS = {
    "What happened": { of: ({ it, count }) => [[it.category, count]], name: title },
    "Bounce": { of: ({ it, count }) => [[bounceOf(it), count]], name: (bounce) => BOUNCES[bounce].name },
    "What to do": { of: ({ it, count }) => [[it.action, count]], name: (action) => ACTIONS[action] ?? action },
    "Receiver": { of: ({ it, count }) => [[it.provider ?? "", count]], name: (provider) => provider || "not known" },
    "Domain": { of: ({ domains }) => [...domains], name: (domain) => domain },
    "Sender": { of: ({ senders }) => [...senders], name: senderName },
    "Day": { of: ({ hours }) => [...hours].map(([when, count]) => [when.slice(0, -6), count]), name: (day) => day, inOrder: true },
    "Hour": { of: ({ hours }) => [...hours], name: (hour) => hour, inOrder: true },
};

/** Bounces go out with no sender; the worker keeps those beyond its limit as one without a name. */
function senderName(sender) {
    return sender === "<>" ? "<> (a bounce)" : sender || "other senders";
}

// MARK: - Reading

/** Reads files in a worker; `answer` shows how far it is. Gives what to show then. */
export async function logOf(files, answer, signal) {
    const names = files.map(({ name }) => name).join(", ");
    const worker = new Worker("/page/log-worker.js", { type: "module" });
    const stop = () => worker.terminate();
    signal.addEventListener("abort", stop);
    const progress = progressView(names, () => worker.postMessage({ task: "stop" }));
    const timer = setTimeout(() => answer(progress.node), 150); // what is read at once has no need of it
    try {
        const tally = await new Promise((resolve, reject) => {
            worker.onmessage = ({ data }) => {
                if (data.progress) progress.show(data.progress);
                if (data.tally) resolve(data.tally);
                if (data.trouble) reject(new Trouble(data.trouble));
            };
            worker.onerror = () => reject(new Trouble("This page failed to read the log."));
            worker.postMessage({ task: "read", files });
        });
        if (!tally.replies && tally.trouble) throw new Trouble(tally.trouble);
        return logView(tally, names, worker);
    } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
    }
}

function progressView(names, stop) {
    const bar = el("progress", { max: 100, value: 0, "aria-label": "Read" });
    const told = el("p", { class: "digits" });
    let quarter = 0;
    return {
        node: el("article", { class: "progress" },
            el("h2", {}, "Reading"), el("p", { class: "file" }, names), bar, told, el("p", { class: "tools" }, button("Stop", stop))),
        show({ bytes, total, replies, without, seconds }) {
            const share = total ? (100 * bytes) / total : 0;
            const left = share > 2 && seconds > 1 ? Math.ceil((seconds * (100 - share)) / share) : 0;
            bar.value = share;
            told.textContent = [`${Math.floor(share)} %`, counted(replies + without, "line"),
                `${(bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(0)} MB a second`,
                left > 0 && `${duration(left)} left`].filter(Boolean).join(" · ");
            if (share < (quarter + 1) * 25) return;
            quarter = Math.floor(share / 25);
            say(`Read ${quarter * 25} %.`);
        },
    };
}

// MARK: - What was counted

function logView(tally, names, worker) {
    const { rows, replies, without, bytes, total, seconds, stopped, trouble } = tally;
    if (!replies) throw new Trouble(`No line of “${names}” carries a reply.`);
    const failed = rows.filter((row) => bounceOf(row.it) !== "none");
    const hasBoth = failed.length > 0 && failed.length < rows.length;
    const withAccepted = el("input", { type: "checkbox", change: () => draw() });
    let pivot = PIVOTS["What happened"];
    const table = tableOf();
    const bars = el("div", { class: "bars" });
    const draw = () => bars.replaceChildren(
        ...barsOf(hasBoth && !withAccepted.checked ? failed : rows, pivot, table.show));
    const read = [
        counted(replies + without, "line"), without && `${number(without)} without a reply`,
        bytes > 1e6 && `${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s`,
    ].filter(Boolean).join(", ");
    const cut = trouble ?? (stopped && bytes < total && "You stopped it.");
    const node = el("article", { class: "log" },
        el("p", { class: "file" }, names),
        el("h2", {}, counted(replies, "reply", "replies")),
        cut && el("p", { class: "remedy" }, el("strong", {}, `Read to ${percent(bytes, total)} only. `), cut),
        shares(rows, replies),
        el("p", { class: "hint" }, read),
        downloads(tally, names, worker),
        pivotChoice((chosen) => {
            pivot = chosen;
            draw();
        }),
        hasBoth && el("label", {}, withAccepted, " with accepted mail"),
        bars);
    draw();
    return {
        node, table: table.node, end: () => worker.terminate(),
        said: `${counted(replies, "reply", "replies")}. ${sharesOf(rows, replies).map(([bounce, , share]) =>
            `${BOUNCES[bounce].name} ${share}`).join(", ")}.`,
    };
}

/** How many of the replies are of each bounce: its name, the count, and the share in words. */
function sharesOf(rows, replies) {
    const counts = Object.fromEntries(Object.keys(BOUNCES).map((bounce) => [bounce, 0]));
    for (const { it, count } of rows) counts[bounceOf(it)] += count;
    return Object.entries(counts).filter(([, count]) => count).map(([bounce, count]) => [bounce, count, percent(count, replies)]);
}

const grown = (node, share) => {
    node.style.flexGrow = share;
    return node;
};

function shares(rows, replies) {
    const all = sharesOf(rows, replies);
    return el("div", { class: "shares" },
        el("div", { class: "stack", "aria-hidden": "true" },
            all.map(([bounce, count]) => grown(el("span", { "data-bounce": bounce }), count))),
        el("ul", {}, all.map(([bounce, count, share]) => el("li", { "data-bounce": bounce, class: "digits" },
            el("span", { class: "badge" }, badge(bounce)), " ", el("strong", {}, share), ` (${number(count)})`))));
}

function pivotChoice(choose) {
    return el("fieldset", { class: "pivots" }, el("legend", { class: "term" }, "Count by"),
        Object.entries(PIVOTS).map(([name, pivot], i) => el("label", {},
            el("input", { type: "radio", name: "pivot", value: name, checked: i ? null : "", change: () => choose(pivot) }),
            ` ${name.toLowerCase()}`)));
}

/** The counts by a pivot, as bars; each is a button that has the table show only its own rows. */
function barsOf(rows, pivot, show) {
    show(rows);
    const totals = new Map();
    for (const row of rows) {
        for (const [key, count] of pivot.of(row)) {
            const total = totals.get(key) ?? { key, count: 0, bounces: {}, rows: new Map() };
            total.count += count;
            total.bounces[bounceOf(row.it)] = (total.bounces[bounceOf(row.it)] ?? 0) + count;
            total.rows.set(row, (total.rows.get(row) ?? 0) + count);
            totals.set(key, total);
        }
    }
    const sorted = [...totals.values()];
    const times = pivot.inOrder && timesOf([...totals.keys()]);
    sorted.sort(times ? (a, b) => (times.get(a.key) < times.get(b.key) ? -1 : 1) : (a, b) => b.count - a.count);
    if (!sorted.length) return [el("p", { class: "hint" }, "The log does not say.")];
    const most = Math.max(...sorted.map(({ count }) => count));
    const list = el("tbody");
    const more = button("", () => {
        list.append(...waiting.splice(0, pivot.inOrder ? 31 : BARS).map(bar));
        more.hidden = !waiting.length;
        more.textContent = `Show more: ${number(waiting.length)} are left`;
    });
    const waiting = [...sorted];

    function bar({ key, count, bounces, rows: own }) {
        const stack = Object.keys(BOUNCES).filter((bounce) => bounces[bounce]).map((bounce) =>
            grown(el("span", { "data-bounce": bounce }), bounces[bounce]));
        const drawn = el("div", { class: "stack" }, stack);
        drawn.style.width = `${(100 * count) / most}%`;
        const choice = button(pivot.name(key), () => {
            const isChosen = choice.getAttribute("aria-pressed") !== "true";
            for (const other of list.querySelectorAll("button")) other.setAttribute("aria-pressed", false);
            choice.setAttribute("aria-pressed", isChosen);
            show(isChosen ? [...own].map(([row, count]) => ({ ...row, count })) : rows);
            say(isChosen ? `${counted(own.size, "row")}: ${pivot.name(key)}.` : "All rows.");
        }, { "aria-pressed": "false" });
        return el("tr", {}, el("td", {}, choice), el("td", { class: "count digits" }, number(count)),
            el("td", { class: "bar", "aria-hidden": "true" }, drawn));
    }

    more.click();
    return [el("table", { class: "counts" },
        el("caption", { class: "hidden" }, "Counts; a button shows only its own rows"), list), more];
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * What days and hours sort by. Those without a year ("Dec 31 23:00") are places on a circle of months, and the log begins
 * behind the longest gap on it: after a turn of the year January comes behind December.
 */
function timesOf(keys) {
    const placeOf = (when) => 31 * MONTHS.indexOf(when.slice(0, 3)) + Number(when.slice(4, 6)) - 1;
    const places = [...new Set(keys.filter((when) => /^[A-Z]/.test(when)).map(placeOf))].sort((a, b) => a - b);
    let first = 0;
    let longest = 0;
    places.forEach((place, i) => {
        const gap = i ? place - places[i - 1] : place - places.at(-1) + 12 * 31;
        if (gap > longest) [first, longest] = [place, gap];
    });
    const sortable = (when) => String((placeOf(when) - first + 12 * 31) % (12 * 31)).padStart(3, "0") + when.slice(6);
    return new Map(keys.map((when) => [when, /^[A-Z]/.test(when) ? sortable(when) : when]));
}

// MARK: - As files

function downloads({ dead, replies }, names, worker) {
    const stem = names.replace(/(\.(log|txt|gz|csv))+$/i, "").replace(/[^\w.-]+/g, "-").slice(0, 60) || "log";
    const kinds = [
        [`${counted(dead, "dead address", "dead addresses")}`, { task: "dead" }, `${stem}-dead.txt`, dead],
        ["CSV", { task: "lines", format: "csv" }, `${stem}.csv`, replies],
        ["JSON", { task: "lines", format: "json" }, `${stem}.ndjson`, replies],
    ];
    return el("p", { class: "copies" }, el("span", { class: "term" }, "Save"), kinds.filter((kind) => kind[3]).map(
        ([text, task, name]) => button(text, async ({ currentTarget: button }) => {
            button.disabled = true;
            say(`Preparing ${name}.`);
            await answerOf(worker, task).then((blob) => save(blob, name))
                .then(() => say(`Saved ${name}.`), ({ message }) => say(message));
            button.disabled = false;
        })));
}

const answerOf = (worker, task) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.blob ? resolve(data.blob) : reject(new Trouble(data.trouble)));
    worker.postMessage(task);
});

async function save(blob, name) {
    const url = URL.createObjectURL(blob);
    el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// MARK: - The rows

/** The table of what was said, some rows at a time; `show` fills it with others. */
function tableOf() {
    const body = el("tbody");
    let waiting;
    const addRows = () => {
        body.append(...waiting.splice(0, ROWS).map(rowOf));
        more.hidden = !waiting.length;
        more.textContent = `Show more: ${number(waiting.length)} are left`;
    };
    const more = button("", addRows);
    const show = (some) => {
        waiting = [...some].sort((a, b) => b.count - a.count);
        body.replaceChildren();
        addRows();
    };
    const head = [["count", "Times"], ["what", "What happened"], ["reply", "What the server said"], ["action", "What to do"]]
        .map(([kind, text]) => el("th", { scope: "col", class: `${kind} term` }, text));
    const node = el("table", {},
        el("caption", { class: "hidden" }, "What was said; a button shows the whole explanation"),
        el("thead", {}, el("tr", {}, head)), body);
    return { node: [node, more], show };
}

function rowOf(row) {
    const { it, count, recipients, domains } = row;
    const toggle = button(title(it.category), async () => {
        const isOpen = toggle.getAttribute("aria-expanded") !== "true";
        toggle.setAttribute("aria-expanded", isOpen);
        isOpen ? node.after(detail(row)) : node.nextSibling.remove();
    }, { "aria-expanded": "false" });
    const who = recipients.size === 1 && count === 1 ? [...recipients][0]
        : domains.size ? `${[...domains.keys()].slice(0, 3).join(", ")}${domains.size > 3 ? ` and ${counted(domains.size - 3, "more domain")}` : ""}` : "";
    const node = el("tr", { "data-bounce": bounceOf(it) },
        el("td", { class: "count digits" }, number(count)),
        el("td", { class: "what" }, el("span", { class: "sign", "aria-hidden": "true" }, BOUNCES[bounceOf(it)].sign),
            " ", toggle, el("span", { class: "hidden" }, ` ${BOUNCES[bounceOf(it)].name}`)),
        el("td", {}, el("code", {}, marked(excerpt(it), it.evidence, false)), el("span", { class: "hint" }, who)),
        el("td", { class: "action" }, ACTIONS[it.action] ?? it.action));
    return node;
}

/** The whole explanation of a row, asked for again: the worker keeps only what the row shows. */
function detail({ sample, line, recipients }) {
    const cell = el("td", { colspan: 4 }, el("p", { class: "hint", role: "status" }, "Asking …"));
    explain(sample, "text/plain").then((response) => response.json()).then(
        (it) => cell.replaceChildren(
            el("p", { class: "hint" }, `First on line ${number(line)}. `,
                recipients.size > 1 && `For ${[...recipients].slice(0, 5).join(", ")}${recipients.size > 5 ? " and others" : ""}.`),
            explanation({ text: sample, it }, "h3")),
        ({ message }) => cell.replaceChildren(el("p", {}, message)));
    return el("tr", { class: "open" }, cell);
}
