// The camera, reading codes until one is what was wanted. Pictures never leave the page and are never kept; the camera is off as soon as this closes.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button, IconButton } from "../ui/button.tsx";
import { words } from "../words/words.ts";
import { detectorOf, type Format } from "./barcode-detector.ts";
import "./scan.css";

export { canScan } from "./barcode-detector.ts";

/** Fast enough to feel at once, slow enough to leave a small phone cool. */
const LOOK_EVERY_MS = 150;

type Trouble = "denied" | "none" | "busy" | "unreadable";
type Torch = { readonly torch?: boolean };

export type ScanProps = {
  readonly formats: readonly Format[];
  /** What was read. Answers null when it is what was wanted, else why it isn't, in a sentence; then looking goes on. */
  readonly onText: (text: string) => string | null;
  readonly onClose: () => void;
  /** What to point the camera at. */
  readonly label: string;
};

const troubleOf = (error: unknown): Trouble => {
  const { name } = error as DOMException;
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
};

export function Scan({ formats, onText, onClose, label }: ScanProps) {
  const { scan } = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const wanted = useRef(onText);
  wanted.current = onText;
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [lit, setLit] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
    let stream: MediaStream | null = null;
    let timer = 0;
    let over = false;

    const look = async (): Promise<void> => {
      const detector = await detectorOf(formats);
      if (detector === null) {
        setTrouble("unreadable");
        return;
      }
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      if (over || !video.current) {
        stop();
        return;
      }
      video.current.srcObject = stream;
      await video.current.play();
      setTrack(stream.getVideoTracks()[0] ?? null);
      again(detector);
    };
    const again = (detector: Awaited<ReturnType<typeof detectorOf>>): void => {
      timer = window.setTimeout(async () => {
        // A frame that can't be read, as while the camera is still waking, is no more than a frame without a code.
        const codes = over || !video.current ? [] : await detector!.detect(video.current).catch(() => []);
        if (over) return;
        const text = codes[0]?.rawValue;
        const why = text === undefined ? undefined : wanted.current(text);
        if (why === null) return;
        if (why !== undefined) setRefused(why);
        again(detector);
      }, LOOK_EVERY_MS);
    };
    const stop = (): void => stream?.getTracks().forEach((one) => one.stop());

    look().catch((error: unknown) => {
      stop();
      if (!over) setTrouble(troubleOf(error));
    });
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, []);

  const torch = track !== null && "torch" in (track.getCapabilities?.() ?? {});
  const light = (on: boolean): void => {
    void track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet & Torch] }).then(
      () => setLit(on),
      () => setLit(false),
    );
  };

  return (
    <dialog class="scan" ref={dialog} aria-label={scan.title} onClose={onClose}>
      <div class="scan-top">
        <p>{label}</p>
        <IconButton icon="close" label={words.value.common.close} onClick={() => dialog.current?.close()} />
      </div>
      {trouble === null ? (
        <div class="scan-view">
          <video ref={video} muted playsInline aria-label={scan.picture} />
          <span class="scan-frame" aria-hidden="true" />
        </div>
      ) : (
        <div class="scan-trouble" role="alert">
          <h2>{scan[trouble].title}</h2>
          <p>{scan[trouble].text}</p>
          <Button onClick={() => dialog.current?.close()}>{scan.type}</Button>
        </div>
      )}
      <div class="scan-foot">
        <p role="status">{refused ?? (trouble === null ? scan.private : "")}</p>
        {torch && (
          <Button onClick={() => light(!lit)} aria-pressed={lit}>
            {scan.torch}
          </Button>
        )}
      </div>
    </dialog>
  );
}
