// A thing's own drawing: its shape, and its twin beside it in outline. The same on every device, because it is drawn from the thing's id.

const SHAPES = [
  "M32 12a20 20 0 1 1 0 40 20 20 0 0 1 0-40z",
  "M20 14h24a6 6 0 0 1 6 6v24a6 6 0 0 1-6 6H20a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6z",
  "M14 50V30a18 18 0 0 1 36 0v20z",
  "M32 11l19 11v20L32 53 13 42V22z",
  "M24 14h16a18 18 0 0 1 0 36H24a18 18 0 0 1 0-36z",
  "M32 10c8 10 17 16 17 26a17 17 0 0 1-34 0c0-10 9-16 17-26z",
  "M32 12l20 34a5 5 0 0 1-4 7H16a5 5 0 0 1-4-7z",
] as const;
/** Hues that stay apart for eyes that see fewer colours, as the angle of an oklch colour. */
const HUES = [165, 255, 75, 25, 320, 210] as const;

/** FNV-1a, 32 bits: spreads ids that differ little. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

export function Emblem({ id, size = 48 }: { id: string; size?: number }) {
  const hash = hashOf(id);
  const shape = SHAPES[hash % SHAPES.length]!;
  const hue = HUES[(hash >>> 5) % HUES.length]!;
  const turn = ((hash >>> 9) % 4) * 90;
  const [dx, dy] = [((hash >>> 12) % 2) * 12 - 6, ((hash >>> 13) % 2) * 10 - 5];
  return (
    <svg class="emblem" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" style={{ fill: `light-dark(oklch(0.92 0.045 ${hue}), oklch(0.33 0.045 ${hue}))` }} />
      <g transform={`rotate(${turn} 32 32) translate(32 32) scale(0.62) translate(-32 -32)`}>
        <path
          d={shape}
          transform={`translate(${-dx} ${-dy})`}
          style={{ fill: `light-dark(oklch(0.55 0.11 ${hue}), oklch(0.75 0.1 ${hue}))` }}
        />
        <path
          d={shape}
          transform={`translate(${dx} ${dy})`}
          fill="none"
          stroke-width="3.5"
          stroke-dasharray="0.1 7"
          stroke-linecap="round"
          style={{ stroke: `light-dark(oklch(0.32 0.08 ${hue}), oklch(0.93 0.06 ${hue}))` }}
        />
      </g>
    </svg>
  );
}
