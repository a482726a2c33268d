// What is put in, by typing, pasting, dropping or a link, and what is shown for it; and that Back goes back.

import { byId, el, say } from "./elements.js";
import { entryFor } from "./entry.js";
import { beginning, unpacked } from "./files.js";
import { logOf } from "./log.js";
import { bounceBadges, messageView } from "./message.js";
import { isLog, messageStarts, messageType, withoutAddresses } from "./replies.js";
import "./search.js";
import { explain, knowCategories, title, Trouble } from "./service.js";
import { fragment } from "./share.js";
import { explanation } from "./verdict.js";
import { BOUNCES, bounceOf, counted, KINDS_OF_MESSAGE, remedy } from "./words.js";

const [box, answer] = ["box", "answer"].map(byId);

/** In UTF-16 units. A longer text is kept out of the box, which would be slow with it, and read as a file. */
const LONGEST_PASTE = 200_000;

// MARK: - Looking up

const welcome = { node: answer.firstElementChild, said: "" };

/** The answer to a text: what to show, and what a screen reader says of it. */
async function answerTo(typed, signal) {
    await knowCategories();
    const text = typed.trim();
    if (!text) return welcome;
    const type = messageType(text);
    if (type) return answerToFiles([new File([text], "what you pasted")], signal);
    if (isLog(typed)) return logOf([new File([typed], "what you pasted")], showMeanwhile, signal);
    const it = await (await explain(text, "text/plain", signal)).json();
    const entry = await entryFor(text, it);
    if (entry) return { node: entry, said: entry.querySelector("h2").textContent };
    return {
        node: explanation({ text, it }), recipient: it.recipient,
        said: `${BOUNCES[bounceOf(it)].name}. ${title(it.category)}. ${remedy(it).lead}`,
    };
}

const messageOf = async (body, type, signal) => messageView(await (await explain(body, type, signal)).json());

/** The answer to files: messages one by one, and all logs together. */
async function answerToFiles(files, signal) {
    await knowCategories();
    const messages = [];
    const logs = [];
    for (const file of files) {
        const text = await beginning(file, LONGEST_PASTE);
        const type = /\.eml$/i.test(file.name) ? "message/rfc822" : messageType(text.trimStart());
        if (type) messages.push(...await messagesIn(file, type));
        else if (text.length < LONGEST_PASTE && !isLog(text)) {
            if (!text.trim()) throw new Trouble(`“${file.name}” is empty.`);
            if (files.length === 1) return named(await answerTo(text, signal), file);
            logs.push(file);
        } else logs.push(file);
    }
    const shown = [];
    if (messages.length === 1) shown.push(named(await messageOf(messages[0].body, messages[0].type, signal), messages[0]));
    if (messages.length > 1) shown.push(await messagesOf(messages, signal));
    if (logs.length) shown.push(await logOf(logs, showMeanwhile, signal));
    return shown.length === 1 ? shown[0] : {
        ...shown[1], node: el("div", {}, shown.map(({ node }) => node)), said: shown.map(({ said }) => said).join(" "),
    };
}

/** The messages of a file: one, or all of an mbox. Their bytes stay as they are, in whatever charset. */
async function messagesIn(file, type) {
    const body = await new Response(await unpacked(file)).blob();
    const starts = messageStarts(new TextDecoder("latin1").decode(await body.arrayBuffer()));
    return starts.map((start, i) => ({
        type, body: body.slice(start, starts[i + 1]), name: starts.length > 1 ? `${file.name}, ${i + 1}` : file.name }));
}

function named(shown, { name }) {
    return { ...shown, node: el("div", {}, el("p", { class: "file" }, name), shown.node) };
}

/** Several messages, each with its name, to be opened. */
async function messagesOf(messages, signal) {
    const items = [];
    for (const { name, body, type } of messages) {
        const answer = await (await explain(body, type, signal)).json();
        const { recipients = [] } = answer;
        const { title } = KINDS_OF_MESSAGE[answer.kind ?? "failure"] ?? KINDS_OF_MESSAGE.other;
        const item = el("details", { toggle: () =>
            item.childElementCount < 2 && item.append(el("div", {}, messageView(answer, "h3").node)) },
            el("summary", {}, el("h3", { class: "file" }, name), el("span", { class: "hint" }, title),
                el("span", { class: "badges" }, bounceBadges(recipients.map(({ explanation }) => explanation)))));
        items.push(item);
        if (items.length % 50 === 0) say(`Read ${items.length} of ${messages.length} messages.`);
    }
    const said = counted(messages.length, "message");
    return { node: el("article", { class: "messages" }, el("h2", {}, said), items), said };
}

// MARK: - What is shown

/** What each entry of the history shows, while this page is open. */
const visits = new Map();
const MOST_VISITS = 20;
let visit = { text: "", shown: welcome };
let current = new AbortController();
let waiting;

function present({ node, table }) {
    answer.replaceChildren(node);
    byId("table").replaceChildren(...(table ?? []));
    byId("lookup").classList.toggle("many", Boolean(table));
    byId("lookup").classList.toggle("answered", node !== welcome.node);
    const name = node !== welcome.node && node.querySelector("h2")?.textContent;
    document.title = name ? `${name} · SMTP codes` : "SMTP codes";
}

