// Making elements. Text becomes text nodes, never markup: what is shown comes from strangers.

export const byId = (id) => document.getElementById(id);

/** Makes an element. A function among the attributes listens to the event of that name. */
export function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (typeof value === "function") node.addEventListener(name, value);
        else if (value != null) node.setAttribute(name, value);
    }
    node.append(...children.flat(Infinity).filter(Boolean));
    return node;
}

export const button = (text, click, attributes) => el("button", { type: "button", click, ...attributes }, text);

/** The fragment that looks a text up on this page. Escapes only what an address would lose, so that it stays legible. */
export const toFragment = (text) => "#" + text.replace(/[%\n\r\t]/g, encodeURIComponent);

/** A link that looks a code up on this page. */
export const inside = (code, shown = code) => el("a", { href: toFragment(String(code)), class: "digits" }, String(shown));

/** A link to a page elsewhere; only its text where the address is none of the web. */
export const outside = (url, text, attributes) =>
    /^https?:\/\//.test(url) ? el("a", { href: url, rel: "noopener noreferrer", ...attributes }, text) : text;

/** Words, with the web addresses in them made links. */
export const linked = (text) =>
    text.split(/(https:\/\/[^\s,;]*[^\s,;.)])/).map((part, i) => (i % 2 ? outside(part, part) : part));

/** A list of terms; those without a text are left out. */
export const facts = (rows) => {
    const told = rows.filter((row) => row && row[1]);
    return told.length > 0 && el("dl", {}, told.map(
        ([term, ...text]) => [el("dt", { class: "term" }, term), el("dd", {}, text)]));
};

/** A heading with a list beneath; nothing where the list is empty. */
export const listed = (heading, kind, items) => items?.length > 0 && [
    el("h3", { class: "term" }, heading), el(kind === "evidence" ? "ol" : "ul", { class: kind }, items)];

export const caps = (...parts) => el("p", { class: "caps" }, parts.filter(Boolean).join(" · "));

export const separated = (items, by = ", ") => items.flatMap((item, i) => (i ? [by, item] : [item]));

let tips = 0;

/** A button whose meaning is shown while the pointer or the focus is on it, and on tap until Escape or another tap. */
export function tip(label, text, attributes) {
    const id = `tip-${++tips}`;
    const open = (isOpen) => toggle.setAttribute("aria-expanded", isOpen);
    const toggle = button(label, () => open(toggle.getAttribute("aria-expanded") !== "true"), {
        ...attributes, "aria-describedby": id, "aria-expanded": "false",
        blur: () => open(false),
        keydown: ({ key }) => key === "Escape" && open(false),
    });
    return el("span", { class: "tip" }, toggle, el("span", { role: "tooltip", id }, text));
}

/** Tells a screen reader. */
export const say = (text) => (byId("said").textContent = text);
