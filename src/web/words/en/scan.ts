// Words of the camera, wherever a code is read.

export const scan = {
  title: "Camera",
  picture: "What the camera sees",
  private: "The picture stays on this device.",
  torch: "Light",
  type: "Type it instead",
  denied: {
    title: "The camera isn't allowed",
    text: "This browser doesn't let the page use it. You can allow it in the browser's settings for this page, or type what you see.",
  },
  none: { title: "No camera", text: "We found no camera on this device. Type what you see instead." },
  busy: {
    title: "The camera doesn't start",
    text: "Another app may be using it. Close that one, or type what you see.",
  },
  unreadable: {
    title: "This browser can't read codes",
    text: "Type what you see instead, or scan it with your phone's own camera.",
  },
};
