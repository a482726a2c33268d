// Lines of a log that differ only in who, when and which number have the same explanation: it is asked for once.
//
// What is folded is what no explanation depends on: the time at the head of the line, the names before "@", queue
// ids, process ids, IP addresses, and numbers behind "=". Codes, hosts, domains, and all words stay. What is folded
// too little costs a request more; what were folded too much would give a line the answer of another one.

const HEAD = new RegExp("^(?:<\\d+>)?(?:"
    + "(?<month>[A-Z][a-z]{2}) +(?<day>\\d{1,2}) (?<hour>\\d\\d):\\d\\d:\\d\\d"
    + "|(?<date>\\d{4}-\\d\\d-\\d\\d)[T ](?<clock>\\d\\d):\\d\\d(?::\\d\\d)?(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?)");
const TOKEN = /[^\s<>()[\]",;'=]+/g;
const CODE = /^(?:[2-5]\d\d|[245]\.\d{1,3}\.\d{1,3})[-:.]?$/;
const IP = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7})(?::\d+)?[:.]?$/i;
const NUMBERS = /^\d[\d./:]*$/;
const WORD = /^(?:[A-Z]?[a-z]+|[A-Z]+)$/;

/** A part of a name that only a machine can have made up: long, and letters and digits, or cases, mixed often. */
const isID = (label) => label.length >= 8 && /^[\w-]+$/.test(label)
    && label.match(/[a-z]+|[A-Z]+|\d+/g).length >= 4 && !/^(?:[A-Z]?[a-z]+)*$/.test(label);

/** A name that stands where logs and replies have the id of a message: behind the process, and behind "queued as". */
function isQueueID(token, at, line) {
    const name = token.replace(/[:)]$/, "");
    if (name.length < 5 || WORD.test(name) || !/^[\w-]+$/.test(name)) return false;
    return (token.endsWith(":") && line.startsWith("]: ", at - 3)) || line.startsWith("queued as ", at - 10);
}

/** What stands for a token in the key: the token itself where it may matter. */
function folded(token, at, line) {
    const before = line[at - 1];
    if (CODE.test(token)) return token;
    if (IP.test(token)) return "#";
    if (before === "=" && NUMBERS.test(token)) return "#";
    if (before === "[" && /\w/.test(line[at - 2] ?? "") && /^\d+$/.test(token)) return "#"; // a process
    if (/^\d{10,}/.test(token) || isQueueID(token, at, line)) return "#";
    if (!token.includes(".")) return isID(token) ? "#" : token;
    const labels = token.split(".");
    if (!labels.some(isID)) return token;
    return /^[a-z]{2,}:?$/i.test(labels.at(-1)) ? labels.map((label) => (isID(label) ? "#" : label)).join(".") : "#";
}

/** A copy of a part of a longer text, which would otherwise stay in memory as long as the part. */
export const own = (part) => (" " + part).slice(1);

/** The key that lines with the same explanation share, the addresses in their order, and the hour if it tells. */
export function fold(line) {
    const head = line.match(HEAD);
    const { month, day, hour, date, clock } = head?.groups ?? {};
    const addresses = [];
    const key = line.slice(head?.[0].length ?? 0).replace(TOKEN, (token, at, rest) => {
        const name = token.lastIndexOf("@");
        if (name > 0) {
            addresses.push(token.replace(/[:.]+$/, ""));
            return token.slice(name);
        }
        return /\d|[a-z][A-Z]/.test(token) ? folded(token, at, rest) : token;
    });
    const when = date ? `${date} ${clock}:00` : month ? `${month} ${day.padStart(2)} ${hour}:00` : "";
    return { key, addresses, when };
}

/** What replies that say the same share: of numbers only the codes count, and hosts and addresses are all one. */
export const gist = (text) => text.replace(TOKEN, (token) => {
    if (CODE.test(token)) return token;
    return /[\d@]/.test(token) || /\w\.[a-z]{2,}[:.]?$/i.test(token) ? "#" : token;
});
