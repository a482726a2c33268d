// The catalog below the answer: searched over everything as one types, or browsed.

import { byId, el, inside } from "./elements.js";
import { ownCodes } from "./entry.js";
import { get, knowCategories, search, title } from "./service.js";
import { counted, grouped } from "./words.js";

const field = byId("search");

// MARK: - Searching

const KINDS = {
    "category": "What can have happened", "reply-code": "Reply codes", "enhanced-code": "Enhanced codes",
    "provider": "Receivers and filters", "provider-code": "Receivers’ own codes and wordings",
    "phrase": "Words",
};

/** Results that are shown of each kind at first. */
const FIRST = 8;

/** What to look up for a result: codes by their titles, the rest by the name of the category or the provider. */
const target = ({ kind, href, title }) => (kind.endsWith("-code") ? title : href.split("/").pop());

/** A result's title without the marks of a phrase's slots. */
const name = ({ title }) => title.replace(/[{}]/g, "");

function resultList(results) {
    const item = (it) => el("li", {}, inside(target(it), name(it)), el("span", {}, it.meaning),
        it.category && el("span", { class: "term" }, title(it.category)));
    const list = el("ul", { class: "entries" }, results.slice(0, FIRST).map(item));
    const more = results.length > FIRST && el("li", {}, el("button", { type: "button", click: () => {
        const added = results.slice(FIRST).map(item);
        list.lastChild.replaceWith(...added);
        added[0].firstChild.focus();
    } }, `Show ${results.length - FIRST} more`));
    if (more) list.append(more);
    return list;
}

/** The results by kind, and of those with the same name the best. */
function found({ count, results }, words) {
    byId("found").textContent = count ? counted(count, "result") : "No results";
    if (!results.length) {
        return [el("p", { class: "lead" }, `Nothing here has “${words}”.`),
            el("p", {}, "Try a single word, such as ", el("q", {}, "mailbox"), " or ", el("q", {}, "blocked"),
                ", a code such as 550, 5.1.1 or TSS04, or paste the whole reply above.")];
    }
    const distinct = [...grouped(results, (it) => it.kind + name(it)).values()].map(([best]) => best);
    const kinds = grouped(distinct, ({ kind }) => kind);
    return Object.entries(KINDS).filter(([kind]) => kinds.has(kind)).flatMap(([kind, heading]) => [
        el("h3", {}, heading, " ", el("span", { class: "hint digits" }, String(kinds.get(kind).length))),
        resultList(kinds.get(kind))]);
}

// MARK: - Browsing

function group(digits, name, says, count, ...content) {
    return el("details", {},
        el("summary", {},
            el("h4", {}, digits && el("span", { class: "digits" }, digits + " "), el("span", {}, name)),
            says && el("span", { class: "says hint" }, says),
            el("span", { class: "count hint digits" }, String(count))),
        content);
}

const entryList = (codes) => el("ul", { class: "entries" }, codes.map(({ code, meaning, category }) => el("li", {},
    inside(code), el("span", {}, meaning), el("span", { class: "term" }, title(category)))));

const codeGroups = (codes) => [...grouped(codes, (it) => it.class.digit)].map(([digit, inClass]) =>
    group(`${digit}yz`, inClass[0].class.name, inClass[0].class.meaning, inClass.length,
        [...grouped(inClass, (it) => it.group?.name)].map(([name, inGroup]) => [
            el("h5", { class: "term" }, name ?? "No group"), entryList(inGroup)])));

const enhancedGroups = (codes) => [...grouped(codes, ({ subject }) => (subject ? `x.${subject.digit}` : "x"))]
    .sort((a, b) => (a[0] === "x") - (b[0] === "x") || a[0].localeCompare(b[0]))
    .map(([digits, inSubject]) => group(
        digits, inSubject[0].subject?.name ?? "Subjects that no standard registers",
        inSubject[0].subject?.meaning, inSubject.length, entryList(inSubject)));

/** A provider, whose codes are asked for when it is opened. */
function providerGroup({ name, count, href }) {
    const node = group("", name, "", count);
    node.addEventListener("toggle", async () =>
        node.append(await get(href).then(({ codes }) => ownCodes(codes), ({ message }) => message)), { once: true });
    return node;
}

const categoryList = (categories) => el("ul", { class: "entries" }, categories.map(({ name, title, description }) =>
    el("li", {}, inside(name, title), el("span", {}, description))));

const byName = (a, b) => a.name.localeCompare(b.name, "en");

async function everything() {
    const [{ codes }, { codes: enhanced }, { providers }, { categories }] = await Promise.all(
        ["/codes", "/enhanced", "/providers", "/categories"].map(get));
    const section = (heading, id, groups) => [el("h3", {}, heading), el("div", { class: "groups", id }, groups)];
    return [
        ...section("Reply codes", "codes", codeGroups(codes)),
        ...section("Enhanced codes", "enhanced", enhancedGroups(enhanced)),
        ...section("Codes and wordings of receivers and filters", "providers",
            providers.filter(({ count }) => count).sort(byName).map(providerGroup)),
        ...section("What can have happened", "categories", [
            group("", "Categories", "What an explanation can come to", categories.length, categoryList(categories))]),
    ];
}

// MARK: - What is shown

let current = new AbortController();
let whole; // what is browsed, with what the reader has opened

async function show() {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const words = field.value.trim();
    try {
        await knowCategories();
        const nodes = words ? found(await search(words, signal), words) : (whole ??= await everything());
        if (signal.aborted) return;
        byId("results").replaceChildren(...nodes);
        if (!words) byId("found").textContent = "";
    } catch (error) {
        if (!signal.aborted) byId("found").textContent = error.message;
    }
}

let typing;
field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(show, 120);
});
// The catalog is asked for when it comes near.
const nearing = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    nearing.disconnect();
    show();
}, { rootMargin: "400px" });
nearing.observe(byId("catalog"));
