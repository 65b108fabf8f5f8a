// What pages and the service worker say to each other.

/** A page's leave for a worker that waits to replace the one before it. */
export const TAKE_OVER = "take over";

/** The worker to a page: where a tapped notification leads, or that something came for a thing. */
export type WorkerWord = { readonly go: string } | { readonly came: string };
