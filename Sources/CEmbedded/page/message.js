// A whole message: what kind it is, the message that was sent, and a card for each recipient.

import { button, el, facts } from "./elements.js";
import { title } from "./service.js";
import { badge, basis, explanation, verdict } from "./verdict.js";
import { bounceOf, counted, grouped, KINDS_OF_MESSAGE, remedy } from "./words.js";

/** Cards that are shown at a time. */
const CARDS = 50;

/** An explanation, with what the report says of the recipient. */
const entryOf = ({ recipient, remoteMTA, diagnostic, status, explanation: it }) => ({
    text: diagnostic ?? status ?? "",
    it: { ...it, recipient: recipient ?? it.recipient, remoteHost: remoteMTA ?? it.remoteHost },
});

/** What a message says, and what a screen reader says of it. */
export function messageView({ kind = "failure", original, complaint, reportingMTA, recipients = [] }, heading = "h2") {
    const { title: name, says, bounce, todo } = KINDS_OF_MESSAGE[kind] ?? KINDS_OF_MESSAGE.other;
    const entries = recipients.map(entryOf);
    const one = entries.length === 1 && entries[0];
    const about = facts([
        ["Reported by", reportingMTA],
        complaint && ["Kind of complaint", complaint.feedbackType],
        complaint?.originalRecipients?.length && ["Recipient", complaint.originalRecipients.join(", ")],
        complaint && ["Sent from", complaint.sourceIP], complaint && ["Domain", complaint.reportedDomain],
        complaint && ["Program", complaint.userAgent],
    ]);
    const node = el("article", { class: "message", "data-kind": kind },
        one ? [el("p", { class: "caps" }, name), explanation(one, heading)]
            : entries.length ? [el(heading, {}, `${name}: ${counted(entries.length, "recipient")}`), cards(entries)]
            : el("div", { class: "verdict", "data-bounce": bounce ?? "unknown" },
                el("p", { class: "badges" }, el("span", { class: "badge" },
                    kind === "complaint" ? "Complaint" : badge(bounce ?? "unknown"))),
                el(heading, {}, kind === "complaint" ? "Marked as spam" : name),
                el("p", { class: "summary" }, says),
                todo && el("p", { class: "remedy" }, el("strong", {}, todo))),
        about && [el("h3", { class: "term" }, "The report"), about],
        originalView(original));
    const said = one ? `${title(one.it.category)}. ${remedy(one.it).lead}`
        : entries.length ? `${name}: ${counted(entries.length, "recipient")}.` : `${name}. ${says} ${todo ?? ""}`;
    return { node, said, entries };
}

/** The message that was sent, as far as it came back. */
function originalView(original) {
    const { messageId, subject, from, to, date, envelopeId, headers } = original ?? {};
    const fields = Array.isArray(headers) ? headers.map(({ name, value }) => [name, value]) : Object.entries(headers ?? {});
    const known = facts([
        ["Subject", subject], ["From", from], ["To", Array.isArray(to) ? to.join(", ") : to], ["Date", date],
        ["Message-ID", messageId && el("code", {}, messageId)], ["Envelope ID", envelopeId && el("code", {}, envelopeId)],
    ]);
    const more = facts(fields.map(([name, value]) => [name, el("code", {}, String(value))]));
    return (known || more) && el("section", { class: "original" },
        el("h3", { class: "term" }, "The message that was sent"), known,
        more && el("details", {}, el("summary", {}, counted(fields.length, "more header field")), more));
}

/** A card for each recipient: the verdict, and the rest of the explanation on demand. */
function cards(entries) {
    const list = el("ol", { class: "cards" });
    const waiting = [...entries];
    const more = button("", () => {
        list.append(...waiting.splice(0, CARDS).map(card));
        more.hidden = !waiting.length;
        more.textContent = `Show more: ${waiting.length} are left`;
    });
    more.click();
    return [el("p", { class: "badges" }, bounceBadges(entries.map(({ it }) => it))), list, more];
}

/** How many of the explanations are of each bounce. */
export const bounceBadges = (explanations) => [...grouped(explanations, bounceOf)].map(([bounce, { length }]) =>
    el("span", { class: "badge", "data-bounce": bounce }, badge(bounce), length > 1 && ` ${length}`));

function card(entry) {
    const details = el("details", { toggle: () => details.childElementCount < 2 && details.append(el("div", {}, basis(entry))) },
        el("summary", {}, "What it rests on"));
    return el("li", { "data-bounce": bounceOf(entry.it) },
        el("h3", {}, entry.it.recipient ?? "A recipient that the report does not name"),
        verdict(entry.it, "h4"), details);
}
