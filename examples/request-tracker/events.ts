// What the bridge reads of the events that Pico Twins sends; there is more in them.

export type Photo = { id: string; type: string };

export type Note = {
  id: string;
  kind: string;
  title: string | null;
  text: string;
  wants: string;
  photos: Photo[];
};

export type Event = {
  type: string;
  data: {
    twin: string;
    product?: { name: string; model?: string; serial?: string };
    agreement?: { terms: string; permits: string[]; prohibits: string[] };
    note?: Note;
    message?: { text: string; photos: Photo[] };
    verdict?: string;
    obligations?: { duty: string; what: string }[];
  };
};

/** A thread's name in a ticket. */
export const threadOf = (twin: string, note: string): string => `${twin}/${note}`;

/** The thread that an event is about; null for one that is about a whole twin, or none. */
export const threadIn = ({ data: { twin, note } }: Event): string | null => (note ? threadOf(twin, note.id) : null);

/** Events after which words of the owner may not stay. */
const ENDINGS = ["note.retracted", "agreement.terminated", "twin.transferred", "twin.erased"];
export const isEnding = ({ type }: Event): boolean => ENDINGS.includes(type);
