// Papers to and from the server: photos first, then the document, only where nobody wrote in between.

import { answered, newKey, type Answer } from "../../api/call.ts";
import type { Photo } from "../../api/views.ts";
import { ask } from "../ask.ts";
import { inputOf, type Form, type PaperFile, type Papers, type Tagged } from "./form.ts";

const UPLOAD_PATIENCE_MS = 180_000;

const tagged = ({ value, headers }: { value: Papers; headers: Headers }): Tagged => ({
  etag: headers.get("ETag") ?? "",
  papers: value,
});

export async function readPapers(twin: string): Promise<Answer<Tagged>> {
  const answer = await ask<Papers>(twin, "/papers");
  return answer.ok ? { ...answer, value: tagged(answer) } : answer;
}

/** Each photo that is only here goes up; a file's id is its key, so that a repeat is answered alike. */
async function upload(twin: string, form: Form, step: (done: number, of: number) => void): Promise<Answer<Form>> {
  const waits = form.files.filter(({ photo, blob }) => photo === null && blob !== null).length;
  const files: PaperFile[] = [];
  let done = 0;
  for (const file of form.files) {
    if (file.photo !== null || file.blob === null) {
      files.push(file);
      continue;
    }
    step(++done, waits);
    const answer = await ask<Photo>(twin, "/photos", {
      method: "POST",
      body: file.blob,
      key: file.id,
      signal: AbortSignal.timeout(UPLOAD_PATIENCE_MS),
    });
    if (!answer.ok) return answer;
    files.push({ ...file, photo: answer.value });
  }
  return answered({ ...form, files });
}

/** A photo that was uploaded a day ago and never named is gone there: it goes up once more, under a new key. */
const afresh = (form: Form): Form => ({
  ...form,
  files: form.files.map((file) => (file.blob === null ? file : { ...file, id: newKey(), photo: null })),
});

const namesLostPhoto = (answer: Answer<unknown>): boolean =>
  !answer.ok && answer.problem.errors.some(({ path }) => /^files\.\d+\.photo$/.test(path));

export async function savePapers(
  twin: string,
  form: Form,
  etag: string,
  step: (done: number, of: number) => void,
): Promise<Answer<Tagged>> {
  const once = async (from: Form): Promise<Answer<Tagged>> => {
    const uploaded = await upload(twin, from, step);
    if (!uploaded.ok) return uploaded;
    const answer = await ask<Papers>(twin, "/papers", {
      method: "PUT",
      body: inputOf(uploaded.value),
      headers: { "If-Match": etag },
    });
    return answer.ok ? { ...answer, value: tagged(answer) } : answer;
  };
  const answer = await once(form);
  return namesLostPhoto(answer) ? once(afresh(form)) : answer;
}
