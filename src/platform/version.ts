// The program's version, as /health and the API's description say it.

import manifest from "../../package.json" with { type: "json" };

export const VERSION: string = manifest.version;
