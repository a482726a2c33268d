// Marking in a reply what the explanation rests on.

import { el } from "./elements.js";

/** What may stand between two words of a reply: a line's end, and the codes that the next line begins with. */
const GAP = String.raw`\s+(?:[2-5]\d\d[-\s]\s*(?:[245]\.\d{1,3}\.\d{1,3}\s+)?)?`;

/** Where the evidence stands in a text. The strongest comes first and takes its place from weaker evidence. */
function places(text, evidence) {
    const taken = [];
    evidence.forEach(({ found, kind }, index) => {
        const words = found.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").split(/\s+/).join(GAP);
        const pattern = kind.endsWith("-code") ? `(?<![\\w.])${words}(?!\\w|\\.\\w)` : words;
        const place = [...text.matchAll(new RegExp(pattern, "giu"))]
            .map((match) => ({ index, start: match.index, end: match.index + match[0].length }))
            .find(({ start, end }) => taken.every((other) => end <= other.start || other.end <= start));
        if (place) taken.push(place);
    });
    return taken.sort((a, b) => a.start - b.start);
}

/** The text as nodes, the evidence in it marked, and numbered as in the list of evidence. */
export function marked(text, evidence, numbered = true) {
    let at = 0;
    const parts = places(text, evidence).map(({ start, end, index }) => {
        const note = { class: index ? null : "first", "data-note": numbered ? index + 1 : null };
        const before = text.slice(at, start);
        at = end;
        return [before, el("mark", note, text.slice(start, end))];
    });
    return [parts, text.slice(at)];
}

/** What the server said, in one line around the evidence that decided, without the log around it. */
export function excerpt({ reply, enhanced, text, evidence }) {
    const line = [reply?.code, enhanced?.code, text].filter(Boolean).join(" ").replace(/\s+/g, " ");
    const decided = places(line, evidence.slice(0, 1))[0]?.start ?? 0;
    const start = decided > 90 ? line.lastIndexOf(" ", decided - 40) + 1 : 0;
    return (start ? "… " : "") + line.slice(start, start + 180) + (line.length > start + 180 ? " …" : "");
}
