// Telling apart what was put in: a message, one reply, or the lines of a log. The page and the worker both do.

const HEADER = new RegExp("^(?:From |(?:(?:X|ARC|Auto|Content|Delivered|DKIM|Message|MIME|Return)-[\\w-]+"
    + "|Date|From|Received|Subject|To):)", "i");

/** How each message of an mbox begins (RFC 4155). */
const MBOX = /^From \S+ .*\d\d:\d\d.*\d{4}\r?$/m;

/** Where the messages of an mbox begin, in a text of one character a byte; a message alone begins at 0. */
export const messageStarts = (text) => {
    const starts = [...text.matchAll(new RegExp(`(?<=^|\\n\\r?\\n)${MBOX.source.slice(1)}`, "gm"))].map(({ index }) => index);
    return starts[0] === 0 ? starts : [0];
};

/** The media type of a message, by how it begins; none where the text is replies. */
export function messageType(text) {
    if (MBOX.test(text)) return "message/rfc822";
    if (HEADER.test(text) && /\n\r?\n/.test(text)) return "message/rfc822";
    return /^(?:Reporting-MTA|Final-Recipient):/i.test(text) ? "message/delivery-status" : undefined;
}

/** What makes a line a reply of its own: a code, or the status that a log has in its place. */
const CODED = /(?<![\d.])(?:[2-5]\d\d(?=[\s-]|$)|[245]\.\d{1,3}\.\d{1,3}(?![\d.]))|\bstat(?:us)?=/;

/** Puts lines together to replies: an indented line goes on with the one before, and "550-..." lasts until "550 ...". */
export class Replies {
    #indent;
    #pending;
    #begun; // the code of a reply that goes on
    #number = 0;

    /** Takes a line; gives the reply that ended before it, with the number of its first line, if one did. */
    add(line) {
        this.#number += 1;
        line = line.trimEnd();
        if (line) this.#indent ??= line.search(/\S/);
        const own = line.slice(Math.min(this.#indent ?? 0, Math.max(line.search(/\S/), 0)));
        const [, code, mark] = own.match(/^\W{0,5}([2-5]\d\d)(-|\s|$)/) ?? [];
        const goesOn = this.#pending && own && (/^\s/.test(own) || (this.#begun && code === this.#begun));
        let ended;
        if (goesOn) {
            this.#pending.text += "\n" + own;
        } else if (own) {
            ended = this.#pending;
            this.#pending = { text: own, number: this.#number };
        }
        if (code || !own) this.#begun = mark === "-" ? code : undefined;
        return ended;
    }

    /** The last reply, if there is one. */
    end() {
        const last = this.#pending;
        this.#pending = undefined;
        return last;
    }
}

/** What a line of a log has at its head. */
const TIMED = /^.{0,56}?\d\d:\d\d:\d\d/;

/** Has a text more than one reply? At least two of them must have codes or times of their own. */
export function isLog(text) {
    const replies = new Replies();
    const isOwn = ({ text }) => CODED.test(text) || TIMED.test(text);
    let found = 0;
    for (const line of text.split(/\r\n|[\r\n]/)) {
        const reply = replies.add(line);
        if (reply && isOwn(reply)) found += 1;
        if (found > 1) return true;
    }
    const last = replies.end();
    return found === 1 && Boolean(last) && isOwn(last);
}

const ADDRESS = /[^\s<>()[\]",;:=@]{1,64}@(?=[\w-]+\.)/gu;

/** A text without the names before the "@" of its addresses, wherever they stand. */
export function withoutAddresses(text, recipient) {
    const names = [recipient?.match(/^[^@]{3,}(?=@)/)?.[0]].filter(Boolean)
        .map((name) => new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "giu"));
    return names.reduce((rest, name) => rest.replace(name, "…"), text.replace(ADDRESS, "…@"));
}
