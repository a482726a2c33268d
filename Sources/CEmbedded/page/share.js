// Taking an answer elsewhere: for a ticket, for a program, as a link.

import { button, el, say, toFragment } from "./elements.js";
import { withoutAddresses } from "./replies.js";
import { title } from "./service.js";
import { BOUNCES, bounceOf, remedy, retryTime } from "./words.js";

/** Beyond it, mail programs and chats cut links. */
const LONGEST_LINK = 4000;

/** A text as the fragment of this page's address; nothing where it is too long for one. */
export const fragment = (text) => (text && text.length <= LONGEST_LINK ? toFragment(text) : "");

/** An explanation as plain text, for a ticket. */
function ticket({ text, it }) {
    const when = retryTime(it);
    const { lead, rest } = remedy(it);
    return [
        `${BOUNCES[bounceOf(it)].name}: ${title(it.category)} (${it.confidence} confidence)`,
        it.summary,
        `What to do: ${lead} ${rest}`.trimEnd(),
        when && `${when.lead} ${when.time}: ${when.why}. ${when.end ?? ""}`.trimEnd(),
        ...(it.links ?? []).map(({ name, url }) => `${name}: ${url}`),
        ...it.warnings.map((warning) => `Careful: ${warning}`),
        it.remoteHost && `Server: ${it.remoteHost}`,
        it.recipient && `Recipient: ${it.recipient}`,
        "", text,
    ].filter((line) => line || line === "").join("\n");
}

/** A command that asks the same. */
const curl = ({ text }) =>
    `curl -H 'Content-Type: text/plain' --data-binary '${text.replaceAll("'", String.raw`'\''`)}' ${location.origin}/explain`;

/** Copies a text, in browsers that keep the clipboard from pages without TLS as well. */
async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = el("textarea", { class: "hidden" });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) throw new Error("The browser does not copy.");
}

/** The buttons that copy an answer; the names in addresses are left out of all of them unless one asks. */
export function copies(entry) {
    const { text, it } = entry;
    const isWhole = el("input", { type: "checkbox" });
    const blanked = (value) => (typeof value === "string" ? withoutAddresses(value, it.recipient) : value);
    const kinds = {
        "for a ticket": (entry) => ticket(entry),
        "as JSON": ({ it }) => JSON.stringify(it, null, 2),
        "as curl": (entry) => curl(entry),
        ...(fragment(text) && { "as a link": ({ text }) => location.origin + location.pathname + fragment(text) }),
    };
    const shared = () => (isWhole.checked ? entry
        : { text: blanked(text), it: JSON.parse(JSON.stringify(it), (_, value) => blanked(value)) });
    const copier = (name, make) => {
        const one = button(name, async () => {
            await copy(make(shared())).then(() => say(`Copied ${name}.`), () => say("The browser does not let this page copy."));
            one.classList.add("done");
            setTimeout(() => one.classList.remove("done"), 2000);
        });
        return one;
    };
    return el("p", { class: "copies" },
        el("span", { class: "term" }, "Copy"), Object.entries(kinds).map(([name, make]) => copier(name, make)),
        (it.recipient || blanked(text) !== text) && el("label", { class: "hint" }, isWhole, " with addresses"));
}
