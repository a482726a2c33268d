// Who sent the mail that a log reports on. Mail servers write the sender where a message comes in, and tell of the
// message by its queue id only later; the service, asked line by line, cannot know it.

import { own } from "./folding.js";

/** Messages whose senders are remembered at least; twice as many at most. */
const MOST = 32_768;

/** A message that comes in: Postfix's and Sendmail's "4F2C1: from=<ann@a.example>", Exim's "1rAbCd-000AbC-Xy <= ann@a.example". */
const ARRIVAL = /(?:^|[\s:])(?:(?<id>\w{4,64}): from=<?(?<from>[^>,\s]*)|(?<exim>\w{6}-\w{6,11}-\w{2,4}) <= <?(?<sender>[^>\s]*))/;

/** A later line of it. */
const DELIVERY = /(?:^|[\s:])(?:(?<id>\w{4,64}): to=|(?<exim>\w{6}-\w{6,11}-\w{2,4}) (?:[=-]>|>>|\*\*|==) )/;

/** A sender that stands in the line of a reply itself: Postfix's "from=<ann@a.example> to=<...>", Exim's "F=<ann@a.example>". */
const OWN = /\b(?:from|F)=<([^>\s]*)>/;

export class Senders {
    #recent = new Map();
    #older = new Map();

    /** The sender of what a line reports, in lower case; "<>" for bounces, which have none; nothing where no line told. */
    of(line) {
        const arrival = (line.includes(": from=") || line.includes(" <= ")) && line.match(ARRIVAL)?.groups;
        if (arrival) return this.#remember(arrival.id ?? arrival.exim, nameOf(arrival.from ?? arrival.sender));
        const [, stated] = line.match(OWN) ?? [];
        if (stated !== undefined) return nameOf(stated);
        if (!this.#recent.size) return undefined;
        const { id, exim } = line.match(DELIVERY)?.groups ?? {};
        return this.#recent.get(id ?? exim) ?? this.#older.get(id ?? exim);
    }

    #remember(id, sender) {
        if (this.#recent.size === MOST) {
            this.#older = this.#recent;
            this.#recent = new Map();
        }
        this.#recent.set(own(id), sender);
        return sender;
    }
}

const nameOf = (address) => own(address.toLowerCase()) || "<>";
