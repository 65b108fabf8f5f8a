// `npm run verify -- FILE`: checks the record in a file that a buyer kept, with no server and no network. Says the verdict first, then what
// it rests on. Ends with 0 when the record is unaltered (and is of the label and the twin's key that were given), 1 when it is not to be
// relied on, 2 when the file cannot be read or what was given with it decided nothing.

import { verify } from "./verify/run.ts";

const { code, out, error } = await verify(process.argv.slice(2), Date.now());
process.stdout.write(out);
process.stderr.write(error);
process.exitCode = code;
