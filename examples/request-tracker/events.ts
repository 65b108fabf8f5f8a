// What the bridge reads of the events that Pico Twins sends; there is more in them.

export type Note = {
  id: string;
  kind: string;
  title: string | null;
  text: string;
  wants: string;
  photos: { id: string; type: string }[];
};

export type Event = {
  type: string;
  data: {
    twin: string;
    product?: { name: string; model?: string; serial?: string };
    agreement?: { terms: string; permits: string[]; prohibits: string[] };
    note?: Note;
    message?: { text: string };
    verdict?: string;
    obligations?: { duty: string; what: string }[];
  };
};

/** A thread's name in a ticket. */
export const threadOf = (twin: string, note: string): string => `${twin}/${note}`;
