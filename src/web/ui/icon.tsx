// The line drawings that stand beside words. Never alone: what an icon means, its button's name says.

const PATHS = {
  add: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  close: "M6 6l12 12M18 6L6 18",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01",
  send: "M4 12l16-7-5 15-3.5-6z",
  lock: "M6.5 11h11v8.5h-11zM9 11V8a3 3 0 0 1 6 0v3",
  people:
    "M9 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c.4-3 2.7-4.7 5.5-4.7s5.100 1.700 5.500 4.700M15.500 6a3 3 0 0 1 0 5.500M17 14.700c2 .600 3.200 2.100 3.500 4.300",
  papers: "M6 3.500h8l4 4V20.500H6zM14 3.500v4h4M9 12h6M9 16h6",
  terms: "M6 4h12v16H6zM9 8.500h6M9 12h6M9 16h2M14 16.500l1.200 1.200 2.300-2.700",
  bell: "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4",
  phone: "M8 3.500h8v17H8zM11 17.500h2",
  card: "M3.500 6h17v12h-17zM3.500 10h17M7 14.500h4",
  download: "M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 19.500h14",
  bin: "M5 7h14M10 7V4.500h4V7M7 7l.800 12.500h8.400L17 7",
  edit: "M5 19l1-4L16.500 4.500l3 3L9 18zM14 7l3 3",
  check: "M5 12.500l4.500 4.500L19 7.500",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 1.800",
  alert: "M12 4l9 15.500H3zM12 10v4M12 17v.010",
  answer: "M5 5h14v10H11l-4.500 4V15H5z",
  offline:
    "M4 4l16 16M8.500 8.800A9 9 0 0 0 4 11.500M12 7c3.200 0 6 1.400 8 4.500M9 15a4.500 4.500 0 0 1 4.500-1.200M12 18.500v.010",
  life: "M3.500 15c3 0 3-6 6-6s2.500 8 5.500 8 2.500-10 5.500-10",
  link: "M9.500 14.500l5-5M8 11l-2 2a3.500 3.500 0 0 0 5 5l2-2M16 13l2-2a3.500 3.500 0 0 0-5-5l-2 2",
  copy: "M8 8h11v11H8zM5 15.500V5h10.500",
  leave: "M13 4.500H5.500v15H13M10 12h10M16.500 8.500L20 12l-3.500 3.500",
  print: "M7 9V4h10v5M7 16H4.500V9h15v7H17M7 13.500h10V20H7z",
  help: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM9.800 9.700c.300-1.300 1.200-2 2.300-2 1.300 0 2.300.900 2.300 2.100 0 1.700-2.200 1.900-2.200 3.500M12.200 16.300v.010",
  home: "M4 11.500L12 5l8 6.500M6.500 10v9h11v-9",
  problem: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.800M12 15.800v.010",
  idea: "M9.500 16.500c0-1.800-3-3.200-3-6.600a5.500 5.500 0 0 1 11 0c0 3.400-3 4.800-3 6.600zM10 20h4",
  praise: "M12 19.500C7 15.800 4 13 4 9.500A4 4 0 0 1 12 8a4 4 0 0 1 8 1.500c0 3.500-3 6.300-8 10z",
  maintenance:
    "M14.500 9.500a4.500 4.500 0 0 0 5.300-5.300l-2.700 2.700-2.500-.500-.500-2.500 2.700-2.700a4.500 4.500 0 0 0-5.300 5.800L4.500 14a2.500 2.500 0 0 0 3.500 3.500z",
  workaround: "M5 19V12.500a4.500 4.500 0 0 1 4.500-4.500H19M15 4l4 4-4 4",
  diary: "M6 4h12v16H6zM9 4v16M12 9h3M12 12.500h3",
  near: "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20 20M10.500 8v5M8 10.500h5",
  away: "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20 20M8 10.500h5",
  more: "M5.500 12h.010M12 12h.010M18.500 12h.010",
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 22 }: { name: IconName; size?: number }) => (
  <svg
    class={name === "back" || name === "next" || name === "leave" || name === "send" ? "turns" : undefined}
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width={name === "more" ? 3 : 1.75}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
);
