// Asking the service. Nothing else on this page makes a request, but for the worker that reads logs, with these.

/** Something to tell the reader. */
export class Trouble extends Error {}

async function ask(path, options = {}) {
    const response = await fetch(path, options).catch((error) => {
        if (error.name === "AbortError") throw error;
        throw new Trouble("The service does not answer. Is it running, and does the network reach it?");
    });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw new Trouble(problem.detail ?? `The service answered with status ${response.status}.`);
}

/** The only request that carries what the reader put in. */
export const explain = (body, type, signal, query = "") =>
    ask("/explain" + query, { method: "POST", body, signal, headers: { "Content-Type": type } });

const kept = new Map();

/** What the catalog has at a path; asked for once. */
export function get(path) {
    if (!kept.has(path)) {
        kept.set(path, ask(path).then((response) => response.json()));
        kept.get(path).catch(() => kept.delete(path));
    }
    return kept.get(path);
}

/** What the search finds; not kept, as every key typed asks another. */
export const search = async (words, signal) =>
    (await ask("/search?" + new URLSearchParams({ q: words }), { signal })).json();

let categories = new Map();

export async function knowCategories() {
    categories = new Map((await get("/categories")).categories.map((category) => [category.name, category]));
}

export const category = (name) => categories.get(name);
export const title = (name) => categories.get(name)?.title ?? name;
