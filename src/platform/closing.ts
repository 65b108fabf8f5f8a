// The end of a WebSocket whose other side closes it.

/** Answers with the same code. RFC 6455, 7.4: those below 1000 and from 5000 on, and four more, can't be sent. */
export function answerClose(socket: WebSocket, code: number): void {
  const isSendable = code >= 1000 && code < 5000 && ![1004, 1005, 1006, 1015].includes(code);
  socket.close(isSendable ? code : 1000);
}
