// Hears what comes in about one thing while a page shows it.

import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { lastArrival } from "../../store/live.ts";

type Arrival = NonNullable<(typeof lastArrival)["value"]>;

/** Calls `hear` for each arrival about the twin, from now on. */
export function useArrivals(twin: string, hear: (arrival: Arrival) => void): void {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    let known = lastArrival.peek();
    return effect(() => {
      const arrival = lastArrival.value;
      if (arrival === null || arrival === known) return;
      known = arrival;
      if (arrival.twin === twin) latest.current(arrival);
    });
  }, [twin]);
}
