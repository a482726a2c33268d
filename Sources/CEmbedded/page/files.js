// Reading files of any size, packed with gzip or not, in whatever Unicode they are.

import { Trouble } from "./service.js";

const startsWith = async (file, ...bytes) => {
    const start = new Uint8Array(await file.slice(0, bytes.length).arrayBuffer());
    return bytes.every((byte, i) => start[i] === byte);
};

/** The bytes of a file, unpacked; `read` hears of those that were read of the file itself. */
export async function unpacked(file, read = () => {}) {
    const bytes = file.stream().pipeThrough(new TransformStream({ transform(chunk, controller) {
        read(chunk.length);
        controller.enqueue(chunk);
    } }));
    return (await startsWith(file, 0x1f, 0x8b)) ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
}

/** The text of a file, in slices. */
export async function* texts(file, read) {
    const reader = (await unpacked(file, read)).getReader();
    let decoder;
    try {
        for (;;) {
            const { value, done } = await reader.read().catch(() => {
                throw new Trouble(`“${file.name}” cannot be read to its end. It is damaged, or was changed meanwhile.`);
            });
            if (done) break;
            const isFirst = !decoder;
            decoder ??= new TextDecoder(encodingOf(value));
            const text = decoder.decode(value, { stream: true });
            if (isFirst && isBinary(text)) {
                throw new Trouble(`“${file.name}” is not text. This page reads logs and messages, also packed with gzip (.gz).`);
            }
            yield text;
        }
        const rest = decoder?.decode();
        if (rest) yield rest;
    } finally {
        reader.cancel().catch(() => {});
    }
}

/** By the byte-order mark. */
function encodingOf([a, b]) {
    if (a === 0xff && b === 0xfe) return "utf-16le";
    return a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
}

/** Bytes that are no text have NULs and control characters. Text of an older charset is no binary. */
function isBinary(text) {
    const head = text.slice(0, 65_536);
    return head.includes("\0") || (head.match(/[\x01-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0) > head.length / 50;
}

/** The text of a file, or as much of its beginning as tells that it is longer than `length`. */
export async function beginning(file, length) {
    let text = "";
    for await (const part of texts(file)) {
        text += part;
        if (text.length > length) break;
    }
    return text;
}
