// What this is, drawn: a thing, its twin in dots, a note that leaves it and the answer that comes back.

export const Drawing = ({ label }: { label: string }) => (
  <svg
    class="drawing"
    viewBox="0 0 420 310"
    role="img"
    aria-label={label}
    fill="none"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <circle class="sun" cx="150" cy="176" r="132" />
    <path class="ground" d="M22 300h376" />
    <g class="kettle">
      <path class="steam" d="M92 92c-9-13 9-20 0-34s9-20 0-34M124 92c-9-13 9-20 0-34s9-20 0-34" />
      <path class="body" d="M62 140h104l20 160H42z" />
      <path class="lid" d="M70 140a44 30 0 0 1 88 0z" />
      <circle class="body" cx="114" cy="104" r="8" />
      <path class="handle" d="M170 158c44-10 52 78 12 96" />
      <path class="body" d="M58 172L18 142l-4 16 36 58z" />
      <path class="gleam" d="M78 164l-9 92" />
    </g>
    <g class="echo">
      <path d="M226 172h78l15 128H211z" />
      <path d="M232 172a33 23 0 0 1 66 0" />
      <circle cx="265" cy="142" r="5" />
      <path d="M308 188c33-8 39 58 9 72" />
    </g>
    <path class="thread" d="M265 228c4-58 102-10 104-120" />
    <circle class="knot" cx="265" cy="228" r="7" />
    <g class="note">
      <rect x="290" y="22" width="112" height="84" rx="14" />
      <path d="M308 48h76M308 64h58M308 80h68" />
    </g>
    <g class="answer">
      <path d="M250 76h78a12 12 0 0 1 12 12v26a12 12 0 0 1-12 12h-46l-20 15v-15h-12a12 12 0 0 1-12-12v-26a12 12 0 0 1 12-12z" />
      <path class="check" d="M276 101l10 10 20-22" />
    </g>
  </svg>
);
