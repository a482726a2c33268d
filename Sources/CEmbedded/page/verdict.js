// What one reply means: the verdict first, then what it rests on.

import { el, facts, inside, linked, listed, outside, separated, tip } from "./elements.js";
import { marked } from "./evidence.js";
import { get, title } from "./service.js";
import { copies } from "./share.js";
import {
    BOUNCES, bounceOf, CONFIDENCES, KINDS_OF_EVIDENCE, PARTIES, remedy, retryTime,
} from "./words.js";

/** The sign and the name of what an answer means for the address. */
export const badge = (bounce) => [
    el("span", { class: "sign", "aria-hidden": "true" }, BOUNCES[bounce].sign), ` ${BOUNCES[bounce].name}`];

/** The block that one reads first: what it is, what to do, when, and where. */
export function verdict(it, heading = "h2") {
    const bounce = bounceOf(it);
    const { lead, rest } = remedy(it);
    return el("div", { class: "verdict", "data-bounce": bounce },
        el("p", { class: "badges" },
            tip(badge(bounce), BOUNCES[bounce].says, { class: "badge" }),
            it.confidence && tip(`${it.confidence} confidence`, CONFIDENCES[it.confidence])),
        el(heading, {}, title(it.category)),
        el("p", { class: "summary" }, it.summary),
        el("p", { class: "remedy" }, el("strong", {}, linked(lead)), rest && [" ", linked(rest)]),
        whenToRetry(it),
        it.links?.length > 0 && el("p", { class: "links" },
            it.links.map(({ name, url }) => outside(url, name, { class: "button" }))));
}

function whenToRetry(it) {
    const when = retryTime(it);
    return when && el("p", { class: "when" },
        `${when.lead} `, el("strong", {}, when.time), when.why && `: ${when.why}`, ".", when.end && ` ${when.end}`);
}

export const warned = (warnings) => listed("This may make the answer wrong", "warnings",
    warnings?.map((it) => el("li", {}, linked(it))));

/** All that an explanation says; `text` is the reply as it was put in. */
export const explanation = (entry, heading) =>
    el("article", { "data-bounce": bounceOf(entry.it) }, verdict(entry.it, heading), basis(entry));

/** What a verdict rests on. */
export function basis({ text, it }) {
    const said = [
        separated([it.provider?.name, it.remoteHost].filter(Boolean)).join("") || "The server",
        it.command && ` to ${it.command}`, it.recipient && ` about ${it.recipient}`];
    return [
        warned(it.warnings),
        text && el("pre", { class: "said", tabindex: 0, role: "group", "aria-label": "The reply, the evidence marked" },
            marked(text, it.evidence)),
        copies({ text, it }),
        facts([
            (it.provider || it.remoteHost || it.command || it.recipient) && ["Said by", ...said],
            ["Whose problem", PARTIES[it.party]],
        ]),
        listed("Evidence, the strongest first", "evidence", it.evidence.map(({ found, kind, category }, i) =>
            el("li", { "data-note": i + 1 }, el("span", {},
                el("code", {}, found), ", ", KINDS_OF_EVIDENCE[kind] ?? kind, ": ", el("i", {}, title(category)))))),
        listed("Good to know", "notes", it.notes?.map((note) => el("li", {}, linked(note)))),
        listed("Read on", "sources", sources(it)),
    ];
}

/** Where to read on: the codes with their standards, and the provider's own pages. */
function sources({ reply, enhanced, provider, links = [], evidence }) {
    const codes = [reply, enhanced].filter((code) => code?.href).map(({ code, href, meaning }) =>
        filled([inside(code), ` ${meaning}. `], href, (entry) => references(entry.references)));
    const own = provider?.href && filled([`${provider.name}: `], provider.href,
        ({ codes }) => pages(codes, evidence, links.map(({ url }) => url)));
    return [...codes, own].filter(Boolean);
}

/** A row that gets the rest from the catalog when it comes; the row goes where nothing comes. */
function filled(text, path, rest) {
    const row = el("li", {}, text);
    get(path).then((entry) => {
        const more = rest(entry);
        more.length ? row.append(...more) : row.remove();
    }, () => {});
    return row;
}

export const references = (list) => separated(list.map(({ name, url }) => outside(url, name)));

/** The pages on which a provider explains the codes that were found, or else its codes. */
function pages(codes, evidence, shown) {
    const found = evidence.map((it) => it.found.toLowerCase());
    const named = codes.filter(({ code, wording }) =>
        found.includes(code?.toLowerCase()) || found.includes(wording?.toLowerCase()));
    const urls = new Set((named.length ? named : codes).map(({ source }) => source));
    return separated([...urls].filter((url) => url && !shown.includes(url)).slice(0, 3)
        .map((url) => outside(url, new URL(url).host)));
}
