// The papers as they are filled in, and how two devices' versions of them become one. Pure.

import type { Photo } from "../../api/views.ts";
import type { PaperKind, PapersInput, PapersView } from "../../../domain/papers.ts";

/** The papers as the API shows them, with the tag of that version. */
export type Tagged = { readonly etag: string; readonly papers: Papers };
export type Papers = Omit<PapersView, "files"> & {
  readonly files: readonly { readonly photo: Photo; readonly kind: PaperKind; readonly label: string | null }[];
};

/** A paper on its way or there: `photo` once the server has it, `blob` until the papers that name it are saved. */
export type PaperFile = {
  readonly id: string;
  readonly kind: PaperKind;
  readonly label: string | null;
  readonly photo: Photo | null;
  readonly blob: Blob | null;
};

/** What is written in the fields; an empty text is nothing. */
export type Fields = {
  readonly boughtOn: string;
  readonly boughtAt: string;
  readonly price: string;
  readonly serial: string;
  readonly warrantyUntil: string;
  readonly remindDays: number;
  readonly manualUrl: string;
  readonly remarks: string;
};
export type Field = keyof Fields;
export type Form = Fields & { readonly files: readonly PaperFile[] };

export const FIELDS = [
  "boughtOn",
  "boughtAt",
  "price",
  "serial",
  "warrantyUntil",
  "remindDays",
  "manualUrl",
  "remarks",
] as const satisfies readonly Field[];

const REMIND_DAYS = 30;

export const EMPTY_FORM: Form = {
  boughtOn: "",
  boughtAt: "",
  price: "",
  serial: "",
  warrantyUntil: "",
  remindDays: REMIND_DAYS,
  manualUrl: "",
  remarks: "",
  files: [],
};

export const formOf = (papers: Papers): Form => ({
  boughtOn: papers.boughtOn ?? "",
  boughtAt: papers.boughtAt ?? "",
  price: papers.price ?? "",
  serial: papers.serial ?? "",
  warrantyUntil: papers.warrantyUntil ?? "",
  remindDays: papers.remindDays,
  manualUrl: papers.manualUrl ?? "",
  remarks: papers.remarks ?? "",
  files: papers.files.map(({ photo, kind, label }) => ({ id: photo.id, kind, label, photo, blob: null })),
});

/** What is sent; every file must have its photo by then. */
export function inputOf({ files, remindDays, ...texts }: Form): PapersInput {
  const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  return {
    boughtOn: orNull(texts.boughtOn),
    boughtAt: orNull(texts.boughtAt),
    price: orNull(texts.price),
    serial: orNull(texts.serial),
    warrantyUntil: orNull(texts.warrantyUntil),
    remindDays,
    manualUrl: orNull(texts.manualUrl),
    remarks: orNull(texts.remarks),
    files: files.map(({ photo, kind, label }) => ({ photo: photo!.id, kind, label })),
  };
}

const sameFile = (a: PaperFile, b: PaperFile): boolean =>
  (a.photo?.id ?? a.id) === (b.photo?.id ?? b.id) && a.kind === b.kind && a.label === b.label;

export const sameForm = (a: Form, b: Form): boolean =>
  FIELDS.every((field) => a[field] === b[field]) &&
  a.files.length === b.files.length &&
  a.files.every((file, at) => sameFile(file, b.files[at]!));

/** Theirs without what was taken out here, and what was added here. */
function mergedFiles(base: Form, mine: Form, theirs: Form): readonly PaperFile[] {
  const idOf = (file: PaperFile): string => file.photo?.id ?? file.id;
  const has = (form: Form, file: PaperFile): boolean => form.files.some((other) => idOf(other) === idOf(file));
  return [
    ...theirs.files.filter((file) => !has(base, file) || has(mine, file)),
    ...mine.files.filter((file) => !has(base, file) && !has(theirs, file)),
  ];
}

export type Merged = {
  readonly form: Form;
  /** What both changed, each to something else: the form has what stands here. */
  readonly conflicts: readonly Field[];
};

/** Puts together what was changed here and what was changed there, both since `base`. */
export function merge(base: Form, mine: Form, theirs: Form): Merged {
  const changed = (form: Form, field: Field): boolean => form[field] !== base[field];
  const conflicts = FIELDS.filter(
    (field) => changed(mine, field) && changed(theirs, field) && mine[field] !== theirs[field],
  );
  const fields = Object.fromEntries(
    FIELDS.map((field) => [field, changed(mine, field) ? mine[field] : theirs[field]]),
  ) as unknown as Fields;
  return { form: { ...fields, files: mergedFiles(base, mine, theirs) }, conflicts };
}