/** Until the new answer is there, the old one is not to be taken for it. */
function wait() {
    clearTimeout(waiting);
    answer.setAttribute("aria-busy", true);
    answer.inert = true;
    byId("table").inert = true;
    waiting = setTimeout(() => present({ node: el("article", {}, el("p", { class: "lead" }, "Reading …")) }), 400);
}

/** Shows how far a long reading is. */
function showMeanwhile(node) {
    clearTimeout(waiting);
    present({ node });
    answer.inert = false;
}

function showVisit({ shown }) {
    clearTimeout(waiting);
    present(shown);
    answer.setAttribute("aria-busy", false);
    answer.inert = false;
    byId("table").inert = false;
}

/** Shows what `work` answers, unless something newer was asked meanwhile; says which. */
async function show(work) {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const mine = visit;
    mine.shown = undefined;
    wait();
    const shown = await work(signal).catch((error) => {
        if (signal.aborted) return undefined;
        if (!(error instanceof Trouble)) console.error(error);
        const said = error instanceof Trouble ? error.message : "This page failed to show the answer.";
        return { node: el("article", {}, el("h2", {}, "No answer"), el("p", { class: "lead" }, said)), said };
    });
    if (signal.aborted) {
        shown?.end?.();
        return false;
    }
    mine.shown = shown;
    showVisit(mine);
    if (shown.recipient) history.replaceState(history.state, "", addressOf(mine.text, shown.recipient));
    say(shown.said);
    return true;
}

/** Takes the reader to the answer: by eye, by keyboard, and by ear. */
function reach() {
    answer.focus({ preventScroll: true });
    const { top } = answer.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) answer.scrollIntoView();
}

// MARK: - The history, and the fragment, which stays in the browser

/** The address that opens this text, but for the names of people in it. */
const addressOf = (text, recipient) => location.pathname + location.search + fragment(withoutAddresses(text, recipient));

function begin(text) {
    visit = { text };
    const id = `${performance.timeOrigin}-${performance.now()}`;
    visits.set(id, visit);
    const [[oldest, { shown }]] = visits;
    if (visits.size > MOST_VISITS) {
        visits.delete(oldest);
        shown?.end?.();
    }
    return { visit: id };
}

/** A new entry of the history, or the same one while somebody goes on typing. */
function follow(text, isNew) {
    if (isNew) history.pushState(begin(text), "", addressOf(text));
    else {
        visit.text = text;
        history.replaceState(history.state, "", addressOf(text));
    }
}

function fromFragment() {
    return location.hash.slice(1).replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
        try { return decodeURIComponent(escapes); } catch { return escapes; } // a "%" that somebody typed
    });
}

const lookUp = () => show((signal) => answerTo(box.value, signal));

/** Opens what the address has, as a link or the reader gave it. */
function openFragment() {
    box.value = fromFragment();
    history.replaceState(begin(box.value), "");
    return lookUp();
}

addEventListener("popstate", async ({ state }) => {
    clearTimeout(typing);
    goesOn = false;
    const known = visits.get(state?.visit);
    if (!known) {
        if (await openFragment() && box.value) reach();
        return;
    }
    current.abort();
    visit = known;
    box.value = known.text;
    if (known.shown) showVisit(known);
    else await lookUp();
});

// MARK: - Putting in

let typing;
let goesOn = false; // does somebody go on typing what the newest entry of the history is about?

box.addEventListener("input", ({ inputType }) => {
    const isPaste = inputType === "insertFromPaste";
    wait();
    follow(box.value.trim(), isPaste || !goesOn);
    goesOn = true;
    clearTimeout(typing);
    typing = setTimeout(lookUp, isPaste ? 0 : 150);
    if (isPaste) requestAnimationFrame(() => (box.scrollTop = 0)); // its beginning tells which it is
    if (isPaste && matchMedia("(pointer: coarse)").matches) box.blur(); // the keyboard would hide the answer
});
box.addEventListener("blur", () => (goesOn = false));
box.addEventListener("paste", (event) => {
    const { files } = event.clipboardData;
    const text = event.clipboardData.getData("text/plain");
    if (!files.length && text.length < LONGEST_PASTE) return;
    event.preventDefault();
    openFiles(files.length ? [...files] : [new File([text], "what you pasted")]);
});

async function openFiles(files) {
    clearTimeout(typing);
    goesOn = false;
    box.value = "";
    follow("", true);
    if (await show((signal) => answerToFiles(files, signal))) reach();
}

byId("clear").addEventListener("click", () => {
    clearTimeout(typing);
    box.value = "";
    follow("", true);
    lookUp();
    box.focus();
});
byId("open").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async ({ target }) => {
    if (target.files.length) await openFiles([...target.files]);
    target.value = ""; // so that the same file can be chosen again
});

const holdsFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
const markDropping = (dropping) => document.body.classList.toggle("dropping", dropping);
addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    markDropping(true);
});
addEventListener("dragleave", ({ relatedTarget }) => relatedTarget ?? markDropping(false));
addEventListener("drop", (event) => {
    markDropping(false);
    if (!holdsFiles(event)) return;
    event.preventDefault();
    openFiles([...event.dataTransfer.files]);
});

if (location.hash) openFragment();
else {
    history.replaceState(begin(""), "");
    visit.shown = welcome;
    if (matchMedia("(pointer: fine)").matches) box.focus(); // elsewhere it would call up a keyboard
}
