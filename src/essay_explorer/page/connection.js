// @ts-check
/** A connection to a kernel: the Jupyter messaging protocol 5.4 over its WebSocket, as JSON. */
/** @import { Message, Send } from "./notebook.d.ts" */

/**
 * Connect to the kernel at an address; the result ends the connection without a word to `closed`.
 * @param {string} url @param {{opened: (send: Send) => void, heard: (message: Message) => void, closed: () => void}} on
 */
export function connect(url, { opened, heard, closed }) {
  const session = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const socket = new WebSocket(`${url}/channels?session_id=${session}`);
  let count = 0;
  /** @type {Send} */
  const send = (msg_type, content) => {
    if (socket.readyState !== WebSocket.OPEN) return; // what is not told now is told to the next kernel
    count += 1;
    const date = new Date().toISOString();
    const header = { msg_id: `${session}-${count}`, msg_type, session, username: "", version: "5.4", date };
    socket.send(JSON.stringify({ channel: "shell", header, parent_header: {}, metadata: {}, content }));
  };
  socket.addEventListener("open", () => opened(send));
  socket.addEventListener("message", ({ data }) => {
    if (typeof data !== "string") return; // a message with buffers: about none of the page's models
    const { header, parent_header, content } = JSON.parse(data);
    heard({ type: header.msg_type, content, own: parent_header.session === session });
  });
  socket.addEventListener("close", closed);
  return () => {
    socket.removeEventListener("close", closed);
    socket.close();
  };
}
