// What the page says of the members of an answer, and how it writes counts and times.

/** What an answer means for the address; each has a colour of its own. */
export const BOUNCES = {
    none: { name: "No bounce", sign: "✓", says: "Nothing was refused." },
    soft: {
        name: "Soft bounce", sign: "↻",
        says: "This message, or a later one, may be delivered without a change on your side.",
    },
    block: {
        name: "Block", sign: "■",
        says: "You, as the sender, have to change something first. The address is not to blame: keep it.",
    },
    hard: {
        name: "Hard bounce", sign: "✕",
        says: "Mail to this address will not be delivered, now or later, and the address is the reason.",
    },
    unknown: { name: "Unclear", sign: "?", says: "The reply does not say enough to tell. Keep the address." },
};

export const bounceOf = ({ bounce }) => (bounce in BOUNCES ? bounce : "unknown");

export const CONFIDENCES = {
    high: "At this level, about 98 of 100 answers were right on replies that nobody had prepared them for.",
    medium: "At this level, about 90 of 100 answers were right on replies that nobody had prepared them for. "
        + "Read the reply as well.",
    low: "A guess from little evidence. Read the reply yourself before you act for good.",
};

export const FINALITY = {
    permanent: "refused for good", transient: "refused for now", success: "accepted", intermediate: "in progress",
};

export const PARTIES = {
    recipient: "The recipient’s: the address or the mailbox.",
    sender: "The sender’s: the system, domain or address that the mail comes from.",
    message: "The message’s own.",
    receiver: "The receiver’s: the mail system that answered.",
    network: "The network’s, between the two systems.",
    unknown: "Nobody can tell yet.",
};

export const ACTIONS = {
    "none": "Nothing to do", "continue": "Go on with the transaction", "retry": "Let the queue retry",
    "slow-down": "Send less", "suppress": "Stop mailing this address", "fix-address": "Correct the address",
    "fix-message": "Change the message", "fix-sender": "Fix the sending side",
    "request-delisting": "Ask to be taken off the list", "contact-recipient": "Reach the recipient another way",
    "investigate": "Look into it",
};

export const KINDS_OF_EVIDENCE = {
    "provider-code": "the receiver’s own code", "text": "words", "blocklist": "a blocklist",
    "enhanced-code": "the enhanced code", "reply-code": "the reply code",
};

/** What lands in the mailbox for bounces; `bounce` lends its colour where no recipient has one. */
export const KINDS_OF_MESSAGE = {
    "failure": { title: "Not delivered", says: "The message below did not reach the recipient." },
    "delay": {
        title: "Delayed", bounce: "soft",
        says: "The mail system is still trying. It reports again if it gives up.", todo: "Nothing to do yet.",
    },
    "success": {
        title: "Delivered", bounce: "none", says: "The mail system confirms the delivery.", todo: "Nothing to do.",
    },
    "complaint": {
        title: "Complaint", bounce: "block", says: "Somebody marked the message as spam, and their provider passed it on.",
        todo: "Stop mailing this reader, and find out how the address came onto your list.",
    },
    "auto-reply": {
        title: "Automatic reply", bounce: "none",
        says: "A vacation note or the like. The message arrived.", todo: "Nothing to do.",
    },
    "challenge": {
        title: "Challenge", bounce: "block", says: "The recipient’s filter asks you to prove that you are a person.",
        todo: "Answer it if you know the recipient. Until then, your message waits.",
    },
    "receipt": {
        title: "Receipt", bounce: "none", says: "The recipient’s program says what became of the message.",
        todo: "Nothing to do.",
    },
    "report": {
        title: "Report", bounce: "none", says: "A report for your records, such as one on DMARC or TLS.",
        todo: "Nothing to do for a recipient.",
    },
    "other": {
        title: "No bounce", bounce: "unknown", says: "The message reports no delivery, failed or not.",
        todo: "If it is a bounce all the same, paste the words that say why.",
    },
};

/** What to do, in one short sentence, and the rest. The advice often begins as the action does: it is said once. */
export function remedy({ action, advice = "" }) {
    const lead = ACTIONS[action] ?? action;
    const [, first = advice, rest = ""] = advice.match(/^(.*?[.!?])\s+(?=\p{Lu})(.*)$/su) ?? [];
    const firstWord = (text) => text.split(/\W/, 1)[0].toLowerCase();
    const isSaid = action === "investigate" || firstWord(first) === firstWord(lead);
    return advice && isSaid ? { lead: first, rest } : { lead: `${lead}.`, rest: advice };
}

export const number = (count) => count.toLocaleString("en");
export const counted = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;

/** A part of a whole; never 0 % or 100 % where that is not so. */
export function percent(part, whole) {
    const share = (100 * part) / whole;
    if (share > 0 && share < 0.1) return "under 0.1 %";
    if (share > 99.9 && share < 100) return "over 99.9 %";
    return `${share.toFixed(share > 0 && share < 10 ? 1 : 0)} %`;
}

/** 5400 is "1 hour 30 minutes". */
export function duration(seconds) {
    return [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]].flatMap(([unit, size]) => {
        const count = Math.floor(seconds / size);
        seconds %= size;
        return count ? [counted(count, unit)] : [];
    }).join(" ");
}

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** A moment as one says it: "16:40", "tomorrow at 09:10", "Thursday 3 December at 09:10". */
export function moment(date, now = new Date()) {
    const daysAway = Math.round((new Date(date).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000);
    if (daysAway === 0) return clock.format(date);
    return `${daysAway === 1 ? "tomorrow" : day.format(date)} at ${clock.format(date)}`;
}

const BASES = {
    reply: (wait) => `the reply asks to wait ${wait}`,
    provider: (wait) => `this receiver makes senders wait ${wait}`,
    usual: (wait) => `the usual pause is ${wait}`,
};

/** When to send the same message again, in its parts; nothing where that makes no sense. */
export function retryTime({ retry, bounce }, now = new Date()) {
    if (!retry) return undefined;
    const after = new Date(now.getTime() + retry.afterSeconds * 1000);
    const end = retry.giveUpAfterSeconds && new Date(now.getTime() + retry.giveUpAfterSeconds * 1000);
    return {
        lead: bounce === "block" ? "When that is done, try again after" : "Try again after",
        time: moment(after, now),
        why: BASES[retry.basis]?.(duration(retry.afterSeconds)),
        end: end && `Give up if it still fails on ${moment(end, now)}.`,
    };
}

/** The items by key, in the order in which the keys come. */
export function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const key = keyOf(item);
        groups.has(key) ? groups.get(key).push(item) : groups.set(key, [item]);
    }
    return groups;
}
