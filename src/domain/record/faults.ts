// What can be wrong with a shown record. Pages have words of their own by code; the sentences here are for the command line.

export type FaultCode =
  /** Something has not the form that the record's parts have. */
  | "malformed"
  /** It belongs to another item, or is of another schema. */
  | "wrong-record"
  /** The places do not run 1, 2, 3, … */
  | "out-of-order"
  /** The same entry is there twice: an author's word at one time, said to be given at another. */
  | "repeated"
  /** Its author may not write this kind. */
  | "wrong-kind"
  /** A tenure begins where none can, or with keys that are none. */
  | "wrong-opening"
  /** It names another label than the record began with, or none where there is one. */
  | "wrong-label"
  /** It names a tenure that was not open. */
  | "wrong-tenure"
  /** It was recorded on a day before the entry ahead of it. */
  | "day-backwards"
  /** It was recorded after the checkpoint that vouches for it. */
  | "day-after-checkpoint"
  /** It is said to have happened after it was recorded. */
  | "day-ahead"
  /** The head that its author saw is not one of this record. */
  | "wrong-head"
  /** It corrects nothing that is there before it. */
  | "wrong-reference"
  /** It is signed with a key that is not its author's. */
  | "wrong-author"
  /** Its company's key is not known here. */
  | "unknown-key"
  | "bad-signature"
  /** What it is said to say is not what was recorded. */
  | "not-committed"
  /** What it says cannot be read. */
  | "unreadable"
  /** The checkpoint vouches for more or fewer entries. */
  | "wrong-size"
  /** The checkpoint vouches for other entries. */
  | "wrong-root"
  /** The product is said to be confirmed, and its record says it is not. */
  | "wrong-claim"
  /** It was signed at a time that has not come yet. */
  | "from-future"
  /** Its owner says that the thing is lost or stolen. */
  | "alert"
  /** Those whom an owner let write have recorded more than is here. */
  | "count-short"
  /** A maker has recorded more than is here. */
  | "makers-count-short"
  /** It answers another question than the one that was asked. */
  | "wrong-answer";

const SOUND: readonly FaultCode[] = ["alert", "count-short", "makers-count-short"];
/** Whether nothing is wrong but what sound words say: that the thing was lost, or that entries are missing. */
export const isSound = (faults: readonly RecordFault[]): boolean => faults.every(({ code }) => SOUND.includes(code));

/** One thing that is wrong, and with which entry; null: with none in particular. */
export type RecordFault = { readonly code: FaultCode; readonly seq: number | null; readonly detail: string };
