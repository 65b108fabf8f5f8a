// A camera for browsers that have none: an init script of a page.

/** One that sees `text`, or whatever `window.seen` was set to since; with null, that its owner doesn't let the page use. */
export const camera = (text: string | null): string => `
  window.seen = ${JSON.stringify(text)};
  window.BarcodeDetector = class {
    static getSupportedFormats() { return Promise.resolve(["qr_code", "ean_13"]); }
    detect() { return Promise.resolve([{ rawValue: window.seen }]); }
  };
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve([{ kind: "videoinput" }]);
  navigator.mediaDevices.getUserMedia = () => {
    if (${text === null}) return Promise.reject(new DOMException("no", "NotAllowedError"));
    const canvas = document.createElement("canvas");
    const picture = canvas.getContext("2d");
    setInterval(() => picture.fillRect(0, 0, 9, 9), 50);
    window.stream = canvas.captureStream(20);
    return Promise.resolve(window.stream);
  };`;
