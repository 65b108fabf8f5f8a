// A QR code, made on this device; what it says is also there as a link to copy, for whoever can't point a camera.

import { useEffect, useState } from "preact/hooks";

export function Qr({ text, label }: { text: string; label: string }) {
  const [path, setPath] = useState<{ size: number; d: string } | null>(null);
  useEffect(() => {
    void import("uqr").then(({ encode }) => {
      const { size, data } = encode(text, { ecc: "M", border: 0 });
      const d = data.flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
      setPath({ size, d });
    });
  }, [text]);
  return (
    <div class="qr" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${path?.size ?? 25} ${path?.size ?? 25}`} shape-rendering="crispEdges">
        {path && <path d={path.d} fill="#000" />}
      </svg>
    </div>
  );
}
