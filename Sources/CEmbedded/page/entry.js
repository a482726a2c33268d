// An entry of the catalog, where what was put in is a code or the name of a category and nothing else.

import { caps, el, facts, inside, linked, outside, separated } from "./elements.js";
import { category, get, title } from "./service.js";
import { references, warned } from "./verdict.js";
import { FINALITY, grouped, PARTIES, remedy } from "./words.js";

const entryFacts = (it, what, party, ...more) => {
    const { lead, rest } = remedy(it);
    return facts([
        ["What happened", what],
        ["What to do", el("strong", {}, linked(lead)), " ", linked(rest)],
        ["Whose problem", PARTIES[party]],
        ...more,
    ]);
};

/** A reply code or an enhanced code; `it` is the explanation of a reply that has only the code. */
export function codeEntry(entry, it) {
    const { code, meaning, providers = [] } = entry;
    const isReply = typeof code === "number";
    const known = category(entry.category);
    const other = (isReply ? entry.enhancedCodes : entry.replyCodes).map((code) => inside(code));
    return el("article", { "data-bounce": it?.bounce },
        caps(isReply ? "Reply code" : "Enhanced code", FINALITY[entry.disposition], (entry.group ?? entry.subject)?.name),
        el("h2", {}, el("span", { class: "digits" }, String(code)), ` ${meaning}`),
        el("p", { class: "lead" }, entry.description),
        entryFacts(entry, known && [inside(known.name, known.title), `. ${known.description}`], known?.party,
            entry.issuedFor?.length && ["In answer to", entry.issuedFor.join(", ")],
            other.length && [isReply ? "Enhanced codes" : "Reply codes", separated(other)]),
        warned(it?.warnings),
        providers.length > 0 && [
            el("h3", { class: "term" }, "What receivers mean by it"),
            el("dl", {}, [...grouped(providers, ({ name }) => name)].map(([name, uses]) => [
                el("dt", { class: "term" }, name),
                uses.map(({ wording, meaning, advice }) => el("dd", {},
                    wording && [el("q", {}, wording), ": "], meaning, " ", el("span", { class: "quiet" }, advice))),
            ])),
        ],
        el("h3", { class: "term" }, "Read on"),
        el("p", {}, references(entry.references)));
}

export const categoryEntry = (it) => el("article", {},
    caps("Category"),
    el("h2", {}, it.title),
    el("p", { class: "lead" }, it.description),
    facts([
        ["When refused for good", el("strong", {}, remedy(it).lead), " ", linked(remedy(it).rest)],
        ["When refused for now", el("strong", {}, remedy(it.whileTransient).lead), " ", linked(remedy(it.whileTransient).rest)],
        ["Whose problem", PARTIES[it.party]],
        ["In answers", el("code", {}, it.name)],
    ]));

/** The codes and wordings that a provider alone uses. */
export const ownCodes = (codes) => el("ul", { class: "entries" }, codes.map((own) => el("li", {},
    el("span", {}, separated([
        own.code && (own.code.includes("*") ? own.code : inside(own.code)), // a "*" stands for many codes
        own.wording && el("q", {}, own.wording)].filter(Boolean), " ")),
    el("span", {}, own.meaning, el("span", { class: "quiet" }, ` ${own.advice} `),
        own.source && outside(own.source, "Source")),
    el("span", { class: "term" }, title(own.category)))));

const providerEntry = ({ name, codes }) => el("article", {},
    caps("Receiver or filter"), el("h2", {}, name),
    el("p", { class: "lead" }, "What it means by its own codes and wordings."), ownCodes(codes));

/** The catalog's entry where a text is a code, or the name of a category or a provider, and nothing else. */
export async function entryFor(text, it) {
    const pattern = text.toLowerCase();
    if (category(pattern)) return categoryEntry(category(pattern));
    if (/^[a-z][a-z\d-]*$/.test(pattern)) {
        const provider = (await get("/providers")).providers.find(({ href }) => href === `/providers/${pattern}`);
        if (provider) return providerEntry(await get(provider.href));
    }
    const isPattern = /^x(\.\d{1,3}){2}$/.test(pattern);
    const found = isPattern && (await get("/enhanced")).codes.find(({ code }) => code === pattern);
    if (found) return codeEntry(found, it);
    const href = /^([2-5]\d\d|[245](\.\d{1,3}){2})$/.test(text) && (it.reply ?? it.enhanced)?.href;
    return href && codeEntry(await get(href), it);
}
