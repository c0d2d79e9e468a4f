// The page's live connection: the messages of the control channel over a web socket.

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 4000;

/**
 * Keeps a connection and comes back after a loss. `onEvent` gets each push, `onUp` is called at
 * each connection, `onDown` at each loss.
 */
export class Connection {
  constructor({ onEvent, onUp, onDown }) {
    this.handlers = { onEvent, onUp, onDown };
    this.waiting = new Map();
    this.lastId = 0;
    this.retryMs = FIRST_RETRY_MS;
    this.open();
  }

  /** Sends a request; the promise is kept with its reply and broken with its error text. */
  ask(verb, fields = {}) {
    const id = ++this.lastId;
    return new Promise((keep, fail) => {
      if (this.socket.readyState !== WebSocket.OPEN) return fail(new Error("offline"));
      this.waiting.set(id, { keep, fail });
      this.socket.send(JSON.stringify({ id, do: verb, ...fields }));
    });
  }

  open() {
    this.socket = new WebSocket(`ws://${location.host}/control`);
    this.socket.addEventListener("open", () => this.opened());
    this.socket.addEventListener("message", (message) => this.arrived(JSON.parse(message.data)));
    this.socket.addEventListener("close", () => this.closed());
  }

  opened() {
    this.retryMs = FIRST_RETRY_MS;
    this.handlers.onUp();
  }

  arrived(message) {
    if (message.event) return this.handlers.onEvent(message);
    const request = this.waiting.get(message.id);
    if (!request) return;
    this.waiting.delete(message.id);
    if (message.ok) request.keep(message);
    else request.fail(new Error(message.error));
  }

  closed() {
    for (const request of this.waiting.values()) request.fail(new Error("offline"));
    this.waiting.clear();
    this.handlers.onDown();
    setTimeout(() => this.open(), this.retryMs);
    this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS);
  }
}
