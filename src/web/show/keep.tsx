// What a buyer takes along: a file that holds all that was shown and can be checked without this server, or paper.

import { useContext, useState } from "preact/hooks";
import { BUNDLE_SCHEMA, type Bundle } from "../../domain/record/bundle.ts";
import { entryOf, type BodyPhoto, type ShownEntry } from "../../domain/record/entry.ts";
import { Button } from "../ui/button.tsx";
import { saveFile } from "../ui/save-file.ts";
import { toast } from "../ui/say.tsx";
import { wholeDay } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { words } from "../words/words.ts";
import { wantAll } from "./entry-photos.tsx";
import { PicturesOfLink, type Pictures } from "./pictures.ts";
import type { Shown } from "./shown.ts";

/** What checks a saved file; with the present twin's key, also that it is this history. */
export const commandFor = ({ findings: { present } }: Shown): string =>
  ["npm run verify -- FILE", ...(present === null ? [] : [`--twin ${present.twin}`])].join(" ");

const photosOf = ({ findings }: Shown): readonly BodyPhoto[] => findings.bodies.flatMap((body) => body?.photos ?? []);

/** The pictures that came and are the recorded ones, by digest, in base64. Null where one couldn't be had. */
async function picturesIn(shown: Shown, pictures: Pictures): Promise<Record<string, string> | null> {
  const found: Record<string, string> = {};
  for (const photo of photosOf(shown)) {
    const picture = await pictures.load(photo);
    if (picture === null) return null;
    if (picture !== "other") found[photo.sha256] = base64Of(picture.bytes);
  }
  return found;
}

const CHUNK = 0x8000;
/** In pieces, for no engine takes a whole picture as arguments. */
function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** Without what nobody could check: the text that the server read out of the disclosure. */
const kept = (entry: ShownEntry): ShownEntry => {
  const { seq, disclosure, erased } = entry;
  return { ...entryOf(entry), seq, disclosure, erased };
};

/** What `npm run verify` reads. */
const bundleOf = (
  { opened: { product, checkpoint, entries, counts, label, keys }, at }: Shown,
  photos: Bundle["photos"],
): Bundle => ({
  schema: BUNDLE_SCHEMA,
  savedAt: new Date(at).toISOString(),
  history: { product, checkpoint, entries: entries.map(kept), counts, label },
  keys,
  photos,
});

/** The place of a picture that isn't there yet. */
const AWAITED = ".entry-photos span.picture:not(.missing)";

/** Prints once every picture stands in its place. */
async function printAll(shown: Shown, pictures: Pictures): Promise<void> {
  wantAll.value = true;
  await Promise.all(photosOf(shown).map((photo) => pictures.load(photo)));
  do await new Promise(requestAnimationFrame);
  while (document.querySelector(AWAITED) !== null);
  await Promise.all(Array.from(document.images, (image) => image.decode().catch(() => {})));
  print();
}

export function Keep({ shown }: { shown: Shown }) {
  const w = showWords.value.keep;
  const pictures = useContext(PicturesOfLink)!;
  const [busy, setBusy] = useState<"save" | "print" | null>(null);
  const save = async (): Promise<void> => {
    setBusy("save");
    const photos = await picturesIn(shown, pictures);
    setBusy(null);
    if (photos === null) return toast(words.value.common.failures.offline);
    const text = JSON.stringify(bundleOf(shown, photos));
    const day = new Date(shown.at).toISOString().slice(0, "YYYY-MM-DD".length);
    saveFile(w.fileName(shown.opened.product.name, day), new Blob([text], { type: "application/json" }));
    toast(w.saved);
  };
  return (
    <section class="section no-print" aria-labelledby="keep">
      <h2 id="keep">{w.title}</h2>
      <p>{w.how}</p>
      <p>
        <code class="command">{commandFor(shown)}</code>
      </p>
      {shown.findings.present !== null && <p>{w.key}</p>}
      <div class="line">
        <Button icon="download" busy={busy === "save"} onClick={() => void save()}>
          {busy === "save" ? w.saving : w.save}
        </Button>
        <Button
          icon="print"
          busy={busy === "print"}
          onClick={() => {
            setBusy("print");
            void printAll(shown, pictures).finally(() => setBusy(null));
          }}
        >
          {w.print}
        </Button>
      </div>
      <p class="small soft">{w.link(wholeDay(shown.opened.expiresAt))}</p>
    </section>
  );
}
