// The path of the page that shows a history to a buyer. A constant and nothing else.

export const SHOW_PATH = "/s/:share" as const;
