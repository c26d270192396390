// @ts-check
/** The way into the room: for phones, for the projector, and for the teacher on another machine. */
/** @import { Lead, Panel } from "./types.d.ts" */

/** @param {Lead} lead @param {string} key the teacher's @returns {Panel} */
export function createDoorPanel(lead, key) {
  const { shown } = lead;
  const here = h("p", { className: "large" });
  const projector = h(
    "a",
    { className: "button main", target: "_blank", rel: "noopener noreferrer" },
    say("Open the projector’s page"),
  );
  const address = h("p", { className: "address" }, shown.phones);
  const own = copyButton(say("Copy my own address"), () => `${location.origin}${location.pathname}#key=${key}`);
  const code = h("img", {
    className: "qr",
    src: shown.qr,
    alt: say("QR code of {address}", { address: shown.phones }),
  });
  const sheets = pressed(say("Print paper sheets"), "quiet", () => printed(lead, "desk/sheets"));
  const words = h(
    "div",
    {},
    here,
    address,
    h("p", { hidden: !shown.members }, say("This room is for the members of its course: phones sign in first.")),
    h(
      "div",
      { className: "row" },
      projector,
      copyButton(say("Copy the address for phones"), () => shown.phones),
      own,
      sheets,
    ),
  );
  words.append(
    h(
      "p",
      { className: "soft" },
      say(
        "Move the projector’s page to the other screen. Your own address opens this page on another machine; keep it to yourself.",
      ),
    ),
  );
  const element = h(
    "details",
    { className: "door" },
    h("summary", {}, h("h2", {}, say("The way in"))),
    h("div", { className: "beside" }, code, words),
  );
  let phase = "";
  return {
    element,
    draw({ room, here: count, wall_key: wallKey }) {
      element.hidden = room.phase === "end";
      if (phase !== room.phase) element.open = room.phase === "join"; // later, it is there for who comes late
      phase = room.phase;
      setText(here, room.locked ? say("{count} here. The room is locked.", { count }) : say("{count} here", { count }));
      projector.href = `projector#key=${wallKey}`;
    },
  };
}

/** Print a page that the room gives, in a frame that nobody sees. @param {Lead} lead @param {string} address */
export async function printed({ link, say }, address) {
  try {
    const url = URL.createObjectURL(await link.file(address));
    const frame = h("iframe", { src: url, title: say("To print"), className: "printing" });
    frame.addEventListener("load", () => frame.contentWindow?.print());
    document.querySelector(".printing")?.remove();
    document.body.append(frame);
  } catch (error) {
    say(/** @type {Error} */ (error).message);
  }
}
